import { useSignal } from '@preact/signals';
import type { ActionReply } from '../actions.ts';
import { Note } from '../components/note.tsx';
import { explain } from '../explain.ts';
import { formatDuration } from '../formats/format-duration.ts';
import { joinParts } from '../formats/format-list.ts';
import { formatSpeed } from '../formats/format-speed.ts';
import { coverWords, sayPlayer, sourcesWords } from '../words/player-words.ts';
import type { Cover as CoverOf } from './cover-state.ts';
import type { PlayerModel } from './player-model.ts';

type Props = { readonly model: PlayerModel; readonly cover: CoverOf };

const WAITING: ReadonlySet<CoverOf['kind']> = new Set(['opening', 'looking', 'buffering', 'finding', 'filling']);

/** What is shown where there is no picture: what is waited for, or what is wrong and what helps. */
export function Cover({ model, cover }: Props) {
  const words = failureWords(cover) ?? coverWords(cover);
  const isElsewhere = cover.kind === 'unplayable' && savedDownloadOf(model, cover) !== null;
  const [title, hint] = [words.title, isElsewhere ? sayPlayer('unplayableSaved') : words.hint];
  return (
    <div class="cover" data-kind={cover.kind}>
      {WAITING.has(cover.kind) && <span class="wheel" aria-hidden="true" />}
      <p class="cover-title" role="status">
        {title}
      </p>
      {cover.kind === 'filling' && <Waiting model={model} readyPart={cover.readyPart} />}
      {cover.kind === 'whole-first' && <Part part={cover.hereBytes / Math.max(cover.lengthBytes, 1)} />}
      {hint !== null && <p class="cover-hint">{hint}</p>}
      <CoverButtons model={model} cover={cover} />
      {(cover.kind === 'filling' || cover.kind === 'finding') && <Why model={model} />}
    </div>
  );
}

function failureWords(cover: CoverOf): { readonly title: string; readonly hint: string } | null {
  if (cover.kind !== 'stopped' || cover.failure === null) return null;
  const { title, remedy } = explain(cover.failure);
  return { title, hint: remedy };
}

/** From whom, how fast, and how long about. */
function Waiting({ model, readyPart }: { readonly model: PlayerModel; readonly readyPart: number }) {
  const { told } = model.state.value;
  const transfer = model.transfer.value;
  const speed = (told?.peerBytesPerS ?? 0) + (told?.originBytesPerS ?? 0);
  const origins = transfer === null || transfer === 'gone' ? 0 : transfer.originsUsable;
  const sources = sourcesWords(told?.peersConnected ?? 0, origins);
  const seconds = model.secondsToWait.value;
  const from =
    sources === null || speed < 1
      ? sayPlayer('fillingNobody')
      : sayPlayer('fillingFrom', { sources, speed: formatSpeed(speed) });
  return (
    <>
      <Part part={readyPart} />
      <p class="cover-hint">
        {joinParts([from, ...(seconds === null ? [] : [sayPlayer('fillingTime', { time: formatDuration(seconds) })])])}
      </p>
    </>
  );
}

function Part({ part }: { readonly part: number }) {
  const percent = Math.round(Math.min(Math.max(part, 0), 1) * 100);
  return (
    <div
      class="cover-part"
      role="progressbar"
      aria-label={sayPlayer('fillingPart', { percent })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}

/** What the engine knows to be wrong with the transfer. */
function Why({ model }: { readonly model: PlayerModel }) {
  const transfer = model.transfer.value;
  const problems = transfer === null || transfer === 'gone' ? [] : transfer.problems;
  return (
    <details class="cover-why">
      <summary>{sayPlayer('why')}</summary>
      {problems.length === 0 && <p>{sayPlayer('whyNothing')}</p>}
      {problems.map((problem, at) => (
        <Note key={`${problem.code} ${at}`} trouble={problem} />
      ))}
    </details>
  );
}

function CoverButtons({ model, cover }: Props) {
  const said = useSignal<string | null>(null);
  const { actions } = model;
  const { file } = model.state.value;
  const downloadId = savedDownloadOf(model, cover);
  const tell = async (task: Promise<ActionReply<null>>, words: string | null) => {
    const reply = await task;
    said.value = reply.ok ? words : explain(reply.failure).title;
    return reply.ok;
  };
  const openOrTell = async (task: Promise<boolean>) => {
    said.value = (await task) ? null : sayPlayer('openFailed');
  };
  const goOn = async () => {
    if (await tell(actions.resume(), null)) actions.retry();
  };
  const isForOthers = cover.kind === 'unplayable' || cover.kind === 'media-error';
  const hasOthers = model.playlist.value.some((entry) => entry.file !== file);
  const buttons = [
    cover.kind === 'paused' && { words: sayPlayer('goOn'), act: () => void goOn() },
    (cover.kind === 'stopped' || cover.kind === 'lost') && { words: sayPlayer('tryAgain'), act: () => void goOn() },
    isForOthers &&
      downloadId === null && {
        words: sayPlayer('download'),
        act: () => void tell(actions.download(file), sayPlayer('downloading')),
      },
    downloadId !== null && { words: sayPlayer('open'), act: () => void openOrTell(actions.openSaved(downloadId)) },
    downloadId !== null && { words: sayPlayer('show'), act: () => void openOrTell(actions.showSaved(downloadId)) },
    isForOthers && hasOthers && { words: sayPlayer('otherFile'), act: focusPlaylist },
  ].filter((button) => button !== false);
  if (buttons.length === 0) return null;
  return (
    <>
      <div class="cover-buttons">
        {buttons.map(({ words, act }, at) => (
          <button key={words} type="button" class={at === 0 ? 'button button-primary' : 'button'} onClick={act}>
            {words}
          </button>
        ))}
      </div>
      <p class="cover-hint" role="status">
        {said.value}
      </p>
    </>
  );
}

/** The download that holds this file, when it is in the Downloads folder. */
function savedDownloadOf(model: PlayerModel, cover: CoverOf): number | null {
  if (cover.kind === 'saved') return cover.downloadId;
  const transfer = model.transfer.value;
  const isSaved = model.files.value.find(({ index }) => index === model.state.value.file)?.isSaved === true;
  // Of several files the list knows only the largest one's download.
  return isSaved && transfer !== null && transfer !== 'gone' && transfer.files === 1
    ? (transfer.saved?.downloadId ?? null)
    : null;
}

function focusPlaylist(): void {
  document.querySelector<HTMLElement>('.playlist button:not([aria-current])')?.focus();
}
