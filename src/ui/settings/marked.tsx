import { hitsIn } from './find-settings.ts';

/** A text in which the words that were looked for are marked. */
export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  const hits = hitsIn(text, words);
  const starts = [0, ...hits.map(({ end }) => end)];
  return (
    <>
      {starts.map((start, at) => {
        const hit = hits[at];
        return (
          <>
            {text.slice(start, hit?.start ?? text.length)}
            {hit !== undefined && <mark>{text.slice(hit.start, hit.end)}</mark>}
          </>
        );
      })}
    </>
  );
}
