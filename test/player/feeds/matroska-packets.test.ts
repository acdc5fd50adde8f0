import { EncodedPacketSink } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { framesOfBlock, LACING } from '../../../src/player/feeds/matroska-lacing.ts';
import { MediaFile } from '../../../src/player/feeds/media-file.ts';
import { FileBytes } from '../../../src/player/file-bytes.ts';
import { type MediaKind, mediaFile } from '../../support/media.ts';

/** A file that is all here; `readEnd` tells up to where it was read since that was set back. */
async function opened(kind: MediaKind) {
  const bytes = await mediaFile(kind);
  const seen = { mostByte: 0, hasReadIndex: false };
  const source = new FileBytes({
    lengthBytes: bytes.length,
    awaitBytes: async (startByte, endByte) => ({ state: 'here', endByte: Math.min(startByte + 16_384, endByte) }),
    readStored: async (startByte, endByte) => {
      if (endByte > 0.95 * bytes.length) seen.hasReadIndex = true;
      else seen.mostByte = Math.max(seen.mostByte, endByte);
      return bytes.slice(startByte, endByte);
    },
  });
  return { file: new MediaFile(source), seen, bytes };
}

/** The same tracks, as the reader of whole clusters finds them in a copy that is all here. */
async function known(kind: MediaKind) {
  const { BufferSource, Input, ALL_FORMATS } = await import('mediabunny');
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(await mediaFile(kind)) });
  return { video: await input.getPrimaryVideoTrack(), audio: await input.getAudioTracks() };
}

describe.each(['mkv', 'webm'] as const)('the packets of %s', (kind) => {
  test.each(['video', 'audio'] as const)('are those that others find: %s', async (what) => {
    const { file } = await opened(kind);
    const theirs = await known(kind);
    const track = what === 'video' ? await file.input.getPrimaryVideoTrack() : (await file.input.getAudioTracks())[0];
    const theirTrack = what === 'video' ? theirs.video : theirs.audio[0];
    if (track == null || theirTrack == null) throw new Error('no track');
    const packets = await file.packetsOf(track);
    const sink = new EncodedPacketSink(theirTrack);
    let count = 0;
    let [ours, other] = [await packets.begin(0), await sink.getFirstPacket()];
    while (ours !== null && other !== null) {
      expect(ours.timestamp).toBeCloseTo(other.timestamp, 6);
      expect(ours.type).toBe(other.type);
      expect(Buffer.compare(ours.data, other.data)).toBe(0);
      count += 1;
      [ours, other] = [await packets.next(), await sink.getNextPacket(other)];
    }
    expect([ours, other]).toEqual([null, null]);
    expect(count).toBeGreaterThan(what === 'video' ? 390 : 700);
  });

  test('begin at the key frame before a time, and read no cluster as a whole', async () => {
    const { file, seen, bytes } = await opened(kind);
    const video = await file.input.getPrimaryVideoTrack();
    const [audio] = await file.input.getAudioTracks();
    if (video === null || audio === undefined) throw new Error('no track');
    await video.getDecoderConfig();
    const startedByte = seen.mostByte;
    expect(startedByte).toBeLessThan(120_000);
    const packets = await file.packetsOf(video);
    expect((await packets.begin(0))?.timestamp).toBeLessThan(0.1);
    expect(seen.hasReadIndex).toBe(false);
    const first = await packets.begin(9.5);
    expect(seen.hasReadIndex).toBe(true);
    expect(first?.type).toBe('key');
    expect(first?.timestamp).toBeGreaterThan(7);
    expect(first?.timestamp).toBeLessThan(9.6);
    expect(seen.mostByte).toBeLessThan(0.75 * bytes.length);
    const sound = await (await file.packetsOf(audio)).begin(9.5);
    expect(Math.abs((sound?.timestamp ?? 0) - (first?.timestamp ?? 99))).toBeLessThan(0.5);
  });
});

test('a file that is damaged goes on where its index names the next place', async () => {
  const { file, bytes } = await opened('mkv');
  const video = await file.input.getPrimaryVideoTrack();
  if (video === null) throw new Error('no track');
  const packets = await file.packetsOf(video);
  await packets.begin(0);
  bytes.fill(0, Math.floor(bytes.length / 5), Math.floor(bytes.length / 4));
  let lastS = 0;
  for (let next = await packets.next(); next !== null; next = await packets.next()) lastS = next.timestamp;
  expect(lastS).toBeGreaterThan(15);
});

describe('frames that share a block', () => {
  const text = (parts: readonly Uint8Array[]) => parts.map((part) => String.fromCharCode(...part));
  const data = (head: number[], body: string) => Uint8Array.from([...head, ...Buffer.from(body)]);
  test.each([
    ['one alone', 0, data([], 'abc'), ['abc']],
    ['of one size', LACING.fixed, data([2], 'aabbcc'), ['aa', 'bb', 'cc']],
    ['with sizes as in Ogg', LACING.xiph, data([2, 1, 3], 'abbbcc'), ['a', 'bbb', 'cc']],
    ['with differences of sizes', LACING.ebml, data([2, 0x82, 0xc0], 'aabbbc'), ['aa', 'bbb', 'c']],
    ['cut off', LACING.xiph, data([2, 1, 9], 'abbb'), ['a']],
  ] as const)('%s', (_name, lacing, block, frames) => {
    expect(text(framesOfBlock(block, lacing))).toEqual(frames);
  });
  test('sizes of more than 254 bytes', () => {
    const frames = framesOfBlock(data([1, 255, 45], 'x'.repeat(310)), LACING.xiph);
    expect(frames.map(({ length }) => length)).toEqual([300, 10]);
  });
});
