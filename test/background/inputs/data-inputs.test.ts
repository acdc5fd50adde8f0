import { describe, expect, test } from 'vitest';
import { DATA_RULES } from '../../../src/background/inputs/data-inputs.ts';
import type { DataCommands } from '../../../src/model/commands/data-commands.ts';
import { MAX_STATE_CHARS } from '../../../src/model/limits.ts';
import { DEFAULT_SETTINGS } from '../../../src/model/settings.ts';
import { DATA_INPUTS } from './data-input-samples.ts';

const ID = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
const names = Object.keys(DATA_RULES) as (keyof DataCommands)[];

test.each(names)('%s: is taken from screens alone', (name) => {
  expect(DATA_RULES[name].acceptsFrom).toEqual(['ui']);
  expect(DATA_RULES[name].parse(DATA_INPUTS[name])).toMatchObject({ ...(DATA_INPUTS[name] ?? {}) });
});

describe('addresses of sources', () => {
  const parse = DATA_RULES['transfer.add-sources'].parse;
  const of = (trackers: unknown, origins: unknown = []) => ({ id: ID, trackers, origins });

  test.each([
    'wss://a.example/x',
    'ws://127.0.0.1:8000',
    'udp://a.example:80',
    'https://a.example/announce',
    ' http://a.example ',
  ])('the tracker "%s" is one', (url) => {
    expect(parse(of([url])).trackers).toEqual([url.trim()]);
  });

  test.each([
    'ftp://a.example',
    'a.example',
    '',
    'wss:',
    'javascript:alert(1)',
    7,
    null,
    `wss://a.example/${'x'.repeat(9_000)}`,
  ])('the tracker %j is none', (url) => {
    expect(() => parse(of([url]))).toThrow();
  });

  test.each(['wss://a.example/x', 'udp://a.example:80', 'file:///etc/passwd', 'http:'])(
    'the origin "%s" is none',
    (url) => {
      expect(() => parse(of([], [url]))).toThrow();
    },
  );

  test('more than a torrent may have are refused', () => {
    expect(() => parse(of(Array(65).fill('wss://a.example/x')))).toThrow();
  });
});

describe('a saved state at the door', () => {
  const parse = DATA_RULES['state.import'].parse;
  const withSettings = (settings: unknown) => JSON.stringify({ format: 'rivulet-state', version: 1, settings });

  test('brings all settings but those that a person has to agree to here', () => {
    const { sharing, sendReports, allowLocalAddresses, ...others } = DEFAULT_SETTINGS;
    const text = withSettings({ ...others, sharing: 'share', sendReports: true, allowLocalAddresses: true });
    expect(parse({ text })).toEqual({ text, settings: others });
    expect([sharing, sendReports, allowLocalAddresses]).toEqual(['not-asked', false, false]);
  });

  test('leaves out settings that cannot be read, each for itself', () => {
    const text = withSettings({ maxRunning: 1e9, language: 'tlh', notifyWhenDone: false, invented: 1 });
    expect(parse({ text }).settings).toEqual({ notifyWhenDone: false });
  });

  test.each(['', 'no JSON', 'null', '[]', '7', '{"settings":7}', '{"settings":["sharing"]}'])(
    '%j brings none',
    (text) => {
      expect(parse({ text })).toEqual({ text, settings: {} });
    },
  );

  test('takes settings from the text alone', () => {
    expect(() => parse({ text: '{}', settings: { sharing: 'share' } })).toThrow();
  });

  test('is refused when it is too long for a message', () => {
    expect(() => parse({ text: 'x'.repeat(MAX_STATE_CHARS + 1) })).toThrow();
  });
});
