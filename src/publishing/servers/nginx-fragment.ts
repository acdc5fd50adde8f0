import { fileHeaders, type Header } from '../file-headers.ts';
import { METALINK_TYPE, TORRENT_TYPE } from '../media-type.ts';
import type { Publication } from '../publication.ts';
import { decodedPathOf } from '../published-urls.ts';

const HEAD = `# Headers for nginx. Include this file in the "server" block that serves the files, or in the "location" with their
# "root" or "alias":   include /path/to/rivulet/nginx.conf;
# Files listed here get no add_header of the blocks around them: nginx inherits either all of them or none.
`;

/**
 * One `location` for each file, matched by its whole path; and types for what lies beside it. Without compression, which
 * takes away ranges and whose bytes have another digest.
 */
export function writeNginxFragment(publications: readonly Publication[]): string {
  return HEAD + publications.map(locationsOf).join('');
}

function locationsOf(publication: Publication): string {
  const { url, torrentUrl, metalinkUrl } = publication;
  return [
    '',
    ...location(url, ['gzip off;', ...fileHeaders(publication).map(addHeader)]),
    ...location(torrentUrl, [typeIs(TORRENT_TYPE)]),
    ...location(metalinkUrl, [typeIs(METALINK_TYPE)]),
    '',
  ].join('\n');
}

/** `types { }` makes nginx forget what it knows by endings, for this location only. */
const typeIs = (type: string) => `types { } default_type ${type};`;

const location = (url: string, directives: readonly string[]) => [
  `location = ${quoted(decodedPathOf(url))} {`,
  ...directives.map((directive) => `  ${directive}`),
  '}',
];

/** Values are ASCII; a `$` would begin a variable, and addresses have none (`readFolderUrl`). */
const addHeader = ({ name, value }: Header) => `add_header ${name} '${value}';`;

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
