import { PIECE_LOOKS } from '../../model/player.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { lookWords, numberWords, piecesSummary, sayDetail } from '../words/detail-words.ts';
import { LOOK } from './piece-looks.ts';
import { PieceMap } from './piece-map.tsx';
import type { TabProps } from './transfer-detail.tsx';

/** Who brought each piece: a map, and the same in numbers. */
export function PiecesTab(props: TabProps) {
  const { facts, counts, looks } = props.model.pieces;
  if (facts.value === undefined) return <p class="quiet">{sayDetail('asking')}</p>;
  if (facts.value === null) {
    const isKnown = props.transfer.value.sizeBytes !== null;
    return <p class="quiet">{sayDetail(isKnown ? 'piecesNotKept' : 'piecesUnknown')}</p>;
  }
  const { count, lengthBytes, rarestCopies } = facts.value;
  const isShown = (look: (typeof PIECE_LOOKS)[number]) => look !== 'bad' || (counts.value[LOOK.bad] ?? 0) > 0;
  return (
    <div class="detail-pieces">
      <p class="quiet">
        {sayDetail('piecesOf', { count: numberWords(count), size: formatBytes(lengthBytes) })}{' '}
        {rarestCopies !== null && sayDetail.count('rarest', rarestCopies)}
      </p>
      <p class="only-spoken" role="note">
        {piecesSummary(counts.value)}
      </p>
      <PieceMap {...props} facts={facts.value} looks={looks.value} />
      <ul class="map-legend">
        {PIECE_LOOKS.filter(isShown).map((look) => (
          <li key={look} data-look={look} data-count={counts.value[LOOK[look]] ?? 0}>
            <span class="map-sign" aria-hidden="true" />
            {lookWords(look)} <b>{numberWords(counts.value[LOOK[look]] ?? 0)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
