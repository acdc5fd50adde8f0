import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';
import type { SwarmPeer } from '../../support/seeder.ts';
import { pageScriptCode } from '../competitor/build-competitor.ts';
import { CompetitorPage } from '../competitor-page.ts';
import { interleave } from '../interleave.ts';
import { type Measurement, measurement, type Target } from '../measurement.ts';
import { openOurList, runOurTransfer } from '../our-transfer.ts';
import type { Workplace } from '../workplace.ts';

const KIB = 1_024;
const MIB = 1_048_576;
const PIECE_LENGTH_BYTES = 256 * KIB;
const STOCK_LIMIT_MS = 60_000;
const ASK_SEEDER_EVERY_MS = 50;
/** What ours is held to, in proportion to a bare data channel. */
const LEAST_OF_CHANNEL = 0.9;

/** One webtorrent seeder in a Chromium and no origin: ours against a bare data channel, and against webtorrent. */
export function measurePeers(workplace: Workplace, name: BrowserName): Promise<Measurement[]> {
  const { options, settle } = workplace;
  const lengthBytes = (options.isQuick ? 16 : 64) * MIB;
  return workplace.withLab(async (lab) => {
    const [site, tracker, swarm] = [await lab.origin(), await lab.tracker(), await lab.swarm()];
    const browser = await lab.browser(name, { extensionDir: workplace.ourExtension(name) });
    const list = await openOurList(browser);
    const competitor = await CompetitorPage.open(workplace, lab, name);
    const sender = await lab.browser('chromium');
    site.serve('/raw-channel.js', Buffer.from(await pageScriptCode('./raw-channel.ts')), 'text/javascript');
    site.servePage('/sender.html', '<!doctype html><script type="module" src="/raw-channel.js"></script>');
    const senderTab = await sender.open(`${site.url}/sender.html`);
    const payload = pseudoRandomBytes(2, lengthBytes);

    const seed = async (content: Uint8Array) => {
      const fresh = { name: `${randomUUID()}.bin`, announce: [tracker.wsUrl] };
      const torrent = makeTorrent({ ...fresh, content, pieceLengthBytes: PIECE_LENGTH_BYTES });
      const path = `/${torrent.infoHash}.torrent`;
      site.serve(path, torrent.torrentBytes);
      const seeder = await swarm.seed({ torrent, trackers: [] });
      const run = { infoHash: torrent.infoHash, torrentUrl: `${site.url}${path}`, lengthBytes: content.length };
      return { seeder, run };
    };
    const ours = async (content: Uint8Array) => {
      const { seeder, run } = await seed(content);
      const firstByte = firstUpload(seeder);
      const { verifiedMs, clickedAtMs } = await runOurTransfer(browser, list, run);
      const waitedMs = (await firstByte) - clickedAtMs;
      await seeder.leave();
      return { elapsedMs: verifiedMs, sinceFirstByteMs: verifiedMs - waitedMs };
    };
    const stock = async (content: Uint8Array) => {
      const { seeder, run } = await seed(content);
      const result = await competitor.stockDownload(run.torrentUrl, STOCK_LIMIT_MS);
      const { uploadedBytes, wires } = await seeder.stats();
      await seeder.leave();
      if (!result.isDone) {
        const far = `${result.verifiedBytes} verified, ${uploadedBytes} sent, ${wires.length} wires at the seeder`;
        throw new Error(`stock webtorrent did not finish in time: ${far}`);
      }
      return result;
    };
    const wire = async (content: Uint8Array) => {
      const { seeder, run } = await seed(content);
      const result = await competitor.wireDownload(run.torrentUrl, content.length, PIECE_LENGTH_BYTES);
      await seeder.leave();
      return result;
    };
    const raw = (length: number) => competitor.rawDownload(sender, senderTab, length);

    // Everybody once, unmeasured.
    const little = payload.subarray(0, 2 * MIB);
    const warmUp = [
      { name: 'ours', sample: async () => void (await ours(little)) },
      { name: 'stock webtorrent', sample: async () => void (await stock(little)) },
      { name: 'bare data channel', sample: async () => void (await raw(little.length)) },
      { name: "webtorrent's wire alone", sample: async () => void (await wire(little)) },
    ];
    await interleave(warmUp, 1, settle);

    const speeds = { ours: newSpeeds(), stock: newSpeeds(), raw: newSpeeds(), wire: newSpeeds() };
    const contenders = [
      { name: 'ours', sample: async () => note(speeds.ours, lengthBytes, await ours(payload)) },
      { name: 'bare data channel', sample: async () => note(speeds.raw, lengthBytes, await raw(lengthBytes)) },
      { name: "webtorrent's wire alone", sample: async () => note(speeds.wire, lengthBytes, await wire(payload)) },
      { name: 'stock webtorrent', sample: async () => note(speeds.stock, lengthBytes, await stock(payload)) },
    ];
    await interleave(contenders, options.repeat, settle);
    const compare = (label: string, which: keyof Speeds, leastOfChannel: Target | null) => {
      const common = { row: 'peers', browser: name, case: label, unit: 'MB/s' } as const;
      const our = { what: 'all verified', samples: speeds.ours[which] };
      const channel = { what: 'bare data channel', samples: speeds.raw[which] };
      const wires = { what: "webtorrent's wire alone, nothing checked or kept", samples: speeds.wire[which] };
      const stocks = { what: 'stock webtorrent', samples: speeds.stock[which] };
      return [
        measurement({ ...common, ours: our, other: channel, target: leastOfChannel }),
        // What the library's own transport leaves of it, at both ends: no engine on top of it is faster.
        measurement({ ...common, ours: our, other: wires, target: null }),
        measurement({ ...common, ours: our, other: stocks, target: { atLeast: 1 } }),
      ];
    };
    return [
      ...compare('from first byte', 'sinceFirstByte', { atLeast: LEAST_OF_CHANNEL }),
      ...compare('with finding the peer', 'inAll', null), // a bare channel looks for nobody
    ];
  });
}

type Speeds = { readonly sinceFirstByte: number[]; readonly inAll: number[] };
const newSpeeds = (): Speeds => ({ sinceFirstByte: [], inAll: [] });

function note(speeds: Speeds, bytes: number, times: { elapsedMs: number; sinceFirstByteMs: number }): void {
  speeds.sinceFirstByte.push(bytes / 1_000 / times.sinceFirstByteMs);
  speeds.inAll.push(bytes / 1_000 / times.elapsedMs);
}

/** When a seeder had sent something for the first time, in milliseconds since 1970. */
async function firstUpload(seeder: SwarmPeer): Promise<number> {
  while ((await seeder.stats()).uploadedBytes === 0) await wait(ASK_SEEDER_EVERY_MS);
  return Date.now();
}
