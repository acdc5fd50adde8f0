import type { DepotEvent, DepotSession, RunRequest } from '../../../src/engine/store/depot.ts';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import type { FluidDepot } from './fluid-depot.ts';
import type { FluidWorld } from './fluid-world.ts';
import { endOfShortened, spanOfRun } from './run-span.ts';

const ASKED = 'is asked for';
const TAKEN_BACK = 'need not send';

/** Whether a line of the log is about blocks of peers, of which there are many. */
export const isAboutAsking = (line: string): boolean => line.includes(ASKED) || line.includes(TAKEN_BACK);

/** Puts into words what a download decides and what comes of its runs. */
export class DecisionLog {
  readonly #world: FluidWorld;
  readonly #say: (line: string) => void;
  readonly #requests = new Map<number, RunRequest>();
  /** Blocks since the last step, by what is said of them. */
  readonly #blocks = new Map<string, string[]>();

  constructor(world: FluidWorld, say: (line: string) => void) {
    this.#world = world;
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
        this.#requests.set(request.run, request);
        const { startByte, endByte } = spanOfRun(request, this.#world);
        this.#say(`run ${request.run} starts at ${request.origin}: ${mb(startByte)} to ${mb(endByte)} MB`);
        depot.startRun(request);
      },
      shortenRun: (run, end) => {
        const request = this.#requests.get(run);
        const endByte = request === undefined ? 0 : endOfShortened(request, end, this.#world);
        this.#say(`run ${run} is to end at ${mb(endByte)} MB`);
        depot.shortenRun(run, end);
      },
      stopRun: (run) => {
        this.#say(`run ${run} is to stop`);
        depot.stopRun(run);
      },
      putBlock: (piece, block, bytes, peer) => depot.putBlock(piece, block, bytes, peer),
      dropPiece: (piece) => {
        this.#say(`piece ${piece} is dropped`);
        depot.dropPiece(piece);
      },
      read: (piece) => depot.read(piece),
      vouch: () => depot.vouch(),
      close: () => depot.close(),
    };
  }
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(2);
