/** Makes a queue: a job that is put into it starts when all jobs before it have ended, well or badly. */
export function oneAtATime(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job, job);
    last = result.catch(() => {});
    return result;
  };
}
