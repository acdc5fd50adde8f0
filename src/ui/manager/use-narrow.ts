import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Whether there is room for one column only; the style sheet says the same. */
const NARROW = '(max-width: 719.9px)';

export function useNarrow(): ReadonlySignal<boolean> {
  const isNarrow = useSignal(matchMedia(NARROW).matches);
  useEffect(() => {
    const room = matchMedia(NARROW);
    const follow = () => {
      isNarrow.value = room.matches;
    };
    room.addEventListener('change', follow);
    return () => room.removeEventListener('change', follow);
  }, []);
  return isNarrow;
}
