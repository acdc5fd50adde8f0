/** Runs one asynchronous task at a time, in the order of the calls. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `task` after all earlier ones ended, however they ended. Rejects as `task` does. */
  run<T>(task: () => Promise<T> | T): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
