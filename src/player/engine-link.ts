import type { FileView } from '../model/file-view.ts';
import type { FileIndex, TransferId } from '../model/ids.ts';
import {
  type BytesHere,
  PLAYER_PORT,
  type PlayerId,
  type PlayerOpened,
  type PlayerTold,
  type Playhead,
} from '../model/player.ts';
import { holdPort, sendCommand } from '../platform/webext/screen-link.ts';

const PAUSE_MS = 500;

/** What a player's page asks of the engine, whose host may go and come back at any time. */
export type EngineLink = {
  readonly player: PlayerId;
  open(file: FileIndex): Promise<PlayerOpened>;
  /** Like `player.await`; an engine that is gone or new counts as waiting. */
  awaitBytes(file: FileIndex, startByte: number, endByte: number): Promise<BytesHere>;
  /** Null when the engine does not answer now. */
  tell(playhead: Omit<Playhead, 'player'>): Promise<PlayerTold | null>;
  files(): Promise<readonly FileView[]>;
};

/** @param onKnown Called whenever an engine has met this page: the first time, and when it was started anew. */
export function linkToEngine(id: TransferId, onKnown: () => void): EngineLink {
  const player = crypto.randomUUID() as string as PlayerId;
  holdPort(`${PLAYER_PORT}${player}`, onKnown);
  return {
    player,
    open: async (file) => {
      const reply = await sendCommand('player.open', { player, id, file });
      return reply.ok ? reply.output : { state: 'unknown' };
    },
    awaitBytes: async (file, startByte, endByte) => {
      const reply = await sendCommand('player.await', { player, file, startByte, endByte });
      if (reply.ok && reply.output.state !== 'unknown') return reply.output;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return { state: 'waiting' };
    },
    tell: async (playhead) => {
      const reply = await sendCommand('player.tell', { player, ...playhead });
      return reply.ok ? reply.output : null;
    },
    files: async () => {
      const reply = await sendCommand('transfer.files', { id });
      return reply.ok ? (reply.output.files ?? []) : [];
    },
  };
}
