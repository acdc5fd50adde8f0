import { describedByHeaders, digestHeader } from '../file-headers.ts';
import { METALINK_TYPE, TORRENT_TYPE } from '../media-type.ts';
import type { Publication } from '../publication.ts';

const HEAD = `# Headers for Netlify and Cloudflare Pages: copy this to the _headers file at the root of the site.
# Cloudflare Pages reads the first 100 rules. Mirrors are named in the .torrent and .meta4 only: both hosts join headers
# of one name by commas.
`;

/** One rule for each file. Paths stay percent-encoded: a blank would end them, and `*` and `:` mean something. */
export function writeHeadersFile(publications: readonly Publication[]): string {
  return HEAD + publications.map(rulesOf).join('');
}

function rulesOf(publication: Publication): string {
  const headers = [...describedByHeaders(publication), digestHeader(publication)];
  return [
    '',
    pathOf(publication.url),
    ...headers.map(({ name, value }) => `  ${name}: ${value}`),
    pathOf(publication.torrentUrl),
    `  Content-Type: ${TORRENT_TYPE}`,
    pathOf(publication.metalinkUrl),
    `  Content-Type: ${METALINK_TYPE}`,
    '',
  ].join('\n');
}

const pathOf = (url: string) => new URL(url).pathname.replaceAll(':', '%3A');
