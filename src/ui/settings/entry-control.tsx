import { POLICIES } from '../../model/policy.ts';
import { LANGUAGES, type LanguageChoice, type Settings } from '../../model/settings.ts';
import { POLICY_WORDS } from '../words/policy-words.ts';
import { entryWords, LANGUAGE_NAMES, SETTINGS_PAGE_WORDS } from '../words/settings-page-words.ts';
import { AmountField } from './controls/amount-field.tsx';
import { LimitField } from './controls/limit-field.tsx';
import { ListEditor } from './controls/list-editor.tsx';
import { PickOne } from './controls/pick-one.tsx';
import { RateField } from './controls/rate-field.tsx';
import { ScheduleEditor } from './controls/schedule-editor.tsx';
import { SharingControl } from './controls/sharing-control.tsx';
import { SiteRulesEditor } from './controls/site-rules-editor.tsx';
import { StunChoice } from './controls/stun-choice.tsx';
import { TurnEditor } from './controls/turn-editor.tsx';
import { Marked } from './marked.tsx';
import { MAX_SERVERS, MAX_SITES, readSite, readTracker } from './read-item.ts';
import { ResetControl } from './reset-control.tsx';
import type { EntryId } from './setting-groups.ts';
import { type RowLinks, SettingRow } from './setting-row.tsx';
import type { SettingsModel } from './settings-model.ts';

type Props = {
  readonly entry: EntryId;
  readonly model: SettingsModel;
  readonly words: readonly string[];
  readonly announce: (words: string) => void;
};

type SwitchKey = { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

/** Settings that are on or off. */
const SWITCHES: Partial<Record<EntryId, SwitchKey>> = {
  askFirst: 'askFirst',
  notify: 'notifyWhenDone',
  quiet: 'quietWhileBrowsing',
  metered: 'pauseOnMetered',
  allPaused: 'isAllPaused',
  addsTrackers: 'addsTrackers',
  hybrid: 'hybridDownloads',
  local: 'allowLocalAddresses',
  reports: 'sendReports',
};

/** Those that are a whole number, with the bounds of the door. */
const NUMBERS: Partial<
  Record<EntryId, { readonly key: 'maxRunning' | 'maxPeers' | 'uploadSlots'; readonly most: number }>
> = {
  maxRunning: { key: 'maxRunning', most: 100 },
  maxPeers: { key: 'maxPeers', most: 500 },
  uploadSlots: { key: 'uploadSlots', most: 100 },
};

const DAILY_UNITS = [
  { name: 'MB', size: 1_000_000 },
  { name: 'GB', size: 1_000_000_000 },
] as const;

/** One setting of the page, whatever its kind. */
export function Entry(props: Props) {
  const { entry, model } = props;
  const settings = model.shown.value;
  const change = (part: Partial<Settings>) => void model.change(entry, part);
  const toggled = SWITCHES[entry];
  if (toggled !== undefined) {
    return (
      <SettingRow {...props} isLabel>
        {(links) => (
          <input
            type="checkbox"
            {...links}
            checked={settings[toggled]}
            onChange={(event) => change({ [toggled]: event.currentTarget.checked })}
          />
        )}
      </SettingRow>
    );
  }
  if (entry === 'schedule') {
    const { schedule } = settings;
    const more = (links: RowLinks) =>
      schedule.isOn && (
        <ScheduleEditor links={links} schedule={schedule} onSchedule={(wanted) => change({ schedule: wanted })} />
      );
    return (
      <SettingRow {...props} isLabel below={more}>
        {(links) => (
          <input
            type="checkbox"
            {...links}
            checked={schedule.isOn}
            onChange={(event) => change({ schedule: { ...schedule, isOn: event.currentTarget.checked } })}
          />
        )}
      </SettingRow>
    );
  }
  const number = NUMBERS[entry];
  if (number !== undefined) {
    return (
      <SettingRow {...props} isShort>
        {(links) => (
          <AmountField
            links={links}
            value={settings[number.key]}
            bounds={{ least: 1, most: number.most, isWhole: true }}
            onAmount={(value) => change({ [number.key]: value })}
          />
        )}
      </SettingRow>
    );
  }
  return (
    <SettingRow {...props} isShort={SHORT.has(entry)}>
      {(links) => <Special {...props} links={links} settings={settings} change={change} />}
    </SettingRow>
  );
}

const SHORT: ReadonlySet<EntryId> = new Set([
  ...(['policy', 'down', 'up', 'ratio', 'hours', 'daily', 'chooseLanguage', 'keepCopy', 'resetAll'] as const),
]);

type SpecialProps = Props & {
  readonly links: RowLinks;
  readonly settings: Settings;
  readonly change: (part: Partial<Settings>) => void;
};

/** The control of a setting that is neither a switch nor a mere number. */
function Special({ entry, model, words, announce, links, settings, change }: SpecialProps) {
  const { title } = entryWords(entry);
  const { goals } = settings;
  switch (entry) {
    case 'policy':
      return (
        <PickOne
          {...links}
          value={settings.policy}
          options={POLICIES.map((value) => ({ value, name: POLICY_WORDS[value].name }))}
          onPick={(policy) => change({ policy })}
        />
      );
    case 'down':
    case 'up': {
      const key = entry === 'down' ? 'downBytesPerS' : 'upBytesPerS';
      return (
        <RateField links={links} name={title} bytesPerS={settings[key]} onRate={(rate) => change({ [key]: rate })} />
      );
    }
    case 'sharing':
      return (
        <SharingControl
          links={links}
          words={words}
          sharing={settings.sharing}
          onChoose={(sharing) => change({ sharing })}
        />
      );
    case 'ratio':
      return (
        <LimitField
          links={links}
          name={title}
          value={goals.ratio}
          units={[{ name: '', size: 1 }]}
          bounds={{ least: 0, most: 1_000 }}
          first={2}
          onLimit={(ratio) => change({ goals: { ...goals, ratio } })}
        />
      );
    case 'hours':
      return (
        <LimitField
          links={links}
          name={title}
          value={goals.hours}
          units={[{ name: SETTINGS_PAGE_WORDS.hoursUnit, size: 1 }]}
          bounds={{ least: 0, most: 100_000 }}
          first={24}
          onLimit={(hours) => change({ goals: { ...goals, hours } })}
        />
      );
    case 'daily':
      return (
        <LimitField
          links={links}
          name={title}
          value={goals.dailyUploadBytes}
          units={DAILY_UNITS}
          bounds={{ least: 1_000_000, most: 1e15, isWhole: true }}
          first={5_000_000_000}
          onLimit={(dailyUploadBytes) => change({ goals: { ...goals, dailyUploadBytes } })}
        />
      );
    case 'extraTrackers':
      return (
        <ListEditor
          name={title}
          items={settings.extraTrackers}
          most={MAX_SERVERS}
          read={readTracker}
          placeholder="wss://tracker.example/"
          onItems={(extraTrackers) => change({ extraTrackers })}
        />
      );
    case 'siteRules':
      return <SiteRulesEditor rules={settings.siteRules} onRules={(siteRules) => change({ siteRules })} />;
    case 'startAtOnce':
      return (
        <ListEditor
          name={title}
          items={settings.startAtOnceSites}
          most={MAX_SITES}
          read={readSite}
          placeholder="example.org"
          onItems={(startAtOnceSites) => change({ startAtOnceSites })}
        />
      );
    case 'peersSee':
      return (
        <ul class="peers-see">
          {SETTINGS_PAGE_WORDS.peersSeeLines().map((line) => (
            <li key={line}>
              <Marked text={line} words={words} />
            </li>
          ))}
        </ul>
      );
    case 'stun':
      return (
        <StunChoice links={links} servers={settings.stunServers} onServers={(stunServers) => change({ stunServers })} />
      );
    case 'turn':
      return <TurnEditor servers={settings.turnServers} onServers={(turnServers) => change({ turnServers })} />;
    case 'chooseLanguage':
      return (
        <PickOne
          {...links}
          value={settings.language}
          options={[
            { value: 'browser' as LanguageChoice, name: SETTINGS_PAGE_WORDS.asBrowser },
            ...LANGUAGES.map((value) => ({ value, name: LANGUAGE_NAMES[value], lang: value.replace('_', '-') })),
          ]}
          onPick={(language) => change({ language })}
        />
      );
    case 'keepCopy':
      return (
        <PickOne
          {...links}
          value={settings.keepCopy}
          options={[
            { value: 'while-sharing', name: SETTINGS_PAGE_WORDS.keepWhileSharing },
            { value: 'never', name: SETTINGS_PAGE_WORDS.keepNever },
            { value: 'always', name: SETTINGS_PAGE_WORDS.keepAlways },
          ]}
          onPick={(keepCopy) => change({ keepCopy })}
        />
      );
    case 'resetAll':
      return model.isChanged(null) ? (
        <ResetControl
          words={SETTINGS_PAGE_WORDS.reset}
          name={title}
          keepsSharing
          onReset={() => model.reset(null)}
          announce={announce}
        />
      ) : (
        <span class="quiet">{SETTINGS_PAGE_WORDS.asItCame}</span>
      );
    default:
      throw new Error(`no control for ${entry}`);
  }
}
