import type { TransferView } from '../../model/transfer-view.ts';
import { joinParts } from '../formats/format-list.ts';
import { isProgressUnknown, progressOf } from '../progress.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';

/** How much has arrived, drawn by kind of source: found here, from peers, from origins, always in this order. */
export function ProgressBar({ view }: { readonly view: TransferView }) {
  const { percent, hereShare, peerShare, originShare } = progressOf(view);
  const words = describeProgress(view, percent);
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={view.name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={words}
      title={words}
      data-unknown={isProgressUnknown(view)}
    >
      <Part source="here" share={hereShare} />
      <Part source="peers" share={peerShare} />
      <Part source="origins" share={originShare} />
    </div>
  );
}

/** A property of the style object goes through the CSSOM, which `style-src 'self'` allows; a style attribute does not. */
function Part({ source, share }: { readonly source: 'here' | 'peers' | 'origins'; readonly share: number }) {
  return share > 0 ? <span class="bar-part" data-source={source} style={{ width: `${100 * share}%` }} /> : null;
}

/** What the bar says in words. */
export function describeProgress({ verified }: TransferView, percent: number): string {
  const parts = [POPUP_WORDS.percent(percent)];
  if (verified.peerBytes > 0) parts.push(POPUP_WORDS.fromPeers(verified.peerBytes));
  if (verified.originBytes > 0) parts.push(POPUP_WORDS.fromOrigins(verified.originBytes));
  if (verified.hereBytes > 0) parts.push(POPUP_WORDS.foundHere(verified.hereBytes));
  return joinParts(parts);
}
