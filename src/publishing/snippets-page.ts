import { formatBytesPlainly } from '../ui/formats/format-bytes.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { Publication } from './publication.ts';
import { writeMagnet } from './write-magnet.ts';
import { type SnippetOptions, writeLinkSnippet, writePlayerSnippet } from './write-snippet.ts';

const STYLE = `
  :root { color-scheme: light dark; --line: #d7dde3; --soft: #f4f6f8; --quiet: #5b6770; --river: #0b6e8a; }
  @media (prefers-color-scheme: dark) { :root { --line: #333d46; --soft: #1c2329; --quiet: #9aa7b1; --river: #5cc4e0; } }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
  h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
  h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
  h3 { font-size: .8rem; font-weight: 600; color: var(--quiet); margin: 1rem 0 .25rem; }
  p { margin: .25rem 0; color: var(--quiet); }
  a { color: var(--river); }
  article { border-top: 1px solid var(--line); padding: 1.5rem 0 1rem; margin-top: 1.5rem; }
  pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .75rem; margin: 0;
        font: .8rem/1.5 ui-monospace, monospace; white-space: pre-wrap; word-break: break-all; user-select: all; }
  .hash { font-family: ui-monospace, monospace; font-size: .8rem; overflow-wrap: anywhere; }
`;

/** A page for the publisher, without script: for each file what to paste. A click on a snippet selects all of it. */
export function writeSnippetsPage(publications: readonly Publication[], options: SnippetOptions): string {
  const totalBytes = publications.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const count = publications.length === 1 ? '1 file' : `${publications.length} files`;
  const lead =
    publications.length === 0
      ? 'Nothing is published: the folder has no files.'
      : `${count}, ${formatBytesPlainly(totalBytes)}. Click a snippet to select it, then copy. For visitors without the extension each link is an ordinary one.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>What to paste</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What to paste</h1>
<p>${lead}</p>
${publications.map((publication) => articleOf(publication, options)).join('')}</body>
</html>
`;
}

function articleOf(publication: Publication, options: SnippetOptions): string {
  const { url, file, infoHash, torrentUrl, metalinkUrl } = publication;
  const player = writePlayerSnippet(publication, options);
  const link = (address: string, text: string) => `<a href="${escapeMarkup(address)}">${text}</a>`;
  return `<article>
<h2>${link(url, escapeMarkup(file.path.join('/')))}</h2>
<p>${formatBytesPlainly(file.sizeBytes)} · ${link(torrentUrl, '.torrent')} · ${link(metalinkUrl, '.meta4')}</p>
<p>Info hash <span class="hash">${infoHash}</span></p>
${snippet('Link', writeLinkSnippet(publication, options))}${player === null ? '' : snippet('Player', player)}${snippet('Magnet', writeMagnet(publication))}</article>
`;
}

/** A newline right after `<pre>` is not shown, and keeps the snippet's own first line whole. */
const snippet = (title: string, text: string) => `<h3>${title}</h3>\n<pre>\n${escapeMarkup(text)}</pre>\n`;
