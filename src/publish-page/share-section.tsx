import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Settings, Sharing } from '../model/settings.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import type { ActionFailure, Actions } from '../ui/actions.ts';
import { Icon } from '../ui/components/icon.tsx';
import { SharingChoice } from '../ui/components/sharing-choice.tsx';
import { type AdvancedFields, hasBrowserTracker, readTrackers } from './advanced.ts';
import { PUBLISH_WORDS } from './publish-words.ts';
import type { ShareModel } from './share-model.ts';
import { ShareRow } from './share-row.tsx';
import type { TakeAway } from './take-away.ts';
import { TrackerForm } from './tracker-form.tsx';

type Props = {
  readonly shares: ShareModel;
  readonly fields: Signal<AdvancedFields>;
  readonly settings: ReadonlySignal<Settings>;
  readonly setSettings: Actions['setSettings'];
  readonly takeAway: TakeAway;
};

/** From files on this computer to a link for each, which a friend downloads from. */
export function ShareSection({ shares, fields, settings, setSettings, takeAway }: Props) {
  const isOver = useDropsOnPage((files) => shares.add(files));
  const picker = useRef<HTMLInputElement>(null);
  const failure = useSignal<ActionFailure | null>(null);
  const trackers = trackersIn(fields.value);
  const list = shares.shares.value;
  const asks = list.some(({ state }) => state.value.phase === 'asks');
  const { sharing } = settings.value;
  useEffect(() => {
    shares.trackers.value = trackers;
    shares.goOn();
  }, [trackers.join('\n'), sharing]);
  const choose = async (wanted: Exclude<Sharing, 'not-asked'>) => {
    const reply = await setSettings({ sharing: wanted });
    failure.value = reply.ok ? null : reply.failure;
  };
  return (
    <section class="card" aria-labelledby="on-computer">
      <h2 id="on-computer">{PUBLISH_WORDS.onComputer}</h2>
      <div class="drop-zone" data-over={isOver}>
        <Icon name="drop" />
        <p>
          {isOver ? PUBLISH_WORDS.dropNow : PUBLISH_WORDS.drop}{' '}
          <button type="button" class="link" onClick={() => picker.current?.click()}>
            {PUBLISH_WORDS.choose}
          </button>
        </p>
        <p class="quiet">{PUBLISH_WORDS.dropHint}</p>
        <input
          ref={picker}
          class="only-spoken"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={PUBLISH_WORDS.files}
          onChange={(event) => {
            shares.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p class="quiet hint">{PUBLISH_WORDS.copyIsKept}</p>
      {list.length > 0 && (
        <ul class="shares" aria-label={PUBLISH_WORDS.files}>
          {list.map((share) => (
            <ShareRow key={share.nth} share={share} onRemove={() => shares.remove(share)} takeAway={takeAway} />
          ))}
        </ul>
      )}
      {asks && trackers.length === 0 && (
        <TrackerForm
          onUse={(tracker) => {
            fields.value = { ...fields.value, trackers: `${fields.value.trackers}\n${tracker}`.trim() };
          }}
        />
      )}
      {asks && trackers.length > 0 && sharing !== 'share' && (
        <div class="consent">
          {sharing === 'download-only' && <p>{PUBLISH_WORDS.sharingOff}</p>}
          <SharingChoice current={sharing} failure={failure.value} onChoose={(wanted) => void choose(wanted)} />
        </div>
      )}
    </section>
  );
}

/** Trackers among what is typed by which browsers can meet; none while a line cannot be read. */
function trackersIn(fields: AdvancedFields): readonly string[] {
  try {
    const trackers = readTrackers(fields);
    return hasBrowserTracker(trackers) ? trackers : [];
  } catch (error) {
    if (error instanceof PublishingError) return [];
    throw error;
  }
}

/** Makes the whole page take files; says whether some are over it now. */
function useDropsOnPage(onFiles: (files: readonly File[]) => void): boolean {
  const isOver = useSignal(false);
  useEffect(() => {
    const stop = new AbortController();
    const on = (type: 'dragover' | 'dragleave' | 'drop', listen: (event: DragEvent) => void) =>
      document.addEventListener(type, listen, { signal: stop.signal });
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    on('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver.value = true;
    });
    on('dragleave', (event) => {
      if (event.relatedTarget === null) isOver.value = false;
    });
    on('drop', (event) => {
      if (!hasFiles(event)) return; // text goes into the field under it
      event.preventDefault(); // or the browser opens the file in place of this page
      isOver.value = false;
      onFiles([...(event.dataTransfer?.files ?? [])]);
    });
    return () => stop.abort();
  }, []);
  return isOver.value;
}
