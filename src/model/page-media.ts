/** A film or a piece of music in a page, beside which its publisher named a torrent. */
export type PageMedia = {
  readonly kind: 'video' | 'audio';
  readonly fileUrl: string;
  /** What the page calls it; empty when it has no word for it. Text from outside. */
  readonly title: string;
};

/** Most of them that are told of one page. */
export const MAX_PAGE_MEDIA = 20;
