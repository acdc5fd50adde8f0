import { expect, test } from 'vitest';
import type { ScreenEvent, ScreenMessage } from '../../../src/model/screen-events.ts';
import { DEFAULT_SETTINGS } from '../../../src/model/settings.ts';
import type { TransferView } from '../../../src/model/transfer-view.ts';
import { joinParts } from '../../../src/platform/webext/join-parts.ts';
import { SAMPLE_FACTS } from '../../support/gallery/sample-facts.ts';
import { sampleView } from '../../support/gallery/sample-view.ts';

const [a, b, c, d] = [0, 1, 2, 3].map((nth) => sampleView(nth, { name: 'abcd'[nth] ?? '' })) as [
  TransferView,
  TransferView,
  TransferView,
  TransferView,
];
const rest = { settings: DEFAULT_SETTINGS, engine: SAMPLE_FACTS };
const part = (...transfers: TransferView[]): ScreenMessage => ({ ...rest, type: 'part', transfers, rest: 1 });
const last = (...transfers: TransferView[]): ScreenMessage => ({ ...rest, type: 'snapshot', transfers });
const changed = (...transfers: TransferView[]): ScreenMessage => ({ type: 'changed', transfers, removed: [] });
const removed = ({ id }: TransferView): ScreenMessage => ({ type: 'changed', transfers: [], removed: [id] });

test.each<[string, ScreenMessage[], string[]]>([
  ['a short list is told as it is', [last(a, b)], ['snapshot ab']],
  ['of a long one the first part is told at once', [part(a)], ['first a']],
  ['and all of it with the last', [part(a), part(b), part(c), last(d)], ['first a', 'snapshot abcd']],
  [
    'what changes in between is told, and is in the whole',
    [part(a), changed({ ...a, name: 'A' }), last(b)],
    ['first a', 'changed A', 'snapshot Ab'],
  ],
  ['what goes in between is not', [part(a), part(b), removed(b), last(c)], ['first a', 'changed ', 'snapshot ac']],
  [
    'a part knows better than what was heard before',
    [part(a), changed({ ...b, name: 'B' }), last(b)],
    ['first a', 'changed B', 'snapshot ab'],
  ],
  [
    'a change after the whole stands for itself',
    [part(a), last(b), changed(c)],
    ['first a', 'snapshot ab', 'changed c'],
  ],
])('%s', (_, messages, expected) => {
  const heard: ScreenEvent[] = [];
  const hear = joinParts((event) => heard.push(event));
  for (const message of messages) hear(message);
  const names = (event: ScreenEvent) => ('transfers' in event ? event.transfers.map(({ name }) => name).join('') : '');
  expect(heard.map((event) => `${event.type} ${names(event)}`)).toEqual(expected);
});
