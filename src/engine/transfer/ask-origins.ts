import type { OriginUrl } from '../../model/ids.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import { measureFile } from '../origin/measure-file.ts';
import type { Clock, EnginePorts } from '../ports.ts';
import { originFileUrl } from '../torrent/origin-url.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/** More are not asked before the user has said what to take. */
const MAX_ASKED = 8;
const TIME_LIMIT_MS = 10_000;
/** How often one looks whether its host has a place for it. */
const LOOK_EVERY_MS = 250;

export type AskOriginsPorts = Pick<EnginePorts, 'fetch' | 'clock'> & {
  readonly hostLimits: HostLimits;
  readonly signal: AbortSignal;
  /** Called for each origin that has the file with its length. */
  readonly onAnswer: () => void;
  /** Told how many bytes came with an answer. */
  readonly onCame: (bytes: number) => void;
};

/**
 * Asks a torrent's origins for the length of its largest file: several hosts at once, but each one for one thing at a
 * time, whichever transfer asks, and none that is busy with what we fetch there or wants to be left alone. Resolves when
 * all have answered or not, or `signal` fires; never rejects.
 */
export async function askOrigins(
  info: TorrentInfo,
  origins: readonly OriginUrl[],
  { fetch, clock, hostLimits, signal, onAnswer, onCame }: AskOriginsPorts,
): Promise<void> {
  const [largest] = info.files.filter((file) => !file.isPadding).sort((a, b) => b.lengthBytes - a.lengthBytes);
  if (largest === undefined) return;
  const measure = async (url: string) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
    const { lengthBytes, bodyBytes, host, restS } = await measureFile(url, fetch, clock, limit);
    if (restS !== null) hostLimits.rest(host, clock.nowMs() + restS * 1_000);
    if (bodyBytes > 0) onCame(bodyBytes);
    if (lengthBytes === largest.lengthBytes && !signal.aborted) onAnswer();
  };
  const ask = async (origin: OriginUrl) => {
    const url = originFileUrl(origin, info, largest.index);
    const { host } = new URL(url);
    while (!signal.aborted && !hostLimits.takeProbe(host, clock.nowMs())) await pause(clock, signal);
    if (!signal.aborted) await measure(url).finally(() => hostLimits.giveProbe(host));
  };
  await Promise.allSettled(origins.slice(0, MAX_ASKED).map(ask));
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(LOOK_EVERY_MS, done);
    signal.addEventListener('abort', done);
  });
}
