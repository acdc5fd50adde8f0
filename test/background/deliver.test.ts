import { describe, expect, test } from 'vitest';
import { deliver } from '../../src/background/deliver.ts';
import type { Reply } from '../../src/model/commands.ts';
import type { TransferId } from '../../src/model/ids.ts';
import type { PublishedLink } from '../../src/model/published-link.ts';
import { FASTEST } from '../../src/model/publisher-policy.ts';
import type { PageSource } from '../../src/platform/webext/command-source.ts';

const LINK: PublishedLink = {
  fileUrl: 'https://cdn.example/ep42.mp4',
  torrentUrl: 'https://cdn.example/ep42.mp4.torrent',
  policy: FASTEST,
  reportUrl: null,
  name: 'Episode 42.mp4',
};
const PAGE: PageSource = { kind: 'page', pageUrl: 'https://cdn.example/', isApart: false, atMs: 0 };
const TRANSFER = {
  ok: true,
  output: { way: 'transfer', added: { id: '0'.repeat(40) as TransferId, wasThere: false, isStaged: false } },
} as const;

/** Delivers with an engine that answers so, and says what the browser was asked to download. */
async function delivered(answer: Reply<'link.deliver'>, page: Partial<PageSource> = {}, refusal?: Error) {
  const downloads: [string, string | null][] = [];
  const reply = await deliver(
    LINK,
    { ...PAGE, ...page },
    {
      ask: async () => answer,
      download: async (url, name) => {
        downloads.push([url, name]);
        if (refusal !== undefined) throw refusal;
      },
    },
  );
  return { reply, downloads };
}

test('a transfer is all there is', async () => {
  expect(await delivered(TRANSFER)).toEqual({ reply: TRANSFER, downloads: [] });
});

describe('the browser downloads the file itself', () => {
  test.each<[string, Reply<'link.deliver'>]>([
    ['when the torrent may not stand for it', { ok: true, output: { way: 'plain' } }],
    ['when the engine does not start', { ok: false, failure: { code: 'no-answer' } }],
    ['when the engine fails', { ok: false, failure: { code: 'store-failed', reason: 'x' } }],
    ['when the engine breaks', { ok: false, failure: { code: 'rejected', reason: 'x' } }],
  ])('%s', async (_name, answer) => {
    const { reply, downloads } = await delivered(answer);
    expect(downloads).toEqual([[LINK.fileUrl, 'Episode 42.mp4']]);
    expect(reply).toEqual({ ok: true, output: { way: 'plain' } });
  });

  test('under a name of its own choice when the page is of another site', async () => {
    const { downloads } = await delivered({ ok: true, output: { way: 'plain' } }, { pageUrl: 'https://news.example/' });
    expect(downloads).toEqual([[LINK.fileUrl, null]]);
  });
});

describe('the click goes the browser’s own way', () => {
  test('in a private window, whose cookies we do not have', async () => {
    const { reply, downloads } = await delivered({ ok: true, output: { way: 'plain' } }, { isApart: true });
    expect(downloads).toEqual([]);
    expect(reply).toMatchObject({ ok: false, failure: { code: 'rejected' } });
  });

  test('when the browser refuses the download', async () => {
    const { reply } = await delivered({ ok: true, output: { way: 'plain' } }, {}, new Error('Invalid URL'));
    expect(reply).toMatchObject({ ok: false, failure: { code: 'rejected', reason: 'Error: Invalid URL' } });
  });
});
