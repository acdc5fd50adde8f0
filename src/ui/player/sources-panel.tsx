import { PIECE_LOOKS } from '../../model/player.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { lookWords, sayPlayer } from '../words/player-words.ts';
import { bytesHere } from './piece-bar.ts';
import type { PlayerModel } from './player-model.ts';

/** Sources first, as they are told above. */
const LEGEND = ['peer', 'origin', 'mixed', 'here', 'asked'] as const;

/** What comes from whom: now, and so far. */
export function SourcesPanel({ model }: { readonly model: PlayerModel }) {
  const { told, lengthBytes, pieceLengthBytes, leadBytes } = model.state.value;
  const transfer = model.transfer.value;
  if (told === null || transfer === null || transfer === 'gone') return null;
  const { verified, ledger } = transfer;
  const here = bytesHere(told.pieces, { lengthBytes, pieceLengthBytes, leadBytes });
  const isWhole = lengthBytes > 0 && here >= lengthBytes;
  const sums = { all: formatBytes(lengthBytes), here: formatBytes(here) };
  return (
    <section class="from" aria-label={sayPlayer('arrives')}>
      <Line source="peers" words={sayPlayer('fromPeers')} bytesPerS={told.peerBytesPerS} bytes={verified.peerBytes} />
      <Line
        source="origins"
        words={sayPlayer('fromOrigins')}
        bytesPerS={told.originBytesPerS}
        bytes={verified.originBytes}
      />
      <p class="from-sum quiet">
        {sayPlayer(isWhole ? 'allHere' : 'arrived', sums)}
        {verified.peerBytes + verified.originBytes > 0 && (
          <> · {sayPlayer('offload', { percent: Math.round(ledger.offload * 100) })}</>
        )}
      </p>
      <ul class="legend">
        {LEGEND.map((look) => {
          const words = told.pieces.some(([shown]) => PIECE_LOOKS[shown] === look) ? lookWords(look) : null;
          return (
            words !== null && (
              <li key={look}>
                <span class="look" data-look={look} aria-hidden="true" />
                {words}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

type LineProps = {
  readonly source: 'peers' | 'origins';
  readonly words: string;
  readonly bytesPerS: number;
  readonly bytes: number;
};

function Line({ source, words, bytesPerS, bytes }: LineProps) {
  const filling = { speed: formatSpeed(bytesPerS), sum: formatBytes(bytes) };
  return (
    <p class="from-line">
      <span class="dot" data-source={source} aria-hidden="true" />
      <b>{words}</b>
      <span class="quiet">{sayPlayer(bytesPerS >= 1 ? 'speedAndSum' : 'nothingComes', filling)}</span>
    </p>
  );
}
