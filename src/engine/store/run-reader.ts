import type { FileIndex } from '../../model/ids.ts';
import type { WasteReason } from '../../model/ledger.ts';
import type { RequestSlots } from '../origin/request-slots.ts';
import { OriginError, type SpanAnswer, streamSpan } from '../origin/stream-span.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { BegunBlock, type BegunBlocks } from './begun-blocks.ts';
import type { RunEnd, RunRequest } from './depot.ts';
import type { RunPace } from './run-pace.ts';
import type { RunStream } from './run-stream.ts';

/** How often a run tells how far it has come. */
const REPORT_EVERY_MS = 100;

export type RunPorts = {
  readonly info: TorrentInfo;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  readonly finalUrls: Map<FileIndex, string>;
  /** Shared by the runs of a session. */
  readonly begun: BegunBlocks;
  /** Where its bytes go. */
  readonly stream: Pick<RunStream, 'put' | 'isWithinBlock' | 'end'>;
  /** Awaited before more is read, if there is anything to wait for: this is where back-pressure comes from. */
  readonly room: () => Promise<void> | undefined;
  /** Shared by the runs of a session. */
  readonly pace: RunPace;
  /** Shared by the runs of all sessions. */
  readonly slots: RequestSlots;
  readonly requested: () => void;
  readonly answered: (answer: SpanAnswer) => void;
  /** Bytes came that are no part of the stream. */
  readonly cameAside: (bytes: number, as: WasteReason) => void;
  readonly progress: (bytes: number, position: number, firstByteMs: number | null) => void;
};

/** One run: streams a stretch from one origin into the store, until its end, which may be moved forward while it runs. */
export class RunReader {
  readonly #request: RunRequest;
  readonly #ports: RunPorts;
  readonly #abort = new AbortController();
  readonly #block: BegunBlock;
  #endByte: number;
  #position: number;

  constructor(request: RunRequest, ports: RunPorts) {
    this.#request = request;
    this.#ports = ports;
    this.#endByte = request.endByte;
    this.#position = request.startByte;
    this.#block = new BegunBlock(ports.info.pieceLengthBytes, request.startByte);
  }

  shorten(endByte: number): void {
    if (endByte < this.#endByte) this.#endByte = endByte;
    if (this.#position >= this.#endByte) this.stop();
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Streams to the end. Never rejects for what the origin does: that is how it ended. */
  async read(): Promise<RunEnd> {
    try {
      await this.#stream();
      return this.#ended({ type: this.#position >= this.#endByte ? 'finished' : 'stopped' });
    } catch (error) {
      if (error instanceof OriginError) {
        const { fault, status, retryAfterS, host } = error;
        const { begun, stream } = this.#ports;
        const isKept = stream.isWithinBlock;
        if (isKept) begun.keep(this.#request.origin, this.#block);
        stream.end(isKept);
        return this.#ended({ type: 'fault', fault, status, retryAfterS, host });
      }
      if (this.#abort.signal.aborted) return this.#ended({ type: 'stopped' });
      throw error;
    } finally {
      this.#ports.stream.end(false);
    }
  }

  async #stream(): Promise<void> {
    const { info, fetch, nowMs, finalUrls, progress, pace, room, cameAside } = this.#ports;
    const begun = this.#ports.begun.take(this.#request.origin, this.#position);
    this.#handOn(begun.subarray(0, this.#endByte - this.#position), true);
    const startByte = this.#position;
    if (startByte >= this.#endByte) return;
    let askedAtMs: number | null = null; // it may have waited for a place at the host
    let reportedAtMs = nowMs();
    let unreported = 0;
    let firstByteMs: number | null = null;
    let inHand = 0;
    const report = (firstMs: number | null) => {
      progress(unreported, this.#position, firstMs);
      reportedAtMs = nowMs();
      unreported = 0;
    };
    const parts = streamSpan({
      info,
      origin: this.#request.origin,
      startByte,
      endByte: this.#endByte,
      acceptWhole: this.#request.fromFileStart,
      oneAtATime: this.#request.oneAtATime ?? false,
      signal: this.#abort.signal,
      fetch,
      nowMs,
      finalUrls,
      slots: this.#ports.slots,
      endsAt: () => this.#endByte,
      onRequest: () => {
        askedAtMs ??= nowMs();
        this.#ports.requested();
      },
      onAnswer: this.#ports.answered,
      onUnwanted: (bytes) => cameAside(bytes, 'unwanted'),
      onWait: () => {
        if (unreported > 0) report(null); // that it waits for an answer is told by where it stands
      },
    });
    try {
      for await (const part of parts) {
        const came = 'bytes' in part;
        let rest = came ? part.bytes : new Uint8Array(part.zeros);
        inHand = came ? rest.length : 0;
        while (rest.length > 0 && this.#position < this.#endByte) {
          const mayHandOn = came ? await pace.take(rest.length, this.#abort.signal) : rest.length;
          // Its end may have come nearer meanwhile: somebody else brings the rest.
          const bytes = rest.subarray(0, Math.max(Math.min(this.#endByte - this.#position, mayHandOn), 0));
          rest = rest.subarray(bytes.length);
          unreported += came ? bytes.length : 0;
          inHand = came ? rest.length : 0;
          this.#handOn(bytes, came);
          const wait = room();
          if (wait !== undefined) await wait;
          const now = nowMs();
          const isFirst = firstByteMs === null;
          firstByteMs ??= now - (askedAtMs ?? now);
          if (isFirst || now - reportedAtMs >= REPORT_EVERY_MS) report(isFirst ? firstByteMs : null);
        }
        if (this.#position >= this.#endByte) break;
      }
    } finally {
      if (inHand > 0) cameAside(inHand, 'thrown-away'); // beyond an end that has come nearer
      report(null); // also before a fault: where it stopped says which file is to blame
    }
  }

  #handOn(bytes: Uint8Array, came: boolean): void {
    const startByte = this.#position;
    this.#position += bytes.length;
    this.#block.add(bytes);
    this.#ports.stream.put(startByte, bytes, came);
  }

  #ended(end: RunEnd['end']): RunEnd {
    return { run: this.#request.run, positionByte: this.#position, end };
  }
}
