import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { manifestFor } from '../../tools/manifest-for.ts';

type Json = Record<string, unknown>;

const source: Json = JSON.parse(readFileSync('manifest.json', 'utf8'));
const manifests = { chrome: manifestFor('chrome', source), firefox: manifestFor('firefox', source) };

/** What is at a path such as `background.scripts` or `content_scripts.0.js`; undefined when there is nothing. */
const at = (manifest: unknown, path: string) =>
  path.split('.').reduce<unknown>((value, name) => (value as Json | undefined)?.[name], manifest);

test.each([
  // path                                    in Chrome  in Firefox
  ['key', true, false],
  ['minimum_chrome_version', true, false],
  ['background.service_worker', true, false],
  ['content_scripts.0.match_origin_as_fallback', true, false],
  ['background.scripts', false, true],
  ['browser_specific_settings.gecko.id', false, true],
  ['browser_specific_settings.gecko.data_collection_permissions', false, true],
  ['action.default_area', false, true],
  ['content_scripts.0.match_about_blank', false, true],
  ['protocol_handlers.0.uriTemplate', false, true],
  ['omnibox.keyword', true, true],
  ['background.type', true, true],
  ['action.default_popup', true, true],
  ['content_security_policy.extension_pages', true, true],
  ['host_permissions', true, true],
  // A page can load nothing of ours, and so cannot see that we are there.
  ['web_accessible_resources', false, false],
  ['externally_connectable', false, false],
])('%s: in Chrome %s, in Firefox %s', (path, inChrome, inFirefox) => {
  expect(at(manifests.chrome, path) !== undefined).toBe(inChrome);
  expect(at(manifests.firefox, path) !== undefined).toBe(inFirefox);
});

test.each([
  ['what plays and what is shown is ours, or was made by our pages', "media-src 'self' blob:"],
  ['pictures', "img-src 'self' data: blob:"],
  ['scripts are files of ours', "script-src 'self'"],
  ['nothing else', "default-src 'self'"],
])('the policy of our pages: %s', (_name, rule) => {
  for (const manifest of Object.values(manifests)) {
    const policy = String(at(manifest, 'content_security_policy.extension_pages'));
    expect(policy.split(';').map((it) => it.trim())).toContain(rule);
  }
});

const ASKED_BY_BOTH = ['alarms', 'contextMenus', 'downloads', 'downloads.open', 'notifications'];
const ALSO = ['scripting', 'unlimitedStorage', 'webRequest'];

test.each([
  ['chrome', [...ASKED_BY_BOTH, ...ALSO, 'declarativeNetRequestWithHostAccess', 'offscreen'].sort()],
  ['firefox', [...ASKED_BY_BOTH, ...ALSO, 'webRequestBlocking'].sort()],
] as const)('%s asks for these permissions and no other', (browser, permissions) => {
  expect([...(manifests[browser].permissions as string[])].sort()).toEqual([...permissions].sort());
});

test('both run the same scripts, and the source is left as it was', () => {
  expect(at(manifests.chrome, 'background.service_worker')).toBe(at(manifests.firefox, 'background.scripts.0'));
  expect(at(manifests.chrome, 'content_scripts.0.js')).toEqual(at(manifests.firefox, 'content_scripts.0.js'));
  expect(source).toEqual(JSON.parse(readFileSync('manifest.json', 'utf8')));
});
