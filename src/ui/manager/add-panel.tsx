import { useEffect } from 'preact/hooks';
import type { AddModel } from '../add-model.ts';
import { AddForm } from '../components/add-form.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { PickFiles } from '../components/pick-files.tsx';
import { sayInManager } from '../words/manager-words.ts';
import type { ManagerModel } from './manager-model.ts';

type Props = { readonly adding: AddModel; readonly model: ManagerModel };

/** The field to add something. It also opens by itself to tell what became of a paste or a drop. */
export function AddPanel({ adding, model }: Props) {
  const outcome = adding.outcome.value;
  const isToldOf =
    outcome.kind === 'failed' || outcome.kind === 'added-many' || (outcome.kind === 'added' && outcome.added.wasThere);
  useEffect(() => {
    if (isToldOf) model.isAdding.value = true;
    else if (outcome.kind === 'added') close();
  }, [outcome]);
  const isOpen = model.isAdding.value || model.list.isEmpty.value;
  useEffect(() => {
    if (isOpen && !isToldOf) document.querySelector<HTMLElement>('#add')?.focus();
  }, [isOpen]);
  const close = () => {
    model.isAdding.value = false;
    adding.write(adding.text.peek());
  };
  if (!isOpen) return null;
  return (
    <section
      id="add-panel"
      class="add-panel"
      aria-label={sayInManager('addPanel')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
        document.querySelector<HTMLElement>('[aria-controls="add-panel"]')?.focus();
      }}
    >
      <AddForm adding={adding} />
      <PickFiles name={sayInManager('pickFiles')} onFiles={(files) => void adding.takeFiles(files)} />
      {!model.list.isEmpty.value && <IconButton icon="remove" name={sayInManager('close')} onClick={close} />}
    </section>
  );
}
