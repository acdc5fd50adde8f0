import { sayInManager } from '../words/manager-words.ts';

/** What the keys do, and their names on the keyboard. */
const KEYS = [
  ['keyArrows', '↑', '↓'],
  ['keyEnds', 'Home', 'End'],
  ['keyPages', 'Page Up', 'Page Down'],
  ['keyStretch', 'Shift'],
  ['keySpace', 'Space'],
  ['keyAll', 'Ctrl A'],
  ['keyEnter', 'Enter'],
  ['keyMenu', 'Shift F10'],
  ['keyPause', 'P'],
  ['keyDelete', 'Delete'],
  ['keyQueue', 'Alt ↑', 'Alt ↓'],
  ['keySearch', '/'],
  ['keyEscape', 'Esc'],
  ['keyKeys', '?'],
] as const;

/** The list of keys. */
export function KeysList({ onEnd }: { readonly onEnd: () => void }) {
  return (
    <>
      <h2 id="dialog-title">{sayInManager('keysTitle')}</h2>
      <dl class="keys">
        {KEYS.map(([what, ...keys]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{sayInManager(what)}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{sayInManager('keysHint')}</p>
      <div class="dialog-buttons">
        <button type="button" class="button button-primary" data-first onClick={onEnd}>
          {sayInManager('close')}
        </button>
      </div>
    </>
  );
}
