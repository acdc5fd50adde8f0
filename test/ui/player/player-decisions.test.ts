import { describe, expect, test } from 'vitest';
import type { FileIndex, TransferId } from '../../../src/model/ids.ts';
import { PIECE_LOOKS, type PieceLook, type PieceRuns } from '../../../src/model/player.ts';
import { clockTime } from '../../../src/ui/player/clock-time.ts';
import { coverOf } from '../../../src/ui/player/cover-state.ts';
import { type KeyPlace, speedAfter, wishOfKey } from '../../../src/ui/player/keys.ts';
import { barOfPieces, bytesHere } from '../../../src/ui/player/piece-bar.ts';
import { neighbourOf, playlistOf } from '../../../src/ui/player/playlist.ts';
import {
  MAX_REMEMBERED_FILES,
  NOTHING_REMEMBERED,
  placeToContinue,
  readRemembered,
  watchedOf,
  watchedPart,
  withPlace,
} from '../../../src/ui/player/remembered.ts';
import { secondsToWait, type WaitMark, withMark } from '../../../src/ui/player/waiting-time.ts';
import { pausedView, sampleView } from '../../support/gallery/sample-view.ts';

test.each([
  [0, '0:00'],
  [7.9, '0:07'],
  [754, '12:34'],
  [3723, '1:02:03'],
  [-3, '0:00'],
  [Number.NaN, '–:––'],
  [Number.POSITIVE_INFINITY, '–:––'],
])('%d seconds are %s', (seconds, text) => {
  expect(clockTime(seconds)).toBe(text);
});

describe('keys', () => {
  const key = (name: string, place: KeyPlace = 'stage', more = {}) =>
    wishOfKey({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...more }, place);
  test.each([
    [' ', { do: 'toggle' }],
    ['K', { do: 'toggle' }],
    ['ArrowLeft', { do: 'seek', byS: -5 }],
    ['l', { do: 'seek', byS: 10 }],
    ['>', { do: 'speed', steps: 1 }],
    ['7', { do: 'seek-part', part: 0.7 }],
    ['?', { do: 'help' }],
    ['x', null],
    ['toString', null],
    ['Tab', null],
  ])('%j', (name, wish) => {
    expect(key(name)).toEqual(wish);
  });
  test.each([
    ['leaves Space to a button', ' ', 'button'],
    ['leaves arrows to a slider', 'ArrowLeft', 'choice'],
    ['leaves letters to a field', 'k', 'field'],
    ['leaves scrolling to the page', 'ArrowDown', 'page'],
  ] as const)('%s', (_name, name, place) => {
    expect(key(name, place)).toBeNull();
  });
  test('leaves shortcuts to the browser', () => {
    expect(key('f', 'stage', { ctrlKey: true })).toBeNull();
    expect(key('k', 'choice')).toEqual({ do: 'toggle' });
    expect(key('ArrowLeft', 'button')).toEqual({ do: 'seek', byS: -5 });
  });
  test('speeds end at both ends', () => {
    expect([speedAfter(1, 1), speedAfter(1, -1), speedAfter(2, 1), speedAfter(0.5, -1), speedAfter(1.1, 1)]).toEqual([
      1.25, 0.75, 2, 0.5, 1.25,
    ]);
  });
});

describe('the pieces of a file', () => {
  const look = (name: PieceLook) => PIECE_LOOKS.indexOf(name);
  const layout = { pieceLengthBytes: 100, leadBytes: 50, lengthBytes: 400 };
  test('are cut where the file begins and ends', () => {
    const runs: PieceRuns = [
      [look('peer'), 1],
      [look('missing'), 2],
      [look('origin'), 2],
    ];
    expect(barOfPieces(runs, layout)).toEqual([
      { look: 'peer', start: 0, end: 0.125 },
      { look: 'origin', start: 0.625, end: 1 },
    ]);
    expect(bytesHere(runs, layout)).toBe(200);
  });
  test('that are asked for or bad are not here', () => {
    expect(
      bytesHere(
        [
          [look('asked'), 2],
          [look('bad'), 1],
          [look('mixed'), 1],
          [look('here'), 1],
        ],
        layout,
      ),
    ).toBe(150);
  });
  test('of a large file become columns, and what is asked for is seen among many', () => {
    const runs: PieceRuns = Array.from({ length: 5_000 }, (_, at) => [
      look(at === 2_500 ? 'asked' : at % 2 ? 'peer' : 'origin'),
      1,
    ]);
    const parts = barOfPieces(runs, { pieceLengthBytes: 1, leadBytes: 0, lengthBytes: 5_000 });
    expect(parts.length).toBeLessThanOrEqual(600);
    expect(parts.filter((part) => part.look === 'asked')).toHaveLength(1);
    expect([parts[0]?.start, parts.at(-1)?.end]).toEqual([0, 1]);
  });
  test('of nothing are nothing', () => {
    expect(barOfPieces([[1, 9]], { ...layout, lengthBytes: 0 })).toEqual([]);
    expect(bytesHere([], layout)).toBe(0);
  });
});

describe('what is remembered', () => {
  const id = 'a'.repeat(40) as TransferId;
  const file = 3 as FileIndex;
  const at = (timeS: number, before = NOTHING_REMEMBERED) =>
    withPlace(before, id, file, { timeS, durationS: 1000, atMs: 5 });
  test.each([
    ['goes on where it was left', 300, 300],
    ['begins anew in the last twentieth', 950, null],
    ['begins anew after a few seconds', 8, null],
  ])('%s', (_name, timeS, expected) => {
    expect(placeToContinue(at(timeS), id, file)).toBe(expected);
  });
  test('a file that was seen to its end stays seen, also when it is seen again', () => {
    const seen = at(300, at(990));
    expect(watchedOf(seen, id, file)).toMatchObject({ isDone: true, timeS: 300 });
    expect(watchedPart(watchedOf(seen, id, file))).toBe(1);
    expect(watchedPart(watchedOf(at(250), id, file))).toBe(0.25);
    expect(watchedPart(null)).toBe(0);
  });
  test('going back to the beginning is remembered', () => {
    expect(placeToContinue(at(2, at(300)), id, file)).toBeNull();
  });
  test('is at most so much, and the oldest goes', () => {
    let all = NOTHING_REMEMBERED;
    for (let index = 0; index < MAX_REMEMBERED_FILES + 3; index += 1) {
      all = withPlace(all, id, index as FileIndex, { timeS: 100, durationS: 1000, atMs: index });
    }
    expect(Object.keys(all.files)).toHaveLength(MAX_REMEMBERED_FILES);
    expect(watchedOf(all, id, 2 as FileIndex)).toBeNull();
    expect(watchedOf(all, id, 3 as FileIndex)).not.toBeNull();
  });
  test('survives being written down', () => {
    const all = {
      ...at(300),
      volume: 0.5,
      speed: 1.5,
      subtitles: { isOn: true, language: 'de', size: 'large' as const },
    };
    expect(readRemembered(JSON.stringify(all))).toEqual(all);
  });
  test.each([
    null,
    '',
    '[]',
    '7',
    '{"files":[1],"volume":9,"speed":"x","subtitles":7}',
    '{"files":{"a":{"timeS":-1}}}',
  ])('of %j is nothing', (text) => {
    expect(readRemembered(text)).toEqual(NOTHING_REMEMBERED);
  });
});

describe('the playlist', () => {
  const entries = (...paths: string[]) =>
    paths.map((path, file) => ({ file: file as FileIndex, path: path.split('/'), lengthBytes: 1 }));
  const list = playlistOf(
    entries('S/E10.mkv', 'S/E2.mkv', 'cover.jpg', 'S/E2.de.srt', 'setup.exe', 'S/E1.mp4', 'notes.txt'),
  );
  const names = list.map(({ path }) => path.at(-1));
  test('is what can be shown, films first, as people count', () => {
    expect(names).toEqual(['E1.mp4', 'E2.mkv', 'E10.mkv', 'cover.jpg', 'notes.txt']);
  });
  const beside = (name: string, step: -1 | 1) => {
    const own = list.find(({ path }) => path.at(-1) === name);
    return own === undefined ? 'none' : (neighbourOf(list, own.file, step)?.path.at(-1) ?? null);
  };
  test('films follow films, and images images', () => {
    expect([beside('E1.mp4', 1), beside('E2.mkv', 1), beside('E10.mkv', 1), beside('E1.mp4', -1)]).toEqual([
      'E2.mkv',
      'E10.mkv',
      null,
      null,
    ]);
    expect([beside('cover.jpg', 1), beside('cover.jpg', -1)]).toEqual(['notes.txt', null]);
    expect(neighbourOf(list, 99 as FileIndex, 1)).toBeNull();
  });
});

describe('what covers the picture', () => {
  const now = {
    path: ['film.mp4'],
    transfer: sampleView(1),
    isEngineLost: false,
    hasMediaError: false,
    isStalled: false,
  };
  const failure = { code: 'no-answer' } as never;
  test.each([
    ['nothing while it plays', { phase: { phase: 'playable' } }, null],
    ['the wheel when it stalls', { phase: { phase: 'playable' }, isStalled: true }, 'buffering'],
    ['an error of the element', { phase: { phase: 'playable' }, hasMediaError: true }, 'media-error'],
    ['what is waited for', { phase: { phase: 'filling', readyPart: 0.2 } }, 'filling'],
    ['a transfer that was removed', { phase: { phase: 'playable' }, transfer: 'gone' }, 'gone'],
    ['a transfer that is paused', { phase: { phase: 'stopped', failure: null }, transfer: pausedView(1) }, 'paused'],
    ['its failure', { phase: { phase: 'stopped', failure }, transfer: pausedView(1) }, 'stopped'],
    ['an engine that is silent', { phase: { phase: 'opening' }, isEngineLost: true }, 'lost'],
    [
      'an engine that is silent in the middle',
      { phase: { phase: 'filling', readyPart: 0 }, isEngineLost: true },
      'lost',
    ],
    ['metadata', { phase: { phase: 'finding' } }, 'finding'],
    ['a codec', { phase: { phase: 'unplayable', what: 'video', container: 'MP4', codecs: ['HEVC'] } }, 'unplayable'],
    [
      'nothing of an image, which is no film',
      { path: ['a.png'], phase: { phase: 'unplayable', what: 'container', container: null, codecs: [] } },
      null,
    ],
    [
      'a program',
      { path: ['a.exe'], phase: { phase: 'unplayable', what: 'container', container: null, codecs: [] } },
      'unplayable',
    ],
    ['what is saved', { phase: { phase: 'saved', downloadId: 4 } }, 'saved'],
  ])('%s', (_name, change, kind) => {
    expect(coverOf({ ...now, ...change } as Parameters<typeof coverOf>[0])?.kind ?? null).toBe(kind);
  });
});

describe('the time to wait', () => {
  const marksOf = (...marks: [atMs: number, part: number][]) =>
    marks.reduce<WaitMark[]>((all, [atMs, part]) => withMark(all, { atMs, part }), []);
  test.each([
    ['goes by what came', marksOf([0, 0], [1000, 0.25]), 3],
    ['is not known at first', marksOf([0, 0]), null],
    ['is not known when nothing comes', marksOf([0, 0.1], [5000, 0.1]), null],
    ['begins anew with another wait', marksOf([0, 0.5], [1000, 0.9], [1100, 0.1]), null],
    ['goes by the last seconds', marksOf([0, 0], [15_000, 0.1], [16_000, 0.2]), 8],
  ])('%s', (_name, marks, seconds) => {
    const found = secondsToWait(marks);
    if (seconds === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(seconds, 3);
  });
});
