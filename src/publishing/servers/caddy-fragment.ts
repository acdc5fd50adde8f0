import { fileHeaders } from '../file-headers.ts';
import { METALINK_TYPE, TORRENT_TYPE } from '../media-type.ts';
import { METALINK_SUFFIX, type Publication, TORRENT_SUFFIX } from '../publication.ts';
import { decodedPathOf } from '../published-urls.ts';

const HEAD = `# Headers for Caddy 2. Import this file in the site that serves the files:   import /path/to/rivulet/Caddyfile

@rivuletTorrent path *${TORRENT_SUFFIX}
header @rivuletTorrent Content-Type ${TORRENT_TYPE}
@rivuletMetalink path *${METALINK_SUFFIX}
header @rivuletMetalink Content-Type ${METALINK_TYPE}
`;

/** One matcher for each file, by its whole path. */
export function writeCaddyFragment(publications: readonly Publication[]): string {
  return HEAD + publications.map(blockOf).join('');
}

function blockOf(publication: Publication, index: number): string {
  const matcher = `@rivulet${index}`;
  return [
    '',
    `${matcher} path_regexp ^${patternOf(decodedPathOf(publication.url))}$`,
    `header ${matcher} {`,
    ...fileHeaders(publication).map(({ name, value }) => `  ${name === 'Link' ? '+' : ''}${name} ${quoted(value)}`),
    '}',
    '',
  ].join('\n');
}

/**
 * A regular expression for one path, with everything but ASCII letters and digits by its number. Caddy's plain matcher will
 * not do: it takes brackets and stars for patterns, and capitals beyond ASCII for other letters.
 */
function patternOf(path: string): string {
  return path.replace(/[^\w/-]/gu, (character) =>
    character === '.' ? '\\.' : `\\x{${character.codePointAt(0)?.toString(16)}}`,
  );
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
