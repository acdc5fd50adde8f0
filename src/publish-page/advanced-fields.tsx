import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/components/icon.tsx';
import { type AdvancedFields, POLICY_CHOICES, type PolicyChoice } from './advanced.ts';
import { PUBLISH_WORDS, policyChoiceWords } from './publish-words.ts';

/** What most never need: mirrors, trackers, what visitors' extensions do, and where reports go. */
export function AdvancedFieldset({ fields }: { readonly fields: Signal<AdvancedFields> }) {
  const write = (change: Partial<AdvancedFields>) => {
    fields.value = { ...fields.value, ...change };
  };
  const { mirrors, trackers, policy, withinMinutes, reportUrl } = fields.value;
  return (
    <details class="advanced">
      <summary>{PUBLISH_WORDS.advanced}</summary>
      <div class="advanced-fields">
        <Labelled id="trackers" name={PUBLISH_WORDS.trackers} hint={PUBLISH_WORDS.trackersHint}>
          <textarea
            id="trackers"
            class="field code"
            rows={2}
            dir="ltr"
            spellcheck={false}
            aria-describedby="trackers-hint"
            value={trackers}
            onInput={(event) => write({ trackers: event.currentTarget.value })}
          />
        </Labelled>
        <Labelled id="mirrors" name={PUBLISH_WORDS.mirrors} hint={PUBLISH_WORDS.mirrorsHint}>
          <textarea
            id="mirrors"
            class="field code"
            rows={2}
            dir="ltr"
            spellcheck={false}
            aria-describedby="mirrors-hint"
            value={mirrors}
            onInput={(event) => write({ mirrors: event.currentTarget.value })}
          />
        </Labelled>
        <Labelled id="policy" name={PUBLISH_WORDS.policy} hint={PUBLISH_WORDS.policyHint}>
          <span class="select">
            <select
              id="policy"
              aria-describedby="policy-hint"
              value={policy}
              onChange={(event) => write({ policy: event.currentTarget.value as PolicyChoice })}
            >
              {POLICY_CHOICES.map((choice) => (
                <option key={choice} value={choice}>
                  {policyChoiceWords(choice)}
                </option>
              ))}
            </select>
            <Icon name="choose" />
          </span>
          {policy === 'spare-origin' && (
            <label class="within">
              {PUBLISH_WORDS.within}
              <input
                class="field"
                type="text"
                inputmode="decimal"
                value={withinMinutes}
                onInput={(event) => write({ withinMinutes: event.currentTarget.value })}
              />
            </label>
          )}
        </Labelled>
        <Labelled id="report" name={PUBLISH_WORDS.report} hint={PUBLISH_WORDS.reportHint}>
          <input
            id="report"
            class="field"
            type="text"
            dir="ltr"
            spellcheck={false}
            aria-describedby="report-hint"
            placeholder={PUBLISH_WORDS.edgeExample}
            value={reportUrl}
            onInput={(event) => write({ reportUrl: event.currentTarget.value })}
          />
        </Labelled>
      </div>
    </details>
  );
}

type LabelledProps = {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly children: ComponentChildren;
};

function Labelled({ id, name, hint, children }: LabelledProps) {
  return (
    <div class="labelled">
      <label for={id}>{name}</label>
      {children}
      <p class="quiet hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
