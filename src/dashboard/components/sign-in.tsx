import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { DashboardModel } from '../dashboard-model.ts';

/** Asks for the key that the edge printed when it started. */
export function SignIn({ model }: { readonly model: DashboardModel }) {
  const refusal = useSignal<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget as HTMLFormElement).get('key')).trim();
    if (key !== '') refusal.value = await model.signIn(key);
  };
  return (
    <section class="sign-in">
      <h2>This is for the publisher</h2>
      <form onSubmit={submit}>
        <label for="key">Admin token</label>
        <div class="sign-in-line">
          <input
            class="field"
            id="key"
            name="key"
            type="password"
            autoComplete="current-password"
            ref={field}
            aria-describedby="key-hint"
            aria-invalid={refusal.value !== null}
          />
          <button type="submit" class="button button-primary">
            Sign in
          </button>
        </div>
        <p class="refusal" role="status">
          {refusal.value}
        </p>
        <p class="quiet key-hint" id="key-hint">
          The edge showed it when it started first. Is it lost? Delete admin-token.sha256 from the edge’s data folder
          and start the edge again: it shows a new one.
        </p>
      </form>
      {model.statistics.value !== null && (
        <button type="button" class="link sign-in-back" onClick={model.dropKeyQuestion}>
          Back to the figures
        </button>
      )}
    </section>
  );
}
