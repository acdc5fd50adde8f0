import { api } from '../platform/webext/api.ts';
import { type AnsweredRequest, AnswerSources } from './answer-source.ts';
import { NAVIGATIONS } from './navigations.ts';
import { SentForms } from './sent-forms.ts';
import type { TakeAnswer } from './server-answers.ts';
import { takeAnswer } from './take-answer.ts';
import { judgeAnswer } from './torrent-answer.ts';
import { watchForms } from './watch-forms.ts';

type Answered = AnsweredRequest & {
  readonly requestId: string;
  readonly method: string;
  readonly statusCode: number;
  readonly responseHeaders?: readonly { readonly name: string; readonly value?: string }[];
};

type FirefoxWebRequest = {
  readonly onHeadersReceived: {
    addListener(
      listener: (answered: Answered) => { cancel?: boolean } | Promise<{ cancel?: boolean }>,
      filter: chrome.webRequest.RequestFilter,
      extra: readonly string[],
    ): void;
  };
};

/**
 * Firefox: an answer that is a torrent is stopped and taken, and the page stays where it is. Private windows and
 * containers have cookies that are not ours to use; what they get stays a download.
 */
export function watchAnswersBlocking(how: TakeAnswer): void {
  const webRequest = api.webRequest as unknown as FirefoxWebRequest;
  const sources = new AnswerSources();
  const forms = new SentForms();
  watchForms(forms, NAVIGATIONS);
  webRequest.onHeadersReceived.addListener(
    async (answered) => {
      const { url, method, requestId, statusCode: status, responseHeaders: headers = [] } = answered;
      const kind = judgeAnswer({ url, status, headers });
      const source = kind === 'other' ? null : sources.of(answered, Date.now());
      if (source === null || source.isApart) return {};
      const form = forms.take(requestId, Date.now());
      return { cancel: await takeAnswer({ kind, source, method, url, form }, how) };
    },
    NAVIGATIONS,
    ['blocking', 'responseHeaders'],
  );
}
