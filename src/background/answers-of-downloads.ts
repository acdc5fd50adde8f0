import { api } from '../platform/webext/api.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { AnswerSources } from './answer-source.ts';
import { dropDownloadById } from './drop-download.ts';
import { NAVIGATIONS } from './navigations.ts';
import { SentForms } from './sent-forms.ts';
import type { TakeAnswer } from './server-answers.ts';
import { takeAnswer } from './take-answer.ts';
import { type AnswerKind, judgeAnswer } from './torrent-answer.ts';
import { watchForms } from './watch-forms.ts';

type Answer = {
  readonly kind: AnswerKind;
  readonly source: PageSource;
  readonly method: string;
  readonly requestId: string;
  readonly atMs: number;
};

/** A download begins when its answer does. */
const KEEP_MS = 30_000;
const MAX_ANSWERS = 20;

/**
 * Chrome: an answer cannot be stopped, but the download that it becomes can. What tells such a download from one that
 * the user asked for is the navigation whose answer we have seen. A form that was sent is sent once more, because its
 * answer cannot be read; when that does not bring a torrent, the file stays in the Downloads folder.
 */
export function watchAnswersOfDownloads(how: TakeAnswer): void {
  const sources = new AnswerSources();
  const answers = new Map<string, Answer>();
  const forms = new SentForms();

  watchForms(forms, NAVIGATIONS);
  api.webRequest.onHeadersReceived.addListener(
    (answered) => {
      const { url, method, requestId, statusCode: status, responseHeaders: headers = [] } = answered;
      const kind = judgeAnswer({ url, status, headers });
      if (kind === 'other') return undefined;
      const atMs = Date.now();
      const source = sources.of(answered, atMs);
      if (source === null) return undefined;
      if (answers.size >= MAX_ANSWERS) answers.clear();
      answers.set(url, { kind, source, method, requestId, atMs });
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
    const form = forms.take(answer.requestId, Date.now());
    if (await takeAnswer({ ...answer, url: address, form }, how)) await dropDownloadById(id);
  });
}
