import { MAX_TORRENT_FILE_BYTES } from '../model/limits.ts';
import { api } from '../platform/webext/api.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { type AnsweredRequest, AnswerSources } from './answer-source.ts';
import { dropDownload } from './drop-download.ts';
import type { TakeAnswer } from './server-answers.ts';
import { beginsAsTorrent, judgeAnswer } from './torrent-answer.ts';

type Answered = AnsweredRequest & {
  readonly requestId: string;
  readonly method: string;
  readonly statusCode: number;
  readonly responseHeaders?: readonly { readonly name: string; readonly value?: string }[];
};

/** Firefox alone has it. */
type StreamFilter = {
  ondata: (event: { readonly data: ArrayBuffer }) => void;
  onstop: () => void;
  write(data: Uint8Array): void;
  /** Ends the answer. */
  close(): void;
  /** Lets the rest of the answer through without us. */
  disconnect(): void;
};
type FirefoxWebRequest = {
  readonly filterResponseData: (requestId: string) => StreamFilter;
  readonly onHeadersReceived: {
    addListener(
      listener: (answered: Answered) => { cancel?: boolean } | Promise<{ cancel?: boolean }>,
      filter: chrome.webRequest.RequestFilter,
      extra: readonly string[],
    ): void;
  };
};

const NAVIGATIONS: chrome.webRequest.RequestFilter = {
  urls: ['http://*/*', 'https://*/*'],
  types: ['main_frame', 'sub_frame'],
};

/**
 * Firefox: an answer that says that it is a torrent is stopped, and its address taken; the page stays where it is. Where
 * the address alone would not bring it (a form that was sent, the cookies of a private window or container), and where
 * only the first bytes tell, the body passes through our hands, and what is taken is taken off the list of downloads.
 */
export function watchAnswersBlocking(how: TakeAnswer): void {
  const webRequest = api.webRequest as unknown as FirefoxWebRequest;
  const sources = new AnswerSources();
  webRequest.onHeadersReceived.addListener(
    (answered) => {
      const kind = judgeAnswer({ ...answered, status: answered.statusCode, headers: answered.responseHeaders ?? [] });
      if (kind === 'other') return {};
      const source = sources.of(answered, Date.now());
      if (source === null) return {};
      if (kind === 'torrent' && answered.method === 'GET' && !source.isApart) {
        return how.capture(answered.url, source).then((cancel) => ({ cancel }));
      }
      readBody(webRequest.filterResponseData(answered.requestId), answered.url, source, how, kind === 'torrent');
      return {};
    },
    NAVIGATIONS,
    ['blocking', 'responseHeaders'],
  );
}

function readBody(filter: StreamFilter, url: string, source: PageSource, { take }: TakeAnswer, isNamed: boolean): void {
  const chunks: Uint8Array[] = [];
  let lengthBytes = 0;
  let isPassing = false;
  const pass = () => {
    isPassing = true;
    for (const chunk of chunks) filter.write(chunk);
    chunks.length = 0;
  };
  filter.ondata = ({ data }) => {
    if (isPassing) return;
    chunks.push(new Uint8Array(data));
    lengthBytes += data.byteLength;
    // A Metalink is named as one or is none: text begins in too many ways.
    if (lengthBytes <= MAX_TORRENT_FILE_BYTES && (isNamed || beginsAsTorrent(chunks[0] ?? new Uint8Array()))) return;
    pass();
    filter.disconnect();
  };
  filter.onstop = async () => {
    if (isPassing) return;
    const isTaken = await take(join(chunks, lengthBytes), source).catch(() => false);
    if (isTaken) await dropDownload(url);
    else pass();
    filter.close();
  };
}

function join(chunks: readonly Uint8Array[], lengthBytes: number): Uint8Array {
  const bytes = new Uint8Array(lengthBytes);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
