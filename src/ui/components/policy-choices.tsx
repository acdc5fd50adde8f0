import { PATIENCE_CHOICES, POLICIES } from '../../model/policy.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionReply, Actions } from '../actions.ts';
import { PATIENCE_CONTROL, PATIENCE_WORDS, POLICY_CONTROL, POLICY_WORDS } from '../words/policy-words.ts';
import { Choice } from './choice.tsx';

type Props = {
  readonly view: TransferView;
  readonly actions: Actions;
  readonly run: (reply: Promise<ActionReply<null>>) => Promise<boolean>;
};

/** Whom a transfer takes its bytes from, and how long it may wait for them when that means waiting. */
export function PolicyChoices({ view: { id, policy, patience }, actions, run }: Props) {
  return (
    <span class="picks">
      {policy === 'spare-origin' && (
        <Choice
          key="patience"
          label={PATIENCE_CONTROL}
          values={PATIENCE_CHOICES}
          words={PATIENCE_WORDS}
          value={patience}
          onChoose={(wanted) => run(actions.setPatience(id, wanted))}
        />
      )}
      <Choice
        key="policy" // it keeps the focus when the other appears before it
        label={POLICY_CONTROL}
        values={POLICIES}
        words={POLICY_WORDS}
        value={policy}
        onChoose={(wanted) => run(actions.setPolicy(id, wanted))}
      />
    </span>
  );
}
