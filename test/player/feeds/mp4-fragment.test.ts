import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny';
import { expect, test } from 'vitest';
import { DecodeTimes } from '../../../src/player/feeds/decode-times.ts';
import { initSegment } from '../../../src/player/feeds/init-segment.ts';
import { mp4Fragment, timescaleOf } from '../../../src/player/feeds/mp4-fragment.ts';
import { mediaFile } from '../../support/media.ts';

const SECOND = 1_000;

test('frames are decoded when those before them have lasted, key frames when they are shown', () => {
  const times = new DecodeTimes(SECOND);
  const frames = [
    [10, true],
    [10.12, false],
    [10.04, false],
    [10.08, false],
    [10.16, true],
    [10.2, false],
  ] as const;
  const made = frames.map(([showAtS, isKey]) => times.of({ showAtS, durationS: 0.04, isKey }));
  expect(made.map(({ decodeAt }) => decodeAt)).toEqual([10_000, 10_040, 10_080, 10_120, 10_160, 10_200]);
  expect(made.map(({ showAt }) => showAt)).toEqual([10_000, 10_120, 10_040, 10_080, 10_160, 10_200]);
});

test.each([
  ['that last too long by their own word', 0.06, 0.04],
  ['that do not say how long they last', 0, 0.04],
  ['that come faster than they say', 0.04, 0.0001],
])('decoding never goes back, with frames %s', (_name, durationS, stepS) => {
  const times = new DecodeTimes(SECOND);
  let last = -1;
  for (let frame = 0; frame < 500; frame++) {
    const { decodeAt, duration } = times.of({ showAtS: frame * stepS, durationS, isKey: frame % 10 === 0 });
    expect(decodeAt).toBeGreaterThan(last);
    expect(duration).toBeGreaterThan(0);
    last = decodeAt;
  }
});

test('a track that was made into fragments is read back as it was', async () => {
  const from = new Input({ formats: [MP4], source: new BufferSource(await mediaFile('mp4IndexLast')) });
  const track = await from.getPrimaryVideoTrack();
  if (track === null) throw new Error('no picture');
  const sink = new EncodedPacketSink(track);
  const first = await sink.getKeyPacket(7);
  if (first === null) throw new Error('no packets');
  const init = await initSegment(track, first);
  const timescale = timescaleOf(init);
  const times = new DecodeTimes(timescale);
  const parts: Uint8Array[] = [init];
  const packets = [];
  for (let packet = first, number = 1; number <= 4; number++) {
    const samples = [];
    for (let count = 0; count < 13; count++) {
      packets.push(packet);
      const isKey = packet.type === 'key';
      const timed = times.of({ showAtS: packet.timestamp, durationS: packet.duration, isKey });
      samples.push({ bytes: packet.data, isKey, ...timed });
      packet = (await sink.getNextPacket(packet)) ?? packet;
    }
    parts.push(mp4Fragment(number, samples));
  }
  const made = new Input({ formats: [MP4], source: new BufferSource(Buffer.concat(parts)) });
  const again = await made.getPrimaryVideoTrack();
  if (again === null) throw new Error('no picture');
  expect(await again.getCodecParameterString()).toBe(await track.getCodecParameterString());
  const read = [];
  for await (const packet of new EncodedPacketSink(again).packets()) read.push(packet);
  expect(read).toHaveLength(packets.length);
  for (const [at, packet] of read.entries()) {
    const before = packets[at];
    expect(packet.timestamp).toBeCloseTo(before?.timestamp ?? -1, 4);
    expect(packet.type).toBe(before?.type);
    expect(Buffer.compare(packet.data, before?.data ?? new Uint8Array())).toBe(0);
  }
});

test('nothing makes no fragment', () => {
  expect(() => mp4Fragment(1, [])).toThrow(RangeError);
});
