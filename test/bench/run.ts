import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserName } from '../../tools/ensure-browsers.ts';
import { tabulatePlanningCost } from '../support/simulation/planning-cost.ts';
import { tabulateWorlds } from '../support/simulation/simulate-all.ts';
import { describeSwarmRow, measureSwarms } from '../support/simulation/swarm-table.ts';
import { type RowName, readOptions } from './bench-options.ts';
import { describeMachine } from './describe-machine.ts';
import type { Measurement } from './measurement.ts';
import { tableOf } from './print-table.ts';
import { measureContent } from './rows/content-row.ts';
import { measureDeath } from './rows/death-row.ts';
import { measureFiles } from './rows/files-row.ts';
import { measureHybrid } from './rows/hybrid-row.ts';
import { measureManager } from './rows/manager-row.ts';
import { measureMemory } from './rows/memory-row.ts';
import { measureMirrors } from './rows/mirrors-row.ts';
import { measureOrigin } from './rows/origin-row.ts';
import { measurePeers } from './rows/peers-row.ts';
import { measurePlayer } from './rows/player-row.ts';
import { measurePopup } from './rows/popup-row.ts';
import { measureSpare } from './rows/spare-row.ts';
import { worldsRow } from './rows/worlds-row.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/*
 * `npm run bench` measures the built extension in real browsers against named competitors, all in one run, and prints
 * ratios. CONTRIBUTING.md has the rows and what they are held to. Flags: `--browser chromium|firefox`, `--only ROW` with a name from the list below (both may be repeated),
 * `--quick` (smaller sizes, two rounds), `--repeat 3`, `--extensions DIR` (a build to measure instead of a new one),
 * `--out bench/results.json`.
 *
 * Everybody runs on this machine, each of them in an extension with host permissions and our CSP, ours and the
 * competitors' in two browsers of the same kind. Samples are interleaved and the order of turns rotates; the disk's
 * backlog is written out before each. Everybody runs once unmeasured. Figures are medians, MB are 10^6 bytes, and what
 * counts is the ratio: absolute speeds are the machine's. Every raw sample is in the file of results.
 *
 * origin   One HTTP server, in a process of its own, serves a virtual file: 16 MiB of pseudo-random bytes, repeated.
 *          Each answer begins after 0 ms (pieces of 1 MiB) or 50 ms (1 MiB, 256 KiB). Ours: a .torrent URL, whose
 *          `url-list` is that server, is typed into the popup; the clock starts at the click on Add and stops when the
 *          popup shows all bytes as verified, which it is told four times a second (so ours may seem up to 250 ms slower
 *          than it is), and again when they are in Downloads. Plain: one `fetch` in a dedicated Worker, streamed to one
 *          OPFS file by a sync access handle, clocked from before the request to after flush and close. It hashes
 *          nothing. Hashed: the same, but the SHA-1 of each piece is taken in a second Worker before it is written: the
 *          least that checking costs on this machine. Stock: webtorrent as it comes, with its web seed and its own
 *          store, in a page; verified bytes by the time since `add`, for a smaller payload or until a time limit.
 * mirrors  One file at three servers of 2, 5 and 10 MB/s on three addresses of this machine, each throttled in all, 10 ms'
 *          worth at a time. Ours: as above, with all three in `url-list`. aria2c: four connections to each, a metalink
 *          with and without hashes of pieces, nothing synced, clocked from the program's start to its end.
 * files    The same server as in origin: many small files in a folder, each answer begun after 50 ms. Plain: six fetches at a
 *          time in one Worker, each streamed to a file of its own in OPFS, neither hashed nor flushed. aria2c: six files at
 *          a time.
 * peers    One webtorrent seeder in a page of a plain Chromium, found through a WebSocket tracker. Ours: as above.
 *          Stock: webtorrent in a page. Bare data channel: 64 KiB messages from a page in a plain Chromium, kept below
 *          4 MiB of `bufferedAmount`, counted and thrown away. Wire alone: webtorrent in a page, its picker, store and
 *          hashes off, with 250 blocks of 16 KiB asked for at a time and thrown away: what its transport carries at both
 *          ends, the same seeder included. "From first byte" leaves out tracker and handshakes; for
 *          ours the first byte is when the seeder, asked every 50 ms, has sent something.
 * hybrid   An origin of 8 MB/s, and four webtorrent seeders of 1 MB/s in pages of a plain Chromium, throttled by
 *          webtorrent's upload limit in parts of 16 KiB. Ours: as above, finding the peers included. Against the sum of
 *          the rates, a plain fetch from the same origin alone, and stock webtorrent with all of them.
 * death    The same sources; when half could be there, the origin's process is killed, or two peers' pages are closed, or
 *          two peers stop sending without a word. Seconds lost against one that takes the configured rates from the
 *          click on Add and knows of the death at once; and those of them that were lost since the death, by the bytes
 *          that were verified then.
 * spare    An origin of 8 MB/s and four peers of 2 MB/s. A magnet link names the .torrent, which is sent 3 s late; the
 *          policy is chosen in the popup before; the clock starts when the .torrent has been sent. Plain: as in origin.
 * player   A film of four minutes and about 48 MB (MP4 with its index last, WebM) at an origin that sends 4 times its
 *          bitrate in all, each answer begun after 50 ms. Ours: an entry that waits to be accepted, so that nothing of it
 *          is there, opened in the player's page. Plain: its address in a `<video muted autoplay>` of a page. Stock
 *          (Chromium): webtorrent with its web seed and its service worker, `streamTo` an element, in a page whose
 *          worker is there from the warm-up. Everybody plays muted. Times begin with the page's navigation; "picture
 *          moves" is the second frame that is presented; a jump to 3/4 is made 20 s later and ends with the first frame
 *          from there. A stall is a `waiting` event in the first 20 s after the picture moved. With peers: three of 1.5 times the bitrate each, and
 *          the policy "Spare the origin"; the share of what had arrived when the 20 s were over.
 * popup    50 paused transfers. A copy of the extension whose popup.html begins with a script that notes when the first
 *          row is in the document, and when the frame after that is drawn, in milliseconds since the navigation.
 * manager  5,000 records, all done, made from one; a copy of the extension whose manager.html begins with a script that notes
 *          when the first row is painted and when the list has all. Ticks and frames: the page with a made-up engine.
 *          A tick tells of the 50 rows on top; what is counted is script until the microtasks after it have run.
 * content  A page of 50,000 links, in a browser with the extension and in one without: the difference in script time
 *          (Chromium, `Performance.getMetrics`, all worlds) and in time to the end of the load event.
 * memory   A transfer of 4 GiB from the origin, 4 MiB pieces, saving included: RSS of the extension's processes, looked
 *          at every 250 ms, at most, less the median of 2 s before it.
 */
const MEASURES: Readonly<Record<RowName, (workplace: Workplace, browser: BrowserName) => Promise<Measurement[]>>> = {
  origin: measureOrigin,
  mirrors: measureMirrors,
  files: measureFiles,
  peers: measurePeers,
  hybrid: measureHybrid,
  death: measureDeath,
  spare: measureSpare,
  player: measurePlayer,
  worlds: worldsRow([
    { name: 'One transfer, next to its limit', tabulate: tabulateWorlds },
    { name: 'Whole swarms', tabulate: (isQuick) => tableOfSwarms(isQuick ? 10_000 : 1_000_000) },
    { name: 'What planning costs', tabulate: tabulatePlanningCost },
  ]),
  popup: measurePopup,
  manager: measureManager,
  content: measureContent,
  memory: measureMemory,
};

const tableOfSwarms = (maxPeers: number): string =>
  [...measureSwarms(() => performance.now(), maxPeers)].map(describeSwarmRow).join('\n');

const secondsSoFar = (): number => Math.round((Date.now() - startedAt.getTime()) / 1_000);

function writeResults(): void {
  const seconds = secondsSoFar();
  const results = { startedAt: startedAt.toISOString(), seconds, machine, options, measurements, failures };
  mkdirSync(dirname(options.outFile), { recursive: true });
  writeFileSync(options.outFile, `${JSON.stringify(results, null, 2)}\n`);
}

const options = readOptions(process.argv.slice(2));
const startedAt = new Date();
const machine = await describeMachine(options.browsers);
const workplace = await openWorkplace(options);
const measurements: Measurement[] = [];
const failures: { row: RowName; browser: BrowserName; reason: string }[] = [];
for (const row of options.rows) {
  for (const browser of options.browsers) {
    console.error(`${String(secondsSoFar()).padStart(4)} s  ${row} in ${browser}`);
    try {
      measurements.push(...(await MEASURES[row](workplace, browser)));
    } catch (error) {
      console.error(error);
      failures.push({ row, browser, reason: String(error) });
    }
    writeResults(); // after each, so that a bench that is interrupted leaves what it has
  }
}
await workplace.close();

console.log(`\n${tableOf(measurements)}\n\n${secondsSoFar()} s; every sample is in ${options.outFile}`);
for (const { row, browser, reason } of failures) console.log(`not measured: ${row} in ${browser}: ${reason}`);
process.exit(failures.length > 0 ? 1 : 0);
