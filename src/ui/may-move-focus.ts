/**
 * Whether the focus may be put elsewhere when `part` of the page has gone or is about to go: it is in there, or nowhere.
 * Not when the user went on, to type into a field for example, while the engine was asked: what comes next is meant for that.
 */
export function mayMoveFocus(part: Element | null): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || part?.contains(activeElement) === true;
}
