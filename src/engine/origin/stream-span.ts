import type { FileIndex, OriginUrl } from '../../model/ids.ts';
import { fileRangesOfSpan } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { WholeHash } from '../torrent/whole-hashes.ts';
import { OriginError } from './origin-error.ts';
import type { RequestSlots } from './request-slots.ts';
import { SpanRequests } from './span-requests.ts';

export { OriginError };

/** An answer whose body is being used. */
export type SpanAnswer = {
  readonly url: string;
  /** Its `Link` header. */
  readonly link: string | null;
  /** Digests of the whole file that it gives. */
  readonly digests: readonly WholeHash[];
};

export type SpanRequest = {
  readonly info: TorrentInfo;
  readonly origin: OriginUrl;
  /** Torrent offsets in bytes; the end is not included. */
  readonly startByte: number;
  readonly endByte: number;
  /** The origin answers ranges with whole files: take them and skip. */
  readonly acceptWhole: boolean;
  /** The next file is asked for only when the current one has ended. */
  readonly oneAtATime?: boolean;
  /** Shared by all who send requests to the same hosts; not given: nobody else does. */
  readonly slots?: RequestSlots;
  /** Where the span ends by now, if that has come nearer: nothing is asked for that begins after it. */
  readonly endsAt?: () => number;
  /** Asks for a digest of the whole file with the answers. */
  readonly wantsDigest?: boolean;
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  /** Final addresses of files after redirects, kept by the caller from run to run. */
  readonly finalUrls: Map<FileIndex, string>;
  /** Called for every request that is sent. */
  readonly onRequest?: () => void;
  /** Called for every answer that can be used, before its body is read. */
  readonly onAnswer?: (answer: SpanAnswer) => void;
  /** Called for every answer that cannot be used, before its body is read. */
  readonly onRefused?: (error: OriginError) => void;
  /** Called with the number of bytes that came and are none of the span's: of useless answers, and besides what was asked. */
  readonly onUnwanted?: (bytes: number) => void;
  /** Called when everything that came has been handed on, and the answer for the next file is not there. */
  readonly onWait?: () => void;
};

/**
 * Bytes as they arrive, in order, or `zeros` for padding that no server stores. The bytes are to be used before the next
 * ones are asked for: their memory is used again.
 */
export type SpanPart = { readonly bytes: Uint8Array } | { readonly zeros: number };

/**
 * Streams a span of a torrent from one origin, file by file, in order and without gaps.
 * Sends no cookies and no referrer. Requests for the next files are on their way before their turn (span-requests.ts), and
 * one is sent once more at its turn if it was one too many for the server; one that sends less than it was asked for at a
 * time is asked for the rest.
 * @throws {OriginError} when the origin cannot deliver; an AbortError when `signal` fires.
 * @see BEP 19 (web seeds), BEP 47 (padding files).
 */
export async function* streamSpan(request: SpanRequest): AsyncGenerator<SpanPart> {
  const ranges = fileRangesOfSpan(request.info, request.startByte, request.endByte);
  const requests = new SpanRequests(request, ranges);
  let position = request.startByte;
  try {
    for (const [index, range] of ranges.entries()) {
      const fileStart = request.info.files[range.file]?.startByte ?? 0;
      const fileEnd = fileStart + range.endByte;
      const gap = fileStart + range.startByte - position;
      if (gap > 0) yield { zeros: gap };
      position += gap;
      while (position < fileEnd) {
        for await (const bytes of await requests.partsOf(index, position - fileStart)) {
          position += bytes.length;
          requests.reached(position);
          yield { bytes };
        }
      }
    }
  } finally {
    requests.drop();
  }
  if (position < request.endByte) yield { zeros: request.endByte - position };
}
