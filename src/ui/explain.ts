import type { Problem } from '../model/failure.ts';
import type { ActionFailure } from './actions.ts';
import { ACTION_WORDS } from './words/action-words.ts';
import type { Explanation, WordsFor } from './words/explanation.ts';
import { FAILURE_WORDS } from './words/failure-words.ts';
import { PROBLEM_WORDS } from './words/problem-words.ts';

/** Everything that needs an explanation: what stops a transfer, what it lives with, and what a click met. */
export type Trouble = ActionFailure | Problem;

const WORDS: WordsFor<Trouble> = { ...FAILURE_WORDS, ...PROBLEM_WORDS, ...ACTION_WORDS };

/** Says what is wrong and what to do about it, with the numbers at hand. Every code has words, or this does not compile. */
export function explain(trouble: Trouble): Explanation {
  // TypeScript cannot see that the entry under this code takes this very member of the union.
  return (WORDS[trouble.code] as (item: Trouble) => Explanation)(trouble);
}
