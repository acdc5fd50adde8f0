import type { Publication } from '../publishing/publication.ts';
import type { ServerKind } from '../publishing/server-check/fixes.ts';
import { writeApacheFragment } from '../publishing/servers/apache-fragment.ts';
import { writeCaddyFragment } from '../publishing/servers/caddy-fragment.ts';
import { writeHeadersFile } from '../publishing/servers/headers-file.ts';
import { writeNginxFragment } from '../publishing/servers/nginx-fragment.ts';
import { writeS3Script } from '../publishing/servers/s3-script.ts';

const WRITERS: { readonly [Kind in ServerKind]: (publications: readonly Publication[]) => string } = {
  nginx: writeNginxFragment,
  apache: writeApacheFragment,
  caddy: writeCaddyFragment,
  s3: writeS3Script,
  pages: writeHeadersFile,
};

/** The lines that make a server name the .torrent of a file in its headers. */
export function headerLines(kind: ServerKind, publication: Publication): string {
  return WRITERS[kind]([publication]);
}
