import { expect, test } from 'vitest';
import { PieceState } from '../../../src/engine/schedule/plan-view.ts';
import { type OriginOutlook, type Outlook, unobtainablePieces } from '../../../src/engine/transfer/unobtainable.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';

const { free, inRun, open, held } = PieceState;
const lacking = (...pieces: number[]): OriginOutlook => ({
  isDropped: false,
  isGone: false,
  lacks: new Set(pieces as PieceIndex[]),
});
const GOOD = lacking();
const GONE = { ...GOOD, isGone: true };
const DROPPED = { ...GONE, isDropped: true };

const at = (changes: Partial<Outlook> = {}): Outlook => ({
  states: Uint8Array.of(held, free, held, free),
  left: 2,
  holders: new Uint16Array(4),
  origins: [lacking(1, 3)],
  quietMs: 5_000,
  hasTrackers: false,
  ...changes,
});

test.each<[string, Partial<Outlook>, number[] | null]>([
  ['what the only origin lacks', {}, [1, 3]],
  ['nothing, when all is there', { states: Uint8Array.of(held, held, held, held), left: 0 }, null],
  ['nothing while an origin may bring one of them', { origins: [lacking(1)] }, null],
  ['nothing while another origin may', { origins: [lacking(1, 3), GOOD] }, null],
  ['what one origin lacks and no other is left to bring', { origins: [lacking(1, 3), GONE, DROPPED] }, [1, 3]],
  ['what each of two origins lacks', { origins: [lacking(1, 3), lacking(0, 1, 2, 3)] }, [1, 3]],
  ['nothing without origins: peers come and go', { origins: [] }, null],
  ['nothing when all origins are only gone', { origins: [GONE] }, null],
  [
    'nothing when the only origin lied: what it would have had is not known',
    { origins: [{ ...lacking(1, 3), ...DROPPED }] },
    null,
  ],
  ['what a gone origin was known to lack', { origins: [{ ...lacking(1, 3), isGone: true }] }, [1, 3]],
  ['nothing while a peer has one of them', { holders: Uint16Array.of(0, 0, 0, 1) }, null],
  ['what others have is of no use', { holders: Uint16Array.of(2, 0, 2, 0) }, [1, 3]],
  ['nothing while one is streamed', { states: Uint8Array.of(held, inRun, held, free) }, null],
  ['also one of which a peer that left brought a part', { states: Uint8Array.of(held, open, held, free) }, [1, 3]],
  ['nothing while another is being verified', { left: 3 }, null],
  ['nothing before it has been quiet', { quietMs: 4_999 }, null],
  ['nothing for a minute when a peer may turn up', { quietMs: 59_999, hasTrackers: true }, null],
  ['what nobody brought in that minute', { quietMs: 60_000, hasTrackers: true }, [1, 3]],
])('%s', (_name, changes, expected) => {
  expect(unobtainablePieces(at(changes))).toEqual(expected);
});
