import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readTorrent } from '../../../src/engine/torrent/read-torrent.ts';
import type { WholeHash } from '../../../src/engine/torrent/whole-hashes.ts';
import { folderWith, infoWith, sha1, text, torrentBytes } from './torrent-bytes.ts';

const digest = (algorithm: string): Uint8Array => new Uint8Array(createHash(algorithm).update('film').digest());
const hex = (algorithm: string): string => Buffer.from(digest(algorithm)).toString('hex');

const hashesOf = async (info: unknown): Promise<readonly WholeHash[] | undefined> =>
  (await readTorrent(torrentBytes(info), sha1)).info.files[0]?.wholeHashes;

const MD5: WholeHash = { algorithm: 'md5', hex: hex('md5') };
const SHA1: WholeHash = { algorithm: 'sha1', hex: hex('sha1') };
const SHA256: WholeHash = { algorithm: 'sha256', hex: hex('sha256') };

const ENTRIES: [string, Record<string, unknown>, readonly WholeHash[] | undefined][] = [
  ['none', {}, undefined],
  ['md5sum as hex digits', { md5sum: hex('md5') }, [MD5]],
  ['md5 as hex digits', { md5: hex('md5') }, [MD5]],
  ['md5 as bytes', { md5: digest('md5') }, [MD5]],
  ['sha1 as hex digits', { sha1: hex('sha1') }, [SHA1]],
  ['sha1 as bytes', { sha1: digest('sha1') }, [SHA1]],
  ['sha256 as hex digits', { sha256: hex('sha256') }, [SHA256]],
  ['sha256 as bytes', { sha256: digest('sha256') }, [SHA256]],
  ['capital digits', { sha1: hex('sha1').toUpperCase() }, [SHA1]],
  [
    'the entry of an archive, the strongest first',
    { crc32: '0a1b2c3d', md5: hex('md5'), sha1: hex('sha1') },
    [SHA1, MD5],
  ],
  ['one algorithm twice, once', { md5: hex('md5'), md5sum: '0'.repeat(32) }, [MD5]],
  ['a bad form beside a good one', { md5: 'unknown', md5sum: hex('md5') }, [MD5]],
  ['digits that are none', { sha1: 'g'.repeat(40) }, undefined],
  ['a length that is no hash', { md5: hex('sha1') }, undefined],
  ['a number', { md5: 5 }, undefined],
  ['a list', { sha1: [digest('sha1')] }, undefined],
  ['a megabyte', { sha1: new Uint8Array(1_000_000) }, undefined],
  ['nothing', { sha256: text('') }, undefined],
];

describe.each(ENTRIES)('%s', (_name, entry, expected) => {
  test('in the entry of a file', async () => {
    expect(await hashesOf(folderWith([{ path: ['a'], length: 40_960, ...entry }]))).toEqual(expected);
  });
  test('in the info of a single file', async () => {
    expect(await hashesOf(infoWith(entry))).toEqual(expected);
  });
});
