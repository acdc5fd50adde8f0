import { expect, test } from 'vitest';
import { programOfPeerId } from '../../../src/engine/swarm/program-of-peer-id.ts';

test.each([
  ['-WW0300-abcdefghijkl', 'WebTorrent 3.0'],
  ['-WW0211-abcdefghijkl', 'WebTorrent 2.11'],
  ['-RV0100-abcdefghijkl', 'Rivulet 0.1'],
  ['-qB4630-abcdefghijkl', 'qBittorrent 4.6.3'],
  ['-TR400Z-abcdefghijkl', 'Transmission 4.0.0.35'],
  ['-XY1234-abcdefghijkl', 'XY 1.2.3.4'],
  ['-WW0x00-abcdefghijkl', 'WebTorrent'],
  ['M7-9-2--abcdefghijkl', ''],
  ['-<b>000-abcdefghijkl', ''],
  ['', ''],
])('%s', (peerId, program) => {
  expect(programOfPeerId(Buffer.from(peerId, 'latin1').toString('hex'))).toBe(program);
});
