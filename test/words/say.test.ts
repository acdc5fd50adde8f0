import { afterEach, describe, expect, test } from 'vitest';
import { isRightToLeft, speak, spokenTag, wordsOf } from '../../src/words/say.ts';

const ENGLISH = { hello: 'Hello {name}', links_one: 'One link', links_other: '{count} links' } as const;
const say = wordsOf('sample', ENGLISH);

afterEach(() => speak('en', new Map()));

describe('what a screen says', () => {
  test('is English until a language is chosen', () => {
    expect(say('hello', { name: 'Ada' })).toBe('Hello Ada');
    expect(say.count('links', 1)).toBe('One link');
    expect(say.count('links', 2_000)).toBe('2,000 links');
    expect([spokenTag(), isRightToLeft()]).toEqual(['en', false]);
  });

  test('is in the language that was chosen, and English where that lacks a text', () => {
    speak('de', new Map([['sample_hello', 'Hallo {name}']]));
    expect(say('hello', { name: 'Ada' })).toBe('Hallo Ada');
    expect(say.count('links', 2_000)).toBe('2.000 links');
  });

  test('has as many plural forms as its language', () => {
    const forms = ['zero', 'one', 'two', 'few', 'many', 'other'].map((form) => [`sample_links_${form}`, form] as const);
    speak('ar', new Map(forms));
    expect([0, 1, 2, 3, 11, 100].map((count) => say.count('links', count))).toEqual([
      'zero',
      'one',
      'two',
      'few',
      'many',
      'other',
    ]);
    expect([spokenTag(), isRightToLeft()]).toEqual(['ar', true]);
  });

  test('shows a gap that nothing fills, and never runs what fills one', () => {
    expect(say('hello')).toBe('Hello {name}');
    expect(say('hello', { name: '{count} $& <b>' })).toBe('Hello {count} $& <b>');
  });

  test('keeps what fills a gap apart from a sentence that runs the other way', () => {
    speak('ar', new Map([['sample_hello', 'مرحبا {name}']]));
    expect(say('hello', { name: 'Ada' })).toBe('مرحبا \u2068Ada\u2069');
  });

  test('is read as properties, too, each time in the language of that time', () => {
    const WORDS = say.with({ greet: (name: string) => say('hello', { name }) });
    expect([WORDS.hello, WORDS.greet('Ada')]).toEqual(['Hello {name}', 'Hello Ada']);
    speak('de', new Map([['sample_hello', 'Hallo {name}']]));
    expect([WORDS.hello, WORDS.greet('Ada')]).toEqual(['Hallo {name}', 'Hallo Ada']);
  });
});
