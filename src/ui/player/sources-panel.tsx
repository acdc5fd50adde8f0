import { formatBytes } from '../formats/format-bytes.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { sayPlayer } from '../words/player-words.ts';
import { bytesHere } from './piece-bar.ts';
import type { PlayerModel } from './player-model.ts';

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
      <Line source="peers" words={sayPlayer('from_peers')} bytesPerS={told.peerBytesPerS} bytes={verified.peerBytes} />
      <Line
        source="origins"
        words={sayPlayer('from_origins')}
        bytesPerS={told.originBytesPerS}
        bytes={verified.originBytes}
      />
      <p class="from-sum quiet">
        {sayPlayer(isWhole ? 'all_here' : 'arrived', sums)}
        {verified.peerBytes + verified.originBytes > 0 && (
          <> · {sayPlayer('offload', { percent: Math.round(ledger.offload * 100) })}</>
        )}
      </p>
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
      <span class="quiet">{sayPlayer(bytesPerS >= 1 ? 'speed_and_sum' : 'nothing_comes', filling)}</span>
    </p>
  );
}
