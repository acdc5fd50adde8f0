import type { Reply } from '../model/commands.ts';
import type { PageMedia } from '../model/page-media.ts';
import type { PublishedLink } from '../model/published-link.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { tabInFront } from '../platform/webext/links-of-page.ts';
import { type FoundMedia, mediaOfPage } from '../platform/webext/media-of-page.ts';
import { pageSource } from '../platform/webext/page-source.ts';
import { COMMAND_RULES } from './command-inputs.ts';

/** Has the engine make a transfer of a publisher's file; never rejects. */
export type DeliverMedia = (link: PublishedLink, source: PageSource) => Promise<Reply<'link.deliver'>>;

type Offer = { readonly media: PageMedia; readonly link: PublishedLink; readonly frameUrl: string | null };

/** The films and the music of the page in front that come with a torrent, each file once. */
export async function offeredMedia(): Promise<Reply<'page.media'>> {
  const tab = await tabInFront();
  const offers = tab?.id === undefined ? [] : await offersOf(tab.id);
  return { ok: true, output: { media: offers.map(({ media }) => media) } };
}

/** Begins one of them. It is worth what a click on a link in its frame is. */
export async function playOffered(fileUrl: string, deliver: DeliverMedia): Promise<Reply<'page.play-media'>> {
  const tab = await tabInFront();
  const offers = tab?.id === undefined ? [] : await offersOf(tab.id);
  const offer = offers.find(({ media }) => media.fileUrl === fileUrl);
  if (tab === null || offer === undefined) return { ok: true, output: { id: null } };
  const source = pageSource({ ...(offer.frameUrl === null ? {} : { url: offer.frameUrl }), tab });
  const reply = await deliver({ ...offer.link, isPlayed: true }, source);
  if (!reply.ok) return reply;
  return { ok: true, output: { id: reply.output.way === 'transfer' ? reply.output.added.id : null } };
}

async function offersOf(tabId: number): Promise<Offer[]> {
  const offers = (await mediaOfPage(tabId)).flatMap(readOffer);
  return [...new Map(offers.map((offer) => [offer.media.fileUrl, offer])).values()];
}

/** What a page wrote becomes types at the same door as its links do. */
function readOffer({ kind, title, frameUrl, fileUrl, torrentUrl, policy, report }: FoundMedia): Offer[] {
  try {
    const link = COMMAND_RULES['link.deliver'].parse({ fileUrl, torrentUrl, policy, report, name: '' });
    const isKnown = kind === 'video' || kind === 'audio';
    return isKnown ? [{ media: { kind, title: String(title), fileUrl: link.fileUrl }, link, frameUrl }] : [];
  } catch {
    return []; // an address that is none
  }
}
