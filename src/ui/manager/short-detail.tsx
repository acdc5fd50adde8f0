import { ProgressBar } from '../components/progress-bar.tsx';
import { RowFacts } from '../components/row-facts.tsx';
import { RowNotes } from '../components/row-notes.tsx';
import { RowSources } from '../components/row-sources.tsx';
import { dataStateOf } from '../data-state.ts';
import { deliverySentences } from '../words/delivery-words.ts';
import { sourcesSentence, wasteSentence } from '../words/ledger-words.ts';
import type { DetailProps } from './manager-parts.ts';

/** What the list knows of a transfer anyway, in words. */
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
