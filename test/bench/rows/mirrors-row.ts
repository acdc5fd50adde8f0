import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { runAria2 } from '../competitor/aria2.ts';
import { ensureAria2 } from '../competitor/ensure-aria2.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { startPayloadServer } from '../servers/start-payload-server.ts';
import { makeVirtualTorrent, virtualPieceHashes } from '../servers/virtual-file.ts';
import { MIB } from '../sources.ts';
import type { Workplace } from '../workplace.ts';

const PIECE_LENGTH_BYTES = MIB;
const MB = 1_000_000;
/** Each on an address of its own, because clients count connections by it. */
const MIRRORS = [
  { host: '127.0.0.1', rateBytesPerS: 2 * MB },
  { host: '127.0.0.2', rateBytesPerS: 5 * MB },
  { host: '127.0.0.3', rateBytesPerS: 10 * MB },
];
const SUM_MB_PER_S = MIRRORS.reduce((sum, { rateBytesPerS }) => sum + rateBytesPerS, 0) / MB;

/** One file at three mirrors of different speed: ours against aria2c, and against all that the mirrors give. */
export async function measureMirrors(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, settle, tempDir } = workplace;
  const lengthBytes = (options.isQuick ? 64 : 160) * MIB;
  const aria2 = await ensureAria2();
  if (aria2 === null) console.log('mirrors: aria2c is left out, because it is not here (Debian package aria2)');
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const mirrors = await Promise.all(MIRRORS.map(startPayloadServer));
    try {
      const ours = (length: number) => {
        const fileName = `${randomUUID()}.bin`;
        const urlList = mirrors.map(({ urlOf }) => urlOf(length, 0, fileName));
        const made = { name: fileName, lengthBytes: length, pieceLengthBytes: PIECE_LENGTH_BYTES, urlList };
        const { infoHash, torrentBytes } = makeVirtualTorrent(made);
        site.serve(`/${infoHash}.torrent`, torrentBytes);
        const torrentUrl = `${site.url}/${infoHash}.torrent`;
        return runOurTransfer(browser, list, { infoHash, torrentUrl, lengthBytes: length });
      };
      const byAria2 = (length: number, checksPieces: boolean) => {
        const fileName = `${randomUUID()}.bin`;
        const urls = mirrors.map(({ urlOf }) => urlOf(length, 0, fileName));
        const hashes = virtualPieceHashes(length, PIECE_LENGTH_BYTES);
        const pieces = checksPieces ? { lengthBytes: PIECE_LENGTH_BYTES, hashes } : null;
        return runAria2({ name: fileName, lengthBytes: length, urls, pieces }, join(tempDir, 'aria2'));
      };
      await interleave([{ name: 'ours', sample: async () => void (await ours(16 * MIB)) }], 1, settle);

      const [verified, unchecked, checked]: [number[], number[], number[]] = [[], [], []];
      const megabytesPerS = (elapsedMs: number) => lengthBytes / 1_000 / elapsedMs;
      const plainAria2 = async () => void unchecked.push(megabytesPerS((await byAria2(lengthBytes, false)).elapsedMs));
      const checkingAria2 = async () => void checked.push(megabytesPerS((await byAria2(lengthBytes, true)).elapsedMs));
      const contenders = [
        {
          name: 'ours',
          sample: async () => void verified.push(megabytesPerS((await ours(lengthBytes)).verifiedMs)),
        },
        ...(aria2 === null
          ? []
          : [
              { name: 'aria2c', sample: plainAria2 },
              { name: 'aria2c that checks', sample: checkingAria2 },
            ]),
      ];
      await interleave(contenders, options.repeat, settle);
      const common = { row: 'mirrors', browser: name, case: '2, 5 and 10 MB/s', unit: 'MB/s' } as const;
      const our = { what: 'all verified', samples: verified };
      const against = (what: string, samples: readonly number[], atLeast: number) =>
        measurement({ ...common, ours: our, other: { what, samples }, target: { atLeast } });
      return [
        against('all mirrors together', [SUM_MB_PER_S], 0.95),
        ...(aria2 === null
          ? []
          : [
              against(`aria2c ${aria2}, no hashes`, unchecked, 1),
              against(`aria2c ${aria2}, hashes of pieces`, checked, 1),
            ]),
      ];
    } finally {
      await Promise.all(mirrors.map((mirror) => mirror.close()));
    }
  });
}
