import type { FileIndex, TransferId } from '../ids.ts';
import type { BytesHere, PlayerId, PlayerOpened, PlayerTold, Playhead } from '../player.ts';

/** What a player asks for: a page of ours that shows a file while it arrives (player.ts). */
export type PlayerCommands = {
  /**
   * A page begins to play this file: it is wanted from now on, a transfer that is paused goes on, and the store's copy
   * is kept until the player has gone. A player is known by the port that its page holds open (`PLAYER_PORT`).
   */
  'player.open': {
    input: { readonly player: PlayerId; readonly id: TransferId; readonly file: FileIndex };
    output: PlayerOpened;
    sentBy: 'ui';
  };
  /**
   * Waits until bytes of the file are verified and on the disk, for some seconds at most, and has them fetched before
   * all others meanwhile. Offsets are bytes of the file.
   */
  'player.await': {
    input: {
      readonly player: PlayerId;
      readonly file: FileIndex;
      readonly startByte: number;
      /** First byte that is not asked for. */
      readonly endByte: number;
    };
    output: BytesHere;
    sentBy: 'ui';
  };
  /** Where the playhead is, at most four times a second; answers with what has arrived of the file. */
  'player.tell': { input: Playhead; output: PlayerTold; sentBy: 'ui' };
};
