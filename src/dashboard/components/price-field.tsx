import { useSignal } from '@preact/signals';
import type { Price } from '../../model/statistics.ts';
import type { DashboardModel } from '../dashboard-model.ts';

type Props = { readonly model: DashboardModel; readonly price: Price | null };

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'INR', 'BRL', 'CNY'];

/** What a GB costs the publisher. It is kept at once: with Enter, on leaving the field, or by a choice of currency. */
export function PriceField({ model, price }: Props) {
  const refusal = useSignal<string | null>(null);
  const keep = async (text: string, currency: string) => {
    const perGB = Number(text.trim().replace(',', '.'));
    if (text.trim() === '') return;
    if (!Number.isFinite(perGB) || perGB < 0) {
      refusal.value = 'A price is a number such as 0.05.';
      return;
    }
    if (perGB === price?.perGB && currency === price.currency) {
      refusal.value = null;
      return;
    }
    refusal.value = await model.setPrice({ perGB, currency });
  };
  const currency = price?.currency ?? 'USD';
  const readForm = (form: HTMLFormElement | null) => {
    const data = new FormData(form ?? undefined);
    return keep(String(data.get('per-gb')), String(data.get('currency')));
  };
  return (
    <form
      class="price"
      onSubmit={(event) => {
        event.preventDefault();
        readForm(event.currentTarget);
      }}
    >
      <span>{price === null ? 'What does a GB cost you?' : 'at'}</span>
      <span class="price-fields">
        <input
          class="field"
          name="per-gb"
          inputMode="decimal"
          autoComplete="off"
          aria-label="Price of a GB"
          aria-invalid={refusal.value !== null}
          placeholder="0.05"
          defaultValue={price === null ? '' : String(price.perGB)}
          key={`${price?.perGB}`}
          onBlur={(event) => readForm(event.currentTarget.form)}
        />
        <select
          class="field"
          name="currency"
          aria-label="Currency"
          value={currency}
          onChange={(event) => readForm(event.currentTarget.form)}
        >
          {[...new Set([currency, ...CURRENCIES])].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <span>per GB</span>
      </span>
      <p class="refusal" role="status">
        {refusal.value}
      </p>
    </form>
  );
}
