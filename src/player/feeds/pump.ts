import type { Lane } from './lane.ts';

/** So much is kept ready beyond the playhead. */
export const AHEAD_S = 30;

export type PumpPorts = {
  readonly lanes: readonly Lane[];
  /** Where the element plays. */
  readonly playedAtS: () => number;
  /** Resolves when the element has moved on. */
  readonly moved: (signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Fills source buffers from one time on, the track that is furthest behind first, and stays a while ahead of the element. */
export class Pump {
  /** The time that it was begun for: it begins at a key frame before that. */
  readonly targetS: number;
  readonly #ports: PumpPorts;

  constructor(targetS: number, ports: PumpPorts) {
    this.targetS = targetS;
    this.#ports = ports;
  }

  /** Up to where all tracks are in their buffers. */
  get bufferedS(): number {
    return Math.min(...this.#ports.lanes.map(({ bufferedS }) => bufferedS));
  }

  /** Fills until all tracks have ended. @throws the reason of its signal, and what reading or the browser threw. */
  async run(): Promise<void> {
    const { lanes, playedAtS, moved, signal } = this.#ports;
    for (const lane of lanes) await lane.begin(this.targetS, signal);
    for (;;) {
      signal.throwIfAborted();
      let behind: Lane | null = null;
      for (const lane of lanes) {
        if (!lane.hasEnded && (behind === null || lane.positionS < behind.positionS)) behind = lane;
      }
      if (behind === null) return;
      while (behind.positionS > playedAtS() + AHEAD_S) await moved(signal);
      await behind.step(signal);
    }
  }
}
