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

/** Whom a transfer takes its bytes from. What was chosen shows at once, and is taken back when it could not be done. */
export function PolicyChoice({ policy, onChoose }: Props) {
  const chosen = useSignal<Policy | null>(null);
  // The engine's word takes its place; until then figures may arrive that still have the policy of before.
  useEffect(() => {
    chosen.value = null;
  }, [policy]);
  const shown = chosen.value ?? policy;
  const choose = async (wanted: Policy) => {
    chosen.value = wanted;
    if (!(await onChoose(wanted)) && chosen.peek() === wanted) chosen.value = null;
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
