import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const IDLE_AFTER_MS = 2_500;

/**
 * Whether nobody has moved over an element for a while, and things over the picture may go. Never for somebody who used
 * the keyboard last: what has the focus must be seen (WCAG 2.4.7).
 */
export function useIdle(of: RefObject<HTMLElement | null>, mayHide: ReadonlySignal<boolean>): ReadonlySignal<boolean> {
  const isIdle = useSignal(false);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const usesKeys = useRef(false);
  const wake = () => {
    isIdle.value = false;
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      isIdle.value = mayHide.peek() && !usesKeys.current;
    }, IDLE_AFTER_MS);
  };
  useSignalEffect(() => {
    mayHide.value; // what may be hidden now is waited for anew, and what may not is shown at once
    wake();
  });
  useEffect(() => {
    const element = of.current;
    if (element === null) return;
    const move = () => {
      usesKeys.current = false;
      wake();
    };
    const press = () => {
      usesKeys.current = true;
      wake();
    };
    const listeners = [
      [element, 'pointermove', move],
      [element, 'pointerdown', move],
      [document, 'keydown', press],
      [element, 'focusin', wake],
    ] as const;
    for (const [target, event, listener] of listeners) target.addEventListener(event, listener);
    return () => {
      clearTimeout(waiting.current);
      for (const [target, event, listener] of listeners) target.removeEventListener(event, listener);
    };
  }, []);
  return isIdle;
}
