import type { FileIndex, OriginUrl } from '../../model/ids.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { Clock } from '../ports.ts';
import type { DepotSession, VouchAccident } from '../store/depot.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import type { Download } from './download.ts';
import { maySpeakFor } from './own-digest.ts';

/** After so many accidents in a row an origin is not asked to vouch any more. */
const MAX_ACCIDENTS = 4;
/** It is asked again after this, three times as long each time, unless it says when itself. */
const FIRST_WAIT_MS = 2_000;
/** Who wants to be left alone for longer than this is not waited for. */
const LONGEST_WAIT_MS = 10 * 60_000;

export type AskPorts = {
  readonly info: TorrentInfo;
  readonly session: DepotSession;
  readonly clock: Clock;
  readonly hostLimits: HostLimits;
  readonly download: Pick<Download, 'board' | 'origins'>;
  /** Files that an earlier run vouched for: their bytes may be in the store. */
  readonly vouchedBefore: readonly FileIndex[];
};

type Desk = AskPorts['download']['origins'][number];
/** `later`: an origin met an accident, or has no place for us just now. */
type Outcome = 'whole' | 'lost' | 'later';
type Accidents = { readonly count: number; readonly untilMs: number };

/**
 * Asks the store, and with its help every origin in turn, for files that a hash of the whole can vouch for. What it asks
 * of a host counts there like any request. An origin that has said no to a file is not asked for it again.
 */
export class AskToVouch {
  readonly #ports: AskPorts;
  readonly #refused = new Set<string>();
  readonly #accidents = new Map<OriginUrl, Accidents>();

  constructor(ports: AskPorts) {
    this.#ports = ports;
  }

  /** More is known than before: what was refused may be asked for again. */
  forget(): void {
    this.#refused.clear();
  }

  /** A file without a hash is asked only of origins that may speak for it themselves. */
  async about(file: TorrentFile): Promise<Outcome> {
    const { info, session, download, vouchedBefore } = this.#ports;
    const byItsDigest = file.wholeHashes === undefined;
    const isHere = vouchedBefore.includes(file.index) && !byItsDigest;
    const inStore = { file: file.index, byItsDigest, origin: null, fromFileStart: false };
    if (isHere && (await session.vouch(inStore)) === true) return 'whole';
    let outcome: Outcome = 'lost';
    for (const desk of download.origins) {
      if (desk.isGone || (byItsDigest && !maySpeakFor(info, desk, file, download.board.map.states))) continue;
      const answer = await this.#ask(desk, file);
      if (answer === 'whole') return 'whole';
      if (answer === 'later') outcome = 'later';
    }
    return outcome;
  }

  async #ask(desk: Desk, file: TorrentFile): Promise<Outcome> {
    const { session, clock, hostLimits } = this.#ports;
    const { origin, target } = desk;
    const key = `${file.index} ${origin}`;
    const { count, untilMs } = this.#accidents.get(origin) ?? { count: 0, untilMs: 0 };
    const waitMs = Math.max(untilMs, desk.restUntilMs) - clock.nowMs();
    if (this.#refused.has(key) || count >= MAX_ACCIDENTS || waitMs > LONGEST_WAIT_MS) return 'lost';
    if (waitMs > 0 || !hostLimits.take(target, this, clock.nowMs())) return 'later';
    const asked = { file: file.index, byItsDigest: file.wholeHashes === undefined, origin };
    const answer = await session
      .vouch({ ...asked, fromFileStart: desk.health.ignoresRanges })
      .finally(() => hostLimits.leave(target, this));
    if (typeof answer === 'object') return this.#metAccident(origin, target, answer, count + 1);
    this.#accidents.delete(origin);
    if (answer) return 'whole';
    this.#refused.add(key);
    return 'lost';
  }

  #metAccident(origin: OriginUrl, target: string, { fault, retryAfterS, host }: VouchAccident, count: number): Outcome {
    const ownMs = FIRST_WAIT_MS * 3 ** (count - 1);
    const untilMs = this.#ports.clock.nowMs() + Math.max(ownMs, (retryAfterS ?? 0) * 1_000);
    this.#accidents.set(origin, { count, untilMs });
    if (fault === 'busy') this.#ports.hostLimits.rest(host ?? target, untilMs);
    return count >= MAX_ACCIDENTS ? 'lost' : 'later';
  }
}
