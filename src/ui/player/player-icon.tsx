/** Drawings of a player on a 24 × 24 grid, in the colour of the text around them. Those of `FILLED` are shapes. */
const PATHS = {
  play: 'M8 5.2v13.6a.8.8 0 0 0 1.22.68l10.9-6.8a.8.8 0 0 0 0-1.36L9.22 4.52A.8.8 0 0 0 8 5.2z',
  pause:
    'M7 5h3a.6.6 0 0 1 .6.6v12.8a.6.6 0 0 1-.6.6H7a.6.6 0 0 1-.6-.6V5.6A.6.6 0 0 1 7 5zm7 0h3a.6.6 0 0 1 .6.6v12.8a.6.6 0 0 1-.6.6h-3a.6.6 0 0 1-.6-.6V5.6A.6.6 0 0 1 14 5z',
  next: 'M6 6.1v11.8a.7.7 0 0 0 1.08.58l8.4-5.5v5.3a.72.72 0 0 0 .72.72h.9a.72.72 0 0 0 .72-.72V5.72A.72.72 0 0 0 17.1 5h-.9a.72.72 0 0 0-.72.72v5.3l-8.4-5.5A.7.7 0 0 0 6 6.1z',
  previous:
    'M18 6.1v11.8a.7.7 0 0 1-1.08.58l-8.4-5.5v5.3a.72.72 0 0 1-.72.72h-.9a.72.72 0 0 1-.72-.72V5.72A.72.72 0 0 1 6.9 5h.9a.72.72 0 0 1 .72.72v5.3l8.4-5.5A.7.7 0 0 1 18 6.1z',
  volume: 'M4 9.5v5h3.2L12 18.5v-13L7.2 9.5zM15.2 9.3a3.8 3.8 0 0 1 0 5.4M17.7 6.8a7.4 7.4 0 0 1 0 10.4',
  muted: 'M4 9.5v5h3.2L12 18.5v-13L7.2 9.5zM15.7 9.7l4.6 4.6m0-4.6-4.6 4.6',
  subtitles:
    'M4.5 5.5h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7 15.2h6m2.5 0H17M7 12.2h2m2.5 0H17',
  audio:
    'M9.2 17.2V6.3l9-1.8v10.9M9.2 17.2a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0zm9-1.8a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0z',
  pip: 'M20.5 11V6.5a1 1 0 0 0-1-1h-15a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H10M13.5 13.5h6.5a.8.8 0 0 1 .8.8v3.9a.8.8 0 0 1-.8.8h-6.5a.8.8 0 0 1-.8-.8v-3.9a.8.8 0 0 1 .8-.8z',
  fullscreen: 'M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15',
  'fullscreen-end': 'M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5',
  keys: 'M4 7h16a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zM6.5 10.2h.1m3.6 0h.1m3.6 0h.1m3.5 0h.1M8 14h8',
  close: 'm6.5 6.5 11 11m0-11-11 11',
  fit: 'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8m8 0h2.5A1.5 1.5 0 0 1 20 5.5V8m0 8v2.5a1.5 1.5 0 0 1-1.5 1.5H16m-8 0H5.5A1.5 1.5 0 0 1 4 18.5V16m4.5-7.5h7v7h-7z',
  'zoom-in': 'M15.5 15.5 20 20M17.5 10.7a6.8 6.8 0 1 1-13.6 0 6.8 6.8 0 0 1 13.6 0zM10.7 8v5.4M8 10.7h5.4',
  'zoom-out': 'M15.5 15.5 20 20M17.5 10.7a6.8 6.8 0 1 1-13.6 0 6.8 6.8 0 0 1 13.6 0zM8 10.7h5.4',
  done: 'm5.5 12.5 4.4 4.4 8.6-9.4',
  file: 'M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zm0 0v5h5',
} as const;

const FILLED: ReadonlySet<string> = new Set(['play', 'pause', 'next', 'previous']);

export type PlayerIconName = keyof typeof PATHS;

/** A drawing in a button that has a name; hidden from screen readers. */
export function PlayerIcon({ name }: { readonly name: PlayerIconName }) {
  return (
    <svg class="player-icon" data-filled={FILLED.has(name)} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
