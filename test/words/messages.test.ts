import { expect, test } from 'vitest';
import { messageName, messagesOf, textsOfMessages } from '../../src/words/messages.ts';

test.each([
  ['popup', 'settings', 'popup_settings'],
  ['popup', 'links_one', 'popup_links_one'],
  ['settings-page', 'title', 'settings_page_title'],
])('the text %s, %s is called as browsers allow', (part, key, name) => {
  expect(messageName(part, key)).toBe(name);
});

test('texts are written as browsers read them, and read back', () => {
  const parts = { popup: { price: 'costs $5, {name}', plain: 'Add' }, 'settings-page': { title: '$$' } };
  const messages = messagesOf(parts);
  expect(messages).toEqual({
    popup_price: { message: 'costs $$5, {name}' },
    popup_plain: { message: 'Add' },
    settings_page_title: { message: '$$$$' },
  });
  expect([...textsOfMessages(JSON.parse(JSON.stringify(messages)))]).toEqual([
    ['popup_price', 'costs $5, {name}'],
    ['popup_plain', 'Add'],
    ['settings_page_title', '$$'],
  ]);
});

test.each([[null], ['text'], [[]], [{ a: null, b: 'x', c: { message: 3 } }]])('%j has no texts', (messages) => {
  expect(textsOfMessages(messages).size).toBe(0);
});
