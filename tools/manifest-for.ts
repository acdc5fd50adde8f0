import type { Browser } from '../vite.config.ts';

type Json = Record<string, unknown>;

/** What only one of the browsers knows; the other warns about it or refuses it. */
const CHROME_ONLY_PERMISSIONS = new Set(['declarativeNetRequestWithHostAccess', 'offscreen']);
/** Firefox lets an extension stop requests; in Chrome only rules do. */
const FIREFOX_ONLY_PERMISSIONS = ['webRequestBlocking'];

/** Chrome takes these too, and then does nothing about them. */
const PROTOCOL_HANDLERS = [{ protocol: 'magnet', name: 'Rivulet', uriTemplate: '/add.html?link=%s' }];

/** The manifest of one browser, made from the one manifest.json. */
export function manifestFor(browser: Browser, source: Json): Json {
  const { key, minimum_chrome_version, browser_specific_settings, ...shared } = source;
  const background = source.background as { service_worker: string; type: string };
  if (browser === 'chrome') {
    const { default_area: _, ...action } = source.action as Json;
    return {
      ...shared,
      action,
      key,
      minimum_chrome_version,
      background: { service_worker: background.service_worker, type: background.type },
    };
  }
  const shareable = (source.permissions as string[]).filter((name) => !CHROME_ONLY_PERMISSIONS.has(name));
  const permissions = [...shareable, ...FIREFOX_ONLY_PERMISSIONS];
  return {
    ...shared,
    permissions,
    browser_specific_settings,
    protocol_handlers: PROTOCOL_HANDLERS,
    background: { scripts: [background.service_worker], type: background.type },
    content_scripts: (source.content_scripts as Json[]).map(({ match_origin_as_fallback, ...script }) => ({
      ...script,
      match_about_blank: match_origin_as_fallback,
    })),
  };
}
