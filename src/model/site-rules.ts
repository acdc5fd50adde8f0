import type { Settings, SiteRule } from './settings.ts';

/** Whether links in a page are to be left to the browser. @param pageUrl An http(s) address; null: unknown. Pure. */
export const isSiteIgnored = (settings: Parameters<typeof ruleOfSite>[0], pageUrl: string | null): boolean =>
  pageUrl !== null && ruleOfSite(settings, new URL(pageUrl).host) === 'ignore';

/**
 * What is done with links in pages of a site: the rule of its host, or of the nearest host above it that has one; null
 * when there is none. A rule with a port is for that port alone. Pure.
 * @param site Host of the page, with its port if it has one (`URL.host`).
 */
export function ruleOfSite(
  { siteRules, startAtOnceSites }: Pick<Settings, 'siteRules' | 'startAtOnceSites'>,
  site: string,
): SiteRule['rule'] | null {
  const [hostname = ''] = site.split(/:\d+$/);
  let nearest: SiteRule | null = null;
  for (const rule of siteRules) {
    const host = rule.host.toLowerCase();
    const covers = host === site || host === hostname || hostname.endsWith(`.${host}`);
    if (covers && (nearest === null || host.length > nearest.host.length)) nearest = rule;
  }
  if (nearest !== null) return nearest.rule;
  return startAtOnceSites.includes(site) ? 'start' : null;
}
