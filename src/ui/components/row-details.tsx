import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionReply, Actions } from '../actions.ts';
import { deliverySentences } from '../words/delivery-words.ts';
import { sourcesSentence, wasteSentence } from '../words/ledger-words.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { PolicyChoices } from './policy-choices.tsx';

type Props = {
  readonly view: TransferView;
  readonly actions: Actions;
  readonly run: (reply: Promise<ActionReply<null>>) => Promise<boolean>;
};

/** The last line of a row: its policy, and behind a click who brought what and the log. */
export function RowDetails({ view, actions, run }: Props) {
  const waste = wasteSentence(view);
  return (
    <div class="last-line">
      <details class="details">
        <summary>{POPUP_WORDS.details}</summary>
        <p>{sourcesSentence(view) || POPUP_WORDS.nothingYet}</p>
        {waste !== '' && <p>{waste}</p>}
        {deliverySentences(view).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <button
          type="button"
          class="link"
          title={POPUP_WORDS.saveLogHint}
          onClick={() => void run(actions.saveLog(view.id, view.name))}
        >
          {POPUP_WORDS.saveLog}
        </button>
      </details>
      <PolicyChoices view={view} actions={actions} run={run} />
    </div>
  );
}
