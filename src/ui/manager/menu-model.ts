import type { IconName } from '../components/icon.tsx';

export type MenuItem =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: IconName;
      /** One of several, and whether it is the one. */
      readonly isChecked?: boolean;
      /** Key that does the same, as it is written. */
      readonly keys?: string;
      readonly isDanger?: boolean;
      /** Opens something else: the focus does not go back to where it was. */
      readonly act: () => void;
    }
  | { readonly kind: 'line' };

/** A menu that is open: where, what it offers, and who gets the focus when it closes. */
export type OpenMenu = {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Its corner nearest the start of lines, in CSS pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly returnTo: HTMLElement | null;
};
