import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { FileIndex } from '../../../src/model/ids.ts';
import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../../src/model/player.ts';
import type { PlayerState } from '../../../src/model/player-view.ts';
import { storedUntil } from '../../../src/player/texts/stored-stretches.ts';
import { textsOfPlayer } from '../../../src/player/texts/texts-of-player.ts';
import { PLAYER_SCENES } from '../../support/gallery/player-scenes.ts';
import { mediaFile } from '../../support/media.ts';

const runs = (...of: (readonly [PieceLook, number])[]): PieceRuns =>
  of.map(([look, count]) => [PIECE_LOOKS.indexOf(look), count]);

test('bytes are here as far as their pieces are', () => {
  const pieces = runs(['peer', 1], ['origin', 1], ['asked', 1], ['here', 1], ['bad', 1], ['mixed', 2]);
  // The first piece has 40 bytes of the file before, the last reaches beyond it.
  const until = storedUntil({ lengthBytes: 630, pieceLengthBytes: 100, leadBytes: 40, pieces });
  const at = [0, 159, 160, 259, 260, 359, 360, 460, 629, 630];
  expect(at.map(until)).toEqual([160, 160, 160, 259, 360, 360, 360, 630, 630, 630]);
  expect(storedUntil({ lengthBytes: 630, pieceLengthBytes: 100, leadBytes: 0, pieces: [] })(0)).toBe(0);
});

test('texts of a file are found when it is, read as it arrives, and gone with it', async () => {
  const film = await mediaFile('mkvTexts');
  const pieceLengthBytes = 1024;
  const pieceCount = Math.ceil(film.length / pieceLengthBytes);
  const told = (...of: (readonly [PieceLook, number])[]): PlayerState['told'] => {
    return {
      isKnown: true,
      pieces: runs(...of),
      peerBytesPerS: 0,
      originBytesPerS: 0,
      atHandBytesPerS: 0,
      peersConnected: 0,
    };
  };
  const scene = PLAYER_SCENES['player-film']?.state as PlayerState;
  const base: PlayerState = { ...scene, lengthBytes: film.length, pieceLengthBytes, leadBytes: 0, told: null };
  const state = signal<PlayerState>({ ...base, phase: { phase: 'looking' } });
  let looks: (() => void)[] = [];
  const texts = textsOfPlayer({
    state,
    readStored: async (_file, startByte, endByte) => film.slice(startByte, endByte),
    playedAtS: () => 0,
    moved: () => new Promise((resolve) => looks.push(resolve)),
  });
  /** Everything that looks now and then looks again, and has done so. */
  const look = async () => {
    for (const resolve of looks.splice(0)) resolve();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  await look();
  expect(texts.state.value.text).toEqual([]);
  state.value = { ...base, phase: { phase: 'playable' }, told: told(['missing', pieceCount]) };
  await look();
  expect(texts.state.value.text).toEqual([]); // its head is not here
  const hereCount = Math.floor(pieceCount * 0.5);
  state.value = { ...state.value, told: told(['origin', hereCount], ['missing', pieceCount - hereCount]) };
  await look();
  expect(texts.state.value.text.map(({ language }) => language)).toEqual(['en', 'de', 'fr']);

  const leaving = new AbortController();
  const said: string[][] = [];
  const track = texts.state.value.text[0]?.id ?? -1;
  void texts.follow(track, (cues) => said.push(cues.map(({ text }) => text)), leaving.signal);
  await look();
  await look();
  expect(said).toEqual([['The first line', 'The second line']]);
  state.value = { ...state.value, told: told(['peer', pieceCount]) };
  await look();
  expect(said.slice(1)).toEqual([['The first line', 'The second line', 'The third line']]);
  leaving.abort();
  await look();
  expect(looks).toEqual([]);

  state.value = { ...state.value, file: 1 as FileIndex, phase: { phase: 'opening' } };
  expect(texts.state.value.text).toEqual([]);
  looks = [];
});
