import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchTorrent } from '../../../src/platform/browser/fetch-torrent.ts';
import { type OriginServer, startOriginServer } from '../../support/origin-server.ts';

let server: OriginServer;
beforeAll(async () => {
  server = await startOriginServer();
});
afterAll(() => server.close());

const METALINK = '<?xml version="1.0"?>\n<!-- made by hand -->\n<metalink xmlns="urn:ietf:params:xml:ns:metalink"/>';

test.each<[string, string, string]>([
  ['a .torrent', 'd4:infod4:name1:aee', 'taken'],
  ['a Metalink', METALINK, 'taken'],
  ['a Metalink with a prefix', '<m:metalink xmlns:m="urn:ietf:params:xml:ns:metalink"/>', 'taken'],
  ['a web page', '<!doctype html><title>Log in</title>', 'torrent-is-web-page'],
  ['a web page in XML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'torrent-is-web-page'],
  ['a web page about metalinks', '\n <html><body>What is a metalink?</body></html>', 'torrent-is-web-page'],
])('%s at an address is judged by its content', async (_name, content, expected) => {
  server.serve('/get', new TextEncoder().encode(content), 'application/octet-stream');
  const fetched = await fetchTorrent(`${server.url}/get`, false, new AbortController().signal);
  expect(fetched.ok ? 'taken' : fetched.failure.code).toBe(expected);
  if (fetched.ok) expect(new TextDecoder().decode(fetched.bytes)).toBe(content);
});

test('the login of an address is said to its server', async () => {
  server.serve('/mine', new TextEncoder().encode('d4:infod4:name1:aee'), 'application/octet-stream');
  const address = `${server.url.replace('//', '//ann:secret@')}/mine`;
  expect((await fetchTorrent(address, false, new AbortController().signal)).ok).toBe(true);
  expect(server.requests.at(-1)?.headers.authorization).toBe(`Basic ${btoa('ann:secret')}`);
});
