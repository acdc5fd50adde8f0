import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Input, Output } from '../../src/model/commands.ts';
import type { TransferId } from '../../src/model/ids.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { buildOwnFilesPage } from '../support/own-files-page/build-own-files-page.ts';
import { pseudoRandomBytes, sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { bytesAskedFor } from './bytes-asked-for.ts';
import { extensionDir } from './extension-dir.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';

const PIECE = 64 * KIB;
const JOURNAL_HEADER_BYTES = 32;
const idOf = ({ infoHash }: { readonly infoHash: string }) => infoHash as TransferId;

describe.each(BROWSERS)('%s: what is here', { timeout: 120_000 }, (name) => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-data-'));
    await buildOwnFilesPage(extensionDir(name), join(folder, 'extension'));
    world = await openWorld(name, { extensionDir: join(folder, 'extension') });
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  /** Sends a command as a screen does. */
  async function send<C extends Command>(command: C, input: Input<C>): Promise<Output<C>> {
    const reply = await world.browser.evaluate(
      world.list.tab,
      (command: string, input: unknown) =>
        chrome.runtime.sendMessage({ to: 'background', kind: 'command', command, input }),
      command as string,
      input as unknown,
    );
    expect(reply).toMatchObject({ ok: true });
    return (reply as { output: Output<C> }).output;
  }

  /** Reads a file of the store, and changes one byte of it if one is named. */
  function storeFile(infoHash: string, file: string, flipByte: number | null = null): Promise<number[]> {
    return world.browser.evaluate(
      world.list.tab,
      async (infoHash: string, name: string, at: number | null) => {
        const store = await (await navigator.storage.getDirectory()).getDirectoryHandle('store');
        const handle = await (await store.getDirectoryHandle(infoHash)).getFileHandle(name);
        const file = await handle.getFile();
        if (at === null) return Array.from(new Uint8Array(await file.arrayBuffer()));
        const [byte = 0] = new Uint8Array(await file.slice(at, at + 1).arrayBuffer());
        const writable = await handle.createWritable({ keepExistingData: true });
        await writable.write({ type: 'write', position: at, data: new Uint8Array([byte ^ 0xff]) });
        await writable.close();
        return [];
      },
      infoHash,
      file,
      flipByte,
    );
  }

  test('is looked through when it is wished: what changed on the disk is found, and fetched again', async () => {
    const { site, list, browser } = world;
    const torrent = world.newTorrent(6 * MIB + 5, { pieceLengthBytes: PIECE });
    site.serve('/rot.bin.torrent', torrent.torrentBytes);
    site.serve('/rot.bin', torrent.payload);
    site.behave('/rot.bin', { rateBytesPerS: 100 * KIB }); // of one stream; three take 20 s
    const link = { exactSources: [`${site.url}/rot.bin.torrent`], webSeeds: [`${site.url}/rot.bin`] };
    await world.clickLink(torrent.magnet(link));
    await list.until(torrent.infoHash, ({ originBytes }) => originBytes > MIB / 2);
    await send('transfer.pause', { id: idOf(torrent) }); // answered when the files are let go of
    const marks = (await storeFile(torrent.infoHash, 'journal')).slice(JOURNAL_HEADER_BYTES);
    const here = [...marks.entries()].filter(([, mark]) => mark !== 0).map(([piece]) => piece);
    const rotten = here.slice(1, 4);
    expect(rotten).toHaveLength(3);
    for (const piece of rotten) await storeFile(torrent.infoHash, 'file-0', piece * PIECE + 100);
    expect(await send('transfer.recheck', { id: idOf(torrent) })).toEqual({ outcome: 'checking' });
    const wasHere = here.length * PIECE;
    await list.until(
      torrent.infoHash,
      ({ state, originBytes }) => state === 'paused' && originBytes === wasHere - 3 * PIECE,
    );

    site.forgetRequests();
    site.behave('/rot.bin', null);
    await list.press(torrent.infoHash, 'Resume');
    expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done', percent: 100 });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    // What was found wrong, and what had not come yet; done without it would be a miracle, and more would be waste.
    const asked = bytesAskedFor(site.requests.filter(({ path }) => path === '/rot.bin'));
    expect(asked).toBe(torrent.payload.length - wasHere + 3 * PIECE);
    // Saved, and nobody shares: the copy is gone, and that is said.
    await waitUntil(async () => (await send('store.use', null)).transfers.length === 0, { what: 'the copy to go' });
    expect(await send('transfer.recheck', { id: idOf(torrent) })).toEqual({ outcome: 'no-copy' });
  });

  test('can be what the user has already: picked files are shared, and nothing is downloaded', async () => {
    const { lab, list, browser } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const files = { 'one.bin': pseudoRandomBytes(71, MIB + 333), 'two.bin': pseudoRandomBytes(72, 700_001) };
    const torrent = makeTorrent({
      name: `Two ${name}`,
      pieceLengthBytes: PIECE,
      content: Object.entries(files).map(([path, bytes]) => ({ path: ['sub', path], bytes })),
      announce: [tracker.wsUrl],
    });
    await send('settings.set', { sharing: 'share' });
    const base64 = Buffer.from(torrent.torrentBytes).toString('base64');
    await send('transfer.add-file', { name: 'two.torrent', base64 });
    await list.until(torrent.infoHash, ({ state }) => state === 'downloading');

    for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
    const tab = await browser.openExtensionPage(`own-files.html#${torrent.infoHash}`);
    await browser.chooseFile(tab, '#first', join(folder, 'two.bin'));
    await browser.chooseFile(tab, '#second', join(folder, 'one.bin'));
    await browser.click(tab, 'button');
    const outcome = await browser.waitFor(tab, () => document.body.dataset.outcome, { timeoutMs: 60_000 });
    const all = torrent.pieceCount;
    expect(JSON.parse(outcome)).toMatchObject({
      ok: true,
      ...{ pieces: all, piecesHere: all, piecesPut: all },
      ...{ own: [0, 1], changed: [], missing: [], unused: [] },
    });
    await browser.closeTab(tab);
    await list.until(torrent.infoHash, ({ state }) => state === 'done');

    const friend = await swarm.leech({ torrent, trackers: [] });
    await friend.untilDone({ timeoutMs: 60_000 });
    expect(await friend.payloadSha256()).toBe(sha256Hex(torrent.payload));
    await friend.leave();
    expect(Object.keys(savedFiles(browser.downloadsDir)).filter((path) => /one\.bin|two\.bin/.test(path))).toEqual([]);
  });

  test('is told to the byte, and cleaned of what belongs to nobody', async () => {
    const { browser, list } = world;
    const lengths = () =>
      browser.evaluate(list.tab, async () => {
        const root = await navigator.storage.getDirectory();
        const sums: Record<string, number> = {};
        for await (const [name, directory] of (await root.getDirectoryHandle('store')).entries()) {
          sums[name] = 0;
          for await (const file of (directory as FileSystemDirectoryHandle).values())
            sums[name] += (await (file as FileSystemFileHandle).getFile()).size;
        }
        return sums;
      });
    await browser.evaluate(list.tab, async () => {
      const store = await (await navigator.storage.getDirectory()).getDirectoryHandle('store');
      const stray = await store.getDirectoryHandle('e'.repeat(40), { create: true });
      const writable = await (await stray.getFileHandle('file-0', { create: true })).createWritable();
      await writable.write(new Uint8Array(12_345));
      await writable.close();
    });
    const before = await lengths();
    const use = await send('store.use', null);
    expect(use.strays).toEqual({ count: 1, bytes: 12_345 });
    expect(Object.fromEntries(use.transfers.map(({ id, bytes }) => [id, bytes]))).toEqual(
      Object.fromEntries(Object.entries(before).filter(([name]) => !name.startsWith('eee'))),
    );
    expect(use.transfers).toHaveLength(1);
    expect(use.usedBytes).toBe(Object.values(before).reduce((sum, bytes) => sum + bytes, 0));
    expect(await send('store.clean', null)).toEqual({ freedBytes: 12_345 });
    expect(Object.keys(await lengths())).toEqual(use.transfers.map(({ id }) => id));
  });

  test('comes back from what was saved of it, but for the consent to share', async () => {
    const { list } = world;
    const rows = await list.rows();
    expect(rows.length).toBeGreaterThan(1);
    const totals = await send('ledger.totals', null);
    expect(totals.all.originBytes).toBeGreaterThanOrEqual(6 * MIB + 5);
    expect(totals.all.uploadedBytes).toBeGreaterThan(MIB);
    expect(totals.days.length).toBeGreaterThan(0);

    await send('settings.set', { notifyWhenDone: false });
    const { text, withoutInfo } = await send('state.export', { withSecrets: true });
    expect(withoutInfo).toBe(0);
    for (const { id } of rows) await send('transfer.remove', { id: id as TransferId, deleteData: true });
    await waitUntil(async () => (await list.rows()).length === 0, { what: 'an empty list' });
    await send('settings.set', { notifyWhenDone: true, sharing: 'download-only' });
    expect(await send('store.use', null)).toMatchObject({ usedBytes: 0, transfers: [], strays: { count: 0 } });

    const read = await send('state.import', { text });
    expect(read).toEqual({ ok: true, added: rows.length, wereThere: 0, unreadable: 0 });
    for (const { id, name } of rows) {
      expect(await list.until(id, ({ state }) => state === 'paused')).toMatchObject({ name });
    }
    expect(await send('state.import', { text })).toMatchObject({ added: 0, wereThere: rows.length });
    await waitUntil(
      async () =>
        (await world.browser.evaluate(world.list.tab, () => {
          const { settings } = JSON.parse(localStorage.getItem('shown') ?? '{}');
          return settings?.notifyWhenDone === false && settings?.sharing === 'download-only';
        })) === true,
      { what: 'the settings of the text, without its sharing' },
    );
    expect((await send('ledger.totals', null)).all).toEqual(totals.all);
    expect(await send('state.import', { text: 'hello' })).toEqual({ ok: false, reason: 'no-state' });
  });
});
