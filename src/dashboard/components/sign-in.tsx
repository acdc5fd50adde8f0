import { useSignal } from '@preact/signals';
import type { DashboardModel } from '../dashboard-model.ts';

/** Asks for the key that the edge printed when it started. */
export function SignIn({ model }: { readonly model: DashboardModel }) {
  const refusal = useSignal<string | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget as HTMLFormElement).get('key')).trim();
    if (key !== '') refusal.value = await model.signIn(key);
  };
  return (
    <section class="sign-in">
      <h2>This is for the publisher</h2>
      <form onSubmit={submit}>
        <label for="key">The token that the edge printed when it started first</label>
        <div class="sign-in-line">
          <input
            class="field"
            id="key"
            name="key"
            type="password"
            autoComplete="current-password"
            aria-invalid={refusal.value !== null}
          />
          <button type="submit" class="button button-primary">
            Sign in
          </button>
        </div>
        <p class="refusal" role="status">
          {refusal.value}
        </p>
      </form>
    </section>
  );
}
