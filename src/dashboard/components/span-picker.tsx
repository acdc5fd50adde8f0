import type { DashboardModel } from '../dashboard-model.ts';
import { SPANS } from '../span-choice.ts';

/** Which days are shown: one choice of four. */
export function SpanPicker({ model }: { readonly model: DashboardModel }) {
  return (
    <fieldset class="spans">
      <legend class="only-spoken">Days</legend>
      {SPANS.map(({ name, label }) => (
        <label key={name}>
          <input
            class="only-spoken"
            type="radio"
            name="span"
            value={name}
            checked={model.span.value === name}
            onChange={() => model.choose(name)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
