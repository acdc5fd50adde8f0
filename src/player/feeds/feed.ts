/** One way of getting a file into a media element while it arrives. */
export type Feed = {
  /** Begins at this time; the element has a source when it returns. */
  start(media: HTMLMediaElement, atS: number): void;
  /** Lets go of the element and of all that it waits for. */
  stop(): void;
  /** Goes on with another soundtrack from where the element is. Returns false when only another feed can. */
  chooseAudio(id: number): boolean;
};

/** What stops a feed for good. `decoder`: the browser gave up on the file; `bytes`: nothing more comes. */
export type FeedProblem = { readonly what: 'decoder' | 'bytes'; readonly reason: string };
export type OnProblem = (problem: FeedProblem) => void;
