import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/schedule/plan-view.ts';
import { bitfieldText, type FlightHeader, type Heard } from '../../../src/engine/transfer/flight-entry.ts';
import { recordFlight } from '../../../src/engine/transfer/flight-log.ts';
import { FlightLogError, readFlightLog } from '../../../src/engine/transfer/read-flight-log.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../../src/model/ids.ts';

const START_MS = 1_700_000_000_000;
const ORIGIN = 'https://cdn.test/files/' as OriginUrl;
const peer = '8f2c01d4aa55bb66-3' as PeerId;
const piece = (index: number) => index as PieceIndex;

const HEADER: FlightHeader = {
  startedAtMs: START_MS,
  pieceLengthBytes: 65_536,
  lengthBytes: 10 * 65_536 - 1,
  pieceCount: 10,
  here: bitfieldText(10, (index) => index === 9),
  later: null,
  policy: 'spare-origin',
  patience: { type: 'deadline', atMs: START_MS + 60_000 },
  seed: 7,
  origins: [ORIGIN],
  isPrivate: true,
  isMultiFile: true,
  fileLengths: [600_000, 0, 10 * 65_536 - 1 - 600_000],
  paddingFiles: [2],
};

/** One of each kind. */
const HEARD: readonly Heard[] = [
  { type: 'begun' },
  {
    type: 'peer-joined',
    peer,
    client: 'WebTorrent 2',
    pieces: bitfieldText(10, () => true),
    isChoking: true,
    maxRequests: 250,
  },
  { type: 'peer-changed', peer, piece: null, pieces: bitfieldText(10, () => false), isChoking: false },
  { type: 'peer-changed', peer, piece: piece(4), pieces: null, isChoking: false },
  { type: 'block', peer, piece: piece(4), offset: 16_384, lengthBytes: 16_384 },
  { type: 'refused', peer, piece: piece(4), offset: 0 },
  { type: 'claimed', peer, pieces: [piece(1), piece(2)] },
  { type: 'policy', policy: 'peers-off' },
  { type: 'patience', patience: { type: 'deadline', atMs: START_MS + 900_000 } },
  { type: 'patience', patience: { type: 'least-rate', bytesPerS: 2_000_000 } },
  { type: 'alone', isAlone: true },
  { type: 'tick' },
  { type: 'peer-left', peer },
  {
    type: 'store',
    event: {
      type: 'verified',
      pieces: [{ piece: piece(4), mark: 254, from: [{ source: { kind: 'peer', peer }, bytes: 65_536 }] }],
    },
  },
  { type: 'store', event: { type: 'run-progress', run: 1, bytes: 100, position: 65_636, firstByteMs: 12.5 } },
  { type: 'store', event: { type: 'run-ended', run: 1, positionByte: 10 * 65_536 - 1, end: { type: 'finished' } } },
  {
    type: 'store',
    event: {
      type: 'run-ended',
      run: 2,
      positionByte: 3 * 65_536,
      end: { type: 'fault', fault: 'busy', status: 503, retryAfterS: 30, host: 'm7.cdn.example' },
    },
  },
  { type: 'store', event: { type: 'run-answered', run: 2, host: 'm7.cdn.example:8080' } },
  { type: 'store', event: { type: 'piece-failed', piece: piece(5), sources: [{ kind: 'origin', origin: ORIGIN }] } },
  { type: 'store', event: { type: 'liars-found', piece: piece(5), sources: [{ kind: 'peer', peer }] } },
  { type: 'store', event: { type: 'wasted', bytes: 99, reason: 'duplicate' } },
  { type: 'store', event: { type: 'failed', failure: { code: 'disk-full' } } },
];

const DECISIONS: readonly Decision[] = [
  { type: 'start-run', origin: ORIGIN, startByte: 0, endByte: 4 * 65_536, because: 'free' },
  { type: 'shorten-run', run: 1, endByte: 3 * 65_536, because: 'split' },
  { type: 'ask', peer, piece: piece(5), block: 2, because: 'rarest' },
];

function record(header = HEADER, maxChars?: number) {
  const recorder = recordFlight(header, maxChars);
  for (const [index, heard] of HEARD.entries()) recorder.heard(START_MS + index, heard);
  recorder.decided(START_MS + 100, DECISIONS);
  return recorder;
}

describe('a flight log', () => {
  test('is read back as it was written', () => {
    const log = readFlightLog(record().text());
    expect(log.header).toEqual(HEADER);
    expect(log.dropped).toBe(0);
    const heard = HEARD.map((entry, index) => ({ atMs: START_MS + index, heard: entry }));
    expect(log.entries).toEqual([...heard, { atMs: START_MS + 100, decided: DECISIONS }]);
  });

  test('is one JSON value a line, and a plan that decides nothing is none', () => {
    const recorder = record();
    recorder.decided(START_MS + 200, []);
    const lines = recorder.text().split('\n');
    expect(lines).toHaveLength(1 + HEARD.length + 1 + 1);
    expect(lines.at(-1)).toBe('');
    for (const line of lines.slice(0, -1)) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('keeps its header and its newest entries within its bound', () => {
    const recorder = recordFlight(HEADER, 10_000);
    for (let index = 0; index < 5_000; index++) {
      recorder.heard(START_MS + index, { type: 'refused', peer, piece: piece(index % 10), offset: 0 });
      if (index % 100 === 0) expect(recorder.text().length).toBeLessThan(11_000);
    }
    const { header, dropped, entries } = readFlightLog(recorder.text());
    expect(header).toEqual(HEADER);
    expect(dropped + entries.length).toBe(5_000);
    expect(entries.length).toBeGreaterThan(50);
    expect(entries.at(-1)?.atMs).toBe(START_MS + 4_999);
    expect(entries[0]?.atMs).toBe(START_MS + dropped);
  });

  test('is at most about 2 MB when nobody says otherwise', () => {
    const recorder = recordFlight(HEADER);
    for (let index = 0; index < 40_000; index++) {
      recorder.heard(START_MS, { type: 'block', peer, piece: piece(1), offset: 16_384, lengthBytes: 16_384 });
    }
    expect(recorder.text().length).toBeGreaterThan(1_900_000);
    expect(recorder.text().length).toBeLessThan(2_001_000);
  });

  test('a clock that was set back does not spoil it', () => {
    const recorder = recordFlight(HEADER);
    recorder.heard(START_MS - 5_000, { type: 'tick' });
    expect(readFlightLog(recorder.text()).entries).toEqual([{ atMs: START_MS, heard: { type: 'tick' } }]);
  });

  test('tells no secrets of an address, and two that differ only in them stay two', () => {
    const secret = 'https://ann:password@cdn.test/f?token=abc' as OriginUrl;
    const other = 'https://cdn.test/f?token=xyz' as OriginUrl;
    const recorder = recordFlight({ ...HEADER, origins: [secret, other] });
    const run = { type: 'start-run', startByte: 0, endByte: 4 * 65_536, because: 'free' } as const;
    recorder.decided(START_MS, [
      { ...run, origin: secret },
      { ...run, origin: other },
    ]);
    const sources = [{ kind: 'origin', origin: secret }] as const;
    recorder.heard(START_MS, { type: 'store', event: { type: 'piece-failed', piece: piece(1), sources } });
    const told = recorder.text();
    expect(told).not.toMatch(/ann|password|token|abc|xyz/);
    const { header, entries } = readFlightLog(told);
    expect(new Set(header.origins).size).toBe(2);
    expect(entries[0]).toMatchObject({ decided: header.origins.map((origin) => ({ origin })) });
    expect(entries[1]).toMatchObject({ heard: { event: { sources: [{ origin: header.origins[0] }] } } });
  });

  test('nor of a mirror that an origin named, whose runs go by the same name', () => {
    const mirror = 'https://ann:password@mirror.test/f?token=abc' as OriginUrl;
    const recorder = recordFlight(HEADER);
    recorder.heard(START_MS, { type: 'store', event: { type: 'mirrors-named', origin: ORIGIN, mirrors: [mirror] } });
    recorder.decided(START_MS, [{ type: 'start-run', origin: mirror, startByte: 0, endByte: 65_536, because: 'free' }]);
    expect(recorder.text()).not.toMatch(/ann|password|token|abc/);
    const name = 'https://mirror.test/f';
    expect(readFlightLog(recorder.text()).entries).toMatchObject([
      { heard: { event: { mirrors: [name] } } },
      { decided: [{ origin: name }] },
    ]);
  });

  test('does not repeat what the disk said, which may hold a path', () => {
    const recorder = recordFlight(HEADER);
    const failure = { code: 'store-failed', reason: 'cannot write /home/ann/x' } as const;
    recorder.heard(START_MS, { type: 'store', event: { type: 'failed', failure } });
    expect(recorder.text()).not.toContain('ann');
  });
});

describe('a log that somebody changed', () => {
  const lines = record().text().trimEnd().split('\n');
  const withHeader = (change: object) => [
    JSON.stringify({ ...JSON.parse(lines[0] ?? ''), ...change }),
    ...lines.slice(1),
  ];
  const withEntry = (entry: unknown) => [lines[0], typeof entry === 'string' ? entry : JSON.stringify(entry)];
  const heard = (entry: object) => withEntry({ at: 1, heard: entry });
  const block = { type: 'block', peer, piece: 4, offset: 0, lengthBytes: 16_384 };

  test.each<[string, (string | undefined)[], number]>([
    ['no text', [''], 1],
    ['no JSON', ['{'], 1],
    ['no header', lines.slice(1), 1],
    ['another version', withHeader({ flight: 2 }), 1],
    ['a list as header', ['[]'], 1],
    ['pieces without end', withHeader({ pieceCount: 2 ** 40 }), 1],
    ['a piece count that does not fit', withHeader({ pieceCount: 9 }), 1],
    ['pieces without length', withHeader({ pieceLengthBytes: 0 }), 1],
    ['a bitfield that is too short', withHeader({ here: 'AA==' }), 1],
    ['a bitfield that is no base64', withHeader({ here: '$$$=' }), 1],
    ['a policy that there is not', withHeader({ policy: 'toString' }), 1],
    ['no patience', withHeader({ patience: null }), 1],
    ['origins without end', withHeader({ origins: Array(1_001).fill('x') }), 1],
    ['an origin that is a number', withHeader({ origins: [7] }), 1],
    ['files that do not add up', withHeader({ fileLengths: [1, 2] }), 1],
    ['files without end', withHeader({ fileLengths: Array(10_001).fill(0) }), 1],
    ['one file of two lengths', withHeader({ isMultiFile: false }), 1],
    ['padding that is no file', withHeader({ paddingFiles: [3] }), 1],
    ['dropped lines below zero', [lines[0], '{"dropped":-1}'], 2],
    ['an entry that is no JSON', withEntry('{"at":1'), 2],
    ['an entry without time', withEntry({ heard: { type: 'tick' } }), 2],
    ['an entry before the beginning', withEntry({ at: -1, heard: { type: 'tick' } }), 2],
    ['an entry that says nothing', withEntry({ at: 1 }), 2],
    ['something that nobody hears', heard({ type: 'constructor' }), 2],
    ['a piece that the torrent has not', heard({ ...block, piece: 10 }), 2],
    ['half a piece', heard({ ...block, piece: 1.5 }), 2],
    ['a block beyond its piece', heard({ ...block, offset: 65_537 }), 2],
    ['a peer with a long name', heard({ ...block, peer: 'x'.repeat(201) }), 2],
    ['a store event that there is not', heard({ type: 'store', event: { type: '__proto__' } }), 2],
    ['a reason that there is not', heard({ type: 'store', event: { type: 'wasted', bytes: 1, reason: 'x' } }), 2],
    ['decisions that are none', withEntry({ at: 1, decided: [null] }), 2],
    ['a decision without type', withEntry({ at: 1, decided: [{ run: 1 }] }), 2],
    ['a decision with things inside', withEntry({ at: 1, decided: [{ type: 'ask', peer: {} }] }), 2],
    ['a decision that reaches for the prototype', withEntry('{"at":1,"decided":[{"type":"ask","__proto__":1}]}'), 2],
    ['nesting without end', withEntry(`{"at":1,"heard":${'['.repeat(100_000)}`), 2],
  ])('with %s is refused, and the line named', (_name, changed, line) => {
    const error = thrownBy(() => readFlightLog(changed.join('\n')));
    expect(error).toBeInstanceOf(FlightLogError);
    expect((error as FlightLogError).line).toBe(line);
    expect((error as FlightLogError).message.length).toBeLessThan(300);
  });

  test('is refused when it is too long', () => {
    expect(() => readFlightLog(`${lines[0]}\n${' '.repeat(8_000_000)}`)).toThrow(FlightLogError);
    expect(() => readFlightLog(`${lines[0]}${'\n{}'.repeat(200_001)}`)).toThrow(FlightLogError);
  });

  test('at any place is read or refused, and nothing else', () => {
    const whole = lines.join('\n');
    const place = fc.nat(whole.length - 1);
    const change = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('null', '1e999', '-1', '{}', '[]', '"', '\n'));
    fc.assert(
      fc.property(place, fc.nat(20), change, (from, length, put) => {
        const error = thrownBy(() => readFlightLog(whole.slice(0, from) + put + whole.slice(from + length)));
        return error === null || error instanceof FlightLogError;
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error;
  }
}
