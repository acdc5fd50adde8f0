import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { DeliveryReport } from '../../src/model/delivery-report.ts';
import type { MadeTorrent } from '../support/make-torrent.ts';
import { openServer } from '../support/open-server.ts';

export type ReceivedReport = {
  readonly report: DeliveryReport;
  /** The digest is that of the nonce which was given for this torrent, and of the pieces that were asked for. */
  readonly isProven: boolean;
};

/** An edge that takes reports and checks them by itself, with nothing of the product's. */
export type ReportServer = {
  readonly url: string;
  readonly received: readonly ReceivedReport[];
  /** Every request so far, those for a challenge too. */
  readonly requests: readonly { readonly line: string; readonly headers: IncomingHttpHeaders }[];
  /** Lets it ask for pieces of a torrent. */
  readonly knows: (torrent: MadeTorrent) => void;
  readonly close: () => Promise<void>;
};

/** Starts one on a free port of this machine. */
export async function startReportServer(): Promise<ReportServer> {
  const torrents = new Map<string, MadeTorrent>();
  /** What was asked with each nonce. */
  const asked = new Map<string, { readonly infoHash: string; readonly pieces: readonly number[] }>();
  const received: ReceivedReport[] = [];
  const requests: { line: string; headers: IncomingHttpHeaders }[] = [];

  const isProven = ({ infoHash, proof }: DeliveryReport): boolean => {
    const challenge = asked.get(proof?.nonce ?? '');
    const torrent = torrents.get(infoHash);
    if (proof === null || torrent === undefined || challenge?.infoHash !== infoHash) return false;
    const hash = createHash('sha256').update(Buffer.from(proof.nonce, 'hex'));
    for (const piece of challenge.pieces) {
      const start = piece * torrent.pieceLengthBytes;
      hash.update(torrent.payload.subarray(start, start + torrent.pieceLengthBytes));
    }
    return hash.digest('hex') === proof.digest;
  };

  const server = createServer(async (request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    const url = new URL(request.url ?? '/', 'http://edge');
    const infoHash = url.searchParams.get('info_hash') ?? '';
    if (request.method === 'GET' && url.pathname === '/api/challenge') {
      const torrent = torrents.get(infoHash);
      if (torrent === undefined) return void response.writeHead(404).end();
      const nonce = asked.size.toString(16).padStart(32, '0');
      const pieces = [torrent.pieceCount - 1, 0];
      asked.set(nonce, { infoHash, pieces });
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ nonce, pieces }));
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method !== 'POST' || url.pathname !== '/api/report') return void response.writeHead(404).end();
    const report = JSON.parse(body) as DeliveryReport;
    received.push({ report, isProven: isProven(report) });
    response.writeHead(204).end();
  });
  const { origin, close } = await openServer(server);
  return {
    url: origin,
    received,
    requests,
    knows: (torrent) => torrents.set(torrent.infoHash, torrent),
    close,
  };
}
