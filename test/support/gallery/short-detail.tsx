import { ProgressBar } from '../../../src/ui/components/progress-bar.tsx';
import { RowFacts } from '../../../src/ui/components/row-facts.tsx';
import { RowNotes } from '../../../src/ui/components/row-notes.tsx';
import { RowSources } from '../../../src/ui/components/row-sources.tsx';
import { dataStateOf } from '../../../src/ui/data-state.ts';
import type { DetailProps } from '../../../src/ui/manager/manager-parts.ts';
import { deliverySentences } from '../../../src/ui/words/delivery-words.ts';
import { sourcesSentence, wasteSentence } from '../../../src/ui/words/ledger-words.ts';

/** Stands where details are: the gallery of the list has no engine that tells any. */
export function ShortDetail({ transfer }: DetailProps) {
  const view = transfer.value;
  const isFetching = view.state.phase === 'downloading'; // else the line of sources says the same
  const sentences = [isFetching ? sourcesSentence(view) : '', wasteSentence(view), ...deliverySentences(view)];
  return (
    <div class="short-detail row" data-state={dataStateOf(view.state)}>
      <ProgressBar view={view} />
      <RowFacts view={view} />
      <RowSources view={view} />
      {sentences
        .filter((sentence) => sentence !== '')
        .map((sentence) => (
          <p key={sentence} class="quiet">
            {sentence}
          </p>
        ))}
      <RowNotes view={view} actionFailure={null} />
    </div>
  );
}
