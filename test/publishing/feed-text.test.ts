import { expect, test } from 'vitest';
import { decodeFeed } from '../../src/publishing/feed-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each([
  '<rss/>',
  '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<rss>ünï 🎧</rss>',
  "<?xml version='1.0' encoding='utf-8'?><rss/>",
  '<?xml version="1.0" encoding="US-ASCII"?><rss/>',
])('%j comes back to the byte', (text) => {
  expect(utf8(decodeFeed(utf8(text)))).toEqual(utf8(text));
});

test.each<[string, Uint8Array, string]>([
  ['bytes that are no UTF-8', Uint8Array.of(0x3c, 0xe9, 0x3e), 'not in UTF-8'],
  ['another encoding by its own word', utf8('<?xml version="1.0" encoding="ISO-8859-1"?><rss/>'), 'in ISO-8859-1'],
])('%s are refused with what to do', (_name, bytes, reason) => {
  expect(() => decodeFeed(bytes)).toThrow(reason);
  expect(() => decodeFeed(bytes)).toThrow('Save it as UTF-8');
});
