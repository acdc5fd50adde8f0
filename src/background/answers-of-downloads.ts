import { MAX_TORRENT_FILE_BYTES } from '../model/limits.ts';
import { api } from '../platform/webext/api.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { AnswerSources } from './answer-source.ts';
import { dropDownloadById } from './drop-download.ts';
import { SentForms } from './sent-forms.ts';
import type { TakeAnswer } from './server-answers.ts';
import { beginsAsTorrent, judgeAnswer } from './torrent-answer.ts';

type Answer = {
  readonly source: PageSource;
  readonly method: string;
  readonly requestId: string;
  readonly atMs: number;
};

const NAVIGATIONS: chrome.webRequest.RequestFilter = {
  urls: ['http://*/*', 'https://*/*'],
  types: ['main_frame', 'sub_frame'],
};
/** A download begins when its answer does. */
const KEEP_MS = 30_000;
const MAX_ANSWERS = 20;
const REPEAT_LIMIT_MS = 20_000;

/**
 * Chrome: an answer cannot be stopped, but the download that it becomes can. What tells such a download from one that
 * the user asked for is the navigation whose answer we have seen. A form that was sent is sent once more, because its
 * answer cannot be read; when that does not bring a torrent, the file stays in the Downloads folder.
 */
export function watchAnswersOfDownloads(how: TakeAnswer): void {
  const sources = new AnswerSources();
  const answers = new Map<string, Answer>();
  const forms = new SentForms();

  api.webRequest.onBeforeRequest.addListener(
    ({ requestId, method, requestBody }) => {
      if (method === 'POST') forms.sent(requestId, requestBody?.formData ?? null, Date.now());
      return undefined;
    },
    NAVIGATIONS,
    ['requestBody'],
  );
  api.webRequest.onSendHeaders.addListener(
    ({ requestId, method, requestHeaders = [] }) => {
      if (method !== 'POST') return;
      const type = requestHeaders.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
      forms.typed(requestId, type);
    },
    NAVIGATIONS,
    ['requestHeaders'],
  );
  api.webRequest.onHeadersReceived.addListener(
    (answered) => {
      const { url, method, requestId, statusCode: status, responseHeaders: headers = [] } = answered;
      if (judgeAnswer({ url, status, headers }) !== 'torrent') return undefined;
      const atMs = Date.now();
      const source = sources.of(answered, atMs);
      if (source === null) return undefined;
      if (answers.size >= MAX_ANSWERS) answers.clear();
      answers.set(url, { source, method, requestId, atMs });
      return undefined;
    },
    NAVIGATIONS,
    ['responseHeaders'],
  );
  api.downloads.onCreated.addListener(async ({ id, url, finalUrl, byExtensionId, incognito }) => {
    const address = finalUrl || url;
    const answer = answers.get(address);
    if (answer === undefined || byExtensionId !== undefined || incognito) return;
    answers.delete(address);
    if (Date.now() - answer.atMs > KEEP_MS) return;
    const { source, method, requestId } = answer;
    if (method === 'GET') {
      if (await how.capture(address, source)) await dropDownloadById(id);
      return;
    }
    const form = method === 'POST' ? forms.take(requestId, Date.now()) : null;
    const bytes = form && (await repeat(address, form).catch(() => null));
    if (bytes && beginsAsTorrent(bytes) && (await how.take(bytes, source))) await dropDownloadById(id);
  });
}

/** The answer to the same form, with the same cookies; null when it is none or too large. */
async function repeat(url: string, form: URLSearchParams): Promise<Uint8Array | null> {
  const response = await fetch(url, {
    method: 'POST',
    body: form,
    credentials: 'include',
    signal: AbortSignal.timeout(REPEAT_LIMIT_MS),
  });
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (!response.ok || announced > MAX_TORRENT_FILE_BYTES) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length > MAX_TORRENT_FILE_BYTES ? null : bytes;
}
