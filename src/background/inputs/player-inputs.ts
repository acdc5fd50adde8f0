import * as v from 'valibot';
import type { PlayerCommands } from '../../model/commands/player-commands.ts';
import type { PlayerId } from '../../model/player.ts';
import type { CommandRule } from '../command-inputs.ts';
import { fileIndex, id, reader } from '../input-schemas.ts';

/** A page makes it up: letters enough that no two are the same. */
const player = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f-]{8,64}$/, 'no player id'),
  v.transform((value) => value as PlayerId),
);
/** A place in a file. */
const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const MAX_AHEAD_S = 86_400;
const MAX_BYTES_PER_S = 1e10;

/** The door for players. */
export const PLAYER_RULES: { readonly [C in keyof PlayerCommands]: CommandRule<C> } = {
  'player.open': { acceptsFrom: ['ui'], parse: reader(v.strictObject({ player, id, file: fileIndex })) },
  'player.await': {
    acceptsFrom: ['ui'],
    parse: reader(v.strictObject({ player, file: fileIndex, startByte: byte, endByte: byte })),
  },
  'player.tell': {
    acceptsFrom: ['ui'],
    parse: reader(
      v.strictObject({
        player,
        aheadS: v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_AHEAD_S)),
        bytesPerS: v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(MAX_BYTES_PER_S))),
        isPaused: v.boolean(),
        waitsForS: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_AHEAD_S))),
      }),
    ),
  },
};
