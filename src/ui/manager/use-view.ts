import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export const MANAGER_VIEWS = ['transfers', 'totals', 'settings'] as const;
export type ManagerView = (typeof MANAGER_VIEWS)[number];

/** The view that the address of the page names, `#settings`; so each has an address, and "back" goes back. */
export function useView(offered: readonly ManagerView[]): ReadonlySignal<ManagerView> {
  const named = () => offered.find((view) => `#${view}` === location.hash) ?? 'transfers';
  const view = useSignal(named());
  useEffect(() => {
    const follow = () => {
      view.value = named();
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return view;
}
