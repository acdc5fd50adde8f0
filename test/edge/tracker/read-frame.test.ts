import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/edge/limits/edge-limits.ts';
import { binaryOfHex, PeerMessageError, readFrame } from '../../../src/edge/tracker/read-frame.ts';

const HASH = 'ff00112233445566778899aabbccddeeff001122';
const ID = '-RV0001-abcdefghijkl';
const announce = { action: 'announce', info_hash: binaryOfHex(HASH), peer_id: ID };
const offer = (sdp: unknown = 'v=0', offer_id: unknown = ID) => ({ offer: { type: 'offer', sdp }, offer_id });
const read = (message: unknown) => readFrame(JSON.stringify(message), LIMITS);

describe('what peers say', () => {
  test.each([
    ['an announce without an event is an update', announce, { kind: 'update', leftBytes: Infinity, offers: [] }],
    ['of one that has all', { ...announce, event: 'completed', left: 0 }, { kind: 'completed', leftBytes: 0 }],
    ['of one that does not know yet', { ...announce, left: null }, { leftBytes: Infinity }],
    ['a negative rest is none', { ...announce, left: -5 }, { leftBytes: Infinity }],
    ['offers are kept', { ...announce, offers: [offer()] }, { offers: [{ sdp: 'v=0', offerId: ID }] }],
    [
      'an answer',
      { ...announce, answer: { type: 'answer', sdp: 's' }, to_peer_id: ID, offer_id: ID },
      { type: 'answer' },
    ],
    ['a scrape of one', { action: 'scrape', info_hash: binaryOfHex(HASH) }, { type: 'scrape', infoHashes: [HASH] }],
  ])('%s', (_name, message, expected) => {
    expect(read(message)).toMatchObject(expected);
  });

  test('offers beyond the cap are left out', () => {
    const message = read({ ...announce, offers: Array(50).fill(offer()) });
    expect(message.type === 'announce' && message.offers).toHaveLength(LIMITS.offersPerAnnounce);
  });

  test('only type and sdp of an offer are passed on', () => {
    const message = read({ ...announce, offers: [{ offer: { type: 'offer', sdp: 's', more: 'x' }, offer_id: ID }] });
    expect(message).toMatchObject({ offers: [{ sdp: 's', offerId: ID }] });
  });
});

describe('what is refused', () => {
  test.each([
    ['no JSON', '{', 'not JSON'],
    ['a list', '[]', 'not an object'],
    ['nothing', 'null', 'not an object'],
    ['an unknown action', '{"action":"eval"}', 'unknown action'],
    ['an unknown event', JSON.stringify({ ...announce, event: '__proto__' }), 'unknown event'],
    ['a short hash', JSON.stringify({ ...announce, info_hash: 'abc' }), 'bad info_hash'],
    ['a hash of wide characters', JSON.stringify({ ...announce, info_hash: '\u0141'.repeat(20) }), 'bad info_hash'],
    ['a peer id that is a list', JSON.stringify({ ...announce, peer_id: Array(20).fill('a') }), 'bad peer_id'],
    ['an offer of a megabyte', JSON.stringify({ ...announce, offers: [offer('x'.repeat(1e6))] }), 'bad offer'],
    ['an offer without an id', JSON.stringify({ ...announce, offers: [offer('v=0', 7)] }), 'bad offer_id'],
    ['an answer to nobody', JSON.stringify({ ...announce, answer: { type: 'answer', sdp: 's' } }), 'bad to_peer_id'],
    ['a scrape of everything', '{"action":"scrape"}', 'bad info_hash'],
    [
      'a long scrape',
      JSON.stringify({ action: 'scrape', info_hash: Array(65).fill(announce.info_hash) }),
      'more than 64',
    ],
  ])('%s', (_name, text, reason) => {
    expect(() => readFrame(text, LIMITS)).toThrow(PeerMessageError);
    expect(() => readFrame(text, LIMITS)).toThrow(reason);
  });

  test('nothing but a refusal ever comes of nonsense', () => {
    const values = fc.dictionary(
      fc.constantFrom('action', 'info_hash', 'peer_id', 'left', 'offers', 'answer', 'event', 'to_peer_id', 'offer_id'),
      fc.oneof(fc.constantFrom('announce', 'scrape', announce.info_hash, ID), fc.jsonValue()),
    );
    fc.assert(
      fc.property(values, (value) => {
        try {
          expect(['announce', 'answer', 'scrape']).toContain(read(value).type);
        } catch (error) {
          expect(error).toBeInstanceOf(PeerMessageError);
        }
      }),
    );
  });
});
