import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ColumnsQuestion } from './columns-question.tsx';
import { KeysList } from './keys-list.tsx';
import { LabelQuestion } from './label-question.tsx';
import type { ManagerModel, Question } from './manager-model.ts';
import { RemoveManyQuestion } from './remove-many-question.tsx';

type Props = { readonly model: ManagerModel };

/** What is asked in front of the page, one at a time. The browser keeps the focus in it and gives it back. */
export function Questions({ model }: Props) {
  const question = model.question.value;
  if (question === null) return null;
  const close = () => {
    if (model.question.peek() === question) model.question.value = null;
  };
  return (
    <Dialog key={question.kind} onClose={close}>
      {contentOf(question, model, close)}
    </Dialog>
  );
}

function contentOf(question: Question, model: ManagerModel, close: () => void) {
  switch (question.kind) {
    case 'remove':
      return <RemoveManyQuestion model={model} ids={question.ids} onEnd={close} />;
    case 'label':
      return <LabelQuestion model={model} ids={question.ids} onEnd={close} />;
    case 'columns':
      return <ColumnsQuestion model={model} onEnd={close} />;
    case 'keys':
      return <KeysList onEnd={close} />;
  }
}

function Dialog({ children, onClose }: { readonly children: ComponentChildren; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  // At once, not after the next frame: what is typed right after the question is meant for it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      dialog.current?.close(); // while it is open, nothing else takes the focus
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else document.querySelector<HTMLElement>('#transfers')?.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by the browser
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
