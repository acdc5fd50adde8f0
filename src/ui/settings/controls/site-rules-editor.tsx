import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { SiteRule } from '../../../model/settings.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { itemRefusal, ruleWords, SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';
import { MAX_SITES, readItem, readSite } from '../read-item.ts';
import { AddItemForm } from './add-item-form.tsx';
import { PickOne } from './pick-one.tsx';

const RULES = ['ignore', 'ask', 'start'] as const satisfies readonly SiteRule['rule'][];

type Props = { readonly rules: readonly SiteRule[]; readonly onRules: (rules: readonly SiteRule[]) => void };

/** What is done with links on certain sites. */
export function SiteRulesEditor({ rules, onRules }: Props) {
  const text = useSignal('');
  const rule = useSignal<SiteRule['rule']>('ask');
  const refusal = useSignal<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const options = RULES.map((value) => ({ value, name: ruleWords(value) }));
  const add = () => {
    const hosts = rules.map(({ host }) => host);
    const site = readItem(text.value, hosts, { most: MAX_SITES, read: readSite });
    refusal.value = site.ok ? null : itemRefusal(site.why, MAX_SITES);
    if (!site.ok) return;
    text.value = '';
    onRules([...rules, { host: site.value, rule: rule.value }]);
  };
  return (
    <div class="list-editor">
      {rules.length === 0 ? (
        <p class="quiet">{SETTINGS_PAGE_WORDS.emptyList}</p>
      ) : (
        <ul class="items">
          {rules.map(({ host, rule: given }) => (
            <li key={host}>
              <bdi>{host}</bdi>
              <PickOne
                aria-label={SETTINGS_PAGE_WORDS.ruleFor(host)}
                value={given}
                options={options}
                onPick={(wanted) => onRules(rules.map((one) => (one.host === host ? { host, rule: wanted } : one)))}
              />
              <IconButton
                icon="remove"
                name={SETTINGS_PAGE_WORDS.removeItem(host)}
                onClick={() => {
                  onRules(rules.filter((one) => one.host !== host));
                  field.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <AddItemForm
        name={SETTINGS_PAGE_WORDS.site}
        field={field}
        text={text}
        refusal={refusal}
        placeholder="example.org"
        onAdd={add}
      >
        <PickOne
          aria-label={SETTINGS_PAGE_WORDS.newRule}
          value={rule.value}
          options={options}
          onPick={(wanted) => {
            rule.value = wanted;
          }}
        />
      </AddItemForm>
    </div>
  );
}
