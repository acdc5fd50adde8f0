import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { IconButton } from '../../components/icon-button.tsx';
import { itemRefusal, SETTINGS_PAGE_WORDS } from '../../words/settings-page-words.ts';
import { type ItemRead, readItem } from '../read-item.ts';
import { AddItemForm } from './add-item-form.tsx';

type Props = {
  /** What the list is called. */
  readonly name: string;
  readonly items: readonly string[];
  readonly most: number;
  readonly read: (text: string) => ItemRead<string>;
  readonly placeholder: string;
  readonly onItems: (items: readonly string[]) => void;
};

/** A list of short texts: each can be taken out, and more put in, one at a time. What does not fit is refused with words. */
export function ListEditor({ name, items, most, read, placeholder, onItems }: Props) {
  const text = useSignal('');
  const refusal = useSignal<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    const item = readItem(text.value, items, { most, read });
    refusal.value = item.ok ? null : itemRefusal(item.why, most);
    if (!item.ok) return;
    text.value = '';
    onItems([...items, item.value]);
  };
  return (
    <div class="list-editor">
      {items.length === 0 ? (
        <p class="quiet">{SETTINGS_PAGE_WORDS.emptyList}</p>
      ) : (
        <ul class="items" aria-label={name}>
          {items.map((item) => (
            <li key={item}>
              <bdi>{item}</bdi>
              <IconButton
                icon="remove"
                name={SETTINGS_PAGE_WORDS.removeItem(item)}
                onClick={() => {
                  onItems(items.filter((other) => other !== item));
                  field.current?.focus(); // the button goes, and takes the focus with it
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <AddItemForm name={name} field={field} text={text} refusal={refusal} placeholder={placeholder} onAdd={add} />
    </div>
  );
}
