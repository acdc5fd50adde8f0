import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/publish/command.ts';
import { PUBLISH_HELP, readPublishOptions } from '../../src/publish/publish-options.ts';

const read = (line: string) => readPublishOptions(line.split(' '));

test('the least is a folder and its address', () => {
  expect(read('./media --base https://cdn.example')).toEqual({
    folder: './media',
    site: {
      baseUrl: 'https://cdn.example/',
      mirrorUrls: [],
      trackers: [],
      shards: 'none',
      policy: null,
      reportUrl: null,
    },
    feed: null,
    isJson: false,
    rehashes: false,
  });
});

test('everything can be said', () => {
  const words = [
    ...['--base=https://cdn.example/m', '--mirror', 'https://m2.example', '--mirror', 'https://m3.example/x/', 'media'],
    ...['--tracker', 'wss://a.example', '--tracker', 'wss://b.example/s/', '--shards', '16', '--json', '--rehash'],
    ...['--policy', 'spare-origin;within=900', '--report', 'https://edge.example/', '--feed', 'podcast.xml'],
  ];
  expect(readPublishOptions(words)).toEqual({
    folder: 'media',
    site: {
      baseUrl: 'https://cdn.example/m/',
      mirrorUrls: ['https://m2.example/', 'https://m3.example/x/'],
      trackers: ['wss://a.example', 'wss://b.example/s/'],
      shards: '16',
      policy: 'spare-origin; within=900',
      reportUrl: 'https://edge.example/',
    },
    feed: 'podcast.xml',
    isJson: true,
    rehashes: true,
  });
});

test('what is said twice counts once, and the origin is no mirror of itself', () => {
  const options = read(
    'm --base https://a.example --mirror https://a.example/ --mirror https://b.example --mirror https://b.example/',
  );
  expect(options?.site.mirrorUrls).toEqual(['https://b.example/']);
});

describe('what cannot be understood is told in a sentence', () => {
  test.each([
    ['--base https://cdn.example', 'Which folder'],
    ['media', 'Where will the folder be'],
    ['a b --base https://cdn.example', '"b" is one too many'],
    ['media --base cdn.example', 'is not an address'],
    ['media --base https://u:p@cdn.example', 'login'],
    ['media --base https://cdn.example --mirror nowhere', 'is not an address'],
    ['media --base https://cdn.example --tracker nobody', 'is not a tracker'],
    ['media --base https://cdn.example --shards 7', 'none, 16 or 256, not "7"'],
    ['media --base https://cdn.example --policy quick', 'is not a policy'],
    ['media --base https://cdn.example --report edge', 'is not the address of an edge'],
    ['media --bass https://cdn.example', "Unknown option '--bass'."],
    ['media --base', "'--base <value>' argument missing."],
  ])('%s', (line, reason) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(reason);
  });
});

test('help names every option and comes first', () => {
  expect(read('--help --base nonsense')).toBeNull();
  expect(read('-h')).toBeNull();
  for (const option of ['base', 'mirror', 'tracker', 'shards', 'policy', 'report', 'feed', 'rehash', 'json', 'help']) {
    expect(PUBLISH_HELP).toContain(`  --${option} `);
  }
});
