import { setTimeout as wait } from 'node:timers/promises';
import { TransferList } from '../e2e/transfer-list.ts';
import type { BrowserDriver } from '../support/browser-driver.ts';
import { choosePolicy, type PolicyWords } from './choose-policy.ts';
import type { Progress } from './lost-seconds.ts';

/** How often the bench looks at what the popup has noted; looking is work in the very browser that is measured. */
const LOOK_EVERY_MS = 300;

export type OurTimes = {
  /** From the click on Add until the popup shows all bytes as verified. It is told four times a second. */
  readonly verifiedMs: number;
  /** Until the files are in the Downloads folder. */
  readonly doneMs: number;
  /** When Add was clicked, in milliseconds since 1970. */
  readonly clickedAtMs: number;
  /** Verified bytes by source, and their sum at each change, in milliseconds since 1970. */
  readonly originBytes: number;
  readonly peerBytes: number;
  readonly progress: Progress;
};
export type OurRun = {
  readonly infoHash: string;
  /** What is typed: the address of the .torrent, or a magnet link. */
  readonly torrentUrl: string;
  readonly lengthBytes: number;
  /** Chosen as soon as the row is there; left as it is when left out. */
  readonly policy?: PolicyWords;
  /** Runs beside the transfer, from when it has been added and has its policy; its failure is the run's. */
  readonly meanwhile?: () => Promise<void>;
};

type Watched = Omit<OurTimes, 'verifiedMs' | 'doneMs'> & {
  verifiedAtMs: number;
  doneAtMs: number;
  failedWith: string;
};

/**
 * Downloads one torrent as a user would, by the popup's field and button, and then removes it with its data. The popup
 * itself notes the times, so that no call of the driver is in them.
 */
export async function runOurTransfer(browser: BrowserDriver, list: TransferList, run: OurRun): Promise<OurTimes> {
  const { infoHash, policy } = run;
  await browser.evaluate(list.tab, watch, infoHash, run.lengthBytes);
  await list.add(run.torrentUrl);
  if (policy !== undefined) await choosePolicy(browser, list.tab, infoHash, policy);
  const [{ verifiedAtMs, doneAtMs, clickedAtMs, ...more }] = await Promise.all([
    untilDone(browser, list),
    run.meanwhile?.(),
  ]);
  await removeWithData(list, infoHash);
  return { verifiedMs: verifiedAtMs - clickedAtMs, doneMs: doneAtMs - clickedAtMs, clickedAtMs, ...more };
}

/** The list in a tab; what is added starts at once. */
export async function openOurList(browser: BrowserDriver): Promise<TransferList> {
  const list = await TransferList.open(browser);
  await list.startAtOnce();
  return list;
}

async function untilDone(browser: BrowserDriver, list: TransferList): Promise<Omit<Watched, 'failedWith'>> {
  for (;;) {
    const { failedWith, ...watched } = await browser.evaluate(
      list.tab,
      () => (window as unknown as { watched: Watched }).watched,
    );
    if (failedWith !== '') throw new Error(`the transfer failed: ${failedWith}`);
    if (watched.doneAtMs > 0) return watched;
    await wait(LOOK_EVERY_MS);
  }
}

async function removeWithData(list: TransferList, infoHash: string): Promise<void> {
  await list.press(infoHash, 'Remove');
  await list.press(infoHash, 'Delete the file too');
  await list.untilGone(infoHash);
}

/** Runs in the popup. */
function watch(infoHash: string, lengthBytes: number): void {
  const progress: { atMs: number; bytes: number }[] = [];
  const watched = {
    clickedAtMs: 0,
    verifiedAtMs: 0,
    doneAtMs: 0,
    failedWith: '',
    originBytes: 0,
    peerBytes: 0,
    progress,
  } satisfies Watched;
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
    const { state } = row.dataset;
    watched.originBytes = Number(row.dataset.originBytes);
    watched.peerBytes = Number(row.dataset.peerBytes);
    const bytes = watched.originBytes + watched.peerBytes;
    if (progress.at(-1)?.bytes !== bytes) progress.push({ atMs: nowMs(), bytes });
    if (watched.verifiedAtMs === 0 && bytes >= lengthBytes) watched.verifiedAtMs = nowMs();
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
