import type { Signal } from '@preact/signals';
import type { ServerKind } from '../publishing/server-check/fixes.ts';
import type { AddressModel } from './address-model.ts';
import type { AdvancedFields } from './advanced.ts';
import { AdvancedFieldset } from './advanced-fields.tsx';
import { CheckRegion } from './check-region.tsx';
import { FailureNote } from './failure-note.tsx';
import { JobBar } from './job-bar.tsx';
import { jobFailureWords, PUBLISH_WORDS, refusalWords } from './publish-words.ts';
import { Results } from './results.tsx';
import type { TakeAway } from './take-away.ts';

type Props = {
  readonly address: AddressModel;
  readonly fields: Signal<AdvancedFields>;
  readonly kind: Signal<ServerKind>;
  readonly takeAway: TakeAway;
};

/** From the address of a file to what is pasted. */
export function AddressSection({ address, fields, kind, takeAway }: Props) {
  const state = address.state.value;
  const isBusy = state.phase === 'checking' || state.phase === 'hashing';
  const isRefused = state.phase === 'refused';
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isBusy) void address.submit();
  };
  return (
    <section class="card" aria-labelledby="on-server">
      <h2 id="on-server">{PUBLISH_WORDS.onServer}</h2>
      <form class="address" onSubmit={submit} noValidate>
        <label for="url">{PUBLISH_WORDS.publicUrl}</label>
        <div class="address-line">
          <input
            id="url"
            class="field"
            type="text"
            inputmode="url"
            dir="ltr"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            placeholder={PUBLISH_WORDS.publicUrlExample}
            aria-invalid={isRefused}
            aria-describedby="url-outcome"
            value={address.text.value}
            onInput={(event) => {
              address.text.value = event.currentTarget.value;
            }}
          />
          <button type="submit" class="button button-primary" aria-disabled={isBusy}>
            {PUBLISH_WORDS.submit}
          </button>
        </div>
        <p id="url-outcome" class={isRefused ? 'refusal' : 'quiet hint'} aria-live="polite">
          {isRefused ? refusalWords(state.refusal) : PUBLISH_WORDS.stays}
        </p>
        <AdvancedFieldset fields={fields} />
      </form>
      <CheckRegion address={address} kind={kind} />
      {state.phase === 'hashing' && (
        <JobBar title={PUBLISH_WORDS.reading} progress={state.progress} onCancel={() => address.stop()} />
      )}
      {state.phase === 'failed' && (
        <>
          <FailureNote {...jobFailureWords(state.failure)} />
          <button type="button" class="button" onClick={() => void address.submit()}>
            {PUBLISH_WORDS.tryAgain}
          </button>
        </>
      )}
      {state.phase === 'published' && (
        <Results publication={state.publication} site={state.site} kind={kind} takeAway={takeAway} />
      )}
    </section>
  );
}
