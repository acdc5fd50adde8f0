import type { Added } from './commands.ts';
import type { PublisherPolicy } from './publisher-policy.ts';

/** A link to a file beside which its publisher wrote where the torrent is: what a click on it means. */
export type PublishedLink = {
  /** Address of the file, without a fragment. */
  readonly fileUrl: string;
  readonly torrentUrl: string;
  readonly policy: PublisherPolicy;
  /** Address of the publisher's edge, which takes reports; null when there is none. */
  readonly reportUrl: string | null;
  /** What the link wants the file to be called (`download`); null when it does not say. */
  readonly name: string | null;
  /** The user plays it from its page: it is not saved to the Downloads folder. No page can say so. */
  readonly isPlayed?: boolean;
};

/** What a content script sends of it: text as the page has it, addresses made absolute. */
export type PublishedLinkText = {
  readonly fileUrl: string;
  readonly torrentUrl: string;
  readonly policy: string;
  readonly report: string;
  readonly name: string;
};

/** What became of a click on such a link: a transfer in the list, or the browser's own download. */
export type Delivered = { readonly way: 'transfer'; readonly added: Added } | { readonly way: 'plain' };
