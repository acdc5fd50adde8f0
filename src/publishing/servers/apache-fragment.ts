import { fileHeaders, type Header } from '../file-headers.ts';
import { METALINK_TYPE, TORRENT_TYPE } from '../media-type.ts';
import { METALINK_SUFFIX, type Publication, TORRENT_SUFFIX } from '../publication.ts';
import { decodedPathOf } from '../published-urls.ts';

const HEAD = `# Headers for Apache 2.4 with mod_headers: copy this into the .htaccess of the folder (AllowOverride FileInfo), or
# include it in the VirtualHost.
AddType ${TORRENT_TYPE} ${TORRENT_SUFFIX}
AddType ${METALINK_TYPE} ${METALINK_SUFFIX}
<IfModule mod_headers.c>
`;

/**
 * One `<If>` for each file, matched by its whole path. Without compression, which takes away ranges and whose bytes have
 * another digest.
 */
export function writeApacheFragment(publications: readonly Publication[]): string {
  return `${HEAD}${publications.map(sectionOf).join('')}</IfModule>\n`;
}

function sectionOf(publication: Publication): string {
  const pattern = patternOf(decodedPathOf(publication.url));
  const lines = fileHeaders(publication).map((header) => `  ${directiveOf(header)}\n`);
  return `<If "%{REQUEST_URI} =~ m#^${pattern}$#">\n  SetEnv no-gzip 1\n${lines.join('')}</If>\n`;
}

/** `%` begins a format in a header's value, and is written twice; `add` makes a header of its own for each link. */
function directiveOf({ name, value }: Header): string {
  const quoted = value.replaceAll('%', '%%').replace(/["\\]/g, '\\$&');
  return `Header ${name === 'Link' ? 'add' : 'set'} ${name} "${quoted}"`;
}

/**
 * A regular expression for one path. Every byte that might mean something to the expression, to the string around it or
 * to the file around that is written by its number; Apache compares bytes.
 */
function patternOf(path: string): string {
  let pattern = '';
  for (const byte of new TextEncoder().encode(path)) {
    const character = String.fromCharCode(byte);
    if (/[\w/-]/.test(character)) pattern += character;
    else if (character === '.') pattern += '\\.';
    else pattern += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return pattern;
}
