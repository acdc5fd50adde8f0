import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Settings } from '../../model/settings.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../components/icon.tsx';
import { entryWords, groupTitle, SETTINGS_PAGE_WORDS } from '../words/settings-page-words.ts';
import { fits, wordsIn } from './find-settings.ts';
import { SettingGroup } from './setting-group.tsx';
import { SETTING_GROUPS } from './setting-groups.ts';
import { SettingsModel } from './settings-model.ts';

type Props = { readonly settings: ReadonlySignal<Settings>; readonly setSettings: Actions['setSettings'] };

/** The language in which the view was drawn last: another one draws it anew, and the user goes on where he was. */
let drawnIn: Settings['language'] | null = null;

/** Everything that can be set, in groups, with a search. */
export function SettingsView({ settings, setSettings }: Props) {
  const model = useMemo(() => new SettingsModel(settings, setSettings), [settings, setSettings]);
  const spoken = useSignal('');
  const query = model.query.value;
  const words = wordsIn(query);
  const groups = SETTING_GROUPS.map(({ id, entries }) => ({
    id,
    entries: entries
      .map((entry) => entry.id)
      .filter((entry) => {
        const { title, means, also } = entryWords(entry);
        return fits(words, [title, means, ...also, groupTitle(id)]);
      }),
  })).filter(({ entries }) => entries.length > 0);
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  useEffect(() => {
    const isOther = drawnIn !== null && drawnIn !== settings.peek().language;
    drawnIn = settings.peek().language;
    const language = document.querySelector<HTMLElement>('#chooseLanguage-control');
    if (!isOther || language === null) return;
    language.scrollIntoView({ block: 'center' });
    language.focus();
  }, []);
  const announce = (said: string) => {
    spoken.value = said;
  };
  return (
    <div class="all-settings">
      <header class="settings-head">
        <h2>{SETTINGS_PAGE_WORDS.title}</h2>
        <p class="quiet">{SETTINGS_PAGE_WORDS.lead}</p>
        <span class="settings-search">
          <Icon name="search" />
          <input
            class="field"
            type="search"
            autocomplete="off"
            spellcheck={false}
            aria-label={SETTINGS_PAGE_WORDS.search}
            placeholder={SETTINGS_PAGE_WORDS.search}
            value={query}
            onInput={(event) => {
              model.query.value = event.currentTarget.value;
            }}
          />
        </span>
        <p class="only-spoken" aria-live="polite">
          {words.length > 0 && count > 0 && SETTINGS_PAGE_WORDS.found(count)}
        </p>
      </header>
      <nav class="settings-groups" aria-label={SETTINGS_PAGE_WORDS.groups}>
        {groups.map(({ id }) => (
          <button key={id} type="button" onClick={() => goTo(id)}>
            {groupTitle(id)}
          </button>
        ))}
      </nav>
      <div class="settings-body">
        {groups.map(({ id, entries }) => (
          <SettingGroup key={id} group={id} entries={entries} model={model} words={words} announce={announce} />
        ))}
        {count === 0 && (
          <div class="settings-none" role="status">
            <p>{SETTINGS_PAGE_WORDS.foundNone(query.trim())}</p>
            <button
              type="button"
              class="button"
              onClick={() => {
                model.query.value = '';
                document.querySelector<HTMLElement>('.settings-search input')?.focus();
              }}
            >
              {SETTINGS_PAGE_WORDS.showAll}
            </button>
          </div>
        )}
      </div>
      <div class="only-spoken" aria-live="polite">
        {spoken.value}
      </div>
    </div>
  );
}

/** Not by the address: that says which view is open. */
function goTo(group: string): void {
  const heading = document.querySelector<HTMLElement>(`#settings-${group}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
