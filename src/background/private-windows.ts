import { api } from '../platform/webext/api.ts';

/** Whether a private window is open. Where the user does not let us into private windows, there is none for us. */
export async function isPrivateWindowOpen(): Promise<boolean> {
  const windows = (await api.windows?.getAll()) ?? [];
  return windows.some(({ incognito }) => incognito);
}

/** Tells when the last private window has closed. To be called at once: the closing may wake us. */
export function watchPrivateWindows(onLastClosed: () => void): void {
  // A browser without windows (Firefox for Android) tells of none; there they are forgotten at the next start.
  api.windows?.onRemoved.addListener(async () => {
    if (!(await isPrivateWindowOpen())) onLastClosed();
  });
}
