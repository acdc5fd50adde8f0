import { expect, test } from 'vitest';
import type { FileIndex, TransferId } from '../../../src/model/ids.ts';
import { PlayerMemory } from '../../../src/ui/player/player-memory.ts';
import { readRemembered } from '../../../src/ui/player/remembered.ts';

const id = 'b'.repeat(40) as TransferId;
const file = 0 as FileIndex;

function open(isPrivate: boolean) {
  const world = { text: null as string | null, nowMs: 1_000 };
  const port = {
    readMemory: () => world.text,
    writeMemory: (text: string) => {
      world.text = text;
    },
    nowMs: () => world.nowMs,
  };
  return { world, port, memory: new PlayerMemory(port, () => !isPrivate) };
}

test('a place is written down, and another page knows it', () => {
  const { port, memory } = open(false);
  memory.rememberPlace(id, file, { timeS: 100, durationS: 1000 });
  expect(new PlayerMemory(port, () => true).watched(id, file)).toMatchObject({ timeS: 100, atMs: 1_000 });
});

test('two pages do not write over each other', () => {
  const { world, port, memory } = open(false);
  const other = new PlayerMemory(port, () => true);
  memory.remember({ volume: 0.5 });
  other.rememberPlace(id, file, { timeS: 100, durationS: 1000 });
  other.rememberSubtitles({ isOn: true });
  const written = readRemembered(world.text);
  expect([written.volume, Object.keys(written.files).length, written.subtitles.isOn]).toEqual([0.5, 1, true]);
});

test('what is private is known to its page and written nowhere', () => {
  const { world, memory } = open(true);
  memory.rememberPlace(id, file, { timeS: 100, durationS: 1000 });
  memory.remember({ volume: 0.5 });
  expect(world.text).toBeNull();
  expect(memory.watched(id, file)).toMatchObject({ timeS: 100 });
});

test('a place is due again after five seconds', () => {
  const { world, memory } = open(false);
  world.nowMs += 4_999;
  expect(memory.isPlaceDue()).toBe(false);
  world.nowMs += 1;
  expect(memory.isPlaceDue()).toBe(true);
  memory.rememberPlace(id, file, { timeS: 100, durationS: 1000 });
  expect(memory.isPlaceDue()).toBe(false);
});
