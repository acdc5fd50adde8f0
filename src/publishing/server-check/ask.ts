/** What a check needs of the world. */
export type CheckPorts = {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds; only differences count. */
  readonly nowMs: () => number;
};

/** A stretch of a file in bytes; `endByte` is not included. */
export type Stretch = { readonly startByte: number; readonly endByte: number };

export type Question = {
  readonly url: string;
  /** Null for the whole file. */
  readonly stretch: Stretch | null;
  /** The body is read up to here and no further. */
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One answer, its body read as far as it was wanted. */
export type Reply = {
  /** Where redirects led. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The server had sent more. */
  readonly wasCut: boolean;
  /** Until the headers were here. */
  readonly latencyMs: number;
  /** Until the last byte that was read. */
  readonly tookMs: number;
};

/** No answer, or none that ended. */
export type NoReply =
  | { readonly code: 'unreachable'; readonly reason: string }
  | { readonly code: 'bad-certificate'; readonly reason: string }
  | { readonly code: 'timed-out'; readonly afterS: number }
  | { readonly code: 'broke-off'; readonly afterBytes: number };

export class NoReplyError extends Error {
  readonly finding: NoReply;
  constructor(finding: NoReply, options?: ErrorOptions) {
    super(finding.code, options);
    this.finding = finding;
  }
}

/** A server that has not answered within this time will not hold visitors either. */
export const ANSWER_TIMEOUT_MS = 20_000;

/**
 * Asks as the extension will ask: no cookies, no referrer, no cache, and an end to patience.
 * @throws {NoReplyError}, or the reason of `signal` when it fires.
 */
export async function ask(
  question: Question,
  ports: CheckPorts,
  signal: AbortSignal,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<Reply> {
  const { stretch, maxBytes } = question;
  const range = stretch === null ? {} : { range: rangeOf(stretch) };
  const startMs = ports.nowMs();
  try {
    return await withPatience(signal, timeoutMs, async (both) => {
      const response = await ports.fetch(question.url, {
        headers: { ...range, ...question.headers },
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: both,
      });
      const latencyMs = ports.nowMs() - startMs;
      const { body, wasCut } = await readBody(response, maxBytes, both);
      const { url, status, headers } = response;
      return { url: url || question.url, status, headers, body, wasCut, latencyMs, tookMs: ports.nowMs() - startMs };
    });
  } catch (error) {
    if (signal.aborted || error instanceof NoReplyError) throw error;
    throw new NoReplyError(whyNoReply(error), { cause: error });
  }
}

/** As the `Range` header has it. */
export const rangeOf = ({ startByte, endByte }: Stretch): string => `bytes=${startByte}-${endByte - 1}`;

/** Runs a task that ends with `signal` or with its time. @throws {NoReplyError} `timed-out`. */
export async function withPatience<T>(
  signal: AbortSignal,
  timeoutMs: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), timeoutMs);
  try {
    return await task(AbortSignal.any([signal, patience.signal]));
  } catch (error) {
    if (patience.signal.aborted && !signal.aborted) {
      throw new NoReplyError({ code: 'timed-out', afterS: Math.round(timeoutMs / 1000) }, { cause: error });
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const CERTIFICATE_FAULT = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

/** Node says in the cause of an error what it was; browsers say nothing at all, by design. */
export function whyNoReply(error: unknown): NoReply {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = code || (cause instanceof Error ? cause.message : String(cause));
  return { code: CERTIFICATE_FAULT.test(code) ? 'bad-certificate' : 'unreachable', reason };
}

async function readBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ body: Uint8Array<ArrayBuffer>; wasCut: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let wasCut = false;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw new NoReplyError({ code: 'broke-off', afterBytes: length }, { cause: error });
    });
    if (done) break;
    const taken = value.subarray(0, maxBytes - length);
    parts.push(taken);
    length += taken.length;
    if (taken.length < value.length) {
      wasCut = true;
      await reader.cancel().catch(() => undefined);
      break;
    }
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return { body, wasCut };
}
