import type { Memory } from '../ui/manager/memory.ts';

/** Other pages of the extension share this storage. */
const KEY = 'manager-';

/** Remembers how the page looked, in this browser. Losing it loses nothing. */
export const LOCAL_MEMORY: Memory = {
  read: (name) => {
    try {
      return JSON.parse(localStorage.getItem(KEY + name) ?? 'null');
    } catch {
      return null;
    }
  },
  write: (name, value) => {
    try {
      localStorage.setItem(KEY + name, JSON.stringify(value));
    } catch {
      // Full or switched off: the page looks as at first the next time.
    }
  },
};
