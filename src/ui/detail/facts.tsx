import type { ComponentChildren } from 'preact';
import type { TransferView } from '../../model/transfer-view.ts';
import { describeState } from '../describe-state.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { progressOf, verifiedBytes } from '../progress.ts';
import { dateWords, percentWords, ratioWords, sayDetail } from '../words/detail-words.ts';
import { CopyButton } from './copy-button.tsx';
import type { TabProps } from './transfer-detail.tsx';

/** What a transfer is and how far it is, as names and values. */
export function Facts({ transfer, actions, announce }: TabProps) {
  const view = transfer.value;
  const { state, secondsLeft, peerBytesPerS, originBytesPerS, uploadBytesPerS, uploadedBytes } = view;
  const isFetching = state.phase === 'downloading';
  return (
    <section aria-labelledby="facts-title">
      <h3 id="facts-title" class="only-spoken">
        {sayDetail('facts')}
      </h3>
      <dl class="detail-facts">
        <Fact name={sayDetail('state')}>{describeState(view)}</Fact>
        <Fact name={sayDetail('progress')}>{progressWords(view)}</Fact>
        {isFetching && secondsLeft !== null && <Fact name={sayDetail('left')}>{formatDuration(secondsLeft)}</Fact>}
        {isFetching && (
          <Fact name={sayDetail('speed')}>
            {sayDetail('speedBySource', {
              peers: formatSpeed(peerBytesPerS),
              origins: formatSpeed(originBytesPerS),
            })}
          </Fact>
        )}
        <Fact name={sayDetail('uploaded')}>
          {uploadBytesPerS > 0
            ? sayDetail('uploadedNow', { bytes: formatBytes(uploadedBytes), speed: formatSpeed(uploadBytesPerS) })
            : formatBytes(uploadedBytes)}
        </Fact>
        <Fact name={sayDetail('ratio')} hint={sayDetail('ratioHint')}>
          {ratioWords(uploadedBytes, view.sizeBytes)}
        </Fact>
        <Fact name={sayDetail('offload')} hint={sayDetail('offloadHint')}>
          {view.verified.peerBytes + view.verified.originBytes === 0 ? '–' : percentWords(view.ledger.offload)}
        </Fact>
        {view.files !== null && <Fact name={sayDetail('files')}>{String(view.files)}</Fact>}
        {view.queuePlace !== null && view.isWaiting && (
          <Fact name={sayDetail('queue')}>{sayDetail('queuePlace', { place: view.queuePlace })}</Fact>
        )}
        <Fact name={sayDetail('added')}>{dateWords(view.addedAtMs)}</Fact>
        {view.site !== null && (
          <Fact name={sayDetail('site')}>
            <bdi>{view.site}</bdi>
          </Fact>
        )}
        {HASH.test(view.id) && (
          <Fact name={sayDetail('hash')}>
            <span class="hash">
              <code>{view.id}</code>
              <CopyButton text={view.id} name={sayDetail('copyHash')} actions={actions} announce={announce} />
            </span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

const HASH = /^[0-9a-f]{40}$/u;

type FactProps = { readonly name: string; readonly hint?: string; readonly children: ComponentChildren };

function Fact({ name, hint, children }: FactProps) {
  return (
    <div class="fact">
      <dt {...(hint === undefined ? {} : { title: hint })}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function progressWords(view: TransferView): string {
  if (view.sizeBytes === null) return sayDetail('sizeUnknown');
  const { percent } = progressOf(view);
  return sayDetail('progressOf', {
    percent: percentWords(percent / 100),
    here: formatBytes(Math.min(verifiedBytes(view), view.sizeBytes)),
    size: formatBytes(view.sizeBytes),
  });
}
