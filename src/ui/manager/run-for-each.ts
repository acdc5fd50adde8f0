import type { ActionFailure, ActionReply } from '../actions.ts';

/** Commands on their way at a time: many enough to be quick, few enough that others come through. */
const AT_ONCE = 8;

/** How something that was asked for several transfers went. */
export type BulkOutcome = { readonly done: number; readonly failures: readonly ActionFailure[] };

/** Asks for each, some at a time; what fails for one does not keep it from the others. */
export async function runForEach<T>(
  all: readonly T[],
  act: (one: T) => Promise<ActionReply<unknown>>,
): Promise<BulkOutcome> {
  const left = all.values();
  const failures: ActionFailure[] = [];
  const work = async () => {
    for (const one of left) {
      const reply = await act(one);
      if (!reply.ok) failures.push(reply.failure);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, work));
  return { done: all.length - failures.length, failures };
}
