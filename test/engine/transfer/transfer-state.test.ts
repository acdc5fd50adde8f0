import { describe, expect, test } from 'vitest';
import { afterStop, nextState, type TransferEvent } from '../../../src/engine/transfer/transfer-state.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { RunningState, TransferState } from '../../../src/model/transfer-view.ts';

const FULL: Failure = { code: 'disk-full', neededBytes: 2, freeBytes: 1 };
const OLD: Failure = { code: 'v2-only' };

const PHASES = ['fetching-metadata', 'checking', 'downloading', 'saving', 'done'] as const;
type Phase = (typeof PHASES)[number];

const EVENTS = {
  'the metadata came': { type: 'metadata-received' },
  'the check found all': { type: 'check-finished', piecesMissing: 0 },
  'the check found gaps': { type: 'check-finished', piecesMissing: 3 },
  'all is verified': { type: 'all-verified' },
  'the rest cannot come': { type: 'settled' },
  'the files are saved': { type: 'files-saved' },
} as const satisfies Record<string, TransferEvent>;
type EventName = keyof typeof EVENTS;

/** Where an event leads that means something in a phase. Whatever is not here changes nothing. */
const MOVES: Readonly<Partial<Record<`${Phase}: ${EventName}`, Phase>>> = {
  'fetching-metadata: the metadata came': 'checking',
  'checking: the check found all': 'saving',
  'checking: the check found gaps': 'downloading',
  'downloading: all is verified': 'saving',
  'downloading: the rest cannot come': 'saving',
  'saving: the files are saved': 'done',
};

const events = Object.entries(EVENTS) as [EventName, TransferEvent][];

describe('while it runs', () => {
  test.each(PHASES.flatMap((phase) => events.map(([name, event]) => [phase, name, event] as const)))(
    '%s: %s',
    (phase, name, event) => {
      expect(nextState({ phase }, event)).toEqual({ phase: MOVES[`${phase}: ${name}`] ?? phase });
    },
  );

  test.each(PHASES)('%s: a pause remembers it, a failure too, resuming changes nothing', (phase) => {
    expect(nextState({ phase }, { type: 'pause-requested' })).toEqual({ phase: 'paused', resumeTo: { phase } });
    const failed = { phase: 'failed', resumeTo: { phase }, failure: FULL };
    expect(nextState({ phase }, { type: 'failed', failure: FULL })).toEqual(failed);
    expect(nextState({ phase }, { type: 'resume-requested' })).toEqual({ phase });
  });
});

const stopped = (resumeTo: RunningState): Exclude<TransferState, RunningState>[] => [
  { phase: 'paused', resumeTo },
  { phase: 'failed', resumeTo, failure: OLD },
];

describe('while it is stopped', () => {
  const rows = PHASES.flatMap((phase) => stopped({ phase }).map((state) => [state.phase, phase, state] as const));

  test.each(rows)('%s in %s: late events and another pause change nothing', (_name, _phase, state) => {
    for (const [, event] of events) expect(nextState(state, event)).toBe(state);
    expect(nextState(state, { type: 'pause-requested' })).toBe(state);
  });

  test.each(rows)('%s in %s: resuming goes on there, or looks at the store again', (_name, phase, state) => {
    const goesOn = phase === 'downloading' || phase === 'saving' ? 'checking' : phase;
    expect(nextState(state, { type: 'resume-requested' })).toEqual({ phase: goesOn });
    expect(afterStop({ phase })).toEqual({ phase: goesOn });
  });

  test.each(PHASES)('a failure of a paused transfer in %s is told', (phase) => {
    const failed = { phase: 'failed', resumeTo: { phase }, failure: FULL };
    expect(nextState({ phase: 'paused', resumeTo: { phase } }, { type: 'failed', failure: FULL })).toEqual(failed);
  });

  test.each(PHASES)('a second failure in %s does not hide the first', (phase) => {
    const state: TransferState = { phase: 'failed', resumeTo: { phase }, failure: OLD };
    expect(nextState(state, { type: 'failed', failure: FULL })).toBe(state);
  });
});
