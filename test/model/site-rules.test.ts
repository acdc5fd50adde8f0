import { expect, test } from 'vitest';
import type { SiteRule } from '../../src/model/settings.ts';
import { ruleOfSite } from '../../src/model/site-rules.ts';

const siteRules: SiteRule[] = [
  { host: 'archive.test', rule: 'start' },
  { host: 'old.archive.test', rule: 'ask' },
  { host: 'Shop.test', rule: 'ignore' },
  { host: 'localhost:8080', rule: 'start' },
];

test.each([
  ['archive.test', 'start'],
  ['www.archive.test', 'start'],
  ['old.archive.test', 'ask'],
  ['very.old.archive.test', 'ask'],
  ['archive.test:8443', 'start'],
  ['notarchive.test', null],
  ['shop.test', 'ignore'],
  ['localhost:8080', 'start'],
  ['localhost:8081', null],
  ['once.test', 'start'],
  ['www.once.test', null],
])('links in pages of %s: %s', (site, rule) => {
  expect(ruleOfSite({ siteRules, startAtOnceSites: ['once.test', 'old.archive.test'] }, site)).toBe(rule);
});
