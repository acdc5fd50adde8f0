import type { FileRange } from '../torrent/file-ranges.ts';
import { bodyBytes, letGo, type OpenBody } from './body-bytes.ts';
import { HeldBody } from './held-body.ts';
import { openFile } from './open-file.ts';
import { OriginError } from './origin-error.ts';
import { type RequestSlot, RequestSlots, type SlotUser } from './request-slots.ts';
import type { SpanRequest } from './stream-span.ts';

const MIB = 1_048_576;
/** A file is asked for when its turn is this near, at first. */
const FIRST_AHEAD_BYTES = MIB;
/** Each time that an answer is not there at its turn, twice as far ahead is asked, up to this. It is held in memory. */
const MOST_AHEAD_BYTES = 4 * MIB;
/** What is asked for of a larger file waits in the network for its turn, and nothing is asked for beyond it. */
const MOST_HELD_BYTES = 2 * MIB;
/** However small the files. */
const MOST_AHEAD = 256;

/** A request that was sent before its turn. */
type Ahead = {
  readonly slot: RequestSlot;
  readonly isLarge: boolean;
  isAnswered: boolean;
  /** What waits in the network for its turn. */
  body: OpenBody | null;
  /** Null when it was one too many for the server. */
  readonly parts: Promise<AsyncIterable<Uint8Array> | null>;
};

/**
 * The requests of one span, a file each. Those of the next files are sent before their turn, as many as have a place at
 * the host, so that the time until an answer begins is not spent once for every file.
 */
export class SpanRequests {
  readonly #request: SpanRequest;
  readonly #ranges: readonly FileRange[];
  readonly #slots: RequestSlots;
  readonly #user: SlotUser = { underWay: 0, onRoom: () => this.#askAhead() };
  readonly #originHost: string;
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #aheads = new Map<number, Ahead>();
  readonly #taken = new Set<RequestSlot>();
  /** The first range that was not asked for yet. */
  #next = 0;
  #position: number;
  #aheadBytes = FIRST_AHEAD_BYTES;
  /** One request at a time until one is answered, */
  #isAnswered = false;
  /** and nothing ahead when one has failed: what comes after it will not be read. */
  #hasFailed = false;

  constructor(request: SpanRequest, ranges: readonly FileRange[]) {
    this.#request = request;
    this.#ranges = ranges;
    this.#slots = request.slots ?? new RequestSlots(request.nowMs);
    this.#originHost = new URL(request.origin).host;
    this.#signal = AbortSignal.any([request.signal, this.#abort.signal]);
    this.#position = request.startByte;
  }

  /**
   * The bytes of a range, whose turn has come, from this byte of its file on; asked for now if it was not before.
   * @throws what `openFile` throws; so does reading the bytes.
   */
  async partsOf(index: number, startByte: number): Promise<AsyncIterable<Uint8Array>> {
    const ahead = this.#aheads.get(index);
    this.#aheads.delete(index);
    this.#next = Math.max(this.#next, index + 1);
    ahead?.slot.isDue();
    if (ahead?.isAnswered !== true) this.#request.onWait?.();
    if (ahead?.isAnswered !== true && this.#isAnswered) {
      this.#aheadBytes = Math.min(this.#aheadBytes * 2, MOST_AHEAD_BYTES);
      if (ahead !== undefined) this.#askAhead();
    }
    return (await ahead?.parts) ?? (await this.#askNow(this.#ranges[index] as FileRange, startByte));
  }

  /** Everything before this byte of the torrent has been handed on. */
  reached(position: number): void {
    this.#position = position;
    this.#askAhead();
  }

  /** Ends what nobody will read. */
  drop(): void {
    this.#hasFailed = true;
    this.#abort.abort();
    this.#slots.leave(this.#user);
    for (const { body } of this.#aheads.values()) if (body !== null) letGo(body);
    for (const slot of this.#taken) slot.give();
  }

  async #askNow(range: FileRange, startByte: number): Promise<AsyncIterable<Uint8Array>> {
    const slot = this.#keep(await this.#slots.due(this.#hostOf(range), this.#user, this.#signal));
    this.#askAhead();
    const body = await this.#open({ ...range, startByte }, slot);
    this.#isAnswered = true;
    this.#askAhead();
    return this.#read(body, slot);
  }

  #askAhead(): void {
    const { oneAtATime, info, endsAt } = this.#request;
    if (oneAtATime === true || !this.#isAnswered || this.#hasFailed) return;
    while (this.#aheads.size < MOST_AHEAD) {
      const range = this.#ranges[this.#next];
      if (range === undefined || this.#aheads.get(this.#next - 1)?.isLarge) return;
      const startByte = (info.files[range.file]?.startByte ?? 0) + range.startByte;
      const isLarge = range.endByte - range.startByte > MOST_HELD_BYTES;
      if (startByte - this.#position > (isLarge ? FIRST_AHEAD_BYTES : this.#aheadBytes)) return;
      if (endsAt !== undefined && startByte >= endsAt()) return;
      const slot = this.#slots.ahead(this.#hostOf(range), this.#user);
      if (slot === null) return;
      this.#aheads.set(this.#next, this.#sendAhead(range, this.#keep(slot), isLarge));
      this.#next += 1;
    }
  }

  #sendAhead(range: FileRange, slot: RequestSlot, isLarge: boolean): Ahead {
    const open = async () => {
      const body = await this.#open(range, slot).catch(nullWhenBusy);
      if (body === null) return null;
      ahead.isAnswered = true;
      if (isLarge) {
        ahead.body = body;
        return this.#read(body, slot);
      }
      const held = new HeldBody(body.lengthBytes);
      void held.fill(this.#read(body, slot)).then((isWhole) => {
        this.#hasFailed ||= !isWhole;
        this.#askAhead();
      });
      return held.take();
    };
    const parts = open();
    parts.catch(() => {
      this.#hasFailed = true; // it is met when its turn comes
    });
    const ahead: Ahead = { slot, isLarge, isAnswered: false, body: null, parts };
    return ahead;
  }

  async #open(range: FileRange, slot: RequestSlot): Promise<OpenBody> {
    const { onAnswer } = this.#request;
    const answered: SpanRequest['onAnswer'] = (answer) => {
      slot.answered(new URL(answer.url).host);
      onAnswer?.(answer);
    };
    const request = { ...this.#request, signal: this.#signal, onAnswer: answered };
    try {
      const body = await openFile(request, range.file, range.startByte, range.endByte);
      if (!this.#abort.signal.aborted) return body;
      letGo(body);
      throw this.#abort.signal.reason;
    } catch (error) {
      if (error instanceof OriginError && error.fault === 'busy') slot.refused((error.retryAfterS ?? 0) * 1_000);
      this.#give(slot);
      throw error;
    }
  }

  async *#read(body: OpenBody, slot: RequestSlot): AsyncGenerator<Uint8Array> {
    try {
      yield* bodyBytes(body, this.#signal);
    } finally {
      this.#give(slot);
    }
  }

  #keep(slot: RequestSlot): RequestSlot {
    this.#taken.add(slot);
    return slot;
  }

  #give(slot: RequestSlot): void {
    this.#taken.delete(slot);
    slot.give();
  }

  #hostOf({ file }: FileRange): string {
    const known = this.#request.finalUrls.get(file);
    return known === undefined ? this.#originHost : new URL(known).host;
  }
}

/** Some servers answer one request at a time. */
function nullWhenBusy(error: unknown): null {
  if (error instanceof OriginError && error.fault === 'busy') return null;
  throw error;
}
