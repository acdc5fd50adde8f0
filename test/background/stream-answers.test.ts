import { describe, expect, test } from 'vitest';
import { answerStream, type StreamPorts } from '../../src/background/stream-answers.ts';
import type { BytesHere, PlayerId, PlayerOpened } from '../../src/model/player.ts';
import { streamUrl } from '../../src/model/stream-url.ts';
import { pseudoRandomBytes } from '../support/payload.ts';

const MIB = 1_048_576;
const LENGTH = 40 * MIB + 5;
const BYTES = pseudoRandomBytes(1, LENGTH);
const PLAYER = '0a1b2c3d' as PlayerId;
const opened: Extract<PlayerOpened, { state: 'playable' }> = {
  state: 'playable',
  infoHash: 'a'.repeat(40) as never,
  storeFile: 'file-3',
  lengthBytes: LENGTH,
  pieceLengthBytes: MIB,
  leadBytes: 0,
};
const URL_OF_FILE = `chrome-extension://abc${streamUrl(opened, PLAYER, 'video/mp4')}`;

/** Ports behind which so much of the file is here; what is asked for is kept. */
function world(answers: readonly BytesHere[] = []) {
  const asked: string[] = [];
  const left = [...answers];
  const ports: StreamPorts = {
    awaitBytes: async ({ file, player, storeFile }, startByte, endByte) => {
      asked.push(`${player} ${file} ${storeFile} ${startByte}-${endByte}`);
      return left.shift() ?? { state: 'here', endByte };
    },
    read: async (_file, startByte, endByte) => BYTES.subarray(startByte, endByte),
    pause: async () => void asked.push('pause'),
  };
  const get = (range: string | null, method = 'GET', url = URL_OF_FILE) =>
    answerStream(new Request(url, { method, headers: range === null ? {} : { range } }), ports);
  return { asked, get };
}

const isSame = async (response: Response, startByte: number, endByte: number) =>
  Buffer.compare(new Uint8Array(await response.arrayBuffer()), BYTES.subarray(startByte, endByte)) === 0;

describe('ranges (RFC 9110)', () => {
  test.each([
    ['bytes=0-', 0, LENGTH],
    ['bytes=100-', 100, LENGTH],
    ['bytes=5-9', 5, 10],
    [`bytes=${LENGTH - 3}-`, LENGTH - 3, LENGTH],
    [`bytes=7-${LENGTH + 100}`, 7, LENGTH],
    ['bytes=-4', LENGTH - 4, LENGTH],
    [`bytes=-${LENGTH + 4}`, 0, LENGTH],
  ])('%s', async (range, startByte, endByte) => {
    const response = world().get(range);
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${startByte}-${endByte - 1}/${LENGTH}`);
    expect(response.headers.get('content-length')).toBe(String(endByte - startByte));
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(await isSame(response, startByte, endByte)).toBe(true);
  });

  test.each([[null], ['bytes=9-5'], ['bytes=-'], ['bytes=1-2,5-6'], ['lines=1-2']])('%s: the whole', async (range) => {
    const response = world().get(range);
    expect([response.status, response.headers.get('accept-ranges')]).toEqual([200, 'bytes']);
    expect(response.headers.get('content-length')).toBe(String(LENGTH));
    expect(await isSame(response, 0, LENGTH)).toBe(true);
  });

  test.each([[`bytes=${LENGTH}-`], ['bytes=-0'], ['bytes=99999999999-']])('%s: nothing', (range) => {
    const response = world().get(range);
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${LENGTH}`]);
  });

  test('HEAD has the head and asks for nothing', async () => {
    const { get, asked } = world();
    const response = get('bytes=5-9', 'HEAD');
    expect([response.status, response.body, response.headers.get('content-length')]).toEqual([206, null, '5']);
    expect(asked).toEqual([]);
  });

  test('others than GET and HEAD are refused', () => {
    expect(world().get(null, 'POST').status).toBe(405);
  });

  test.each([
    ['another path', 'chrome-extension://abc/stream/xyz/file-3?player=0a1b2c3d&type=video/mp4&length=5'],
    ['no length', URL_OF_FILE.replace(/length=\d+/, '')],
    ['no number', URL_OF_FILE.replace(/length=\d+/, 'length=-1')],
    ['another type', URL_OF_FILE.replace('video%2Fmp4', 'text%2Fhtml')],
    ['no player', URL_OF_FILE.replace(PLAYER, '../x')],
    ['a file of another name', URL_OF_FILE.replace('file-3', 'journal')],
  ])('%s is not found', (_name, url) => {
    expect(world().get(null, 'GET', url).status).toBe(404);
  });
});

describe('bytes that are not here yet', () => {
  test('are waited for, block by block, and only as fast as they are taken', async () => {
    const { get, asked } = world([{ state: 'waiting' }, { state: 'here', endByte: 10 }]);
    const reader = (get('bytes=0-').body as ReadableStream<Uint8Array>).getReader();
    await Promise.resolve();
    expect(asked).toEqual([]);
    expect((await reader.read()).value).toEqual(BYTES.subarray(0, 10));
    const name = `${PLAYER} 3 file-3`;
    expect(asked).toEqual([`${name} 0-${MIB}`, `${name} 0-${MIB}`]);
    await reader.read();
    expect(asked.at(-1)).toBe(`${name} 10-${MIB + 10}`);
  });

  test('break off when nothing more comes', async () => {
    const { get } = world([
      { state: 'here', endByte: 10 },
      { state: 'stopped', failure: null },
    ]);
    await expect(get('bytes=0-').arrayBuffer()).rejects.toThrow('nothing more comes');
  });

  test('are asked for again when the engine has been started anew, and not for ever', async () => {
    const { get, asked } = world([{ state: 'unknown' }, { state: 'unknown' }]);
    expect(await isSame(get('bytes=0-4'), 0, 5)).toBe(true);
    expect(asked.filter((it) => it === 'pause')).toHaveLength(2);
    const lost = world(new Array(100).fill({ state: 'unknown' }));
    await expect(lost.get('bytes=0-4').arrayBuffer()).rejects.toThrow();
  });

  test('are not asked for once the element has cancelled', async () => {
    let answer: (here: BytesHere) => void = () => undefined;
    const reads: number[] = [];
    const asked: number[] = [];
    const ports: StreamPorts = {
      awaitBytes: (_file, startByte) => {
        asked.push(startByte);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      read: async (_file, startByte) => {
        reads.push(startByte);
        return new Uint8Array(1);
      },
      pause: async () => undefined,
    };
    const response = answerStream(new Request(URL_OF_FILE, { headers: { range: 'bytes=0-' } }), ports);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const read = reader.read();
    await Promise.resolve();
    await reader.cancel();
    answer({ state: 'waiting' });
    expect((await read).done).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect([asked, reads]).toEqual([[0], []]);
  });
});
