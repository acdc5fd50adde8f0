import type { FileRange } from '../torrent/file-ranges.ts';
import type { AnswerPace } from './answer-pace.ts';
import { bodyBytes, letGo, type OpenBody } from './body-bytes.ts';
import { HeldBody } from './held-body.ts';
import { openFile } from './open-file.ts';
import { OriginError } from './origin-error.ts';
import { type RequestSlot, RequestSlots, type SlotUser } from './request-slots.ts';
import type { SpanRequest } from './stream-span.ts';

const MIB = 1_048_576;
/** The next file is asked for when this little is left of the current one, however soon it will be answered. */
const NEXT_AHEAD_BYTES = MIB;
/** What is asked for to cover the wait for answers (answer-pace.ts) is held in memory: no more than this of one span, */
const MOST_AHEAD_BYTES = 4 * MIB;
/** and of one file. What is not held waits in the network for its turn, and nothing is asked for beyond it. */
const MOST_HELD_BYTES = 2 * MIB;
/** However small the files. */
const MOST_AHEAD_FILES = 256;

/** A request that was sent before its turn. */
type Ahead = {
  readonly slot: RequestSlot;
  readonly isHeld: boolean;
  /** What is read into memory before its turn. */
  held: HeldBody | null;
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
  readonly #pace: AnswerPace;
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #aheads = new Map<number, Ahead>();
  /** What is handed on now. */
  #current: Ahead | null = null;
  readonly #taken = new Set<RequestSlot>();
  /** The first range that was not asked for yet. */
  #next = 0;
  #position: number;
  /** One request at a time until one is answered, */
  #isAnswered = false;
  /** and nothing ahead when one has failed: what comes after it will not be read. */
  #hasFailed = false;

  constructor(request: SpanRequest, ranges: readonly FileRange[]) {
    this.#request = request;
    this.#ranges = ranges;
    this.#slots = request.slots ?? new RequestSlots(request.nowMs);
    this.#originHost = new URL(request.origin).host;
    this.#pace = this.#slots.paceOf(this.#originHost);
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
    this.#current = ahead ?? null;
    this.#next = Math.max(this.#next, index + 1);
    ahead?.slot.isDue();
    if (ahead?.isAnswered !== true) this.#request.onWait?.();
    if (ahead !== undefined) this.#askAhead();
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
    let untakenBytes = this.#current?.held?.untakenBytes ?? 0;
    for (const { body, held } of this.#aheads.values()) {
      if (body !== null) letGo(body);
      untakenBytes += held?.untakenBytes ?? 0;
    }
    if (untakenBytes > 0) this.#request.onUnwanted?.(untakenBytes);
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
    while (this.#aheads.size < MOST_AHEAD_FILES) {
      const range = this.#ranges[this.#next];
      if (range === undefined || this.#aheads.get(this.#next - 1)?.isHeld === false) return;
      const startByte = (info.files[range.file]?.startByte ?? 0) + range.startByte;
      const coverBytes = Math.min(this.#pace.coverBytes, MOST_AHEAD_BYTES);
      const isHeld = range.endByte - range.startByte <= Math.min(coverBytes, MOST_HELD_BYTES);
      const isNext = this.#aheads.size === 0 && startByte - this.#position <= NEXT_AHEAD_BYTES;
      if (!isNext && (!isHeld || startByte - this.#position > coverBytes)) return;
      if (endsAt !== undefined && startByte >= endsAt()) return;
      const slot = this.#slots.ahead(this.#hostOf(range), this.#user);
      if (slot === null) return;
      this.#aheads.set(this.#next, this.#sendAhead(range, this.#keep(slot), isHeld));
      this.#next += 1;
    }
  }

  #sendAhead(range: FileRange, slot: RequestSlot, isHeld: boolean): Ahead {
    const open = async () => {
      const body = await this.#open(range, slot).catch(nullWhenBusy);
      if (body === null) return null;
      ahead.isAnswered = true;
      if (!isHeld) {
        ahead.body = body;
        return this.#read(body, slot);
      }
      const held = new HeldBody(body.lengthBytes);
      ahead.held = held;
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
    const ahead: Ahead = { slot, isHeld, held: null, isAnswered: false, body: null, parts };
    return ahead;
  }

  async #open(range: FileRange, slot: RequestSlot): Promise<OpenBody> {
    const { onAnswer } = this.#request;
    const answered: SpanRequest['onAnswer'] = (answer) => {
      slot.answered(new URL(answer.url).host);
      onAnswer?.(answer);
    };
    const onRefused = (error: OriginError): void => {
      if (error.fault === 'busy') slot.refused((error.retryAfterS ?? 0) * 1_000);
    };
    const request = { ...this.#request, signal: this.#signal, onAnswer: answered, onRefused };
    const askedAtMs = this.#request.nowMs();
    try {
      const body = await openFile(request, range.file, range.startByte, range.endByte);
      this.#pace.began(this.#request.nowMs() - askedAtMs);
      if (!this.#abort.signal.aborted) return body;
      letGo(body);
      throw this.#abort.signal.reason;
    } catch (error) {
      this.#give(slot);
      throw error;
    }
  }

  async *#read(body: OpenBody, slot: RequestSlot): AsyncGenerator<Uint8Array> {
    const begunAtMs = this.#request.nowMs();
    let cameBytes = 0;
    try {
      for await (const bytes of bodyBytes(body, this.#signal, this.#request.onUnwanted)) {
        cameBytes += bytes.length;
        yield bytes;
      }
    } finally {
      if (cameBytes > 0) this.#pace.came(cameBytes, this.#request.nowMs() - begunAtMs);
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
