import { beforeEach, describe, expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { desksForMirrors } from '../../../src/engine/transfer/mirror-desks.ts';
import { OriginDesk } from '../../../src/engine/transfer/origin-desk.ts';
import type { OriginUrl, PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const url = (text: string) => text as OriginUrl;
const piece = (index: number) => index as PieceIndex;
const ORIGIN = url('http://cdn.example/f.bin');
let limits: HostLimits;
let desk: OriginDesk;
let now: number;
beforeEach(() => {
  limits = new HostLimits();
  desk = new OriginDesk(ORIGIN, limits);
  now = 1_000_000;
});

describe('what is shown of an origin', () => {
  test('that nobody has asked', () => {
    expect(desk.healthView(now)).toEqual({
      origin: ORIGIN,
      host: 'cdn.example',
      mirrorOf: null,
      state: 'usable',
      restsForS: 0,
      dropped: null,
      ignoresRanges: false,
      runningRequests: 0,
      rateBytesPerS: null,
      rateSpreadBytesPerS: null,
      firstByteMs: null,
      bestFirstByteMs: null,
      requests: 0,
      bytes: 0,
      faults: {},
    });
  });

  test('that sends: requests, bytes, rate and its spread, times to the first byte', () => {
    desk.begins(now);
    desk.requested();
    desk.requested();
    for (let second = 1; second <= 20; second++)
      desk.bytesCame(50_000, second === 1 ? 400 : null, now + second * 1_000);
    desk.bytesCame(0, 80, now + 20_000);
    const view = desk.healthView(now + 20_000);
    expect(view).toMatchObject({ requests: 2, bytes: 1_000_000, runningRequests: 1, rateSpreadBytesPerS: 0 });
    expect(view).toMatchObject({ firstByteMs: 360, bestFirstByteMs: 80 });
    expect(view.rateBytesPerS).toBeGreaterThan(40_000);
    expect(view.rateBytesPerS).toBeLessThan(70_000);
    desk.ended(now + 20_000, true);
    expect(desk.healthView(now).runningRequests).toBe(0);
  });

  test('its rate is that of its streams, however long short requests wait for their first bytes', () => {
    desk.begins(now);
    for (let run = 0; run < 20; run++) {
      const atMs = now + (run + 1) * 400;
      desk.streamBegins(atMs);
      desk.bytesCame(10_000, 310, atMs);
      desk.bytesCame(90_000, null, atMs + 90);
      desk.begins(atMs + 90); // the next one is asked for before this one ends
      desk.streamEnds(atMs + 90);
      desk.ended(atMs + 90, true);
    }
    const { rateBytesPerS } = desk.view(now + 8_200);
    expect(rateBytesPerS).toBeGreaterThan(800_000);
    expect(rateBytesPerS).toBeLessThan(1_250_000);
  });

  test('that fails: how often and how, and how long it rests', () => {
    desk.failed({ fault: 'unreachable', status: null, retryAfterS: null }, now);
    desk.failed({ fault: 'busy', status: 503, retryAfterS: 30 }, now);
    desk.failed({ fault: 'busy', status: 429, retryAfterS: 30 }, now);
    expect(desk.healthView(now + 1)).toMatchObject({
      state: 'resting',
      restsForS: 30,
      faults: { unreachable: 1, busy: 2 },
    });
    expect(desk.healthView(now + 30_000)).toMatchObject({ state: 'usable', restsForS: 0 });
  });

  test('that sent wrong bytes twice: it is dropped, and why', async () => {
    const { info } = await smallTorrent({ content: 1_000 });
    desk.lied(piece(7), info);
    expect(desk.healthView(now)).toMatchObject({ state: 'usable', dropped: null });
    desk.lied(piece(9), info);
    desk.failed({ fault: 'busy', status: 503, retryAfterS: 30 }, now);
    expect(desk.healthView(now)).toMatchObject({
      state: 'dropped',
      restsForS: 0,
      dropped: { reason: 'wrong-bytes', pieces: [7, 9] },
    });
  });

  test('does not change afterwards', () => {
    const before = desk.healthView(now);
    desk.failed({ fault: 'stalled', status: null, retryAfterS: null }, now);
    expect(before.faults).toEqual({});
  });
});

describe('how long it has been silent', () => {
  const silentS = (afterMs: number) => desk.view(now + afterMs).silentS;

  test('counts from when it was first asked, and anew from each byte', () => {
    expect(silentS(5_000)).toBe(0);
    desk.begins(now);
    expect(silentS(2_000)).toBe(2);
    desk.bytesCame(1, 10, now + 3_000);
    expect(silentS(3_500)).toBe(0.5);
  });

  test('is over when all that it was asked for came, and goes on when its last run broke off', () => {
    desk.begins(now);
    desk.ended(now + 1_000, false);
    expect(silentS(4_000)).toBe(4);
    desk.begins(now + 5_000);
    expect(silentS(6_000)).toBe(6);
    desk.bytesCame(1, 10, now + 6_000);
    desk.ended(now + 6_000, true);
    expect(silentS(9_000)).toBe(0);
  });

  test('goes on when its last run was cut where it stood still', () => {
    desk.begins(now);
    desk.bytesCame(1, 10, now + 1_000);
    desk.ended(now + 3_000, true);
    expect(silentS(4_000)).toBe(3);
  });
});

describe('at one host', () => {
  const other = () => new OriginDesk(url('http://cdn.example/other/'), limits);

  test('a busy answer lets all origins there rest, and of others none', () => {
    const [same, elsewhere] = [other(), new OriginDesk(url('http://cdn.example:81/'), limits)];
    desk.failed({ fault: 'busy', status: 429, retryAfterS: 60 }, now);
    expect([desk, same, elsewhere].map((each) => each.isUsable(now + 59_000))).toEqual([false, false, true]);
    expect(same.isUsable(now + 60_000)).toBe(true);
  });

  test('a file that is missing is a matter of one origin alone', () => {
    const same = other();
    desk.failed({ fault: 'not-found', status: 404, retryAfterS: null }, now);
    expect([desk.isUsable(now), same.isUsable(now)]).toEqual([false, true]);
  });

  test('runs of all origins count, and a plan is told how many there may be', () => {
    const same = other();
    expect(desk.view(now).maxRuns).toBe(1);
    expect([desk.begins(now), same.begins(now)]).toEqual([true, false]);
    desk.bytesCame(1, 10, now);
    expect(desk.view(now).maxRuns).toBe(3);
    expect(same.begins(now)).toBe(true);
    expect(desk.view(now).maxRuns).toBe(2);
    same.leave();
    expect(desk.view(now).maxRuns).toBe(3);
  });

  test('a run has its successor before it ends: for that moment there is one more than else', () => {
    desk.begins(now);
    desk.bytesCame(1, 10, now);
    expect([desk.begins(now), desk.begins(now), desk.begins(now), desk.begins(now)]).toEqual([true, true, true, false]);
    expect(desk.view(now).maxRuns).toBe(4);
    desk.ended(now, true);
    expect([desk.view(now).maxRuns, other().begins(now)]).toEqual([3, false]);
  });
});

describe('mirrors that are named', () => {
  const MIRRORS = Array.from({ length: 20 }, (_, at) => url(`http://m${at}.example/f.bin`));

  test.each<[string, { content: number | Record<string, number>; isPrivate?: boolean }, number]>([
    ['of one file are taken, sixteen at most', { content: 1_000 }, 16],
    ['of a folder are not: they are addresses of a file', { content: { a: 1_000, b: 1_000 } }, 0],
    ['of a private torrent are not', { content: 1_000, isPrivate: true }, 0],
  ])('%s', async (_name, input, expected) => {
    const { info } = await smallTorrent(input);
    const desks = desksForMirrors([desk], ORIGIN, MIRRORS, info, limits);
    expect(desks.map(({ origin, mirrorOf }) => [origin, mirrorOf])).toEqual(
      MIRRORS.slice(0, expected).map((mirror) => [mirror, ORIGIN]),
    );
  });

  test('are believed of a named origin only, counted together, and taken once', async () => {
    const { info } = await smallTorrent({ content: 1_000 });
    const [first, second] = MIRRORS as [OriginUrl, OriginUrl];
    const known = [desk, ...desksForMirrors([desk], ORIGIN, [first, first, ORIGIN], info, limits)];
    expect(known).toHaveLength(2);
    expect(desksForMirrors(known, first, [second], info, limits)).toEqual([]);
    expect(desksForMirrors(known, url('http://unknown.example/'), [second], info, limits)).toEqual([]);
    expect(desksForMirrors(known, ORIGIN, MIRRORS, info, limits)).toHaveLength(15);
  });
});
