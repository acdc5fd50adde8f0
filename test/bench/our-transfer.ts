import { setTimeout as wait } from 'node:timers/promises';
import { TransferList } from '../e2e/transfer-list.ts';
import type { BrowserDriver } from '../support/browser-driver.ts';

/** How often the bench looks at what the popup has noted; looking is work in the very browser that is measured. */
const LOOK_EVERY_MS = 300;

export type OurTimes = {
  /** From the click on Add until the popup shows all bytes as verified. It is told four times a second. */
  readonly verifiedMs: number;
  /** Until the files are in the Downloads folder. */
  readonly doneMs: number;
  /** When Add was clicked, in milliseconds since 1970. */
  readonly clickedAtMs: number;
};
export type OurRun = { readonly infoHash: string; readonly torrentUrl: string; readonly lengthBytes: number };

type Watched = { clickedAtMs: number; verifiedAtMs: number; doneAtMs: number; failedWith: string };

/**
 * Downloads one torrent as a user would, by the popup's field and button, and then removes it with its data. The popup
 * itself notes the times, so that no call of the driver is in them.
 */
export async function runOurTransfer(browser: BrowserDriver, list: TransferList, run: OurRun): Promise<OurTimes> {
  await browser.evaluate(list.tab, watch, run.infoHash, run.lengthBytes);
  await list.add(run.torrentUrl);
  for (;;) {
    const times = await browser.evaluate(list.tab, () => (window as unknown as { watched: Watched }).watched);
    if (times.failedWith !== '') throw new Error(`the transfer failed: ${times.failedWith}`);
    if (times.doneAtMs > 0) {
      await removeWithData(list, run.infoHash);
      const { clickedAtMs, verifiedAtMs, doneAtMs } = times;
      return { verifiedMs: verifiedAtMs - clickedAtMs, doneMs: doneAtMs - clickedAtMs, clickedAtMs };
    }
    await wait(LOOK_EVERY_MS);
  }
}

export const openOurList = (browser: BrowserDriver): Promise<TransferList> => TransferList.open(browser);

async function removeWithData(list: TransferList, infoHash: string): Promise<void> {
  await list.press(infoHash, 'Remove');
  await list.press(infoHash, 'Delete the file too');
  await list.untilGone(infoHash);
}

/** Runs in the popup. */
function watch(infoHash: string, lengthBytes: number): void {
  const watched: Watched = { clickedAtMs: 0, verifiedAtMs: 0, doneAtMs: 0, failedWith: '' };
  Object.assign(window, { watched });
  const nowMs = () => performance.timeOrigin + performance.now();
  const clicked = (event: Event) => {
    if ((event.target as Element).closest('button')?.textContent?.trim() !== 'Add') return;
    watched.clickedAtMs = nowMs();
    document.removeEventListener('click', clicked, true);
  };
  document.addEventListener('click', clicked, true);
  const observer = new MutationObserver(() => {
    const row = document.querySelector<HTMLElement>(`li[data-id="${infoHash}"]`);
    if (row === null) return;
    const { state, originBytes, peerBytes } = row.dataset;
    if (watched.verifiedAtMs === 0 && Number(originBytes) + Number(peerBytes) >= lengthBytes)
      watched.verifiedAtMs = nowMs();
    if (state === 'failed') watched.failedWith = row.textContent;
    if (state !== 'done') return;
    watched.doneAtMs = nowMs();
    observer.disconnect();
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-state', 'data-origin-bytes', 'data-peer-bytes'],
  });
}
