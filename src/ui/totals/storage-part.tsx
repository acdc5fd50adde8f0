import { useSignal } from '@preact/signals';
import type { StoreUse } from '../../model/data-views.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { sayTotals } from '../words/totals-words.ts';
import type { TotalsModel } from './totals-model.ts';

/** Where a link for more space leads. */
export const STORAGE_ID = 'storage';
/** What belongs to no transfer stands among the transfers under this. */
const STRAYS = 'strays';

/** What the store holds, and how to make room. Everything is asked about before it is deleted. */
export function StoragePart({ model }: { readonly model: TotalsModel }) {
  const use = model.use.value;
  /** What the user is asked about. */
  const asked = useSignal<string | null>(null);
  if (use === null) return null;
  const { usedBytes, freeBytes, transfers, strays } = use;
  const share = usedBytes / Math.max(usedBytes + freeBytes, 1);
  const stop = () => {
    asked.value = null;
  };
  return (
    <section aria-labelledby="storage-title" id={STORAGE_ID}>
      <h2 id="storage-title">{sayTotals('storage')}</h2>
      <p>{sayTotals('usedAndFree', { used: formatBytes(usedBytes), free: formatBytes(freeBytes) })}</p>
      <span class="storage-track" aria-hidden="true">
        <span class="storage-used" style={{ width: `${Math.max(100 * share, usedBytes > 0 ? 0.5 : 0)}%` }} />
      </span>
      {transfers.length === 0 && strays.bytes === 0 ? (
        <p class="quiet">{sayTotals('storageEmpty')}</p>
      ) : (
        <ul class="stored">
          {largestFirst(transfers).map((stored) => (
            <Stored
              key={stored.id}
              name={displayName(stored.name)}
              says={sayTotals(stored.isSaved ? 'isSaved' : 'isUnfinished')}
              question={sayTotals(stored.isSaved ? 'deleteCopyQuestion' : 'deleteUnfinishedQuestion')}
              bytes={stored.bytes}
              isAsked={asked.value === stored.id}
              onAsk={() => {
                asked.value = stored.id;
              }}
              onStop={stop}
              onDelete={() => {
                stop();
                void model.delete(stored);
              }}
            />
          ))}
          {strays.count > 0 && (
            <Stored
              name={sayTotals.count('strays', strays.count)}
              says={sayTotals('straysMean')}
              question={sayTotals('deleteStraysQuestion')}
              bytes={strays.bytes}
              isAsked={asked.value === STRAYS}
              onAsk={() => {
                asked.value = STRAYS;
              }}
              onStop={stop}
              onDelete={() => {
                stop();
                void model.clean();
              }}
            />
          )}
        </ul>
      )}
    </section>
  );
}

const largestFirst = (transfers: StoreUse['transfers']): StoreUse['transfers'] =>
  transfers.toSorted((a, b) => b.bytes - a.bytes);

type StoredProps = {
  readonly name: string;
  readonly says: string;
  readonly question: string;
  readonly bytes: number;
  readonly isAsked: boolean;
  readonly onAsk: () => void;
  readonly onStop: () => void;
  readonly onDelete: () => void;
};

function Stored({ name, says, question, bytes, isAsked, onAsk, onStop, onDelete }: StoredProps) {
  return (
    <li class="stored-line">
      <span class="stored-name">
        <bdi title={name}>{name}</bdi>
        <span class="quiet">{says}</span>
      </span>
      <span class="stored-size">{formatBytes(bytes)}</span>
      {isAsked ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, these are buttons
        <div
          class="stored-question"
          role="group"
          aria-label={question}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onStop();
          }}
        >
          <p>{question}</p>
          <button type="button" class="button button-danger" onClick={onDelete}>
            {sayTotals('delete')}
          </button>
          <button type="button" class="button button-quiet" ref={(button) => button?.focus()} onClick={onStop}>
            {sayTotals('cancel')}
          </button>
        </div>
      ) : (
        <button type="button" class="button" aria-label={sayTotals('deleteOf', { name })} onClick={onAsk}>
          {sayTotals('delete')}
        </button>
      )}
    </li>
  );
}
