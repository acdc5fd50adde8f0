import type { Settings } from '../../model/settings.ts';

/**
 * Everything that can be set, in the order of the page. Each has the settings that it writes: what a reset puts back.
 * Whether the user shares is no matter of resetting: nothing but a choice of the user's own changes that.
 */
export const SETTING_GROUPS = [
  {
    id: 'downloads',
    entries: [entry('askFirst', 'askFirst'), entry('policy', 'policy'), entry('notify', 'notifyWhenDone')],
  },
  {
    id: 'speed',
    entries: [
      entry('down', 'downBytesPerS'),
      entry('up', 'upBytesPerS'),
      entry('schedule', 'schedule'),
      entry('quiet', 'quietWhileBrowsing'),
      entry('metered', 'pauseOnMetered'),
    ],
  },
  { id: 'queue', entries: [entry('maxRunning', 'maxRunning'), entry('allPaused', 'isAllPaused')] },
  {
    id: 'seeding',
    entries: [
      entry('sharing'),
      entry('ratio', 'goals'),
      entry('hours', 'goals'),
      entry('daily', 'goals'),
      entry('uploadSlots', 'uploadSlots'),
    ],
  },
  {
    id: 'sources',
    entries: [
      entry('maxPeers', 'maxPeers'),
      entry('addsTrackers', 'addsTrackers'),
      entry('extraTrackers', 'extraTrackers'),
    ],
  },
  {
    id: 'sites',
    entries: [
      entry('hybrid', 'hybridDownloads'),
      entry('siteRules', 'siteRules'),
      entry('startAtOnce', 'startAtOnceSites'),
    ],
  },
  {
    id: 'privacy',
    entries: [
      entry('peersSee'),
      entry('local', 'allowLocalAddresses'),
      entry('reports', 'sendReports'),
      entry('stun', 'stunServers'),
      entry('turn', 'turnServers'),
    ],
  },
  { id: 'language', entries: [entry('chooseLanguage', 'language')] },
  { id: 'data', entries: [entry('keepCopy', 'keepCopy'), entry('resetAll')] },
] as const;

export type GroupId = (typeof SETTING_GROUPS)[number]['id'];
export type EntryId = (typeof SETTING_GROUPS)[number]['entries'][number]['id'];
export type SettingKey = keyof Settings;

/** The settings that a group writes. */
export const keysOf = (group: GroupId): SettingKey[] =>
  SETTING_GROUPS.flatMap(({ id, entries }) => (id === group ? entries.flatMap(({ keys }) => [...keys]) : []));

function entry<const Id extends string, const Keys extends readonly SettingKey[]>(id: Id, ...keys: Keys) {
  return { id, keys };
}
