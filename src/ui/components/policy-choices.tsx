import { PATIENCE_CHOICES, POLICIES } from '../../model/policy.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionReply, Actions } from '../actions.ts';
import { PATIENCE_WORDS, POLICY_CONTROLS, POLICY_WORDS, publishedPatienceWords } from '../words/policy-words.ts';
import { Choice } from './choice.tsx';

type Props = {
  readonly view: TransferView;
  readonly actions: Actions;
  readonly run: (reply: Promise<ActionReply<null>>) => Promise<boolean>;
};

const PUBLISHED = 'published';

/** Whom a transfer takes its bytes from, and how long it may wait for them when that means waiting. */
export function PolicyChoices({ view: { id, policy, patience, delivery }, actions, run }: Props) {
  const published = delivery?.patience ?? null;
  return (
    <span class="picks">
      {policy === 'spare-origin' && (
        <Choice
          key="patience"
          label={POLICY_CONTROLS.patience}
          values={published === null ? PATIENCE_CHOICES : ([PUBLISHED, ...PATIENCE_CHOICES] as const)}
          words={{ ...PATIENCE_WORDS, [PUBLISHED]: publishedPatienceWords(published) }}
          value={published === null ? patience : PUBLISHED}
          // The publisher's can be left, and not chosen again.
          onChoose={async (wanted) => wanted === PUBLISHED || run(actions.setPatience(id, wanted))}
        />
      )}
      <Choice
        key="policy" // it keeps the focus when the other appears before it
        label={POLICY_CONTROLS.policy}
        values={POLICIES}
        words={POLICY_WORDS}
        value={policy}
        onChoose={(wanted) => run(actions.setPolicy(id, wanted))}
      />
    </span>
  );
}
