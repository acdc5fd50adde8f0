import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedVideoPacketSource,
  type InputAudioTrack,
  type InputVideoTrack,
  Mp4OutputFormat,
  NullTarget,
  Output,
} from 'mediabunny';

/**
 * What a decoder must know before the first fragment of a track: the ftyp and moov boxes of a file that has this track
 * alone, as number 1.
 * @param packet One of its packets: some codecs say in their packets what they are.
 */
export async function initSegment(
  track: InputVideoTrack | InputAudioTrack,
  packet: EncodedPacket,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  const keep = (data: Uint8Array) => void parts.push(data.slice());
  const format = new Mp4OutputFormat({ fastStart: 'fragmented', onFtyp: keep, onMoov: keep });
  const output = new Output({ format, target: new NullTarget() });
  const add = track.isVideoTrack() ? await videoTo(output, track) : await audioTo(output, track as InputAudioTrack);
  await output.start();
  await add(packet.clone({ timestamp: 0 }));
  await output.finalize();
  const segment = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    segment.set(part, at);
    at += part.length;
  }
  return segment;
}

type Add = (packet: EncodedPacket) => Promise<void>;

async function videoTo(output: Output, track: InputVideoTrack): Promise<Add> {
  const [codec, decoderConfig, rotation] = await Promise.all([
    track.getCodec(),
    track.getDecoderConfig(),
    track.getRotation(),
  ]);
  if (codec === null || decoderConfig === null) throw new TypeError('a track without a known codec');
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { rotation });
  return (packet) => source.add(packet, { decoderConfig });
}

async function audioTo(output: Output, track: InputAudioTrack): Promise<Add> {
  const [codec, decoderConfig] = await Promise.all([track.getCodec(), track.getDecoderConfig()]);
  if (codec === null || decoderConfig === null) throw new TypeError('a track without a known codec');
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return (packet) => source.add(packet, { decoderConfig });
}
