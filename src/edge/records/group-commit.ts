export type GroupCommit<Item> = {
  /** Resolves when the items are written, rejects when they were given up. */
  readonly add: (items: readonly Item[]) => Promise<void>;
  /** Writes what waits, and takes nothing more. */
  readonly close: () => Promise<void>;
};

export type GroupCommitOptions = {
  /** How long the first of a group waits for others. */
  readonly everyMs: number;
  /** A group of this size is not waited with. What is added at once stays in one group, however large. */
  readonly enough: number;
  /** More than this is refused while the disk does not keep up, so that memory stays bounded. */
  readonly maxWaiting: number;
};

type Waiting<Item> = {
  readonly items: readonly Item[];
  readonly done: () => void;
  readonly failed: (e: unknown) => void;
};

/** Writes many small additions as few large ones, one group at a time and in order. */
export function createGroupCommit<Item>(
  write: (items: readonly Item[]) => Promise<void>,
  { everyMs, enough, maxWaiting }: GroupCommitOptions,
): GroupCommit<Item> {
  let waiting: Waiting<Item>[] = [];
  let waitingItems = 0;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let isClosed = false;

  const takeGroup = (): Waiting<Item>[] => {
    const group: Waiting<Item>[] = [];
    let size = 0;
    while (waiting.length > group.length && size < enough) {
      size += waiting[group.length]?.items.length ?? 0;
      group.push(waiting[group.length] as Waiting<Item>);
    }
    waiting = waiting.slice(group.length);
    waitingItems -= size;
    return group;
  };
  const flush = async () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const group = takeGroup();
    if (group.length === 0) return;
    try {
      await write(group.flatMap(({ items }) => items));
      for (const { done } of group) done();
    } catch (error) {
      for (const { failed } of group) failed(error);
    }
  };
  const start = () => {
    writing = flush().finally(() => {
      writing = null;
      schedule();
    });
  };
  const schedule = () => {
    if (writing !== null || waiting.length === 0) return;
    if (waitingItems >= enough || isClosed) start();
    else timer ??= setTimeout(start, everyMs);
  };

  return {
    add: (items) =>
      new Promise((done, failed) => {
        if (isClosed) return failed(new Error('the records are closed'));
        if (waitingItems + items.length > maxWaiting) return failed(new Error('the database does not keep up'));
        if (items.length === 0) return done();
        waiting.push({ items, done, failed });
        waitingItems += items.length;
        schedule();
      }),
    close: async () => {
      isClosed = true;
      schedule();
      while (writing !== null) await writing;
    },
  };
}
