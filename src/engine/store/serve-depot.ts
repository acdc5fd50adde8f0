import type { Failure } from '../../model/failure.ts';
import { unpack } from './block-parcel.ts';
import type { Depot, DepotEvent, DepotSession } from './depot.ts';
import type { Channel, DepotAnswer, DepotCall, DepotOrder, FromDepot, SessionId, ToDepot } from './depot-protocol.ts';

/** Serves a store to another thread: the Worker's side. `failureOf` turns what was thrown into data. */
export function serveDepot(
  depot: Depot,
  channel: Channel<FromDepot, ToDepot>,
  failureOf: (error: unknown) => Failure,
): void {
  const sessions = new Map<SessionId, DepotSession>();

  const answer = async (ask: DepotCall): Promise<DepotAnswer> => {
    switch (ask.name) {
      case 'open': {
        const { session: id, info, skipped } = ask;
        const tell = (event: DepotEvent) => channel.send({ type: 'event', session: id, event }, []);
        const session = await depot.open(info, tell, skipped);
        sessions.set(id, session);
        return session.marks;
      }
      case 'close':
        await sessions.get(ask.session)?.close();
        sessions.delete(ask.session);
        return null;
      case 'check':
        return (await sessions.get(ask.session)?.check()) ?? null;
      case 'read':
        return (await sessions.get(ask.session)?.read(ask.piece, ask.offset, ask.lengthBytes)) ?? null;
      case 'vouch':
        return (await sessions.get(ask.session)?.vouch(ask.request)) ?? false;
      case 'remove':
        await depot.remove(ask.infoHash);
        return null;
      case 'free-bytes':
        return depot.freeBytes();
      case 'places':
        return depot.places();
    }
  };

  channel.listen(async (message) => {
    if (message.type === 'order') {
      const { order } = message;
      obey(sessions.get(message.session), order);
      if (order.name !== 'put-blocks') return;
      const { buffer } = order.parcel;
      return channel.send({ type: 'emptied', buffer }, [buffer]);
    }
    try {
      const value = await answer(message.ask);
      channel.send(
        { type: 'answer', call: message.call, value },
        value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [],
      );
    } catch (error) {
      channel.send({ type: 'refusal', call: message.call, failure: failureOf(error) }, []);
    }
  });
}

/** Orders for a session that is closed by now are late, and change nothing. */
function obey(session: DepotSession | undefined, order: DepotOrder): void {
  switch (order.name) {
    case 'put-blocks':
      return unpack(order.parcel, ({ piece, block, peer }, bytes) => session?.putBlock(piece, block, bytes, peer));
    case 'drop-piece':
      return session?.dropPiece(order.piece);
    case 'start-run':
      return session?.startRun(order.request);
    case 'shorten-run':
      return session?.shortenRun(order.run, order.endByte);
    case 'stop-run':
      return session?.stopRun(order.run);
    case 'set-run-rate':
      return session?.setRunRate(order.bytesPerS);
    case 'hasten':
      return session?.hasten(order.pieces);
  }
}
