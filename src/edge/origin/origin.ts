import type { Stats } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import send from 'send';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Publication } from '../catalogue/read-folder.ts';
import type { PublishedFile } from '../published-file.ts';
import { contentHeaders, type Headers, headersForPath, OPEN_TO_PAGES, PREFLIGHT } from './content-headers.ts';
import { countBody } from './count-body.ts';

/** One answer that carried bytes of a published file. */
export type OriginAnswer = {
  readonly file: PublishedFile;
  /** Where in the file they begin. */
  readonly startByte: number;
  readonly bytes: number;
  readonly whole: boolean;
  /** What the limits of whoever asked go by. */
  readonly addressKey: string;
};

/** Answers requests for files of the publisher's folder. */
export type Origin = (request: IncomingMessage, response: ServerResponse, path: string, addressKey: string) => void;

/** How long a browser or a CDN may keep a file without asking; it asks with the ETag then. */
const CACHE_S = 300;

/**
 * The publisher's folder over HTTP: ranges, conditions, and the headers that make a plain link one with peers. Hidden
 * files are not there, folders are not listed, and nothing outside of the folder can be named.
 * `tell` hears of each answer with bytes of a published file when it has ended, however it ended.
 */
export function makeOrigin(folder: string, catalogue: Catalogue, tell: (answer: OriginAnswer) => void): Origin {
  return (request, response, path, addressKey) => {
    if (request.method === 'OPTIONS') {
      setHeaders(response, PREFLIGHT);
      response.writeHead(204).end();
      return;
    }
    setHeaders(response, OPEN_TO_PAGES);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, OPTIONS');
      return refuse(response, 405, 'Only GET and HEAD are answered here.');
    }
    send(request, path, { root: folder, index: false, dotfiles: 'ignore', maxAge: CACHE_S * 1000 })
      .on('file', (_localPath: string, { size }: Stats) => mendSuffixRange(request, size))
      .on('headers', (_response: ServerResponse, localPath: string, { mtimeMs }: Stats) => {
        setHeaders(response, headersForPath(localPath));
        const publication = catalogue.atLocalPath(localPath);
        if (publication === null) return;
        if (isSound(catalogue, publication, mtimeMs)) {
          setHeaders(response, contentHeaders(publication, request.headers.host ?? ''));
        }
        const { file } = publication;
        countBody(response, ({ bytes, isFinished }) => {
          if (bytes === 0) return;
          const whole = isFinished && response.statusCode === 200 && bytes === file.sizeBytes;
          tell({ file, startByte: startOf(response), bytes, whole, addressKey });
        });
      })
      .on('directory', () => refuse(response, 404, 'There is no such file here.'))
      .on('error', (error: { readonly status?: number; readonly headers?: Headers }) => {
        if (response.headersSent) return response.destroy();
        for (const name of ['ETag', 'Repr-Digest', 'Link', 'Last-Modified', 'Cache-Control'])
          response.removeHeader(name);
        setHeaders(response, error.headers ?? {});
        const status = error.status ?? 500;
        refuse(response, status === 403 ? 404 : status, REASONS[status] ?? 'The file cannot be read now.');
      })
      .pipe(response);
  };
}

/** Where the body of an answer begins in its file (RFC 9110 §14.4). */
function startOf(response: ServerResponse): number {
  return Number(/^bytes (\d+)-/.exec(String(response.getHeader('Content-Range')))?.[1] ?? 0);
}

/** A file that is not, or not yet, known to be the .torrent's gets no headers of it. */
const isSound = (catalogue: Catalogue, publication: Publication, mtimeMs: number) =>
  publication.sha256 === null || catalogue.isAsDescribed(publication, mtimeMs);

/**
 * The last million bytes of a shorter file are all of it (RFC 9110 §14.1.2); `send` would say that there is no such range.
 */
function mendSuffixRange(request: IncomingMessage, sizeBytes: number): void {
  const lastBytes = /^bytes=-(\d+)$/.exec(request.headers.range ?? '')?.[1];
  if (lastBytes !== undefined && Number(lastBytes) > sizeBytes) request.headers.range = 'bytes=0-';
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'That is no path.',
  403: 'There is no such file here.',
  404: 'There is no such file here.',
  412: 'The file is not the one that was asked for.',
  416: 'The file has no such range.',
};

/** Answers with a sentence. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${sentence}\n`);
}

function setHeaders(response: ServerResponse, headers: Headers): void {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}
