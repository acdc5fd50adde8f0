import type { Problem } from '../../model/failure.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionFailure } from '../actions.ts';
import { explain } from '../explain.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { Note } from './note.tsx';

/** As many problems are shown at once; more are a click away, so that one bad torrent does not push the others out. */
const SHOWN = 2;

type Props = { readonly view: TransferView; readonly actionFailure: ActionFailure | null };

/** Everything that is wrong with a transfer: what a click met, what stopped it, then its problems, the worse first. */
export function RowNotes({ view, actionFailure }: Props) {
  const problems = worstFirst(view.problems);
  const hidden = problems.slice(SHOWN);
  return (
    <>
      {actionFailure !== null && <Note trouble={actionFailure} />}
      {view.state.phase === 'failed' && <Note trouble={view.state.failure} />}
      {problems.slice(0, SHOWN).map((problem) => (
        <Note key={keyOf(problem)} trouble={problem} />
      ))}
      {hidden.length > 0 && (
        <details class="more-notes">
          <summary>{POPUP_WORDS.moreNotes(hidden.length)}</summary>
          {hidden.map((problem) => (
            <Note key={keyOf(problem)} trouble={problem} />
          ))}
        </details>
      )}
    </>
  );
}

const worstFirst = (problems: readonly Problem[]): readonly Problem[] => [
  ...problems.filter((problem) => explain(problem).weight === 'waits'),
  ...problems.filter((problem) => explain(problem).weight !== 'waits'),
];

const keyOf = (problem: Problem): string =>
  `${problem.code} ${'host' in problem ? problem.host : ''}${'peer' in problem ? problem.peer : ''}`;
