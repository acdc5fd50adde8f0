import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ActionFailure, ActionReply } from '../actions.ts';
import { Note } from '../components/note.tsx';
import { keepWords, reseedWords, sayDetail } from '../words/detail-words.ts';
import { ReseedModel, type ReseedState } from './reseed-model.ts';
import type { TabProps } from './transfer-detail.tsx';

const KEEP = { settings: null, keep: true, drop: false } as const;
type Keep = keyof typeof KEEP;

/** What is done with the bytes on this computer: checking them, giving one's own, keeping or dropping the copy. */
export function OwnFiles({ model, transfer, actions, announce }: TabProps) {
  const failure = useSignal<ActionFailure | null>(null);
  const isDropping = useSignal(false);
  const reseed = useMemo(() => new ReseedModel(actions.reseed), []);
  const { id, isStored, keepsCopy, state } = transfer.value;
  const isDone = state.phase === 'done';
  useEffect(() => () => reseed.cancel(), []);
  const said = useSignal<string | null>(null);
  async function run<T>(asked: Promise<ActionReply<T>>, wordsFor: (output: T) => string): Promise<void> {
    const reply = await asked;
    failure.value = reply.ok ? null : reply.failure;
    said.value = reply.ok ? wordsFor(reply.output) : null;
    if (said.value !== null) announce(said.value);
    model.askNow();
  }
  return (
    <section class="own-files" aria-labelledby="own-files-title">
      <h3 id="own-files-title">{sayDetail('ownFiles')}</h3>
      <p class="quiet small">{sayDetail(isStored ? 'ownFilesStored' : 'ownFilesNone')}</p>
      <div class="buttons">
        <PickFiles name={sayDetail('haveFiles')} onPick={(files) => void reseed.check(id, files)} />
        <PickFiles name={sayDetail('haveFolder')} isFolder onPick={(files) => void reseed.check(id, files)} />
        {isStored && (
          <button
            type="button"
            class="button"
            onClick={() =>
              void run(actions.recheck(id), ({ outcome }) =>
                sayDetail(outcome === 'checking' ? 'recheckBegun' : 'nothingToCheck'),
              )
            }
          >
            {sayDetail('recheck')}
          </button>
        )}
        {isStored && isDone && !isDropping.value && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              isDropping.value = true;
            }}
          >
            {sayDetail('dropCopy')}
          </button>
        )}
      </div>
      {isDropping.value && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, these are buttons
        <div class="question" role="group" aria-label={sayDetail('dropCopyQuestion')}>
          <p>{sayDetail('dropCopyQuestion')}</p>
          <button
            type="button"
            class="button button-danger"
            onClick={() => {
              isDropping.value = false;
              void run(actions.dropCopy(id), ({ dropped }) => sayDetail(dropped ? 'copyDropped' : 'nothingDropped'));
            }}
          >
            {sayDetail('dropCopy')}
          </button>
          <button
            type="button"
            class="button button-quiet"
            ref={(button) => button?.focus()}
            onClick={() => {
              isDropping.value = false;
            }}
          >
            {sayDetail('cancel')}
          </button>
        </div>
      )}
      <Reseed state={reseed.state.value} onCancel={() => reseed.cancel()} />
      <label class="keep">
        <span>{sayDetail('keepCopy')}</span>
        <select
          class="select"
          value={(Object.keys(KEEP) as Keep[]).find((key) => KEEP[key] === keepsCopy) ?? 'settings'}
          onChange={(event) =>
            void run(actions.keepCopy(id, KEEP[event.currentTarget.value as Keep]), () => sayDetail('choiceTaken'))
          }
        >
          {(Object.keys(KEEP) as Keep[]).map((keep) => (
            <option key={keep} value={keep}>
              {keepWords(keep)}
            </option>
          ))}
        </select>
      </label>
      {said.value !== null && <p class="reseed-end">{said.value}</p>}
      {failure.value !== null && (
        <div role="alert">
          <Note trouble={failure.value} />
        </div>
      )}
    </section>
  );
}

type PickProps = {
  readonly name: string;
  readonly isFolder?: boolean;
  readonly onPick: (files: readonly File[]) => void;
};

/** A button that opens the browser's own dialog for files, or for a folder with all that is below it. */
function PickFiles({ name, isFolder = false, onPick }: PickProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {name}
      </button>
      <input
        ref={input}
        class="picker"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        {...(isFolder ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          onPick([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ''; // the same files may be picked once more
        }}
      />
    </>
  );
}

function Reseed({ state, onCancel }: { readonly state: ReseedState; readonly onCancel: () => void }) {
  if (state.phase === 'idle') return null;
  if (state.phase === 'ended') {
    return (
      <p class="reseed-end" role="status">
        {reseedWords(state.end)}
      </p>
    );
  }
  const share = state.progress === null ? 0 : state.progress.doneBytes / Math.max(state.progress.ofBytes, 1);
  return (
    <div class="reseed">
      <progress aria-label={sayDetail('checkingOwn')} value={share} max={1} />
      <span>{sayDetail('checkingOwn')}</span>
      <button type="button" class="link" onClick={onCancel}>
        {sayDetail('cancel')}
      </button>
    </div>
  );
}
