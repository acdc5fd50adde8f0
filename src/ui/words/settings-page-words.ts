import english from '../../_locales/en/settings-page.json' with { type: 'json' };
import type { LanguageChoice, SiteRule } from '../../model/settings.ts';
import { formatNumber } from '../../words/numbers.ts';
import { type TextKey, wordsOf } from '../../words/say.ts';
import { numberTag } from '../../words/spoken.ts';
import type { AmountRead } from '../settings/read-amount.ts';
import { type ItemRefusal, MAX_SERVERS } from '../settings/read-item.ts';
import type { EntryId, GroupId } from '../settings/setting-groups.ts';
import { POLICY_WORDS } from './policy-words.ts';
import { SETTINGS_WORDS } from './settings-words.ts';

type Key = TextKey<typeof english>;

const say = wordsOf('settings-page', english);

/** What the page of all settings says, besides titles and meanings. Names of controls are a contract. */
export const SETTINGS_PAGE_WORDS = say.with({
  found: (count: number) => say.count('found', count),
  foundNone: (text: string) => say('foundNone', { text }),
  resetGroupNamed: (group: GroupId) => say('resetGroupNamed', { group: groupTitle(group) }),
  noLimitFor: (setting: string) => say('noLimitFor', { setting }),
  unitOf: (setting: string) => say('unitOf', { setting }),
  ruleFor: (site: string) => say('ruleFor', { site }),
  removeItem: (item: string) => say('removeItem', { item }),
  peersSeeLines: () => [say('peersSeePeers'), say('peersSeeTrackers'), say('peersSeeOrigins'), say('peersSeeHide')],
});

const GROUP_KEYS: { readonly [G in GroupId]: Key } = {
  downloads: 'downloads',
  speed: 'speed',
  queue: 'queue',
  seeding: 'seeding',
  sources: 'sources',
  sites: 'sites',
  privacy: 'privacy',
  language: 'language',
  data: 'data',
};

export const groupTitle = (group: GroupId): string => say(GROUP_KEYS[group]);

type EntryWords = { readonly title: string; readonly means: string; readonly also?: readonly string[] };

const own =
  (title: Key, means: Key, also: () => readonly string[] = () => []) =>
  (): EntryWords => ({
    title: say(title),
    means: say(means),
    also: also(),
  });

const shared =
  (title: keyof typeof SETTINGS_WORDS & string, means: (keyof typeof SETTINGS_WORDS & string) | null) => () => ({
    title: String(SETTINGS_WORDS[title]),
    means: means === null ? '' : String(SETTINGS_WORDS[means]),
  });

/** What the popup calls a setting it is called here, too. */
const ENTRIES: { readonly [E in EntryId]: () => EntryWords } = {
  askFirst: shared('askFirst', 'askFirstMeans'),
  policy: own('policy', 'policyMeans', () => Object.values(POLICY_WORDS).flatMap(({ name, means }) => [name, means])),
  notify: shared('notify', null),
  down: own('down', 'downMeans'),
  up: own('up', 'upMeans'),
  schedule: own('schedule', 'scheduleMeans', () => [say('days'), say('scheduledDown'), say('scheduledUp')]),
  quiet: own('quiet', 'quietMeans'),
  metered: own('metered', 'meteredMeans'),
  maxRunning: own('maxRunning', 'maxRunningMeans'),
  allPaused: own('allPaused', 'allPausedMeans'),
  sharing: () => ({
    title: SETTINGS_WORDS.sharing,
    means: '',
    also: [
      SETTINGS_WORDS.share,
      SETTINGS_WORDS.shareMeans,
      SETTINGS_WORDS.downloadOnly,
      SETTINGS_WORDS.downloadOnlyMeans,
    ],
  }),
  ratio: own('ratio', 'ratioMeans'),
  hours: own('hours', 'hoursMeans'),
  daily: own('daily', 'dailyMeans'),
  uploadSlots: own('uploadSlots', 'uploadSlotsMeans'),
  maxPeers: own('maxPeers', 'maxPeersMeans'),
  addsTrackers: own('addsTrackers', 'addsTrackersMeans'),
  extraTrackers: own('extraTrackers', 'extraTrackersMeans'),
  hybrid: shared('hybrid', 'hybridMeans'),
  siteRules: own('siteRules', 'siteRulesMeans', () => [say('ruleIgnore'), say('ruleAsk'), say('ruleStart')]),
  startAtOnce: own('startAtOnce', 'startAtOnceMeans'),
  peersSee: () => ({ title: say('peersSee'), means: '', also: SETTINGS_PAGE_WORDS.peersSeeLines() }),
  local: shared('local', 'localMeans'),
  reports: shared('reports', 'reportsMean'),
  stun: own('stun', 'stunMeans', () => [say('stunDefault'), say('stunNone'), say('stunOwn')]),
  turn: own('turn', 'turnMeans'),
  chooseLanguage: own('chooseLanguage', 'chooseLanguageMeans', () => Object.values(LANGUAGE_NAMES)),
  keepCopy: own('keepCopy', 'keepCopyMeans', () => [say('keepWhileSharing'), say('keepNever'), say('keepAlways')]),
  resetAll: own('resetAll', 'resetAllMeans'),
};

/** Title and meaning of a setting, and what else it may be looked for by. */
export const entryWords = (entry: EntryId): Required<EntryWords> => ({ also: [], ...ENTRIES[entry]() });

/** Each language by its own name, which whoever reads it finds. */
export const LANGUAGE_NAMES: Readonly<Record<Exclude<LanguageChoice, 'browser'>, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  zh_CN: '简体中文',
  ar: 'العربية',
};

const RULE_KEYS: { readonly [R in SiteRule['rule']]: Key } = {
  ignore: 'ruleIgnore',
  ask: 'ruleAsk',
  start: 'ruleStart',
};

export const ruleWords = (rule: SiteRule['rule']): string => say(RULE_KEYS[rule]);

const REFUSAL_KEYS: { readonly [R in ItemRefusal]: Key } = {
  tracker: 'refusedTracker',
  stun: 'refusedStun',
  turn: 'refusedTurn',
  site: 'refusedSite',
  account: 'refusedAccount',
  twice: 'refusedTwice',
  full: 'refusedFull',
  long: 'refusedLong',
};

/** Why something is not taken into a list. */
export const itemRefusal = (why: ItemRefusal, most = MAX_SERVERS): string => say(REFUSAL_KEYS[why], { most });

/** Why a number is not taken. */
export function amountRefusal(read: Extract<AmountRead, { ok: false }>): string {
  switch (read.why) {
    case 'no-number':
      return say('refusedNumber');
    case 'not-whole':
      return say('refusedWhole');
    case 'too-small':
      return say('refusedSmall', { least: read.bound });
    case 'too-large':
      return say('refusedLarge', { most: read.bound });
  }
}

/** Days of the week as the language writes them in short and in full, 0 is Sunday. */
export function dayNames(day: number): { readonly short: string; readonly long: string } {
  const date = new Date(Date.UTC(2023, 0, 1 + day)); // the first was a Sunday
  const name = (weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(numberTag(), { weekday, timeZone: 'UTC' }).format(date);
  return { short: name('short'), long: name('long') };
}

/** A number as a field shows it: with the language's mark before decimals, never grouped. */
export const fieldNumber = (value: number): string => {
  const decimals = Number.isInteger(value) ? 0 : Math.min(3, String(value).split('.')[1]?.length ?? 0);
  return formatNumber(value, decimals);
};
