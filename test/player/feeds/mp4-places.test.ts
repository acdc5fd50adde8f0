import { EncodedPacketSink } from 'mediabunny';
import { expect, test } from 'vitest';
import { ByteCurve } from '../../../src/player/byte-curve.ts';
import { mp4Places } from '../../../src/player/feeds/mp4-places.ts';
import { mediaFile } from '../../support/media.ts';

const reader = (bytes: Uint8Array) => async (startByte: number, endByte: number) => bytes.slice(startByte, endByte);

test('the places of pictures in an MP4 file are where their packets are', async () => {
  const bytes = await mediaFile('mp4IndexLast');
  const places = await mp4Places(reader(bytes), bytes.length);
  expect(places.length).toBeGreaterThan(10);
  const { BufferSource, Input, ALL_FORMATS } = await import('mediabunny');
  const video = await new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) }).getPrimaryVideoTrack();
  if (video === null) throw new Error('no pictures');
  const sink = new EncodedPacketSink(video);
  const found = new Set<number>();
  for await (const packet of sink.packets()) {
    const place = places.find(
      ({ byte }) => Buffer.compare(bytes.subarray(byte, byte + packet.data.length), packet.data) === 0,
    );
    if (place === undefined) continue;
    found.add(place.byte);
    expect(Math.abs(place.timeS - packet.timestamp)).toBeLessThan(0.2);
  }
  expect(found.size).toBe(places.length);
  const curve = new ByteCurve(places, 16, bytes.length);
  expect(curve.byteAt(8)).toBeGreaterThan(0.3 * bytes.length);
  expect(curve.byteAt(8)).toBeLessThan(0.7 * bytes.length);
});

test.each([
  ['of nothing', new Uint8Array(0)],
  ['of what is no MP4', new Uint8Array(5_000).fill(65)],
  ['with an index that is cut off', Uint8Array.from([0, 0, 1, 0, ...Buffer.from('moov'), 0, 0, 0, 0, 0, 0, 0, 0])],
  ['with boxes of no size', Uint8Array.from([...new Array(16).fill(0), ...new Array(16).fill(0)])],
])('there are no places %s', async (_name, bytes) => {
  expect(await mp4Places(reader(bytes), bytes.length)).toEqual([]);
});
