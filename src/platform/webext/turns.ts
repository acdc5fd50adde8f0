/** Makes a function that runs the steps given to it one after the other, also when one fails. */
export function turns(): <T>(step: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (step) => {
    const result = last.then(step, step);
    last = result;
    return result;
  };
}
