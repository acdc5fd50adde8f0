import type { TransferId } from '../ids.ts';
import type { PageMedia } from '../page-media.ts';

/** `<video>` and `<audio>` of the page in front whose publisher offers peers for them (publisher-link.ts). */
export type MediaCommands = {
  'page.media': { input: null; output: { readonly media: readonly PageMedia[] }; sentBy: 'ui' };
  /**
   * Makes a transfer of one of them, under the rules for a publisher's link, that is played and not saved. Null when its
   * torrent may not stand for the file, or cannot be had in time: it plays in its page as it always did.
   */
  'page.play-media': {
    input: { readonly fileUrl: string };
    output: { readonly id: TransferId | null };
    sentBy: 'ui';
  };
};
