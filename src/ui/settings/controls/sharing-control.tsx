import type { Sharing } from '../../../model/settings.ts';
import { SETTINGS_WORDS } from '../../words/settings-words.ts';
import { Marked } from '../marked.tsx';
import type { RowLinks } from '../setting-row.tsx';

type Answer = Exclude<Sharing, 'not-asked'>;

type Props = {
  readonly links: RowLinks;
  readonly words: readonly string[];
  readonly sharing: Sharing;
  readonly onChoose: (sharing: Answer) => void;
};

/** The choice about sharing: two answers that weigh the same, none of them taken before the user has said so. */
export function SharingControl({ links, words, sharing, onChoose }: Props) {
  const answers = [
    { value: 'share', title: SETTINGS_WORDS.share, means: SETTINGS_WORDS.shareMeans },
    { value: 'download-only', title: SETTINGS_WORDS.downloadOnly, means: SETTINGS_WORDS.downloadOnlyMeans },
  ] as const;
  return (
    <div role="radiogroup" aria-labelledby={links['aria-labelledby']}>
      {answers.map(({ value, title, means }) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name="all-settings-sharing"
            aria-labelledby={`${value}-answer`}
            aria-describedby={`${value}-answer-means`}
            checked={sharing === value}
            onChange={() => onChoose(value)}
          />
          <span class="choice-title" id={`${value}-answer`}>
            <Marked text={title} words={words} />
          </span>
          <span class="choice-means" id={`${value}-answer-means`}>
            <Marked text={means} words={words} />
          </span>
        </label>
      ))}
    </div>
  );
}
