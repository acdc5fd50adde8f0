import { describe, expect, test } from 'vitest';
import { answer, type RunCommand } from '../../src/background/answer.ts';
import { COMMAND_RULES } from '../../src/background/command-inputs.ts';
import type { Command, Sender } from '../../src/model/commands.ts';
import { DATA_INPUTS } from './inputs/data-input-samples.ts';

const ID = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';

const PUBLISHED = {
  fileUrl: 'https://cdn.example/a.mp4',
  torrentUrl: 'https://cdn.example/a.mp4.torrent',
  policy: '',
  report: '',
  name: '',
};
const DELIVERED = {
  fileUrl: 'https://cdn.example/a.mp4',
  torrentUrl: 'https://cdn.example/a.mp4.torrent',
  policy: { policy: 'fastest', patience: null },
  reportUrl: null,
  name: null,
};

const PLAYER = '0a1b2c3d';
const INPUTS: { readonly [C in Command]: unknown } = {
  'link.capture': { url: 'magnet:?xt=urn:btih:0' },
  'link.deliver': PUBLISHED,
  'page.is-left': null,
  'links.capture': { urls: [ID] },
  'page.links': null,
  'page.add-links': null,
  'page.media': null,
  'page.play-media': { fileUrl: 'https://cdn.example/film.webm' },
  'transfer.add': { text: ID },
  'transfer.add-file': { name: 'x.torrent', base64: 'ZDFlZQ==' },
  'transfer.adopt': { base64: 'ZDFlZQ==' },
  'transfer.pause': { id: ID },
  'transfer.resume': { id: ID },
  'transfer.remove': { id: ID, deleteData: false },
  'transfer.set-policy': { id: ID, policy: 'balanced' },
  'transfer.files': { id: ID },
  'transfer.set-files': { id: ID, wishes: [] },
  'transfer.set-patience': { id: ID, patience: '1-hour' },
  'transfer.accept': { id: ID, isPaused: false },
  'link.open': { text: 'magnet:?xt=urn:btih:x' },
  'transfer.export-torrent': { id: ID },
  'store.space': null,
  'transfer.export-log': { id: ID },
  'settings.set': { sharing: 'share' },
  'engine.wake': null,
  'transfer.set-limits': { id: ID, limits: { downBytesPerS: 1_000, upBytesPerS: null, ratio: 1.5 } },
  'queue.move': { ids: [ID], before: null },
  'queue.start-now': { id: ID },
  'transfer.set-label': { id: ID, label: 'films' },
  'player.open': { player: PLAYER, id: ID, file: 0 },
  'player.await': { player: PLAYER, file: 0, startByte: 0, endByte: 1 },
  'player.tell': { player: PLAYER, aheadS: 0, bytesPerS: null, isPaused: false, waitsForS: null },
  ...DATA_INPUTS,
  'transfer.details': { id: ID, parts: ['sources', 'log'] },
  'transfer.save-file': { id: ID, file: 0 },
  'transfer.magnet': { id: ID },
};

/** Runs nothing and remembers what passed the door. */
function door() {
  const passed: [Command, unknown][] = [];
  const run: RunCommand = async (command, input) => {
    passed.push([command, input]);
    return { ok: false, failure: { code: 'v2-only' } };
  };
  return { passed, run };
}

describe('who may send what', () => {
  test.each<[Command, Sender, boolean]>([
    ['link.capture', 'page', true],
    ['link.capture', 'ui', false],
    ['link.deliver', 'page', true],
    ['link.deliver', 'ui', false],
    ['page.is-left', 'page', true],
    ['page.is-left', 'ui', false],
    ['transfer.add', 'ui', true],
    ['transfer.add', 'page', false],
    ['transfer.add-file', 'ui', true],
    ['transfer.add-file', 'page', false],
    ['transfer.pause', 'ui', true],
    ['transfer.pause', 'page', false],
    ['transfer.resume', 'ui', true],
    ['transfer.resume', 'page', false],
    ['transfer.remove', 'ui', true],
    ['transfer.remove', 'page', false],
    ['settings.set', 'ui', true],
    ['settings.set', 'page', false],
    ['engine.wake', 'ui', true],
    ['engine.wake', 'page', false],
  ])('%s from a %s: %s', async (command, sender, isAllowed) => {
    const { passed, run } = door();
    const reply = await answer(run, command, INPUTS[command], sender);
    expect(passed).toEqual(isAllowed ? [[command, command === 'link.deliver' ? DELIVERED : INPUTS[command]]] : []);
    expect(reply.ok === false && reply.failure.code).toBe(isAllowed ? 'v2-only' : 'rejected');
  });

  test('the table above knows every command', () => {
    expect(Object.keys(INPUTS).sort()).toEqual(Object.keys(COMMAND_RULES).sort());
  });
});

test.each(['', 'transfer.list', 'toString', '__proto__', 'constructor', 'LINK.CAPTURE'])(
  'refuses the unknown command "%s"',
  async (command) => {
    const { passed, run } = door();
    const reply = await answer(run, command, null, 'ui');
    expect(reply).toEqual({ ok: false, failure: { code: 'rejected', reason: 'unknown command' } });
    expect(passed).toEqual([]);
  },
);

test('a broken input is a reply, and nothing runs', async () => {
  const { passed, run } = door();
  const reply = await answer(run, 'transfer.pause', { id: '../..' }, 'ui');
  expect(reply.ok === false && reply.failure.code).toBe('rejected');
  expect(passed).toEqual([]);
});

test('a throw while running is a reply', async () => {
  const run: RunCommand = () => Promise.reject(new Error('broken'));
  const reply = await answer(run, 'engine.wake', null, 'ui');
  expect(reply).toEqual({ ok: false, failure: { code: 'rejected', reason: 'Error: broken' } });
});
