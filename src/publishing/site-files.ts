import type { Publication, Site } from './publication.ts';
import { writeApacheFragment } from './servers/apache-fragment.ts';
import { writeCaddyFragment } from './servers/caddy-fragment.ts';
import { writeHeadersFile } from './servers/headers-file.ts';
import { writeNginxFragment } from './servers/nginx-fragment.ts';
import { writeS3Script } from './servers/s3-script.ts';
import { writeSnippetsPage } from './snippets-page.ts';
import { writeTorrentFeed } from './torrent-feed.ts';
import { writeMagnet } from './write-magnet.ts';

export type SiteFile = { readonly name: string; readonly text: string; readonly isScript?: boolean };

/** Everything that is written for a folder as a whole: what to paste, and what to give to its server. */
export function siteFiles(publications: readonly Publication[], site: Site): readonly SiteFile[] {
  return [
    { name: 'snippets.html', text: writeSnippetsPage(publications, site) },
    { name: 'magnets.txt', text: publications.map((publication) => `${writeMagnet(publication)}\n`).join('') },
    { name: 'nginx.conf', text: writeNginxFragment(publications) },
    { name: '.htaccess', text: writeApacheFragment(publications) },
    { name: 'Caddyfile', text: writeCaddyFragment(publications) },
    { name: '_headers', text: writeHeadersFile(publications) },
    { name: 's3-headers.sh', text: writeS3Script(publications), isScript: true },
    { name: 'feed.xml', text: writeTorrentFeed(publications, site.baseUrl) },
  ];
}
