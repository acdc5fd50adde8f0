import type { DetailPart } from '../../model/transfer-details.ts';

/** The tabs of a transfer's detail, in their order. */
export const DETAIL_TABS = ['overview', 'files', 'sources', 'pieces', 'log'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** What each tab shows, beside the diagnosis that is always there. The engine makes only what is asked for. */
export const PARTS_OF_TAB: Readonly<Record<DetailTab, readonly DetailPart[]>> = {
  overview: ['diagnosis', 'speeds', 'ledger'],
  files: ['diagnosis'],
  sources: ['diagnosis', 'sources'],
  pieces: ['diagnosis', 'pieces'],
  log: ['diagnosis', 'log'],
};

/** Which tab a key leads to (WAI-ARIA, tabs): arrows go around, Home and End to the ends; null for other keys. */
export function tabAfterKey(key: string, tab: DetailTab, isRightToLeft: boolean): DetailTab | null {
  const at = DETAIL_TABS.indexOf(tab);
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  switch (key) {
    case forward:
      return DETAIL_TABS[(at + 1) % DETAIL_TABS.length] ?? null;
    case back:
      return DETAIL_TABS.at(at - 1) ?? null;
    case 'Home':
      return DETAIL_TABS[0];
    case 'End':
      return DETAIL_TABS.at(-1) ?? null;
    default:
      return null;
  }
}
