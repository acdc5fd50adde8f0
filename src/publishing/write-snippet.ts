import { POLICY_ATTRIBUTE, REPORT_ATTRIBUTE, TORRENT_ATTRIBUTE } from '../model/publisher-link.ts';
import { formatBytesPlainly } from '../ui/formats/format-bytes.ts';
import { escapeMarkup } from './escape-markup.ts';
import { playerFor } from './media-type.ts';
import type { HashedFile, Publication, Site } from './publication.ts';

/** What the site says to the extensions of its visitors. */
export type SnippetOptions = Pick<Site, 'policy' | 'reportUrl'>;

/** What a link leads to. */
export type LinkTarget = Pick<Publication, 'url' | 'mediaType' | 'torrentUrl' | 'name'> & {
  readonly file: Pick<HashedFile, 'sizeBytes'>;
};

/**
 * The link that a publisher pastes: an ordinary one for everybody, with the address of the .torrent for those who have
 * the extension. No script.
 */
export function writeLinkSnippet(target: LinkTarget, { policy, reportUrl }: SnippetOptions): string {
  const { url, mediaType, torrentUrl, name, file } = target;
  const attributes = [
    `href="${escapeMarkup(url)}"`,
    'download',
    `type="${escapeMarkup(mediaType)}"`,
    `${TORRENT_ATTRIBUTE}="${escapeMarkup(torrentUrl)}"`,
    ...(policy === null ? [] : [`${POLICY_ATTRIBUTE}="${escapeMarkup(policy)}"`]),
    ...(reportUrl === null ? [] : [`${REPORT_ATTRIBUTE}="${escapeMarkup(reportUrl)}"`]),
  ];
  return `<a ${attributes.join('\n   ')}>${escapeMarkup(name)} (${formatBytesPlainly(file.sizeBytes)})</a>`;
}

/** A player with the link below it, for video and audio; null for what browsers do not play. */
export function writePlayerSnippet(publication: Publication, options: SnippetOptions): string | null {
  const player = playerFor(publication.mediaType);
  if (player === null) return null;
  const link = writeLinkSnippet(publication, options).replaceAll('\n', '\n    ');
  return [
    '<figure>',
    `  <${player} controls preload="none" src="${escapeMarkup(publication.url)}"></${player}>`,
    '  <figcaption>',
    `    ${link}`,
    '  </figcaption>',
    '</figure>',
  ].join('\n');
}
