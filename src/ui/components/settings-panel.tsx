import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Settings } from '../../model/settings.ts';
import type { ActionFailure, Actions } from '../actions.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { SETTINGS_WORDS } from '../words/settings-words.ts';
import { Note } from './note.tsx';

type Props = { readonly settings: Settings; readonly setSettings: Actions['setSettings'] };

/** What the user can choose. Each change is sent at once; one that fails is taken back and explained. */
export function SettingsPanel({ settings, setSettings }: Props) {
  const failure = useSignal<ActionFailure | null>(null);
  const attempt = useSignal(0);
  const change = async (part: Partial<Settings>) => {
    const reply = await setSettings(part);
    failure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) attempt.value += 1; // draws the controls anew, as they were
  };
  return (
    <section id="settings" class="settings" aria-label={POPUP_WORDS.settings} key={attempt.value}>
      <fieldset>
        <legend>{SETTINGS_WORDS.sharing}</legend>
        <Choice
          id="share"
          title={SETTINGS_WORDS.share}
          means={SETTINGS_WORDS.shareMeans}
          isChosen={settings.sharing === 'share'}
          onChoose={() => change({ sharing: 'share' })}
        />
        <Choice
          id="download-only"
          title={SETTINGS_WORDS.downloadOnly}
          means={SETTINGS_WORDS.downloadOnlyMeans}
          isChosen={settings.sharing === 'download-only'}
          onChoose={() => change({ sharing: 'download-only' })}
        />
      </fieldset>
      <Tick
        id="ask"
        title={SETTINGS_WORDS.askFirst}
        means={
          <>
            {SETTINGS_WORDS.askFirstMeans}
            {settings.startAtOnceSites.length > 0 && (
              <>
                {' '}
                {SETTINGS_WORDS.startAtOnce(settings.startAtOnceSites)}{' '}
                <button type="button" class="link" onClick={() => change({ startAtOnceSites: [] })}>
                  {SETTINGS_WORDS.askAllSites}
                </button>
              </>
            )}
          </>
        }
        isOn={settings.askFirst}
        onChange={(isOn) => change({ askFirst: isOn })}
      />
      <Tick
        id="hybrid"
        title={SETTINGS_WORDS.hybrid}
        means={SETTINGS_WORDS.hybridMeans}
        isOn={settings.hybridDownloads}
        onChange={(isOn) => change({ hybridDownloads: isOn })}
      />
      <Tick
        id="local"
        title={SETTINGS_WORDS.local}
        means={SETTINGS_WORDS.localMeans}
        isOn={settings.allowLocalAddresses}
        onChange={(isOn) => change({ allowLocalAddresses: isOn })}
      />
      <label class="choice">
        <input
          type="checkbox"
          checked={settings.notifyWhenDone}
          onChange={(event) => change({ notifyWhenDone: event.currentTarget.checked })}
        />
        <span class="choice-title">{SETTINGS_WORDS.notify}</span>
      </label>
      <Tick
        id="reports"
        title={SETTINGS_WORDS.reports}
        means={SETTINGS_WORDS.reportsMean}
        isOn={settings.sendReports}
        onChange={(isOn) => change({ sendReports: isOn })}
      />
      {failure.value !== null && <Note trouble={failure.value} />}
      <p class="settings-more">
        <a href="manager.html#settings" target="_blank" rel="noopener">
          {SETTINGS_WORDS.allSettings}
        </a>
        {' · '}
        <a href="welcome.html" target="_blank" rel="noopener">
          {SETTINGS_WORDS.whoSees}
        </a>
      </p>
    </section>
  );
}

type TickProps = {
  readonly id: string;
  readonly title: string;
  readonly means: ComponentChildren;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

function Tick({ id, title, means, isOn, onChange }: TickProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-means`}
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="choice-title" id={`${id}-title`}>
        {title}
      </span>
      <span class="choice-means" id={`${id}-means`}>
        {means}
      </span>
    </label>
  );
}

type ChoiceProps = {
  readonly id: string;
  readonly title: string;
  readonly means: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function Choice({ id, title, means, isChosen, onChoose }: ChoiceProps) {
  return (
    <label class="choice">
      <input
        type="radio"
        name="sharing"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-means`}
        checked={isChosen}
        onChange={onChoose}
      />
      <span class="choice-title" id={`${id}-title`}>
        {title}
      </span>
      <span class="choice-means" id={`${id}-means`}>
        {means}
      </span>
    </label>
  );
}
