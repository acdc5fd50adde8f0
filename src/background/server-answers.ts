import { api } from '../platform/webext/api.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { watchAnswersBlocking } from './answers-blocking.ts';
import { watchAnswersOfDownloads } from './answers-of-downloads.ts';

/** How a torrent that a server answered with gets into the list. Both resolve to whether it did. */
export type TakeAnswer = {
  /** By its address, which is fetched again with the user's cookies for that site. */
  readonly capture: (url: string, source: PageSource) => Promise<boolean>;
  /** By its bytes. */
  readonly take: (bytes: Uint8Array, source: PageSource) => Promise<boolean>;
};

/**
 * Takes the torrents that servers answer with where the browser expected a page: without a suffix, behind a login, after
 * a form. Only what a tab or a frame navigates to is looked at, so "Save link as", links with `download` and what
 * extensions download stay downloads. Whatever is not taken goes the browser's own way. Firefox lets us stop an answer
 * before it is a download; Chrome does not, and there the download is taken off its list again.
 */
export function watchServerAnswers(how: TakeAnswer): void {
  if (api.declarativeNetRequest === undefined) watchAnswersBlocking(how);
  else watchAnswersOfDownloads(how);
}
