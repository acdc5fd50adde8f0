import { expect, test } from 'vitest';
import { fits, hitsIn, wordsIn } from '../../../src/ui/settings/find-settings.ts';

const marked = (text: string, query: string): string => {
  let shown = '';
  let at = 0;
  for (const { start, end } of hitsIn(text, wordsIn(query))) {
    shown += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return shown + text.slice(at);
};

test.each([
  ['a word', 'Download limit', 'limit', 'Download [limit]'],
  ['a part of one, without capitals', 'Download limit', 'LOAD', 'Down[load] limit'],
  ['several, in any order', 'Download limit', 'lim down', '[Down]load [lim]it'],
  ['each time it is there', 'up and up', 'up', '[up] and [up]'],
  ['what lies in each other once', 'trackers', 'track ackers', '[trackers]'],
  ['what has accents, by what has none', 'Réglages du débit', 'debit', 'Réglages du [débit]'],
  ['what has none, by what has accents', 'Debit', 'débit', '[Debit]'],
  ['letters that become several', 'İstanbul', 'istanbul', '[İstanbul]'],
  ['Japanese', '速度と予定', '予定', '速度と[予定]'],
  ['nothing where it is not', 'Download limit', 'seeding', 'Download limit'],
  ['nothing for blanks', 'Download limit', '   ', 'Download limit'],
])('it marks %s', (_name, text, query, expected) => {
  expect(marked(text, query)).toBe(expected);
});

test.each([
  ['ip address', true],
  ['address policy', true],
  ['address nowhere', false],
  ['', true],
])('"%s" fits: %s', (query, expected) => {
  expect(fits(wordsIn(query), ['Who sees your IP address', 'Policy'])).toBe(expected);
});
