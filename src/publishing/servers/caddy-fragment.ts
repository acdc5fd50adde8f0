import { fileHeaders } from '../file-headers.ts';
import { METALINK_TYPE, TORRENT_TYPE } from '../media-type.ts';
import type { Publication } from '../publication.ts';
import { decodedPathOf } from '../published-urls.ts';

const HEAD = `# Headers for Caddy 2. Import this file in the site that serves the files:   import /path/to/rivulet/Caddyfile
`;

/** One matcher for each file, and types for what lies beside it. */
export function writeCaddyFragment(publications: readonly Publication[]): string {
  return HEAD + publications.map(blockOf).join('');
}

function blockOf(publication: Publication, index: number): string {
  const matcher = `@rivulet${index}`;
  return [
    '',
    `${matcher} path ${pathPattern(publication.url)}`,
    `header ${matcher} {`,
    ...fileHeaders(publication).map(({ name, value }) => `  ${name === 'Link' ? '+' : ''}${name} ${quoted(value)}`),
    '}',
    `header ${pathPattern(publication.torrentUrl)} Content-Type ${TORRENT_TYPE}`,
    `header ${pathPattern(publication.metalinkUrl)} Content-Type ${METALINK_TYPE}`,
    '',
  ].join('\n');
}

/** Stars would match anything, braces would be filled in: those characters stay encoded, which Caddy compares as such. */
function pathPattern(url: string): string {
  const path = decodedPathOf(url).replace(/[%*{}"\\?#]/g, encodeURIComponentOf);
  return `"${path}"`;
}

const encodeURIComponentOf = (character: string) =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
