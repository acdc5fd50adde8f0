import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { readMetalink } from '../../src/engine/torrent/read-metalink.ts';
import { hexDigits } from '../../src/engine/torrent/whole-hashes.ts';
import { isOwnOutput } from '../../src/publishing/own-output.ts';
import type { Publication } from '../../src/publishing/publication.ts';
import { writeMetalink } from '../../src/publishing/write-metalink.ts';
import { publication, someBytes } from './published-folder.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const NAME = `it's "100%" <b> & ünï.mp4`;

test('a .meta4 is read by the engine as what was written', async () => {
  const made = await publication(['sub', NAME]);
  const { files } = readMetalink(bytesOf(writeMetalink(made)));
  expect(files).toEqual([
    {
      path: [NAME],
      sizeBytes: 300_000,
      hashes: new Map([['sha-256', hexDigits(made.file.sha256)]]),
      pieces: {
        type: 'sha-1',
        lengthBytes: 262_144,
        hashes: [hexDigits(made.file.pieceHashes.subarray(0, 20)), hexDigits(made.file.pieceHashes.subarray(20))],
      },
      urls: [made.url, ...made.mirrorUrls].map((url, index) => ({ url, priority: index + 1, location: null })),
      metaUrls: [{ url: made.torrentUrl, priority: 4, mediaType: 'torrent', name: null }],
    },
  ]);
});

test('it is well-formed XML for a reader that is not ours, and says whose it is', async () => {
  const text = writeMetalink(await publication(['sub', NAME]));
  expect(XMLValidator.validate(text)).toBe(true);
  const { metalink } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' }).parse(text);
  expect(metalink['@xmlns']).toBe('urn:ietf:params:xml:ns:metalink');
  expect(metalink.file.size).toBe(300_000);
  expect(isOwnOutput(bytesOf(text))).toBe(true);
  expect(isOwnOutput(bytesOf(text.replace('Rivulet', 'Another')))).toBe(false);
});

test('any name survives', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !/[\p{Cc}\p{Surrogate}\\/\ufffe\uffff]|^\.{1,2}$|^[a-z]:/iu.test(text));
  await fc.assert(
    fc.asyncProperty(name, async (text) => {
      const made = await publication([text], {}, someBytes(10));
      expect(readMetalink(bytesOf(writeMetalink(made))).files[0]?.path).toEqual([text]);
    }),
  );
});

test('a file of very many pieces leaves them to its .torrent, so that readers take the document', async () => {
  const made = await publication();
  const withPieces = (count: number): Publication => ({
    ...made,
    file: {
      ...made.file,
      sizeBytes: count * 4_194_304,
      pieceLengthBytes: 4_194_304,
      pieceHashes: new Uint8Array(count * 20),
    },
  });
  const read = (count: number) => readMetalink(bytesOf(writeMetalink(withPieces(count)))).files[0];
  expect(read(10_000)?.pieces?.hashes).toHaveLength(10_000);
  expect(read(10_001)).toMatchObject({ pieces: null, metaUrls: [{ url: made.torrentUrl }] });
});
