import type { FileIndex, OriginUrl } from '../../model/ids.ts';
import { fileRangesOfSpan } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { WholeHash } from '../torrent/whole-hashes.ts';
import { bodyBytes, letGo, type OpenBody } from './body-bytes.ts';
import { openFile } from './open-file.ts';
import { OriginError } from './origin-error.ts';

export { OriginError };

/** The request for the next file is sent when this little is left of the current one. */
const ASK_AHEAD_BYTES = 1_048_576;

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
  /** Called with the number of bytes that came and are none of the span's: of useless answers, and besides what was asked. */
  readonly onUnwanted?: (bytes: number) => void;
};

/**
 * Bytes as they arrive, in order, or `zeros` for padding that no server stores. The bytes are to be used before the next
 * ones are asked for: their memory is used again.
 */
export type SpanPart = { readonly bytes: Uint8Array } | { readonly zeros: number };

/**
 * Streams a span of a torrent from one origin, file by file, in order and without gaps.
 * Sends no cookies and no referrer. A request for the next file is on its way before the current one ends, and is sent
 * once more at its turn if that was one too many for the server; one that sends less than it was asked for at a time is
 * asked for the rest.
 * @throws {OriginError} when the origin cannot deliver; an AbortError when `signal` fires.
 * @see BEP 19 (web seeds), BEP 47 (padding files).
 */
export async function* streamSpan(request: SpanRequest): AsyncGenerator<SpanPart> {
  const ranges = fileRangesOfSpan(request.info, request.startByte, request.endByte);
  let position = request.startByte;
  let ahead: Promise<OpenBody | null> | null = null;
  try {
    for (const [index, range] of ranges.entries()) {
      const fileStart = request.info.files[range.file]?.startByte ?? 0;
      const fileEnd = fileStart + range.endByte;
      const gap = fileStart + range.startByte - position;
      if (gap > 0) yield { zeros: gap };
      position += gap;
      const next = ranges[index + 1];
      let asked = ahead;
      ahead = null;
      while (position < fileEnd) {
        const opened = (await asked) ?? (await openFile(request, range.file, position - fileStart, range.endByte));
        asked = null;
        for await (const bytes of bodyBytes(opened, request.signal, request.onUnwanted)) {
          position += bytes.length;
          if (next !== undefined && ahead === null && !request.oneAtATime && fileEnd - position <= ASK_AHEAD_BYTES) {
            ahead = openFile(request, next.file, next.startByte, next.endByte).catch(nullWhenBusy);
            ahead.catch(() => undefined); // its failure is met when its turn comes
          }
          yield { bytes };
        }
      }
    }
  } finally {
    ahead?.then(
      (opened) => opened && letGo(opened),
      () => undefined,
    );
  }
  if (position < request.endByte) yield { zeros: request.endByte - position };
}

/** Some servers answer one request at a time. */
function nullWhenBusy(error: unknown): null {
  if (error instanceof OriginError && error.fault === 'busy') return null;
  throw error;
}
