import { Note } from '../components/note.tsx';
import { groupTitle, SETTINGS_PAGE_WORDS } from '../words/settings-page-words.ts';
import { Entry } from './entry-control.tsx';
import { Marked } from './marked.tsx';
import { ResetControl } from './reset-control.tsx';
import type { EntryId, GroupId } from './setting-groups.ts';
import type { SettingsModel } from './settings-model.ts';

type Props = {
  readonly group: GroupId;
  readonly entries: readonly EntryId[];
  readonly model: SettingsModel;
  readonly words: readonly string[];
  readonly announce: (words: string) => void;
};

/** Settings that belong together, and a way back to how they came. */
export function SettingGroup({ group, entries, model, words, announce }: Props) {
  const id = `settings-${group}`;
  const refused = model.refused.value;
  return (
    <section class="setting-group" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>
        <Marked text={groupTitle(group)} words={words} />
      </h3>
      <ul class="setting-list">
        {entries.map((entry) => (
          <Entry key={entry} entry={entry} model={model} words={words} announce={announce} />
        ))}
      </ul>
      <div role="alert">{refused?.at === group && <Note trouble={refused.failure} />}</div>
      {words.length === 0 && group !== 'data' && model.isChanged(group) && (
        <ResetControl
          words={SETTINGS_PAGE_WORDS.resetGroup}
          name={SETTINGS_PAGE_WORDS.resetGroupNamed(group)}
          keepsSharing={group === 'seeding'}
          onReset={() => model.reset(group)}
          announce={announce}
        />
      )}
    </section>
  );
}
