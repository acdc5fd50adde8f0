import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { planForPlayer } from '../../../src/engine/schedule/for-player.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import type { PlanView } from '../../../src/engine/schedule/plan-view.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { askAll, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

const playback = { positionByte: 0, bytesPerS: PIECE / 2 };

/** Ann owes pieces of so much later, and the first one is streamed by an origin of so many bytes a second. */
function worldOf(annOwes: readonly number[], runBytesPerS: number, other: Partial<PlanView> = {}): PlanView {
  const map = new PieceMap(PIECE, 40 * PIECE, new Uint8Array(40));
  const owes = annOwes.flatMap((piece) => askAll(map, piece, 'ann'));
  map.take(1, 0, PIECE);
  const origin = smallOrigin({ rateBytesPerS: runBytesPerS });
  const run = {
    run: 1,
    origin: origin.origin,
    positionByte: 0,
    endByte: PIECE,
    rateBytesPerS: runBytesPerS,
    silentS: 0,
  };
  const peers = [smallPeer('ann', { owes, freeRequests: 0 })];
  return smallView(40, { map, playback, peers, origins: [origin], runs: [run], ...other });
}

function decisionsOf(view: PlanView): string[] {
  const draft = new Draft(view);
  planForPlayer(draft);
  return draft.decisions.map((it) => {
    if (it.type === 'ask' || it.type === 'cancel') return `${it.type} ${it.piece}.${it.block}`;
    return it.type === 'shorten-run' ? `run to ${it.endByte / PIECE}` : it.type;
  });
}

describe('a fast peer that is busy with what is needed later', () => {
  test('drops that for the end of what an origin streams too slowly, and does it afterwards', () => {
    const decisions = decisionsOf(worldOf([20, 21], PIECE / 10));
    expect(decisions[0]).toMatch(/^cancel 21\./);
    expect(decisions.find((it) => it.startsWith('run to'))).toBe('run to 0.9375');
    expect(decisions.find((it) => it.startsWith('ask'))).toBe('ask 0.15');
    const count = (what: string) => decisions.filter((it) => it.startsWith(what)).length;
    expect(count('ask')).toBeLessThanOrEqual(count('cancel'));
  });

  test.each<[string, PlanView]>([
    ['goes on when the origin is fast enough', worldOf([20, 21], 20 * PIECE)],
    [
      'goes on when that is needed soon as well',
      worldOf([1, 2], PIECE / 10, { playback: { positionByte: 0, bytesPerS: 3 * PIECE } }),
    ],
    [
      'goes on when it does not have what is late',
      worldOf([20, 21], PIECE / 10, {
        peers: [smallPeer('ann', { has: (piece) => piece > 0, freeRequests: 0 })],
      }),
    ],
    [
      'goes on with a piece that others may not finish',
      worldOf([20, 21], PIECE / 10, { suspect: new Set([0 as PieceIndex]) }),
    ],
    ['goes on when nobody plays', worldOf([20, 21], PIECE / 10, { playback: null })],
  ])('%s', (_name, view) => {
    expect(decisionsOf(view).filter((it) => !it.startsWith('ask'))).toEqual([]);
  });
});
