import { createHash } from 'node:crypto';
import bencode from 'bencode';
import fc from 'fast-check';
import parseTorrent from 'parse-torrent';
import { describe, expect, test } from 'vitest';
import { readTorrent } from '../../src/engine/torrent/read-torrent.ts';
import { makePublication } from '../../src/publishing/make-publication.ts';
import { isOwnOutput } from '../../src/publishing/own-output.ts';
import { hashedFile, NASTY_NAME, publication, SITE, sha1, someBytes } from './published-folder.ts';

describe('a .torrent of ours', () => {
  test('is read by the engine as what was written', async () => {
    const { torrentBytes, infoHash, file } = await publication(['sub folder', NASTY_NAME]);
    const { info, sources } = await readTorrent(torrentBytes, sha1);
    const address = `sub%20folder/${encodeURIComponent(NASTY_NAME)}`.replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    expect(info).toMatchObject({
      infoHash,
      name: NASTY_NAME,
      pieceLengthBytes: 262_144,
      lengthBytes: 300_000,
      pieceCount: 2,
      isMultiFile: false,
      isPrivate: false,
    });
    expect(Buffer.from(info.pieceHashes)).toEqual(Buffer.from(file.pieceHashes));
    expect(info.files[0]?.wholeHashes).toEqual([
      { algorithm: 'sha256', hex: createHash('sha256').update(someBytes(300_000)).digest('hex') },
    ]);
    expect(sources).toEqual({
      trackers: ['wss://t.example'],
      origins: [
        `https://cdn.example/media/${address}`,
        `https://m2.example/x/${address}`,
        `http://m3.example/${address}`,
      ],
    });
  });

  test('is read by parse-torrent in the same way', async () => {
    const made = await publication(['sub', NASTY_NAME], { trackers: ['wss://a.example', 'udp://b.example:1'] });
    const parsed = await parseTorrent(made.torrentBytes);
    expect(parsed).toMatchObject({
      infoHash: made.infoHash,
      name: NASTY_NAME,
      length: 300_000,
      pieceLength: 262_144,
      announce: ['wss://a.example', 'udp://b.example:1'],
      urlList: [made.url, ...made.mirrorUrls],
    });
    expect(parsed).not.toHaveProperty('private');
    expect(parsed).not.toHaveProperty('created');
    expect(parsed.pieces).toHaveLength(2);
  });

  test('is canonical: encoding it anew gives the same bytes, so keys are in order', async () => {
    const { torrentBytes } = await publication();
    expect(Buffer.from(bencode.encode(bencode.decode(torrentBytes)))).toEqual(Buffer.from(torrentBytes));
  });

  test('of the same file and site is the same, whatever the time', async () => {
    const bytes = someBytes(1_000_000);
    const make = (modifiedAtMs: number) => makePublication(hashedFile(['a'], bytes, modifiedAtMs), SITE, sha1);
    expect((await make(1)).torrentBytes).toEqual((await make(2e12)).torrentBytes);
  });

  test('keeps its info hash wherever it is published', async () => {
    const here = await publication();
    const there = await publication(['other', 'ep42.mp4'], {
      baseUrl: 'https://else.example/',
      trackers: [],
      mirrorUrls: [],
    });
    expect(there.infoHash).toBe(here.infoHash);
    expect(Buffer.from(there.torrentBytes).toString('latin1')).not.toContain('announce');
  });

  test('is known as ours, and one of others is not', async () => {
    expect(isOwnOutput((await publication()).torrentBytes)).toBe(true);
    expect(isOwnOutput(bencode.encode({ info: { name: 'Rivulet' }, 'created by': 'mktorrent' }))).toBe(false);
  });

  test('of any size and name is read back by both readers', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => !/[\p{Surrogate}]/u.test(text));
    await fc.assert(
      fc.asyncProperty(name, fc.integer({ min: 1, max: 300_000 }), async (text, length) => {
        const made = await publication([text], {}, someBytes(length));
        const ours = await readTorrent(made.torrentBytes, sha1);
        const theirs = await parseTorrent(made.torrentBytes);
        expect([ours.info.infoHash, theirs.infoHash]).toEqual([made.infoHash, made.infoHash]);
        expect([ours.info.name, ours.info.lengthBytes, theirs.length]).toEqual([text, length, length]);
      }),
      { numRuns: 15 },
    );
  });

  test('of an empty file cannot be', async () => {
    await expect(publication(['none'], {}, new Uint8Array())).rejects.toThrow('none is empty');
  });
});
