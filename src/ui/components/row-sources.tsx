import type { ComponentChildren } from 'preact';
import type { TransferView } from '../../model/transfer-view.ts';
import { formatCount } from '../formats/format-count.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { originsWords, peersWords } from '../words/ledger-words.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { UploadSpeed } from './upload-speed.tsx';

/** The line about sources: who sends how fast while it downloads, and who sent how much when it does not. */
export function RowSources({ view }: { readonly view: TransferView }) {
  const { phase } = view.state;
  const isFetching = phase === 'fetching-metadata' || phase === 'downloading';
  const items = isFetching ? <Speeds view={view} /> : <Ledger view={view} />;
  return (
    <div class="sources">
      {items}
      {/* A line that names hosts may be full: the row would grow whenever somebody is served. */}
      {phase !== 'done' && <UploadSpeed view={view} />}
    </div>
  );
}

function Speeds({ view }: { readonly view: TransferView }) {
  const { peersConnected, originsUsable, peerBytesPerS, originBytesPerS, verified, state, policy, delivery } = view;
  const isDownloading = state.phase === 'downloading';
  const hasOrigins = originsUsable > 0 || verified.originBytes > 0;
  const arePeersOff = policy === 'peers-off' || (delivery !== null && delivery.alone !== null);
  const arePeersMeant = !arePeersOff || peersConnected > 0 || !hasOrigins;
  return (
    <>
      {arePeersMeant && (
        <Source kind="peers" hint={POPUP_WORDS.peerHint}>
          {formatCount(peersConnected, 'peer')}
          {peersConnected > 0 && isDownloading && <b>{formatSpeed(peerBytesPerS)}</b>}
        </Source>
      )}
      {hasOrigins && policy !== 'origins-off' && (
        <Source kind="origins" hint={POPUP_WORDS.originHint}>
          {formatCount(originsUsable, 'origin')}
          {originsUsable > 0 && isDownloading && <b>{formatSpeed(originBytesPerS)}</b>}
        </Source>
      )}
    </>
  );
}

function Ledger({ view: { verified, ledger } }: { readonly view: TransferView }) {
  return (
    <>
      {verified.peerBytes > 0 && (
        <Source kind="peers" hint={POPUP_WORDS.peerHint}>
          {POPUP_WORDS.fromPeers(verified.peerBytes, peersWords(ledger))}
        </Source>
      )}
      {verified.originBytes > 0 && (
        <Source kind="origins" hint={POPUP_WORDS.originHint}>
          {POPUP_WORDS.fromOrigins(verified.originBytes, originsWords(ledger))}
        </Source>
      )}
      {verified.hereBytes > 0 && <Source kind="here">{POPUP_WORDS.foundHere(verified.hereBytes)}</Source>}
    </>
  );
}

type SourceProps = {
  readonly kind: 'peers' | 'origins' | 'here';
  readonly hint?: string;
  readonly children: ComponentChildren;
};

/** One entry of the legend: the shape and colour of the bar's part, and words. */
function Source({ kind, hint, children }: SourceProps) {
  return (
    <span class="source" {...(hint === undefined ? {} : { title: hint })}>
      <span class="dot" data-source={kind} />
      {children}
    </span>
  );
}
