import type { PublishedLink } from '../model/published-link.ts';
import { FASTEST } from '../model/publisher-policy.ts';
import { api } from '../platform/webext/api.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { type AnsweredRequest, AnswerSources } from './answer-source.ts';
import { type Described, describedBy, isLargeDownload } from './described-answer.ts';
import { dropDownloadById } from './drop-download.ts';
import { NAVIGATIONS } from './navigations.ts';

/** Has the engine make a transfer of a file; resolves to whether it did. */
export type DeliverDescribed = (link: PublishedLink, source: PageSource) => Promise<boolean>;

type Answered = AnsweredRequest & {
  readonly requestId: string;
  readonly method: string;
  readonly statusCode: number;
  readonly responseHeaders?: readonly { readonly name: string; readonly value?: string | undefined }[];
};
type Listen = (answered: Answered) => undefined | Promise<{ cancel?: boolean }>;

const MAX_REMEMBERED = 50;
/** A download begins when its answer does. */
const KEEP_MS = 30_000;

/**
 * Ordinary downloads whose own server names a torrent for them (RFC 6249) become deliveries, as links with a torrent
 * beside them do, and under the same conditions; whatever stands against it, the browser's download goes on. The browser
 * has begun it already, so nothing starts that would not have started. In Firefox the answer is stopped; in Chrome the
 * download stands still until it is decided.
 */
export function watchDescribedDownloads(deliver: DeliverDescribed): void {
  const sources = new AnswerSources();
  /** By request: what a redirect said, until its last answer is there. */
  const named = new Map<string, Described>();
  const waiting = new Map<string, { readonly described: Described; readonly source: PageSource }>();
  const canStop = api.declarativeNetRequest === undefined;

  const judge = (answered: Answered): { described: Described; source: PageSource } | null => {
    const { url, method, requestId, statusCode, responseHeaders = [] } = answered;
    const described = named.get(requestId) ?? describedBy(url, responseHeaders);
    named.delete(requestId);
    if (described === null || method !== 'GET') return null;
    if (statusCode >= 300 && statusCode < 400) {
      if (named.size >= MAX_REMEMBERED) named.clear();
      named.set(requestId, described);
      return null;
    }
    const source = isLargeDownload(statusCode, responseHeaders) ? sources.of(answered, Date.now()) : null;
    return source === null || source.isApart ? null : { described, source };
  };
  const ask = ({ described, source }: { described: Described; source: PageSource }) =>
    deliver({ ...described, policy: FASTEST, reportUrl: null, name: null }, source);

  const listen: Listen = (answered) => {
    const found = judge(answered);
    if (found === null) return undefined;
    if (canStop) return ask(found).then((isTaken) => ({ cancel: isTaken }));
    if (waiting.size >= MAX_REMEMBERED) waiting.clear();
    waiting.set(answered.url, found);
    return undefined;
  };
  const events = api.webRequest.onHeadersReceived as unknown as {
    addListener(listener: Listen, filter: chrome.webRequest.RequestFilter, extra: readonly string[]): void;
  };
  events.addListener(listen, NAVIGATIONS, canStop ? ['blocking', 'responseHeaders'] : ['responseHeaders']);
  if (canStop) return;
  api.downloads.onCreated.addListener(async ({ id, url, finalUrl, byExtensionId, incognito }) => {
    const found = waiting.get(finalUrl || url);
    if (found === undefined || byExtensionId !== undefined || incognito) return;
    waiting.delete(finalUrl || url);
    if (Date.now() - found.source.atMs > KEEP_MS) return;
    // One that cannot be stopped is there already.
    const isStopped = await api.downloads.pause(id).then(
      () => true,
      () => false,
    );
    if (!isStopped) return;
    if (await ask(found)) await dropDownloadById(id);
    else await api.downloads.resume(id).catch(() => undefined);
  });
}
