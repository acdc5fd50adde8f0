import { useEffect, useRef } from 'preact/hooks';
import { POPUP_WORDS } from '../words/popup-words.ts';

type Props = {
  readonly isFinished: boolean;
  readonly onAnswer: (deleteData: boolean) => void;
  readonly onCancel: () => void;
};

/** Asks inside the row what to do with the data. The answer that loses nothing has the focus; Escape changes nothing. */
export function RemoveQuestion({ isFinished, onAnswer, onCancel }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault(); // or the browser closes the whole popup
    onCancel();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, these are buttons
    <div class="question" role="group" aria-label={POPUP_WORDS.removeQuestion} onKeyDown={cancelOnEscape}>
      <p>
        <strong>{POPUP_WORDS.removeQuestion}</strong> {!isFinished && POPUP_WORDS.keepArrivedHint}
      </p>
      <button type="button" class="button" ref={keep} onClick={() => onAnswer(false)}>
        {isFinished ? POPUP_WORDS.keepFile : POPUP_WORDS.keepArrived}
      </button>
      <button type="button" class="button button-danger" onClick={() => onAnswer(true)}>
        {isFinished ? POPUP_WORDS.deleteFile : POPUP_WORDS.deleteArrived}
      </button>
      <button type="button" class="button button-quiet" onClick={onCancel}>
        {POPUP_WORDS.cancel}
      </button>
    </div>
  );
}
