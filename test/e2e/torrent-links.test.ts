import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeTorrent } from '../support/make-torrent.ts';
import { sha256Hex } from '../support/payload.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';

describe.each(BROWSERS)('a .torrent link clicked in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  /** A .torrent that only members get, of a file that anybody gets. */
  function serveToMembers(path: string): MadeTorrent {
    const { site } = world;
    const file = path.replace('.torrent', '.bin');
    const torrent = world.newTorrent(300 * KIB, { urlList: [`${site.url}${file}`] });
    site.serve(path, torrent.torrentBytes);
    site.serve(file, torrent.payload);
    site.behave(path, { requiresCookie: true });
    return torrent;
  }

  test('says that the site answered with a web page, and goes on after the user signed in', async () => {
    const { site, list, browser } = world;
    const torrent = serveToMembers('/members.torrent');
    await world.clickLink('/members.torrent');
    const refused = await list.untilDone('members.torrent');
    expect(refused.state).toBe('failed');
    expect(refused.text).toMatch(/127\.0\.0\.1.*web page.*sign in/i);
    expect(refused.buttons).toEqual(expect.arrayContaining(['Resume', 'Remove']));

    await browser.open(`${site.url}/login`);
    await list.press('members.torrent', 'Resume');
    expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done', name: torrent.name });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    expect(await list.row('members.torrent')).toBeNull();
  });

  test.each(['lax', 'strict'])(
    'sends the cookie of a session that is SameSite=%s to that site alone',
    async (sameSite) => {
      const { site, list, browser } = world;
      const torrent = serveToMembers(`/${sameSite}.torrent`);
      await browser.open(`${site.url}/login?${sameSite}`);
      await world.clickLink(`/${sameSite}.torrent`);
      expect(await list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done' });
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
      const fetched = (path: string) => site.requests.filter((request) => request.path === path);
      expect(fetched(`/${sameSite}.torrent`).map(({ cookies }) => cookies)).toEqual(['session=let-me-in']);
      expect(new Set(fetched(`/${sameSite}.bin`).map(({ cookies }) => cookies))).toEqual(new Set([null]));
    },
  );
});
