import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionFailure, ActionReply, Actions } from '../actions.ts';
import { announcementOf } from '../announcement.ts';
import { dataStateOf } from '../data-state.ts';
import { displayName } from '../formats/display-name.ts';
import { mayMoveFocus } from '../may-move-focus.ts';
import { underlyingState } from '../underlying-state.ts';
import { ProgressBar } from './progress-bar.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import { RowControls } from './row-controls.tsx';
import { RowDetails } from './row-details.tsx';
import { RowFacts } from './row-facts.tsx';
import { RowNotes } from './row-notes.tsx';
import { RowSources } from './row-sources.tsx';

type Props = {
  readonly row: ReadonlySignal<TransferView>;
  readonly actions: Actions;
  /** Whether the question of what to do with the data is open in this row. */
  readonly isAsking: boolean;
  readonly onAsk: (isAsking: boolean) => void;
  readonly onRemoved: (view: TransferView) => void;
  /** Whether the user has just added this again and looks for it. */
  readonly isCalled: boolean;
  readonly announce: (words: string) => void;
};

/** One transfer: it draws when its own signal changes, and forwards clicks. */
export function TransferRow({ row, actions, isAsking, onAsk, onRemoved, isCalled, announce }: Props) {
  const view = row.value;
  const item = useRef<HTMLLIElement>(null);
  const actionFailure = useSignal<ActionFailure | null>(null);
  useAnnouncements(view, announce);
  useEffect(() => {
    if (isCalled) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isCalled]);

  const run = async (reply: Promise<ActionReply<null>>): Promise<boolean> => {
    const { ok, ...rest } = await reply;
    actionFailure.value = 'failure' in rest ? rest.failure : null;
    return ok;
  };
  const close = () => {
    const mayMove = mayMoveFocus(item.current);
    onAsk(false);
    if (mayMove) item.current?.querySelector<HTMLElement>('[data-remove]')?.focus();
  };
  const remove = async (deleteData: boolean) => {
    if (await run(actions.remove(view.id, deleteData))) onRemoved(view);
    else close();
  };
  // A file of the user's own that is shared from here: there is nothing in Downloads to ask about.
  const isOwnFile = underlyingState(view.state).phase === 'done' && view.saved === null;
  const askOrRemove = () => (isOwnFile ? void remove(false) : onAsk(!isAsking));
  const name = displayName(view.name);
  return (
    <li
      ref={item}
      class="row"
      aria-label={view.name}
      data-id={view.id}
      data-state={dataStateOf(view.state)}
      data-peer-bytes={view.verified.peerBytes}
      data-origin-bytes={view.verified.originBytes}
      data-offload={Number(view.ledger.offload.toFixed(4))}
      data-called={isCalled}
    >
      <p class="name" title={name}>
        <bdi>{name}</bdi>
      </p>
      <RowControls view={view} actions={actions} run={run} isAsking={isAsking} onRemove={askOrRemove} />
      <ProgressBar view={view} />
      <RowFacts view={view} />
      <RowSources view={view} />
      <RowDetails view={view} actions={actions} run={run} />
      <RowNotes view={view} actionFailure={actionFailure.value} />
      {isAsking && (
        <RemoveQuestion isFinished={underlyingState(view.state).phase === 'done'} onAnswer={remove} onCancel={close} />
      )}
    </li>
  );
}

function useAnnouncements(view: TransferView, announce: (words: string) => void): void {
  const before = useRef(view);
  useEffect(() => {
    const words = announcementOf(before.current, view);
    before.current = view;
    if (words !== null) announce(words);
  }, [view]);
}
