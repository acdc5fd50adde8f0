/** An answer is used for so long; then the next time the user points at a link asks anew. */
export const FRESH_MS = 5_000;

export type LeftLinksPorts = {
  /** Asks whether this page's links are to be left to the browser; null: nobody answered. Must not reject. */
  readonly ask: () => Promise<boolean | null>;
  readonly nowMs: () => number;
};

/** What a page knows of the user's rule for its links, before one is clicked. */
export type LeftLinks = {
  /** The user points at a link of ours: its click may follow. */
  readonly pointed: () => void;
  /** Whether a click is to go the browser's own way, untouched. False while nobody has said so. */
  readonly areLeft: () => boolean;
};

/**
 * Asks about a page's links while the user points at one, so that a click need not wait for the answer. While an answer
 * that has grown old is asked for again, it still holds; a click on what it says wrongly is judged by the engine as ever.
 */
export function leftLinks({ ask, nowMs }: LeftLinksPorts): LeftLinks {
  let areLeft = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return {
    pointed: () => {
      const atMs = nowMs();
      if (atMs - askedAtMs < FRESH_MS) return;
      askedAtMs = atMs;
      void ask().then((answer) => {
        areLeft = answer ?? false;
      });
    },
    areLeft: () => areLeft,
  };
}
