import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { escapeMarkup } from '../../publishing/escape-markup.ts';
import { mediaTypeOf } from '../../publishing/media-type.ts';
import { encodePath } from '../../publishing/published-urls.ts';
import { writeLinkSnippet } from '../../publishing/write-snippet.ts';
import type { Publication } from '../catalogue/read-folder.ts';

/** Colours as on the screens of the extension (`ui/styles/palette.css`). */
const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --page: light-dark(#eff1f4, #111317); --surface: light-dark(#fff, #1a1d22); --sunken: light-dark(#f5f6f8, #22262c);
  --line: light-dark(#e5e8ec, #2b3037); --ink: light-dark(#1b1f26, #eceff3); --quiet: light-dark(#59616d, #a4acb8);
  --accent: light-dark(#1763c4, #7db5ff); }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; background: var(--page); color: var(--ink); }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .25rem; }
p { margin: 0 0 1.5rem; color: var(--quiet); }
ul { list-style: none; margin: 0 0 1.5rem; padding: 0 1.25rem; background: var(--surface); border: 1px solid var(--line);
  border-radius: .5rem; }
li { padding: 1rem 0; }
li + li { border-top: 1px solid var(--line); }
a { color: var(--accent); overflow-wrap: anywhere; font-weight: 500; text-underline-offset: .15em; }
a:not(:hover, :focus-visible) { text-decoration: none; }
summary { cursor: pointer; width: fit-content; font-size: .875rem; padding: .25rem 0; color: var(--quiet); }
pre { overflow-x: auto; font-size: .8125rem; line-height: 1.45; padding: .75rem 1rem; border-radius: .375rem;
  margin: .25rem 0 0; background: var(--sunken); }
`;

/** The page runs nothing and loads nothing; its one style is known by its hash. */
export const INDEX_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`;

/** More would make a page that no browser shows in good time. */
const MAX_SHOWN = 1_000;

/**
 * The page at `/`: what is published here, each with the link that a publisher pastes into a page. `base` is the address of
 * this edge as the visitor knows it, with a slash at its end.
 */
export function indexPage(publications: readonly Publication[], base: string): string {
  const files = publications.filter(({ file }) => file.localPath !== null);
  const items = files.slice(0, MAX_SHOWN).map((publication) => listItem(publication, base));
  const more = files.length > MAX_SHOWN ? `<p>And ${files.length - MAX_SHOWN} more.</p>` : '';
  const body =
    files.length === 0
      ? '<p>Nothing is published here yet. A file appears when its .torrent lies beside it: run “rivulet publish” on the folder.</p>'
      : `<p>${files.length === 1 ? 'One file' : `${files.length} files`}, from this server and from everybody who has them.</p>
<ul>
${items.join('\n')}
</ul>
${more}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Published files</title>
<style>${STYLE}</style>
<h1>Published files</h1>
${body}
</html>
`;
}

function listItem({ file, torrentPath }: Publication, base: string): string {
  const url = new URL(file.path, base).href;
  const snippet = writeLinkSnippet(
    {
      ...{ url, name: file.name, file, mediaType: mediaTypeOf(file.name) },
      // The .torrent is in the same folder, under a name of its own.
      torrentUrl: new URL(encodePath([basename(torrentPath)]), url).href,
    },
    { policy: null, reportUrl: base },
  );
  return `<li>${snippet}
<details><summary>Link to paste into a page</summary><pre>${escapeMarkup(snippet)}</pre></details></li>`;
}
