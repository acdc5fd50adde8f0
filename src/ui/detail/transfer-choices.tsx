import { useSignal } from '@preact/signals';
import type { TransferLimits } from '../../model/transfer-limits.ts';
import type { ActionFailure, ActionReply } from '../actions.ts';
import { Note } from '../components/note.tsx';
import { PolicyChoices } from '../components/policy-choices.tsx';
import { sayDetail } from '../words/detail-words.ts';
import { LimitField } from './limit-field.tsx';
import { TextField } from './text-field.tsx';
import type { TabProps } from './transfer-detail.tsx';

const BYTES_PER_KB = 1_000;
const MAX_LABEL_CHARS = 60;

/** What the user may choose for one transfer: whom it takes from, how fast, how long it shares, and what it is called. */
export function TransferChoices({ model, transfer, actions }: TabProps) {
  const failure = useSignal<ActionFailure | null>(null);
  const { id, limits, label } = transfer.value;
  const run = async (reply: Promise<ActionReply<null>>): Promise<boolean> => {
    const done = await reply;
    failure.value = done.ok ? null : done.failure;
    model.askNow();
    return done.ok;
  };
  const limit = (part: Partial<TransferLimits>) => run(actions.setLimits(id, { ...transfer.peek().limits, ...part }));
  return (
    <section class="choices" aria-labelledby="choices-title">
      <h3 id="choices-title">{sayDetail('choices')}</h3>
      <PolicyChoices view={transfer.value} actions={actions} run={run} />
      <div class="limit-fields">
        <LimitField
          name={sayDetail('limitDown')}
          unit={sayDetail('kbPerS')}
          value={kb(limits.downBytesPerS)}
          onChoose={(value) => limit({ downBytesPerS: bytes(value) })}
        />
        <LimitField
          name={sayDetail('limitUp')}
          unit={sayDetail('kbPerS')}
          value={kb(limits.upBytesPerS)}
          onChoose={(value) => limit({ upBytesPerS: bytes(value) })}
        />
        <LimitField
          name={sayDetail('limitRatio')}
          unit={sayDetail('times')}
          value={limits.ratio}
          onChoose={(ratio) => limit({ ratio })}
        />
        <TextField
          name={sayDetail('label')}
          value={label ?? ''}
          maxChars={MAX_LABEL_CHARS}
          onChoose={(text) => run(actions.setLabel(id, text === '' ? null : text))}
        />
      </div>
      <p class="quiet small">{sayDetail('limitsHint')}</p>
      {failure.value !== null && (
        <div role="alert">
          <Note trouble={failure.value} />
        </div>
      )}
    </section>
  );
}

const kb = (value: number | null): number | null => (value === null ? null : value / BYTES_PER_KB);
const bytes = (value: number | null): number | null => (value === null ? null : Math.round(value * BYTES_PER_KB));
