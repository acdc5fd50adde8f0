import { describe, expect, test } from 'vitest';
import type { TransferId } from '../../src/model/ids.ts';
import { MAX_TORRENT_FILE_BYTES } from '../../src/model/limits.ts';
import type { Actions } from '../../src/ui/actions.ts';
import { AddModel } from '../../src/ui/add-model.ts';

/** An engine that knows magnet links and notes what it was asked. */
function world() {
  const asked: string[] = [];
  const add: Actions['add'] = async (text) => {
    asked.push(text);
    return text.startsWith('magnet:')
      ? {
          ok: true,
          output: { id: text as TransferId, wasThere: asked.filter((one) => one === text).length > 1, isStaged: false },
        }
      : { ok: false, failure: { code: 'bad-link', text } };
  };
  return { asked, adding: new AddModel({ add, addFile: (file) => add(`magnet:${file.name}`) }) };
}

describe('a text', () => {
  test('that is added leaves the field', async () => {
    const { adding } = world();
    adding.write('  magnet:a ');
    await adding.submit();
    expect(adding.text.value).toBe('');
    expect(adding.outcome.value).toEqual({
      kind: 'added',
      added: { id: 'magnet:a', wasThere: false, isStaged: false },
    });
  });
  test('that fails stays, until it is changed', async () => {
    const { adding } = world();
    adding.write('hello');
    await adding.submit();
    expect(adding.text.value).toBe('hello');
    expect(adding.outcome.value).toEqual({ kind: 'failed', failure: { code: 'bad-link', text: 'hello' } });
    adding.write('hello!');
    expect(adding.outcome.value).toEqual({ kind: 'none' });
  });
  test('of nothing is refused without asking', async () => {
    const { adding, asked } = world();
    adding.write('  ');
    await adding.submit();
    expect(adding.outcome.value).toMatchObject({ kind: 'failed', failure: { code: 'bad-link' } });
    expect(asked).toEqual([]);
  });
  test('is sent once, however often "Add" is pressed', async () => {
    const { adding, asked } = world();
    adding.write('magnet:a');
    await Promise.all([adding.submit(), adding.submit()]);
    expect(asked).toEqual(['magnet:a']);
  });
  test('written while the last one is on its way is kept', async () => {
    const { adding } = world();
    adding.write('magnet:a');
    const sent = adding.submit();
    adding.write('magnet:b');
    await sent;
    expect(adding.text.value).toBe('magnet:b');
  });
});

test.each([
  ['each line', 'magnet:a\r\nmagnet:b', ['magnet:a', 'magnet:b'], ''],
  ['no comments of a list of links', '# from a page\nmagnet:a', ['magnet:a'], ''],
  [
    'nothing after a line that fails, which is put into the field',
    'magnet:a\nhello\nmagnet:b',
    ['magnet:a', 'hello'],
    'hello',
  ],
  ['nothing of nothing', '\n', [], ''],
])('takes of dropped text %s', async (_name, dropped, expected, left) => {
  const { adding, asked } = world();
  await adding.takeText(dropped);
  expect([asked, adding.text.value]).toEqual([expected, left]);
});

const file = (name: string, type = '', size = 10) => new File([new Uint8Array(size)], name, { type });

test.each([
  ['a .torrent', file('a.torrent'), 'added', ['magnet:a.torrent']],
  ['an ending in capitals', file('A.TORRENT'), 'added', ['magnet:A.TORRENT']],
  ['a torrent by its type', file('a', 'application/x-bittorrent'), 'added', ['magnet:a']],
  ['no film', file('film.mkv', 'video/x-matroska'), 'failed', []],
  ['no file that is too large', file('a.torrent', '', MAX_TORRENT_FILE_BYTES + 1), 'failed', []],
])('takes of dropped files %s', async (_name, dropped, kind, expected) => {
  const { adding, asked } = world();
  await adding.takeFiles([dropped]);
  expect([adding.outcome.value.kind, asked]).toEqual([kind, expected]);
});
