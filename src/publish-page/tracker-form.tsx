import { useSignal } from '@preact/signals';
import { PublishingError } from '../publishing/publishing-error.ts';
import { readTrackerUrl } from '../publishing/tracker-shard.ts';
import { hasBrowserTracker } from './advanced.ts';
import { PUBLISH_WORDS } from './publish-words.ts';

/** Asks for the one thing without which a friend cannot find this browser. */
export function TrackerForm({ onUse }: { readonly onUse: (tracker: string) => void }) {
  const text = useSignal('');
  const refusal = useSignal<string | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    try {
      const tracker = readTrackerUrl(text.value);
      refusal.value = hasBrowserTracker([tracker]) ? null : PUBLISH_WORDS.notForBrowsers;
      if (refusal.value === null) onUse(tracker);
    } catch (error) {
      if (!(error instanceof PublishingError)) throw error;
      refusal.value = error.message;
    }
  };
  return (
    <form class="tracker-form" onSubmit={submit} noValidate>
      <h3>{PUBLISH_WORDS.needsTracker}</h3>
      <p class="quiet">
        {PUBLISH_WORDS.needsTrackerHint}{' '}
        <code class="code" dir="ltr">
          {PUBLISH_WORDS.edgeCommand}
        </code>
      </p>
      <div class="address-line">
        <input
          class="field"
          type="text"
          inputmode="url"
          dir="ltr"
          spellcheck={false}
          autocomplete="off"
          aria-label={PUBLISH_WORDS.tracker}
          aria-invalid={refusal.value !== null}
          aria-describedby="tracker-refusal"
          placeholder={PUBLISH_WORDS.trackerExample}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button button-primary">
          {PUBLISH_WORDS.useTracker}
        </button>
      </div>
      <p id="tracker-refusal" class="refusal" aria-live="polite">
        {refusal.value}
      </p>
    </form>
  );
}
