import { api } from '../platform/webext/api.ts';
import type { SentForms } from './sent-forms.ts';

/** Has the forms remembered that navigations send. To be called at once when the script runs. */
export function watchForms(forms: SentForms, navigations: chrome.webRequest.RequestFilter): void {
  api.webRequest.onBeforeRequest.addListener(
    ({ requestId, method, requestBody }) => {
      if (method === 'POST') forms.sent(requestId, requestBody?.formData ?? null, Date.now());
      return undefined;
    },
    navigations,
    ['requestBody'],
  );
  api.webRequest.onSendHeaders.addListener(
    ({ requestId, method, requestHeaders = [] }) => {
      if (method !== 'POST') return;
      const type = requestHeaders.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
      forms.typed(requestId, type);
    },
    navigations,
    ['requestHeaders'],
  );
}
