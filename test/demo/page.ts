import { readFileSync } from 'node:fs';
import { formatBytes } from '../../src/ui/formats/format-bytes.ts';

/** `pictureUrl`: a small view of what the link brings. */
export type DemoLink = { readonly href: string; readonly pictureUrl: string; readonly lengthBytes: number };
export type DemoLinks = { readonly [Name in 'main' | 'torrentFile' | 'folder' | 'liar']: DemoLink };

/** The element id of the link that starts the main job. */
export const MAIN_LINK_ID = 'main-link';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The page that the demo opens: what will happen, and four links to try. It looks like any page that has torrents. */
export function demoPage({ main, torrentFile, folder, liar }: DemoLinks): string {
  const palette = read('../../src/ui/styles/palette.css');
  const mark = read('../../public/icons/rivulet.svg').replace('<svg', '<svg class="mark" aria-hidden="true"');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rivulet demo</title>
<style>${palette}${read('page.css')}</style>
</head>
<body>
<main>
<header>
${mark}
<h1>Click a link. Get the file.</h1>
<p class="lead">Everything here runs on your own computer: a few peers, two slow web servers, and this page.</p>
</header>
<ol class="steps">
<li>Click a card below. Nothing else opens: Rivulet takes the link.</li>
<li>Watch it in the toolbar popup: <b class="peers">blue from peers</b>, <b class="origins">orange from web servers</b>, both at once.</li>
<li>Every piece is checked, and the file lands in your Downloads folder.</li>
</ol>
<nav aria-label="Links to try">
${card({ link: main, id: MAIN_LINK_ID, kind: 'Magnet link', title: 'River in the evening', text: 'One large picture, from a peer and a web server together.' })}
${card({ link: torrentFile, id: 'torrent-link', kind: '.torrent file', title: 'Brook at noon', text: 'The same, from a torrent file that this site hosts.' })}
${card({ link: folder, id: 'folder-link', kind: 'Folder', title: 'Four small rivers', text: 'Five files in a folder, with pieces that cross from one file to the next.' })}
${card({ link: liar, id: 'liar-link', kind: 'A server that lies', title: 'Muddy river', text: 'Its web server sends one damaged piece. Rivulet notices, says so, and gets that piece from a peer.' })}
</nav>
</main>
</body>
</html>
`;
}

type Card = {
  readonly link: DemoLink;
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
};

function card({ link, id, kind, title, text }: Card): string {
  return `<a class="card" id="${id}" href="${link.href.replaceAll('&', '&amp;')}">
<img src="${link.pictureUrl}" alt="" width="480" height="360">
<span class="kind">${kind}</span><span class="size">${formatBytes(link.lengthBytes)}</span>
<strong>${title}</strong>
<span class="text">${text}</span>
</a>`;
}
