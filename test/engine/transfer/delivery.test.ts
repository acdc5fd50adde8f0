import { describe, expect, test } from 'vitest';
import { fileNameOf } from '../../../src/engine/transfer/accept-delivery.ts';
import {
  type ClickedPage,
  type Delivery,
  deliveryView,
  mayReportTo,
  newDelivery,
  patienceInForce,
  policyInForce,
} from '../../../src/engine/transfer/delivery.ts';
import { mayVouch } from '../../../src/engine/transfer/published-torrent.ts';
import { readChallenge } from '../../../src/engine/transfer/report-delivery.ts';
import type { Patience } from '../../../src/model/policy.ts';
import type { PublishedLink } from '../../../src/model/published-link.ts';
import { FASTEST } from '../../../src/model/publisher-policy.ts';

const PUBLIC = 'https://news.example/today';
const LOCAL = 'http://192.168.0.5/films';
const page = (url: string | null, more: Partial<ClickedPage> = {}): ClickedPage => ({
  url,
  isApart: false,
  clickedAtMs: 0,
  giveUpAtMs: 0,
  ...more,
});

describe('a torrent may stand for a file', () => {
  test.each<[string, string, string, string | null, boolean]>([
    ['from the same site', 'https://cdn.example/a', 'https://cdn.example/a.torrent', PUBLIC, true],
    ['in another folder', 'https://cdn.example/a', 'https://cdn.example/t/1', PUBLIC, true],
    ['for a page without an address', 'https://cdn.example/a', 'https://cdn.example/t', null, true],
    ['by its port written out', 'https://cdn.example/a', 'https://cdn.example:443/t', PUBLIC, true],
    ['not from the page’s site', 'https://cdn.example/a', 'https://news.example/t', PUBLIC, false],
    ['not from a site above', 'https://cdn.example.org/a', 'https://example.org/t', PUBLIC, false],
    ['not from another port', 'https://cdn.example/a', 'https://cdn.example:8443/t', PUBLIC, false],
    ['not by http beside https', 'https://cdn.example/a', 'http://cdn.example/t', PUBLIC, false],
    ['not by http', 'http://cdn.example/a', 'http://cdn.example/t', 'http://cdn.example/', false],
    ['not by http for a page of the local network', 'http://cdn.example/a', 'http://cdn.example/t', LOCAL, false],
    ['within the local network by http', 'http://192.168.0.1/a', 'http://192.168.0.1/t', LOCAL, true],
    ['on this machine', 'http://127.0.0.1:80/a', 'http://127.0.0.1:80/t', 'http://localhost/', true],
    ['not in the local network for a public page', 'http://192.168.0.1/a', 'http://192.168.0.1/t', PUBLIC, false],
    ['not there by https either', 'https://nas.local/a', 'https://nas.local/t', PUBLIC, false],
    ['not there for a page without an address', 'http://[::1]/a', 'http://[::1]/t', null, false],
  ])('%s', (_name, fileUrl, torrentUrl, url, expected) => {
    expect(mayVouch({ fileUrl, torrentUrl }, page(url))).toBe(expected);
  });
});

describe('a publisher can be told', () => {
  test.each<[string, string, ClickedPage, boolean]>([
    ['by https', 'https://edge.example', page(PUBLIC), true],
    ['by https from a page of the local network', 'https://edge.example', page(LOCAL), true],
    ['not by http', 'http://edge.example', page(PUBLIC), false],
    ['not by http from a page of the local network', 'http://edge.example', page(LOCAL), false],
    ['within a local network', 'http://127.0.0.1:8080', page(LOCAL), true],
    ['not into one from outside', 'https://192.168.0.1', page(PUBLIC), false],
    ['not into one from a page without an address', 'http://127.0.0.1', page(null), false],
    ['not from a private window', 'https://edge.example', page(PUBLIC, { isApart: true }), false],
  ])('%s', (_name, reportUrl, clicked, expected) => {
    expect(mayReportTo(reportUrl, clicked)).toBe(expected);
  });
});

describe('a delivery is left to its origins to compare with', () => {
  const link: PublishedLink = {
    fileUrl: 'https://cdn.example/a',
    torrentUrl: 'https://cdn.example/t',
    policy: FASTEST,
    reportUrl: 'https://edge.example/',
    name: null,
  };
  const drawn = (sendReports: boolean, chance: number, clicked = page(PUBLIC)) => {
    const { cohort, reportUrl } = newDelivery(link, clicked, { sendReports, random: () => chance, spentMs: 0 });
    return [cohort, reportUrl];
  };
  test.each<[string, unknown[], unknown[]]>([
    ['one in twenty', drawn(true, 0.0499), ['control', 'https://edge.example/']],
    ['and not the others', drawn(true, 0.05), ['mixed', 'https://edge.example/']],
    ['never without reports', drawn(false, 0), ['mixed', null]],
    ['never where nobody is told', drawn(true, 0, page(PUBLIC, { isApart: true })), ['mixed', null]],
  ])('%s', (_name, drawnOne, expected) => {
    expect(drawnOne).toEqual(expected);
  });
});

describe('the policy in force', () => {
  const delivery: Delivery = {
    host: 'cdn.example',
    clickedAtMs: 5_000,
    patience: null,
    spentMs: 0,
    cohort: 'mixed',
    reportUrl: null,
  };
  test.each<[string, Delivery | null | undefined, boolean, string]>([
    ['of what the user added is the user’s', null, false, 'spare-origin'],
    ['of a record of before too', undefined, false, 'spare-origin'],
    ['of a delivery is its own for whoever shares', delivery, true, 'spare-origin'],
    ['of a delivery has no peers for whoever does not', delivery, false, 'peers-off'],
    ['of one to compare with has none for anybody', { ...delivery, cohort: 'control' }, true, 'peers-off'],
  ])('%s', (_name, given, mayShare, expected) => {
    const record = { policy: 'spare-origin', ...(given === undefined ? {} : { delivery: given }) } as const;
    expect(policyInForce(record, mayShare)).toBe(expected);
  });

  test('is explained to the user', () => {
    const told = { ...delivery, reportUrl: 'https://edge.example/x' };
    const shown = (given: Delivery | null, mayShare: boolean, sendsReports: boolean) =>
      deliveryView({ delivery: given }, { mayShare, sendsReports });
    expect(shown(null, true, true)).toBeNull();
    expect(shown(told, true, true)).toEqual({
      host: 'cdn.example',
      patience: null,
      alone: null,
      reportsTo: 'edge.example',
    });
    expect(shown(told, false, false)).toEqual({
      host: 'cdn.example',
      patience: null,
      alone: 'not-sharing',
      reportsTo: null,
    });
    expect(shown({ ...told, cohort: 'control' }, false, true)?.alone).toBe('compared');
  });

  test.each<[string, Partial<Delivery> | null, Patience]>([
    ['the publisher’s, from the click on', { patience: { withinS: 900 } }, { type: 'deadline', atMs: 905_000 }],
    ['the publisher’s, by the rate', { patience: { leastBytesPerS: 7 } }, { type: 'least-rate', bytesPerS: 7 }],
    ['the user’s where the publisher says nothing', {}, { type: 'least-rate', bytesPerS: 2_000_000 }],
    ['the user’s for what the user added', null, { type: 'least-rate', bytesPerS: 2_000_000 }],
  ])('waits by %s', (_name, change, expected) => {
    const patience = { choice: 'least-2-mb', sinceMs: 0 } as const;
    expect(patienceInForce({ patience, delivery: change === null ? null : { ...delivery, ...change } })).toEqual(
      expected,
    );
  });
});

describe('the name of the file', () => {
  test.each<[string, string | null, string | null, string | null]>([
    ['is the link’s', 'Episode 42.mp4', 'https://cdn.example/', 'Episode 42.mp4'],
    ['gets the suffix that it lacks', 'Episode 42', 'https://cdn.example/', 'Episode 42.mp4'],
    ['is the torrent’s without one', null, 'https://cdn.example/', null],
    ['is the torrent’s on the page of another site', 'Episode 42.mp4', PUBLIC, null],
    ['is the torrent’s when the link’s is a path', '../x.mp4', 'https://cdn.example/', null],
    ['is the torrent’s when the link’s runs something', 'x.lnk', 'https://cdn.example/', null],
  ])('%s', (_name, name, url, expected) => {
    expect(fileNameOf({ name, fileUrl: 'https://cdn.example/a' }, { url }, 'ep42.mp4')).toBe(expected);
  });
});

describe('a challenge', () => {
  const nonce = '0123456789abcdef0123456789abcdef';
  test.each<[string, unknown]>([
    ['of one piece', { nonce, pieces: [0] }],
    ['of three pieces, the last one too', { nonce, pieces: [9, 0, 9] }],
  ])('%s is taken', (_name, challenge) => {
    expect(readChallenge(JSON.stringify(challenge), 10)).toEqual(challenge);
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['a page', '<!doctype html>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no nonce', JSON.stringify({ pieces: [0] })],
    ['a nonce in capitals', JSON.stringify({ nonce: nonce.toUpperCase(), pieces: [0] })],
    ['a short nonce', JSON.stringify({ nonce: 'ab', pieces: [0] })],
    ['no piece', JSON.stringify({ nonce, pieces: [] })],
    ['four pieces', JSON.stringify({ nonce, pieces: [0, 1, 2, 3] })],
    ['a piece that there is not', JSON.stringify({ nonce, pieces: [10] })],
    ['half a piece', JSON.stringify({ nonce, pieces: [0.5] })],
    ['text for a piece', JSON.stringify({ nonce, pieces: ['0'] })],
  ])('%s is none', (_name, text) => {
    expect(readChallenge(text, 10)).toBeNull();
  });
});
