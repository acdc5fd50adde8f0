import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { sayTotals } from '../words/totals-words.ts';
import type { TotalsModel } from './totals-model.ts';

/** Everything that is remembered, as a file for another browser or another day, and back. */
export function StatePart({ model }: { readonly model: TotalsModel }) {
  const input = useRef<HTMLInputElement>(null);
  const isWithoutSecrets = useSignal(false);
  const save = () => void model.exportState(stateFileName(new Date()), !isWithoutSecrets.value);
  const read = async (file: File | undefined) => {
    if (file !== undefined) await model.importState(await file.text().catch(() => ''));
  };
  return (
    <section aria-labelledby="state-title">
      <h2 id="state-title">{sayTotals('state')}</h2>
      <p class="quiet">{sayTotals('stateMeans')}</p>
      <div class="buttons">
        <button type="button" class="button" aria-describedby="export-secrets" onClick={save}>
          {sayTotals('exportState')}
        </button>
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {sayTotals('importState')}
        </button>
        <input
          ref={input}
          class="picker"
          type="file"
          accept=".json,application/json"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            void read(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p id="export-secrets" class="quiet export-secrets">
        {sayTotals('exportSecrets')}
      </p>
      <label class="export-without">
        <input
          type="checkbox"
          checked={isWithoutSecrets.value}
          onChange={(event) => {
            isWithoutSecrets.value = event.currentTarget.checked;
          }}
        />
        {sayTotals('leaveOutSecrets')}
      </label>
    </section>
  );
}

/** `rivulet-2026-11-22.json`, by the day of the user's calendar. */
const stateFileName = (date: Date): string => {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `rivulet-${date.getFullYear()}-${month}-${day}.json`;
};
