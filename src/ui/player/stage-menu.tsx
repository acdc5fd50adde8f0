import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isRightToLeft } from '../../words/say.ts';
import { sayPlayer } from '../words/player-words.ts';
import { PlayerButton } from './player-button.tsx';

type Props = {
  readonly id: string;
  readonly title: string;
  readonly onClose: () => void;
  /** Nothing in it can be used: then what scrolls takes the focus itself (WCAG 2.1.1). */
  readonly isReadOnly?: boolean;
  readonly children: ComponentChildren;
};

/** A panel over the stage. It takes the focus when it opens, and Escape or a click elsewhere closes it. */
export function StageMenu({ id, title, onClose, isReadOnly = false, children }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('input:checked, .menu-body button, .menu-body input');
    (first ?? panel.current)?.focus();
    const closeOutside = (event: PointerEvent) => {
      const target = event.target as Element | null;
      if (target?.closest(`#${id}, [aria-controls="${id}"]`) == null) onClose();
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  return (
    <div
      ref={panel}
      id={id}
      class="menu"
      role="dialog"
      aria-label={title}
      dir={isRightToLeft() ? 'rtl' : 'ltr'}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
        document.querySelector<HTMLElement>(`[aria-controls="${id}"]`)?.focus();
      }}
    >
      <div class="menu-top">
        <h2>{title}</h2>
        <PlayerButton icon="close" name={sayPlayer('close')} onClick={onClose} />
      </div>
      <div class="menu-body" {...(isReadOnly ? { tabIndex: 0 } : {})}>
        {children}
      </div>
    </div>
  );
}

type ChoiceProps = {
  readonly group: string;
  readonly words: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

/** One of several, as a line of a panel. */
export function MenuChoice({ group, words, isChosen, onChoose }: ChoiceProps) {
  return (
    <label class="menu-choice">
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
      <bdi>{words}</bdi>
    </label>
  );
}
