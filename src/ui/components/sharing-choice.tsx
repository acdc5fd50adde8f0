import type { Sharing } from '../../model/settings.ts';
import type { ActionFailure } from '../actions.ts';
import { WELCOME_WORDS } from '../words/welcome-words.ts';
import { Note } from './note.tsx';

type Props = {
  readonly current: Sharing;
  readonly failure: ActionFailure | null;
  readonly onChoose: (sharing: Exclude<Sharing, 'not-asked'>) => void;
};

/** Two answers of the same size, colour and weight: the user decides, the page does not. */
export function SharingChoice({ current, failure, onChoose }: Props) {
  return (
    <section class="card" aria-labelledby="question">
      <h2 id="question">{WELCOME_WORDS.question}</h2>
      <p class="quiet">{WELCOME_WORDS.questionHint}</p>
      <div class="answers">
        <div>
          <button
            type="button"
            class="button button-answer"
            aria-describedby="share-means"
            onClick={() => onChoose('share')}
          >
            {WELCOME_WORDS.share}
          </button>
          <p id="share-means">{WELCOME_WORDS.shareMeans}</p>
        </div>
        <div>
          <button
            type="button"
            class="button button-answer"
            aria-describedby="only-means"
            onClick={() => onChoose('download-only')}
          >
            {WELCOME_WORDS.downloadOnly}
          </button>
          <p id="only-means">{WELCOME_WORDS.downloadOnlyMeans}</p>
        </div>
      </div>
      {current !== 'not-asked' && <p class="quiet now">{WELCOME_WORDS.chosenBefore[current]}</p>}
      {failure !== null && <Note trouble={failure} />}
    </section>
  );
}
