import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeliveryChallenge, DeliveryReport } from '../../model/delivery-report.ts';
import type { RecordEvents } from '../edge-event.ts';
import { limitKey } from '../http/client-address.ts';
import type { EdgeLimits } from '../limits/edge-limits.ts';
import { makeBuckets } from '../limits/token-buckets.ts';
import type { PublishedFile } from '../published-file.ts';
import { readText, sendJson, sendNothing, sendText } from './answer.ts';
import { createChallenges } from './challenges.ts';
import { impossibleBecause } from './judge-report.ts';
import { parseReport } from './parse-report.ts';
import { pieceCountOf, proofOf } from './piece-proof.ts';

const MAX_REPORT_BYTES = 4096;

export type ReportsOptions = {
  readonly catalogue: { readonly find: (infoHash: string) => PublishedFile | null };
  readonly limits: Pick<EdgeLimits, 'reportsPerAddress'>;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Called for each delivery that its proof alone makes count. */
  readonly countedElsewhere: (addressKey: string, infoHash: string) => void;
  readonly record: RecordEvents;
  /** Counts what was refused, by status. */
  readonly refused: (status: number) => void;
};

type Worth = { readonly proven: boolean; readonly isTimed: boolean };
type Refusal = { readonly status: 400 | 404 | 409 | 429; readonly reason: string };

/** Takes clients' reports of deliveries, and gives the challenges that make some of them more than a claim. */
export function createReports(options: ReportsOptions) {
  const { catalogue, limits, now, random, addressOf, countedElsewhere, record, refused } = options;
  const challenges = createChallenges(now, random);
  const asks = makeBuckets(limits.reportsPerAddress, now);
  const mayAsk = (request: IncomingMessage) => asks.take(limitKey(addressOf(request)));

  /** What the report is worth, or why it is refused. */
  const judge = async (report: DeliveryReport): Promise<Worth | Refusal> => {
    const file = catalogue.find(report.infoHash);
    if (file === null) return { status: 400, reason: 'no such file is published here' };
    const impossible = impossibleBecause(report, file);
    if (impossible !== null) return { status: 400, reason: impossible };
    if (report.result !== 'completed') return { proven: false, isTimed: false };
    // Who was asked for no proof, or had no answer, has told the truth for all we know; nothing is paid or compared by it.
    if (report.proof === null) return { proven: false, isTimed: file.localPath === null };
    const { nonce, digest } = report.proof;
    const challenge = challenges.take(nonce);
    if (challenge === null || challenge.infoHash !== file.infoHash)
      return { status: 409, reason: 'this challenge was never given, was used, or is too old' };
    const expected = await proofOf(file, nonce, challenge.pieces);
    if (expected === null) return { status: 409, reason: 'the proof cannot be checked now' };
    return expected === digest ? { proven: true, isTimed: true } : { status: 400, reason: 'the proof is wrong' };
  };
  const refuse = (response: ServerResponse, { status, reason }: Refusal) => {
    refused(status);
    sendText(response, status, reason);
  };
  const tooOften: Refusal = { status: 429, reason: 'too many at once; try again in some minutes' };

  return {
    takeReport: async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (!mayAsk(request)) return refuse(response, tooOften);
      const text = await readText(request, MAX_REPORT_BYTES);
      if (text === null) {
        response.setHeader('connection', 'close'); // the rest is not read
        return refuse(response, { status: 400, reason: 'a report has at most 4096 bytes' });
      }
      const report = parseReport(text);
      if ('wrong' in report) return refuse(response, { status: 400, reason: report.wrong });
      const judged = await judge(report);
      if ('status' in judged) return refuse(response, judged);
      const { proof: _, ...claims } = report;
      if (judged.proven && claims.cohort === 'control') {
        countedElsewhere(limitKey(addressOf(request)), claims.infoHash);
      }
      await record([{ type: 'report', atMs: now(), ...claims, ...judged }]);
      sendNothing(response);
    },
    giveChallenge: async (
      request: IncomingMessage,
      response: ServerResponse,
      query: URLSearchParams,
    ): Promise<void> => {
      if (!mayAsk(request)) return refuse(response, tooOften);
      const file = catalogue.find(query.get('info_hash') ?? '');
      if (file === null || (await proofOf(file, '', [])) === null)
        return refuse(response, { status: 404, reason: 'this edge cannot check a proof for this file' });
      const { nonce, pieces } = challenges.ask(file.infoHash, pieceCountOf(file));
      sendJson(response, { nonce, pieces } satisfies DeliveryChallenge);
    },
  };
}
