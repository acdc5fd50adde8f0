import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JobError } from '../../src/publish-page/publish-job.ts';
import { readAddress } from '../../src/publish-page/read-address.ts';
import { type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { pseudoRandomBytes } from '../support/payload.ts';

const FILE = pseudoRandomBytes(8, 400_000);

let origin: OriginServer;
let rests: number;
beforeAll(async () => {
  origin = await startOriginServer();
});
afterAll(() => origin.close());
beforeEach(() => {
  rests = 0;
  origin.serve('/file', FILE);
  origin.behave('/file', null);
  origin.forgetRequests();
});

async function read(sizeBytes = FILE.length) {
  const parts: Uint8Array[] = [];
  const rest = async () => {
    rests += 1;
  };
  for await (const part of readAddress(`${origin.url}/file`, sizeBytes, { fetch, rest })) parts.push(part);
  return Buffer.concat(parts);
}
const ranges = () => origin.requests.map(({ range }) => range);

describe('a file on its server', () => {
  test('comes in one answer', async () => {
    expect(Buffer.compare(await read(), FILE)).toBe(0);
    expect(ranges()).toEqual(['bytes=0-']);
  });

  test('is taken up where an answer broke off', async () => {
    origin.behave('/file', ({ number }) => (number === 1 ? { breaks: { how: 'truncate', afterBytes: 150_000 } } : {}));
    expect(Buffer.compare(await read(), FILE)).toBe(0);
    expect(ranges()).toHaveLength(2);
    expect(ranges()[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(rests).toBe(1);
  });

  test('comes from a server that sends no parts, too', async () => {
    origin.behave('/file', { ignoresRanges: true });
    expect(Buffer.compare(await read(), FILE)).toBe(0);
  });

  test.each<[string, Parameters<OriginServer['behave']>[1], JobError['failure']['code']]>([
    ['has an error', { failsWith: { status: 503 } }, 'server-stopped'],
    [
      'breaks off and sends no parts',
      ({ number }) => ({
        ignoresRanges: true,
        ...(number === 1 ? { breaks: { how: 'truncate', afterBytes: 100_000 } } : {}),
      }),
      'server-stopped',
    ],
  ])('is given up when the server %s', async (_name, rule, code) => {
    origin.behave('/file', rule);
    await expect(read()).rejects.toMatchObject({ failure: { code } });
  });

  test('is refused when it has another length now', async () => {
    await expect(read(FILE.length - 1)).rejects.toEqual(new JobError({ code: 'source-changed' }));
  });
});
