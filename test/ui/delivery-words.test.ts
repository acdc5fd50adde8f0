import { expect, test } from 'vitest';
import type { DeliveryView, TransferState } from '../../src/model/transfer-view.ts';
import { deliverySentences } from '../../src/ui/words/delivery-words.ts';
import { publishedPatienceWords } from '../../src/ui/words/policy-words.ts';

const RUNNING: TransferState = { phase: 'downloading' };
const DONE: TransferState = { phase: 'done' };
const delivery = (change: Partial<DeliveryView> = {}): DeliveryView => ({
  host: 'cdn.example',
  patience: null,
  alone: null,
  reportsTo: null,
  ...change,
});

test.each<[string, DeliveryView | null, TransferState, readonly RegExp[]]>([
  ['what the user added', null, RUNNING, []],
  ['a delivery with peers, of which nobody is told', delivery(), RUNNING, []],
  [
    'one that is told of',
    delivery({ reportsTo: 'edge.example' }),
    RUNNING,
    [/^edge\.example will be told.*bytes and seconds/],
  ],
  ['one before the user shares', delivery({ alone: 'not-sharing' }), RUNNING, [/peers join when you choose to share/]],
  ['that one when it is done', delivery({ alone: 'not-sharing' }), DONE, []],
  [
    'one to compare with',
    delivery({ alone: 'compared', reportsTo: 'edge.example' }),
    RUNNING,
    [/^Comes without peers, so that cdn\.example has .*one in twenty.*Another policy ends that/, /^edge\.example/],
  ],
  ['that one when it is done', delivery({ alone: 'compared' }), DONE, [/^Came without peers, .*send reports\.$/]],
])('%s', (_name, given, state, expected) => {
  const sentences = deliverySentences({ delivery: given, state });
  expect(sentences).toHaveLength(expected.length);
  for (const [at, words] of expected.entries()) expect(sentences[at]).toMatch(words);
});

test.each([
  [{ withinS: 900 }, 'Published: 15 min'],
  [{ leastBytesPerS: 2_000_000 }, 'Published: 2.0 MB/s'],
])('a patience of a publisher reads well: %o', (patience, name) => {
  expect(publishedPatienceWords(patience).name.replaceAll('\u00a0', ' ')).toBe(name);
});
