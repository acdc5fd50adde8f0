import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { runAria2OnFiles } from '../competitor/aria2.ts';
import { ensureAria2 } from '../competitor/ensure-aria2.ts';
import { CompetitorPage } from '../competitor-page.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { makePattern } from '../servers/virtual-file.ts';
import type { Workplace } from '../workplace.ts';

const KIB = 1_024;
const PIECE_LENGTH_BYTES = 512 * KIB;
const LATENCY_MS = 50;

type Case = { readonly files: number; readonly fileBytes: number };
const CASES: readonly Case[] = [
  { files: 200, fileBytes: 1_000 * KIB },
  { files: 600, fileBytes: 64 * KIB },
];
const QUICK_CASES: readonly Case[] = CASES.map((it) => ({ ...it, files: it.files / 4 }));

/** Many small files of one origin, as archives have them: ours against as many requests at a time as a browser makes. */
export async function measureFiles(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, payload, settle, tempDir } = workplace;
  const aria2 = await ensureAria2();
  if (aria2 === null) console.log('files: aria2c is left out, because it is not here (Debian package aria2)');
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const competitor = await CompetitorPage.open(workplace, lab, name);

    const ours = ({ files, fileBytes }: Case) => {
      const content = namesOf(files).map((path) => ({ path: [path], bytes: makePattern().subarray(0, fileBytes) }));
      const urlList = [payload.urlOf(fileBytes, LATENCY_MS, '')];
      const made = { name: randomUUID(), content, pieceLengthBytes: PIECE_LENGTH_BYTES, urlList };
      const { infoHash, torrentBytes } = makeTorrent(made);
      site.serve(`/${infoHash}.torrent`, torrentBytes);
      const torrentUrl = `${site.url}/${infoHash}.torrent`;
      return runOurTransfer(browser, list, { infoHash, torrentUrl, lengthBytes: files * fileBytes });
    };
    const urlsOf = ({ files, fileBytes }: Case) => namesOf(files).map((it) => payload.urlOf(fileBytes, LATENCY_MS, it));
    const plain = async (wanted: Case) => {
      const { bytes, elapsedMs } = await competitor.plainFiles(urlsOf(wanted));
      if (bytes !== wanted.files * wanted.fileBytes) throw new Error(`the plain fetches got ${bytes} bytes`);
      return elapsedMs;
    };
    const byAria2 = async (wanted: Case) => (await runAria2OnFiles(urlsOf(wanted), join(tempDir, 'aria2'))).elapsedMs;

    const warmUp = { files: 20, fileBytes: 64 * KIB };
    await interleave(
      [
        { name: 'ours', sample: async () => void (await ours(warmUp)) },
        { name: 'plain fetches', sample: async () => void (await plain(warmUp)) },
      ],
      1,
      settle,
    );
    const measurements: Measurement[] = [];
    for (const wanted of options.isQuick ? QUICK_CASES : CASES) {
      const [verified, saved, plainly, byPrograms]: [number[], number[], number[], number[]] = [[], [], [], []];
      const megabytesPerS = (elapsedMs: number) => (wanted.files * wanted.fileBytes) / 1_000 / elapsedMs;
      const contenders = [
        {
          name: 'ours',
          sample: async () => {
            const { verifiedMs, doneMs } = await ours(wanted);
            verified.push(megabytesPerS(verifiedMs));
            saved.push((doneMs - verifiedMs) / 1_000);
          },
        },
        { name: 'plain fetches', sample: async () => void plainly.push(megabytesPerS(await plain(wanted))) },
        ...(aria2 === null
          ? []
          : [{ name: 'aria2c', sample: async () => void byPrograms.push(megabytesPerS(await byAria2(wanted))) }]),
      ];
      await interleave(contenders, options.repeat, settle);
      const label = `${wanted.files} of ${wanted.fileBytes / KIB} KiB, ${LATENCY_MS} ms`;
      const common = { row: 'files', browser: name, case: label } as const;
      const our = { what: 'all verified', samples: verified };
      const against = (what: string, samples: readonly number[], atLeast: number) =>
        measurement({ ...common, unit: 'MB/s', ours: our, other: { what, samples }, target: { atLeast } });
      measurements.push(against('plain fetches to disk, 6 at a time', plainly, 0.9));
      if (aria2 !== null) measurements.push(against(`aria2c ${aria2}, 6 at a time`, byPrograms, 1));
      const afterwards = { what: 'more until all are in the Downloads folder', samples: saved };
      measurements.push(measurement({ ...common, unit: 's', ours: afterwards, target: null }));
    }
    return measurements;
  });
}

const namesOf = (files: number): string[] =>
  Array.from({ length: files }, (_, index) => `${String(index).padStart(4, '0')}.bin`);
