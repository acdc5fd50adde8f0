import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { POLICIES, type Policy } from '../../model/policy.ts';
import { POLICY_CONTROL, POLICY_WORDS } from '../words/policy-words.ts';
import { Icon } from './icon.tsx';

type Props = {
  readonly policy: Policy;
  /** Resolves to whether it was done. */
  readonly onChoose: (policy: Policy) => Promise<boolean>;
};

type Chosen = { readonly policy: Policy; readonly isDone: boolean };

/** Whom a transfer takes its bytes from. What was chosen shows at once, and is taken back when it could not be done. */
export function PolicyChoice({ policy, onChoose }: Props) {
  const chosen = useSignal<Chosen | null>(null);
  // The engine's word takes its place. Until then what arrives may have the policy of before, or, when somebody goes
  // through the list with the arrow keys, one on the way: put back into the control, it would turn the user around.
  useEffect(() => {
    if (chosen.value?.isDone || chosen.value?.policy === policy) chosen.value = null;
  }, [policy]);
  const shown = chosen.value?.policy ?? policy;
  const choose = async (wanted: Policy) => {
    chosen.value = { policy: wanted, isDone: false };
    const isDone = await onChoose(wanted);
    if (chosen.peek()?.policy === wanted) chosen.value = isDone ? { policy: wanted, isDone } : null;
  };
  return (
    <span class="policy">
      <select
        aria-label={POLICY_CONTROL}
        title={`${POLICY_CONTROL}: ${POLICY_WORDS[shown].means}`}
        value={shown}
        onChange={(event) => void choose(event.currentTarget.value as Policy)}
      >
        {POLICIES.map((one) => (
          <option key={one} value={one}>
            {POLICY_WORDS[one].name}
          </option>
        ))}
      </select>
      <Icon name="choose" />
    </span>
  );
}
