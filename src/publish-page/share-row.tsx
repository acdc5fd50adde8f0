import { IconButton } from '../ui/components/icon-button.tsx';
import { explain } from '../ui/explain.ts';
import { displayName } from '../ui/formats/display-name.ts';
import { formatBytes } from '../ui/formats/format-bytes.ts';
import { CopyBox } from './copy-box.tsx';
import { FailureNote } from './failure-note.tsx';
import { JobBar } from './job-bar.tsx';
import { emptyFileWords, jobFailureWords, noRoomWords, PUBLISH_WORDS } from './publish-words.ts';
import type { Share, ShareFailure, ShareState } from './share-model.ts';
import type { TakeAway } from './take-away.ts';

type Props = { readonly share: Share; readonly onRemove: () => void; readonly takeAway: TakeAway };

/** One file on its way to a link. */
export function ShareRow({ share, onRemove, takeAway }: Props) {
  const state = share.state.value;
  const name = displayName(share.file.name);
  return (
    <li class="share" aria-label={name} data-phase={state.phase}>
      <div class="share-head">
        <p class="share-name" dir="auto" title={name}>
          {name}
        </p>
        <p class="quiet">{formatBytes(share.file.size)}</p>
        {state.phase !== 'hashing' && state.phase !== 'copying' && (
          <IconButton icon="remove" name={PUBLISH_WORDS.remove} onClick={onRemove} />
        )}
      </div>
      <ShareBody state={state} name={name} onRemove={onRemove} takeAway={takeAway} />
    </li>
  );
}

type BodyProps = Omit<Props, 'share'> & { readonly state: ShareState; readonly name: string };

function ShareBody({ state, name, onRemove, takeAway }: BodyProps) {
  switch (state.phase) {
    case 'waiting':
      return <p class="quiet">{PUBLISH_WORDS.waiting}</p>;
    case 'hashing':
    case 'copying':
      return (
        <JobBar
          title={PUBLISH_WORDS[state.phase]}
          progress={state.progress}
          cancelName={PUBLISH_WORDS.cancelName(name)}
          onCancel={onRemove}
        />
      );
    case 'asks':
      return <p class="quiet">{PUBLISH_WORDS.asks}</p>;
    case 'shared':
      return (
        <>
          <p>{state.wasInList ? PUBLISH_WORDS.sharedBefore : PUBLISH_WORDS.shared}</p>
          <CopyBox
            name={PUBLISH_WORDS.friendLink}
            copyName={PUBLISH_WORDS.copyLink(name)}
            text={state.magnet}
            rows={3}
            copyText={takeAway.copyText}
          />
        </>
      );
    case 'failed':
      return <FailureNote {...shareFailureWords(state.failure)} />;
  }
}

function shareFailureWords(failure: ShareFailure): { readonly title: string; readonly remedy: string } {
  switch (failure.code) {
    case 'empty-file':
      return emptyFileWords();
    case 'no-room':
      return noRoomWords(failure.neededBytes, failure.freeBytes);
    case 'not-taken':
      return explain(failure.failure);
    default:
      return jobFailureWords(failure);
  }
}
