import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionReply, Actions } from '../actions.ts';
import { controlsOf } from '../controls.ts';
import { POPUP_WORDS } from '../words/popup-words.ts';
import { IconButton } from './icon-button.tsx';

type Props = {
  readonly view: TransferView;
  readonly actions: Actions;
  readonly run: (reply: Promise<ActionReply<null>>) => void;
  readonly isAsking: boolean;
  readonly onRemove: () => void;
};

/** The buttons of a row. "Pause" and "Resume" are one element, so that the focus stays when one becomes the other. */
export function RowControls({ view, actions, run, isAsking, onRemove }: Props) {
  const { toggle, savedDownloadId, playable } = controlsOf(view);
  return (
    <div class="controls">
      {playable !== null && (
        <IconButton icon="play" name={POPUP_WORDS.play} onClick={() => actions.play(view.id, playable)} />
      )}
      {toggle === 'pause' && (
        <IconButton key="toggle" icon="pause" name={POPUP_WORDS.pause} onClick={() => run(actions.pause(view.id))} />
      )}
      {toggle === 'resume' && (
        <IconButton
          key="toggle"
          icon={view.state.phase === 'failed' ? 'retry' : 'resume'}
          name={POPUP_WORDS.resume}
          onClick={() => run(actions.resume(view.id))}
        />
      )}
      {savedDownloadId !== null && (
        <>
          <IconButton
            icon="open"
            name={POPUP_WORDS.open}
            hint={openHint(view)}
            onClick={() => run(actions.open(savedDownloadId))}
          />
          <IconButton icon="folder" name={POPUP_WORDS.show} onClick={() => run(actions.show(savedDownloadId))} />
        </>
      )}
      <IconButton icon="remove" name={POPUP_WORDS.remove} aria-expanded={isAsking} data-remove onClick={onRemove} />
    </div>
  );
}

const openHint = ({ saved }: TransferView): string =>
  saved !== null && saved.files > 1 ? POPUP_WORDS.openLargestOf(saved.files) : POPUP_WORDS.open;
