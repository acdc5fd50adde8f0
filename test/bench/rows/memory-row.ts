import { randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import type { BrowserDriver } from '../../support/browser-driver.ts';
import { type Measurement, measurement } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import { makeVirtualTorrent } from '../servers/virtual-file.ts';
import { median } from '../statistics.ts';
import type { Workplace } from '../workplace.ts';

const MIB = 1_048_576;
const PIECE_LENGTH_BYTES = 4 * MIB;
const LIMIT_MB = 300;
const LOOK_EVERY_MS = 250;
/** The processes that run an extension: Chromium's `extension` renderer, Firefox's `WebExtensions`. */
const EXTENSION_KINDS = new Set(['extension', 'WebExtensions']);

/** How much a large transfer adds to the memory of the extension's processes, saving included. */
export function measureMemory(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const lengthBytes = (workplace.options.isQuick ? 1_024 : 4_096) * MIB;
  checkDisk(workplace.tempDir, 2 * lengthBytes + 1_024 * MIB);
  return workplace.withLab(async (lab) => {
    const site = await lab.origin();
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const fileName = `${randomUUID()}.bin`;
    const urlList = [workplace.payload.urlOf(lengthBytes, 0, fileName)];
    const torrent = makeVirtualTorrent({ name: fileName, lengthBytes, pieceLengthBytes: PIECE_LENGTH_BYTES, urlList });
    site.serve('/large.torrent', torrent.torrentBytes);

    const idle: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      await wait(LOOK_EVERY_MS);
      idle.push(extensionMegabytes(browser));
    }
    const during: number[] = [];
    let isOver = false;
    const looking = (async () => {
      while (!isOver) {
        during.push(extensionMegabytes(browser));
        await wait(LOOK_EVERY_MS);
      }
    })();
    const { infoHash } = torrent;
    const times = await runOurTransfer(browser, list, {
      infoHash,
      torrentUrl: `${site.url}/large.torrent`,
      lengthBytes,
    }).finally(() => {
      isOver = true;
    });
    await looking;
    const idleMegabytes = median(idle);
    const label = `${lengthBytes / MIB} MiB transfer`;
    const common = { row: 'memory', browser: name, case: label } as const;
    const growth = { what: 'growth of RSS at most', samples: [Math.max(...during) - idleMegabytes] };
    const speed = { what: 'all verified', samples: [lengthBytes / 1_000 / times.verifiedMs] };
    return [
      measurement({ ...common, unit: 'MB', ours: growth, target: { atMost: LIMIT_MB } }),
      measurement({ ...common, unit: 'MB', ours: { what: 'RSS before', samples: idle }, target: null }),
      measurement({ ...common, unit: 'MB', ours: { what: 'RSS during', samples: during }, target: null }),
      measurement({ ...common, unit: 'MB/s', ours: speed, target: null }),
    ];
  });
}

function extensionMegabytes(browser: BrowserDriver): number {
  const processes = browser.memory().filter(({ kind }) => EXTENSION_KINDS.has(kind));
  if (processes.length === 0) throw new Error('no process of an extension');
  return processes.reduce((sum, { rssBytes }) => sum + rssBytes, 0) / 1e6;
}

function checkDisk(dir: string, neededBytes: number): void {
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize < neededBytes) throw new Error(`${dir} needs ${neededBytes} bytes of free disk`);
}
