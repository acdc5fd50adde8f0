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
  const addAll: Actions['addAll'] = async (urls) => {
    const added = await Promise.all(urls.map(add));
    return { ok: true, output: { added: added.flatMap((one) => (one.ok ? [one.output] : [])), leftOut: 0 } };
  };
  const addPageLinks: Actions['addPageLinks'] = async () => ({ ok: false, failure: { code: 'no-answer' } });
  const addFile: Actions['addFile'] = (file) => add(`magnet:${file.name}`);
  return { asked, adding: new AddModel({ add, addAll, addFile, addPageLinks }) };
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

const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
const A = `magnet:?xt=urn:btih:${HASH}&dn=a`;
const B = `magnet:?xt=urn:btih:${HASH}&dn=b`;

describe('several links', () => {
  test('that are submitted are added at once, and leave the field', async () => {
    const { adding, asked } = world();
    adding.write(`${A} ${B}`);
    await adding.submit();
    expect([asked, adding.text.value]).toEqual([[A, B], '']);
    expect(adding.outcome.value).toEqual({ kind: 'added-many', count: 2, known: 0, leftOut: 0 });
  });
  test('that are pasted are added at once; one goes into the field', () => {
    const { adding, asked } = world();
    expect([adding.takePaste(A), adding.takePaste(`first ${A}\nthen ${B}`)]).toEqual([false, true]);
    expect(asked).toEqual([A, B]);
  });
  test('that are dropped are added at once, without the words around them', async () => {
    const { adding, asked } = world();
    await adding.takeText(`first ${A}\nthen ${B}`);
    expect(asked).toEqual([A, B]);
  });
  test('of a page that does not answer are explained', async () => {
    const { adding } = world();
    await adding.takePage();
    expect(adding.outcome.value).toEqual({ kind: 'failed', failure: { code: 'no-answer' } });
  });
  test('are one when the words around it are none', async () => {
    const { adding, asked } = world();
    adding.write(`here: ${A}`);
    await adding.submit();
    expect(asked).toEqual([A]);
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
  ['a Metalink', file('a.meta4'), 'added', ['magnet:a.meta4']],
  ['a Metalink by its type', file('a', 'application/metalink4+xml'), 'added', ['magnet:a']],
  ['an older Metalink', file('a.metalink'), 'added', ['magnet:a.metalink']],
  ['no film', file('film.mkv', 'video/x-matroska'), 'failed', []],
  ['no file that is too large', file('a.torrent', '', MAX_TORRENT_FILE_BYTES + 1), 'failed', []],
])('takes of dropped files %s', async (_name, dropped, kind, expected) => {
  const { adding, asked } = world();
  await adding.takeFiles([dropped]);
  expect([adding.outcome.value.kind, asked]).toEqual([kind, expected]);
});
