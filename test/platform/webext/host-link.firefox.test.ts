import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DataCommands } from '../../../src/model/commands/data-commands.ts';
import type { Input } from '../../../src/model/commands.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import { createBackgroundLink, createHostLink } from '../../../src/platform/webext/host-link.firefox.ts';
import type { HostCommandHandlers, HostRequestHandlers } from '../../../src/platform/webext/host-link-contract.ts';
import { LinkError } from '../../../src/platform/webext/link-error.ts';

const ID = 'adding-1' as TransferId;
const added = { id: ID, wasThere: false, isStaged: false };

const requests: HostRequestHandlers = {
  'save.free-folder': async ({ wanted }) => ({ folder: `${wanted} (2)` }),
  'save.start': () => Promise.reject(new LinkError({ code: 'save-failed', reason: 'Invalid filename' })),
  'save.state': () => new Promise(() => undefined),
  'save.delete': () => Promise.reject(new TypeError('broken')),
  'host.activity': async () => null,
  'user.notify': async () => null,
  'guard.allow': async () => null,
  'private.is-open': async () => ({ isOpen: false }),
};

const core: Omit<HostCommandHandlers, keyof DataCommands> = {
  'link.capture': () => new Promise(() => undefined),
  'link.deliver': async () => ({ way: 'plain' }),
  'links.capture': async () => ({ added: [added], leftOut: 0 }),
  'transfer.add': async () => added,
  'transfer.add-file': async () => added,
  'transfer.adopt': async () => added,
  'transfer.pause': () => Promise.reject(new LinkError({ code: 'v2-only' })),
  'transfer.resume': () => Promise.reject(new TypeError('broken')),
  'transfer.remove': async () => null,
  'transfer.set-policy': async () => null,
  'transfer.files': async () => ({ files: null }),
  'transfer.set-files': async () => ({ taken: false }),
  'transfer.set-patience': async () => null,
  'transfer.accept': async () => null,
  'link.open': async () => ({ id: 'a' as TransferId, wasThere: false, isStaged: true }),
  'transfer.export-torrent': async () => ({ torrent: null }),
  'store.space': async () => ({ freeBytes: 0 }),
  'transfer.export-log': async () => ({ text: null }),
  'transfer.set-limits': async () => null,
  'queue.move': async () => null,
  'queue.start-now': async () => null,
  'transfer.set-label': async () => null,
  'transfer.magnet': async () => ({ magnet: null }),
  'settings.set': async () => null,
  'transfer.details': async () => ({ details: null }),
  'transfer.save-file': async () => ({ isSaved: false }),
  'player.open': async () => ({ state: 'unknown' }),
  'player.await': async () => ({ state: 'waiting' }),
  'player.tell': async () => ({
    isKnown: false,
    pieces: [],
    peerBytesPerS: 0,
    originBytesPerS: 0,
    atHandBytesPerS: 0,
    peersConnected: 0,
  }),
};

const OTHER_NOTICES = {
  'guard.redirected': () => undefined,
  'origin.linked': () => undefined,
  'private.closed': () => undefined,
  'page.loads': () => undefined,
};
const commands = { ...core, ...({} as Pick<HostCommandHandlers, keyof DataCommands>) }; // nobody sends these here

const link = createHostLink(requests);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('has no status before the host is there, and is not started by asking for it', async () => {
  expect(await link.status()).toBeNull();
});

test('the two modules find each other, in both directions', async () => {
  const heard: unknown[] = [];
  const background = createBackgroundLink({
    commands,
    notices: { ...OTHER_NOTICES, 'save.changed': (notice) => heard.push(notice) },
    status: () => ({ busy: true, screens: 2 }),
  });
  await link.ensure();
  await link.notice('save.changed', { downloadId: 7, state: { state: 'gone' } });
  expect(heard).toEqual([{ downloadId: 7, state: { state: 'gone' } }]);
  expect(await link.status()).toEqual({ busy: true, screens: 2 });
  expect(await link.ask('transfer.add', { text: 'x' }, { kind: 'ui' })).toEqual({ ok: true, output: added });
  expect(await background.request('save.free-folder', { wanted: 'Show' })).toEqual({ folder: 'Show (2)' });
});

test.each<['transfer.pause' | 'transfer.resume', Input<'transfer.pause'>, unknown]>([
  ['transfer.pause', { id: ID }, { code: 'v2-only' }],
  ['transfer.resume', { id: ID }, { code: 'rejected', reason: 'TypeError: broken' }],
])('a throw in the host is a failure in the reply: %s', async (command, input, failure) => {
  createBackgroundLink({
    commands,
    notices: { ...OTHER_NOTICES, 'save.changed': () => undefined },
    status: () => ({ busy: false, screens: 0 }),
  });
  expect(await link.ask(command, input, { kind: 'ui' })).toEqual({ ok: false, failure });
});

test('a host that does not come to an end is no answer, before the page gives up', async () => {
  createBackgroundLink({
    commands,
    notices: { ...OTHER_NOTICES, 'save.changed': () => undefined },
    status: () => ({ busy: false, screens: 0 }),
  });
  const reply = link.ask('link.capture', { url: 'magnet:?' }, { kind: 'page', pageUrl: null, isApart: false, atMs: 0 });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(await reply).toEqual({ ok: false, failure: { code: 'no-answer' } });
});

test('a request fails with the failure that the background named', async () => {
  const background = createBackgroundLink({
    commands,
    notices: { ...OTHER_NOTICES, 'save.changed': () => undefined },
    status: () => ({ busy: false, screens: 0 }),
  });
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: LinkError) => error.failure,
    );
  expect(await failed(background.request('save.start', { url: 'blob:x', path: 'x' }))).toEqual({
    code: 'save-failed',
    reason: 'Invalid filename',
  });
  expect(await failed(background.request('save.delete', { downloadId: 7 }))).toEqual({
    code: 'rejected',
    reason: 'TypeError: broken',
  });
  const late = failed(background.request('save.state', { downloadId: 7 }));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await late).toEqual({ code: 'no-answer' });
});
