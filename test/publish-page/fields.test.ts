import { describe, expect, test } from 'vitest';
import { type AdvancedFields, NO_FIELDS, readAdvanced } from '../../src/publish-page/advanced.ts';
import { placeOf } from '../../src/publish-page/place-of-file.ts';

describe('the place of a file', () => {
  test.each([
    ['https://a.example/x/ep42.mp4', { ok: true, folderUrl: 'https://a.example/x/', name: 'ep42.mp4' }],
    ['https://a.example/ep%2042.mp4', { ok: true, folderUrl: 'https://a.example/', name: 'ep 42.mp4' }],
    ["https://a.example/it's/a.mp4", { ok: true, folderUrl: 'https://a.example/it%27s/', name: 'a.mp4' }],
    ['https://a.example/a.mp4?id=1', { ok: false, code: 'has-query' }],
    ['https://a.example/x/', { ok: false, code: 'is-folder' }],
    ['https://a.example/%ff.mp4', { ok: false, code: 'odd-name' }],
    ['https://a.example/a%2Fb.mp4', { ok: false, code: 'odd-name' }],
  ])('%s', (url, expected) => {
    expect(placeOf(url)).toEqual(expected);
  });
});

describe('the advanced fields', () => {
  const read = (fields: Partial<AdvancedFields>) => readAdvanced({ ...NO_FIELDS, ...fields }, 'ep42.mp4');

  test('may all be empty', () => {
    expect(read({})).toEqual({ mirrorFolders: [], trackers: [], policy: null, reportUrl: null });
  });

  test('are read line by line', () => {
    expect(
      read({
        mirrors: 'https://m.example/a/ep42.mp4\n\n  https://n.example/ep42.mp4 ',
        trackers: 'wss://t.example/, wss://t.example/\nhttps://u.example/announce',
        policy: 'spare-origin',
        withinMinutes: '2,5',
        reportUrl: 'https://edge.example/',
      }),
    ).toEqual({
      mirrorFolders: ['https://m.example/a/', 'https://n.example/'],
      trackers: ['wss://t.example/', 'https://u.example/announce'],
      policy: 'spare-origin; within=150',
      reportUrl: 'https://edge.example',
    });
  });

  test.each<[string, Partial<AdvancedFields>, RegExp]>([
    ['a mirror that is no address', { mirrors: 'mirror' }, /not the address of a mirror/],
    ['a mirror with another file', { mirrors: 'https://m.example/other.mp4' }, /must be called ep42\.mp4/],
    ['a tracker that is none', { trackers: 'ftp://t.example' }, /is not a tracker/],
    ['no minutes', { policy: 'spare-origin', withinMinutes: 'soon' }, /minutes/],
    ['an edge that is no address', { reportUrl: 'edge' }, /not the address of an edge/],
  ])('refuse %s', (_name, fields, message) => {
    expect(() => read(fields)).toThrow(message);
  });
});
