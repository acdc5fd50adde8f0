const KEY = 'player';

/** What players wrote down last; null when there is nothing, or the browser keeps nothing for us. */
export function readPlayerMemory(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Writes down what players remember. Losing it loses only the places in films, and so its errors are ignored. */
export function writePlayerMemory(text: string): void {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Full or forbidden.
  }
}
