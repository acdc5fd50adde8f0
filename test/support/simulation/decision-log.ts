import type { DepotEvent, DepotSession } from '../../../src/engine/store/depot.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { FluidDepot } from './fluid-depot.ts';

const ASKED = 'is asked for';
const TAKEN_BACK = 'need not send';

/** Whether a line of the log is about blocks of peers, of which there are many. */
export const isAboutAsking = (line: string): boolean => line.includes(ASKED) || line.includes(TAKEN_BACK);

/** Puts into words what a download decides and what comes of its runs. */
export class DecisionLog {
  readonly #say: (line: string) => void;
  /** Blocks since the last step, by what is said of them. */
  readonly #blocks = new Map<string, string[]>();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  asked(peer: string, piece: number, offset: number, isTakenBack: boolean): void {
    const what = `${peer} ${isTakenBack ? TAKEN_BACK : ASKED}`;
    const blocks = this.#blocks.get(what) ?? [];
    blocks.push(`${piece}.${offset / BLOCK_LENGTH_BYTES}`);
    this.#blocks.set(what, blocks);
  }

  /** Says what peers were asked for in this step, a line for each. */
  endStep(): void {
    for (const [what, blocks] of this.#blocks) this.#say(`${what} ${blocks.length}: ${blocks.join(' ')}`);
    this.#blocks.clear();
  }

  heard(event: DepotEvent): void {
    if (event.type !== 'run-ended') return;
    const how = event.end.type === 'fault' ? `${event.end.fault} (${event.end.status ?? 'no answer'})` : event.end.type;
    this.#say(`run ${event.run} ended: ${how}`);
  }

  /** The same depot, with every order to it said first. */
  follow(depot: FluidDepot): DepotSession {
    return {
      marks: depot.marks,
      startRun: (request) => {
        const { run, origin, startByte, endByte } = request;
        this.#say(`run ${run} starts at ${origin}: ${mb(startByte)} to ${mb(endByte)} MB`);
        depot.startRun(request);
      },
      shortenRun: (run, endByte) => {
        this.#say(`run ${run} is to end at ${mb(endByte)} MB`);
        depot.shortenRun(run, endByte);
      },
      stopRun: (run) => {
        this.#say(`run ${run} is to stop`);
        depot.stopRun(run);
      },
      setRunRate: (bytesPerS) => depot.setRunRate(bytesPerS),
      putBlock: (piece, block, bytes, peer) => depot.putBlock(piece, block, bytes, peer),
      dropPiece: (piece) => {
        this.#say(`piece ${piece} is dropped`);
        depot.dropPiece(piece);
      },
      hasten: (pieces) => depot.hasten(pieces),
      read: (piece) => depot.read(piece),
      vouch: () => depot.vouch(),
      check: () => depot.check(),
      close: () => depot.close(),
    };
  }
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(2);
