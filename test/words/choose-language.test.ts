import { expect, test } from 'vitest';
import { languagesFor } from '../../src/words/choose-language.ts';

test.each([
  ['a language that was chosen, whatever the browser speaks', 'fr', ['de'], ['fr', 'en']],
  ['English alone, when it was chosen', 'en', ['de'], ['en']],
  ['the browser’s own', 'browser', ['de'], ['de', 'en']],
  ['it for a country, too', 'browser', ['de-AT'], ['de', 'en']],
  ['the next that its user reads', 'browser', ['it', 'es-MX', 'fr'], ['es', 'fr', 'en']],
  ['each once', 'browser', ['ar-EG', 'ar', 'en-US'], ['ar', 'en']],
  ['English before what is read less', 'browser', ['en-GB', 'de'], ['en', 'de']],
  ['Chinese', 'browser', ['zh'], ['zh_CN', 'en']],
  ['Simplified Chinese', 'browser', ['zh-Hans-SG'], ['zh_CN', 'en']],
  ['no Simplified Chinese for Taiwan', 'browser', ['zh-TW'], ['en']],
  ['none for Hong Kong', 'browser', ['zh-Hant-HK', 'ja'], ['ja', 'en']],
  ['English for what is no tag', 'browser', ['', 'not a tag', '123'], ['en']],
  ['English for nothing', 'browser', [], ['en']],
] as const)('it tries %s', (_name, choice, tags, expected) => {
  expect(languagesFor(choice, tags)).toEqual(expected);
});
