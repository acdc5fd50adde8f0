import type { InfoHash, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Clock } from '../ports.ts';
import type { FileSpans } from '../torrent/file-spans.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { BlockParcel, type Parcel, ParcelBuffers } from './block-parcel.ts';
import type {
  Depot,
  DepotEvent,
  DepotSession,
  RunId,
  RunRequest,
  StoredPlace,
  VouchAccident,
  VouchRequest,
} from './depot.ts';
import type { Channel, DepotCall, DepotOrder, FromDepot, SessionId, ToDepot } from './depot-protocol.ts';
import { StoreError } from './store-error.ts';

type Waiter = { readonly resolve: (value: unknown) => void; readonly reject: (error: StoreError) => void };

/** The store in another thread: the engine host's side of the channel. */
export class RemoteDepot implements Depot {
  readonly #channel: Channel<ToDepot, FromDepot>;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #buffers = new ParcelBuffers();
  readonly #waiters = new Map<number, Waiter>();
  readonly #listeners = new Map<SessionId, (event: DepotEvent) => void>();
  #calls = 0;
  #sessions = 0;

  constructor(channel: Channel<ToDepot, FromDepot>, clock: Pick<Clock, 'after'>) {
    this.#channel = channel;
    this.#clock = clock;
    channel.listen((message) => this.#hear(message));
  }

  async open(info: TorrentInfo, onEvent: (event: DepotEvent) => void, skipped: FileSpans = []): Promise<DepotSession> {
    this.#sessions += 1;
    const session = this.#sessions;
    this.#listeners.set(session, onEvent);
    const marks = (await this.#call({ name: 'open', session, info, skipped })) as Uint8Array;
    const tell = (order: DepotOrder, transfer: Transferable[]) =>
      this.#channel.send({ type: 'order', session, order }, transfer);
    const send = (parcel: Parcel) => tell({ name: 'put-blocks', parcel }, [parcel.buffer]);
    return new RemoteSession(
      marks,
      (ask) => this.#call(ask),
      (order) => tell(order, []),
      new BlockParcel(this.#buffers, this.#clock, send),
      session,
      () => this.#listeners.delete(session),
    );
  }

  async remove(infoHash: InfoHash): Promise<void> {
    await this.#call({ name: 'remove', infoHash });
  }

  async freeBytes(): Promise<number> {
    return (await this.#call({ name: 'free-bytes' })) as number;
  }

  async places(): Promise<readonly StoredPlace[]> {
    return (await this.#call({ name: 'places' })) as readonly StoredPlace[];
  }

  #call(ask: DepotCall): Promise<unknown> {
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiters.set(call, { resolve, reject });
      this.#channel.send({ type: 'call', call, ask }, []);
    });
  }

  #hear(message: FromDepot): void {
    if (message.type === 'event') return this.#listeners.get(message.session)?.(message.event);
    if (message.type === 'emptied') return this.#buffers.giveBack(message.buffer);
    const waiter = this.#waiters.get(message.call);
    this.#waiters.delete(message.call);
    if (message.type === 'answer') waiter?.resolve(message.value);
    else waiter?.reject(new StoreError(message.failure));
  }
}

class RemoteSession implements DepotSession {
  marks: Uint8Array;
  readonly #call: (ask: DepotCall) => Promise<unknown>;
  readonly #tell: (order: DepotOrder) => void;
  readonly #parcel: BlockParcel;
  readonly #session: SessionId;
  readonly #onClose: () => void;

  constructor(
    marks: Uint8Array,
    call: (ask: DepotCall) => Promise<unknown>,
    tell: (order: DepotOrder) => void,
    parcel: BlockParcel,
    session: SessionId,
    onClose: () => void,
  ) {
    this.marks = marks;
    this.#call = call;
    this.#tell = tell;
    this.#parcel = parcel;
    this.#session = session;
    this.#onClose = onClose;
  }

  async check(): Promise<Uint8Array> {
    const marks = await this.#call({ name: 'check', session: this.#session });
    if (marks instanceof Uint8Array) this.marks = marks;
    return this.marks;
  }

  putBlock(piece: PieceIndex, block: number, bytes: Uint8Array, peer: PeerId): void {
    this.#parcel.add(piece, block, bytes, peer);
  }

  dropPiece(piece: PieceIndex): void {
    this.#order({ name: 'drop-piece', piece });
  }

  startRun(request: RunRequest): void {
    this.#order({ name: 'start-run', request });
  }

  shortenRun(run: RunId, endByte: number): void {
    this.#order({ name: 'shorten-run', run, endByte });
  }

  stopRun(run: RunId): void {
    this.#order({ name: 'stop-run', run });
  }

  setRunRate(bytesPerS: number | null): void {
    this.#order({ name: 'set-run-rate', bytesPerS });
  }

  hasten(pieces: readonly PieceIndex[]): void {
    this.#order({ name: 'hasten', pieces });
  }

  async read(piece: PieceIndex, offset: number, lengthBytes: number): Promise<Uint8Array> {
    const bytes = await this.#call({ name: 'read', session: this.#session, piece, offset, lengthBytes });
    if (!(bytes instanceof Uint8Array)) throw new RangeError(`piece ${piece} is not here`);
    return bytes;
  }

  async vouch(request: VouchRequest): ReturnType<DepotSession['vouch']> {
    const answer = await this.#call({ name: 'vouch', session: this.#session, request });
    return isAccident(answer) ? answer : answer === true;
  }

  async close(): Promise<void> {
    this.#parcel.dispatch();
    await this.#call({ name: 'close', session: this.#session });
    this.#onClose();
  }

  /** What was said before goes first. */
  #order(order: DepotOrder): void {
    this.#parcel.dispatch();
    this.#tell(order);
  }
}

const isAccident = (answer: unknown): answer is VouchAccident =>
  answer !== null && typeof answer === 'object' && 'fault' in answer;
