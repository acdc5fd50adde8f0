import { expect, test } from 'vitest';
import { wasTaken } from '../../src/content/was-taken.ts';
import type { Reply } from '../../src/model/commands.ts';
import type { TransferId } from '../../src/model/ids.ts';

test.each<[string, Reply<'link.capture'> | null, boolean]>([
  ['added', { ok: true, output: { id: 'adding-1' as TransferId, wasThere: false, isStaged: false } }, true],
  ['a bad link, which the list shows', { ok: false, failure: { code: 'bad-link', text: 'magnet:' } }, true],
  ['a v2 torrent, which the list shows', { ok: false, failure: { code: 'v2-only' } }, true],
  ['one of too many, which the user is told', { ok: false, failure: { code: 'too-many', limit: 20 } }, true],
  ['refused at the door', { ok: false, failure: { code: 'rejected', reason: 'too long' } }, false],
  ['an engine host that is gone', { ok: false, failure: { code: 'no-answer' } }, false],
  ['a background that is gone', null, false],
])('%s', (_name, reply, expected) => {
  expect(wasTaken(reply)).toBe(expected);
});
