/** How one path of an origin server departs from a correct server. Members may be combined; none is required. */
export type OriginBehaviour = {
  /** Wait before the first byte of the answer. */
  readonly latencyMs?: number;
  /** Bytes per second of each connection. */
  readonly rateBytesPerS?: number;
  /** Nothing is sent from here on in these bytes of the file, `endByte` excluded, before the path behaves again. */
  readonly withholds?: { readonly startByte: number; readonly endByte: number };
  /** Answers 200 with the whole file to every range. */
  readonly ignoresRanges?: boolean;
  readonly failsWith?: { readonly status: number; readonly retryAfterS?: number };
  /** 302 to another URL, which may be on another server. */
  readonly redirectTo?: string | ((path: string) => string);
  /** These bytes of the file, `endByte` excluded, are inverted wherever they are sent. */
  readonly lies?: { readonly startByte: number; readonly endByte: number };
  /** What happens once so many bytes of a body are out; a shorter body is sent whole. */
  readonly breaks?: {
    /**
     * `truncate`: the connection is closed in order before Content-Length is reached. `reset`: TCP RST. `stall`:
     * silence on an open connection. `short`: Content-Length counts only these bytes, though Content-Range claims all.
     */
    readonly how: 'truncate' | 'reset' | 'stall' | 'short';
    readonly afterBytes: number;
  };
  /** 206 with the bytes, and the Content-Range, of a range that begins this many bytes later than asked. */
  readonly shiftsRangeByBytes?: number;
  /** Compresses every body, whatever Accept-Encoding says. */
  readonly gzips?: boolean;
  /** No ETag and no Last-Modified. */
  readonly omitsValidators?: boolean;
  /** Without the cookie of `/login`: 200 with a login page, as trackers behind a login do. */
  readonly requiresCookie?: boolean;
  /** Answers a POST with this body as it would a GET, and nobody else: 200 with a page. */
  readonly requiresForm?: string;
  readonly extraHeaders?: Readonly<Record<string, string>>;
};

/** A behaviour may depend on how many requests this path has had, this one included, and on the range asked for. */
export type BehaviourRule =
  | OriginBehaviour
  | ((request: { readonly number: number; readonly range: string | null }) => OriginBehaviour);
