/**
 * How much something matters: `stops` a transfer until the user acts, leaves it waiting (`waits`), or is only good to
 * know (`informs`) while it goes on.
 */
export type Weight = 'stops' | 'waits' | 'informs';

/** What is wrong, in one sentence, and what the user or Rivulet can do about it. */
export type Explanation = { readonly title: string; readonly remedy: string; readonly weight: Weight };

/** One explanation for each code of a union: a code without words does not compile. */
export type WordsFor<Union extends { readonly code: string }> = {
  readonly [Code in Union['code']]: (item: Extract<Union, { readonly code: Code }>) => Explanation;
};
