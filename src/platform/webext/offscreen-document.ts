import { api } from './api.ts';
import { HOST_PAGE } from './sender.ts';

/** Whether Chrome's one offscreen document is there; it may still be loading. */
export async function hasOffscreenDocument(): Promise<boolean> {
  const contexts = await api.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  return contexts.length > 0;
}

/** Opens the engine host unless it is there. Chrome allows one offscreen document and rejects the call for a second. */
export async function openOffscreenDocument(): Promise<void> {
  if (await hasOffscreenDocument()) return;
  try {
    await api.offscreen.createDocument({
      url: HOST_PAGE,
      reasons: ['WEB_RTC', 'WORKERS', 'BLOBS'],
      justification: 'Downloads torrents over WebRTC and HTTP, checks and stores their pieces in a worker.',
    });
  } catch (error) {
    // Somebody else was faster, for example the worker that Chrome stopped just after its call.
    if (!(await hasOffscreenDocument())) throw error;
  }
}

/** Ends the engine host at once. No error when it is gone already. */
export async function closeOffscreenDocument(): Promise<void> {
  try {
    await api.offscreen.closeDocument();
  } catch (error) {
    if (await hasOffscreenDocument()) throw error;
  }
}
