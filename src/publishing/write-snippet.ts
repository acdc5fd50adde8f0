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
export function writeLinkSnippet(target: LinkTarget, options: SnippetOptions): string {
  const { url, mediaType, name, file } = target;
  const own = [`href="${escapeMarkup(url)}"`, 'download', `type="${escapeMarkup(mediaType)}"`];
  const attributes = [...own, ...publisherAttributes(target, options)].join('\n   ');
  return `<a ${attributes}>${escapeMarkup(name)} (${formatBytesPlainly(file.sizeBytes)})</a>`;
}

/**
 * A player with the link below it, for video and audio; null for what browsers do not play. Who has the extension is offered
 * to play it with the help of peers, by the name that the player has.
 */
export function writePlayerSnippet(publication: Publication, options: SnippetOptions): string | null {
  const player = playerFor(publication.mediaType);
  if (player === null) return null;
  const { url, name } = publication;
  const own = ['controls preload="none"', `src="${escapeMarkup(url)}"`, `aria-label="${escapeMarkup(name)}"`];
  const attributes = [...own, ...publisherAttributes(publication, options)].join('\n     ');
  const link = writeLinkSnippet(publication, options).replaceAll('\n', '\n    ');
  return [
    '<figure>',
    `  <${player} ${attributes}></${player}>`,
    '  <figcaption>',
    `    ${link}`,
    '  </figcaption>',
    '</figure>',
  ].join('\n');
}

/** What the publisher says to extensions, beside a link or a player. */
function publisherAttributes(
  { torrentUrl }: Pick<LinkTarget, 'torrentUrl'>,
  { policy, reportUrl }: SnippetOptions,
): readonly string[] {
  return [
    `${TORRENT_ATTRIBUTE}="${escapeMarkup(torrentUrl)}"`,
    ...(policy === null ? [] : [`${POLICY_ATTRIBUTE}="${escapeMarkup(policy)}"`]),
    ...(reportUrl === null ? [] : [`${REPORT_ATTRIBUTE}="${escapeMarkup(reportUrl)}"`]),
  ];
}
