import type { ComponentChildren } from 'preact';
import { Note } from '../components/note.tsx';
import { entryWords } from '../words/settings-page-words.ts';
import { Marked } from './marked.tsx';
import type { EntryId } from './setting-groups.ts';
import type { SettingsModel } from './settings-model.ts';

/** What a control of a setting is told of its row. */
export type RowLinks = {
  readonly id: string;
  readonly 'aria-labelledby': string;
  readonly 'aria-describedby': string;
};

type Props = {
  readonly entry: EntryId;
  readonly model: SettingsModel;
  /** The words that are looked for now. */
  readonly words: readonly string[];
  /** A control that stands beside the words; others lie below them. */
  readonly isShort?: boolean;
  /** The words belong to the control: a click on them is one on it. */
  readonly isLabel?: boolean;
  /** More of it, below the line. */
  readonly below?: (links: RowLinks) => ComponentChildren;
  readonly children: (links: RowLinks) => ComponentChildren;
};

/** One setting: what it is called, what it means in a line, its control, and why a change of it was not taken. */
export function SettingRow({ entry, model, words, isShort = false, isLabel = false, below, children }: Props) {
  const { title, means } = entryWords(entry);
  const links = { id: `${entry}-control`, 'aria-labelledby': `${entry}-title`, 'aria-describedby': `${entry}-means` };
  const refused = model.refused.value;
  const inside = (
    <>
      <span class="setting-words">
        <span class="setting-title" id={links['aria-labelledby']}>
          <Marked text={title} words={words} />
        </span>
        <span class="setting-means" id={links['aria-describedby']}>
          <Marked text={means} words={words} />
        </span>
      </span>
      <span class="setting-control">{children(links)}</span>
    </>
  );
  return (
    <li class="setting" data-entry={entry}>
      {isLabel ? (
        <label class="setting-line" for={links.id} data-short>
          {inside}
        </label>
      ) : (
        <div class="setting-line" data-short={isShort ? '' : undefined}>
          {inside}
        </div>
      )}
      {below?.(links)}
      <div role="alert">{refused?.at === entry && <Note trouble={refused.failure} />}</div>
    </li>
  );
}
