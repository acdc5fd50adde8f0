import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeAdminAccess, tokenDigest } from '../../src/edge/admin/admin-access.ts';
import { openAllowList } from '../../src/edge/catalogue/allow-list.ts';
import { type Catalogue, openCatalogue } from '../../src/edge/catalogue/catalogue.ts';
import type { EdgeEvent } from '../../src/edge/edge-event.ts';
import { type EdgeLimits, LIMITS } from '../../src/edge/limits/edge-limits.ts';
import { createRangeDownloads, type RangeDownloads } from '../../src/edge/ranges/range-downloads.ts';
import { type Serving, serve } from '../../src/edge/serve.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { pseudoRandomBytes } from '../support/payload.ts';

export const TOKEN = 'a-token-of-the-tests';

export type TestEdge = Serving & {
  readonly folder: string;
  readonly url: string;
  readonly wsUrl: string;
  readonly catalogue: Catalogue;
  /** All that was recorded so far. */
  readonly events: readonly EdgeEvent[];
  readonly warnings: readonly string[];
};

type Given = {
  readonly limits?: Partial<EdgeLimits>;
  readonly now?: () => number;
  readonly servesAny?: boolean;
  readonly isBehindProxy?: boolean;
  readonly ranges?: RangeDownloads;
  /** Fills the folder before the edge reads it. */
  readonly fill?: (folder: string) => Promise<void>;
};

/** A folder that is gone when the test has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-edge-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** All of an edge but its database, on free ports of 127.0.0.1 until the test ends. */
export async function startServing(given: Given = {}): Promise<TestEdge> {
  const folder = await temporaryFolder();
  await given.fill?.(folder);
  const events: EdgeEvent[] = [];
  const warnings: string[] = [];
  const warn = (text: string) => warnings.push(text);
  const stop = new AbortController();
  const now = given.now ?? Date.now;
  const catalogue = await openCatalogue(folder, { signal: stop.signal, warn });
  const serving = await serve({
    folder,
    catalogue,
    allowList: await openAllowList(await temporaryFolder()),
    servesAny: given.servesAny ?? false,
    access: makeAdminAccess(tokenDigest(TOKEN), now),
    limits: { ...LIMITS, ...given.limits },
    ranges: given.ranges ?? createRangeDownloads(now, randomBytes),
    record: async (added) => {
      events.push(...added);
    },
    statistics: async () => false,
    tls: null,
    isBehindProxy: given.isBehindProxy ?? false,
    host: '127.0.0.1',
    port: 0,
    now,
    chance: Math.random,
    warn,
  });
  let closing: Promise<void> | null = null;
  const close = () => {
    stop.abort();
    closing ??= serving.close();
    return closing;
  };
  onTestFinished(close);
  const host = `127.0.0.1:${serving.port}`;
  return {
    ...serving,
    close,
    folder,
    catalogue,
    events,
    warnings,
    url: `http://${host}`,
    wsUrl: `ws://${host}`,
  };
}

export type Published = { readonly infoHash: string; readonly bytes: Uint8Array; readonly sha256: string };

/** Puts a file and its .torrent into a folder, as `rivulet publish` does. */
export async function publishFile(
  folder: string,
  path: string,
  given: { readonly lengthBytes?: number; readonly urlList?: readonly string[]; readonly withSha256?: boolean } = {},
): Promise<Published> {
  const { lengthBytes = 100_000, urlList = [], withSha256 = true } = given;
  const bytes = pseudoRandomBytes(path.length, lengthBytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const torrent = makeTorrent({
    name: path.split('/').at(-1) ?? path,
    content: bytes,
    pieceLengthBytes: 16 * 1024,
    urlList,
    extraInfo: withSha256 ? { sha256 } : {},
  });
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
  await writeFile(join(folder, `${path}.torrent`), torrent.torrentBytes);
  return { infoHash: torrent.infoHash, bytes, sha256 };
}
