import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { displayName } from '../formats/display-name.ts';
import { sayPlayer } from '../words/player-words.ts';
import { clockTime } from './clock-time.ts';
import { Cover } from './cover.tsx';
import { type KeyPlace, wishOfKey } from './keys.ts';
import { PlayerIcon } from './player-icon.tsx';
import type { PlayerModel } from './player-model.ts';
import { StageControls } from './stage-controls.tsx';
import { StillView } from './still-view.tsx';
import { useIdle } from './use-idle.ts';

type Props = { readonly model: PlayerModel; readonly isStill: boolean };

/** Where the film is shown. Its one media element stays whatever is played: a feed holds it. */
export function Stage({ model, isStill }: Props) {
  const stage = useRef<HTMLElement>(null);
  const film = useRef<HTMLVideoElement>(null);
  const isFullscreen = useSignal(false);
  const cover = model.cover.value;
  const mayHide = useComputed(() => model.isPlaying.value && model.menu.value === null && model.cover.value === null);
  const isIdle = useIdle(stage, mayHide);

  useEffect(() => (film.current === null ? undefined : model.attach(film.current)), []);
  useEffect(() => model.subtitles.raise(!isIdle.value), [isIdle.value]);
  useEffect(() => {
    const look = () => {
      isFullscreen.value = document.fullscreenElement !== null;
    };
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  const toggleFullscreen = () => {
    const change = document.fullscreenElement === null ? stage.current?.requestFullscreen() : document.exitFullscreen();
    change?.catch(() => undefined); // the browser or the user says no: all stays as it is
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const wish = wishOfKey(event, placeOf(event.target as Element | null));
      if (wish === null || (isStill && wish.do !== 'next' && wish.do !== 'previous' && wish.do !== 'fullscreen'))
        return;
      event.preventDefault();
      if (wish.do === 'fullscreen') toggleFullscreen();
      else model.carryOut(wish);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isStill]);

  const isSound = model.kind.value === 'audio';
  const hasControls = !isStill && (cover === null || CONTROLLED.has(cover.kind));
  const isShown = cover === null || cover.kind === 'buffering' || cover.kind === 'filling';
  return (
    <section ref={stage} class="stage" aria-label={sayPlayer('stage')} data-idle={isIdle.value} data-still={isStill}>
      {/* biome-ignore lint/a11y/useMediaCaption: subtitles are put on it as text tracks */}
      <video
        ref={film}
        class="film"
        playsInline
        data-size={model.memory.now.value.subtitles.size}
        hidden={isStill}
        onClick={() => model.toggle()}
        onDblClick={toggleFullscreen}
      />
      {isSound && isShown && (
        <div class="sound" aria-hidden="true">
          <PlayerIcon name="audio" />
          <bdi>{displayName(model.path.value.at(-1) ?? '')}</bdi>
        </div>
      )}
      {isStill && cover === null && <StillView model={model} />}
      {cover !== null && <Cover model={model} cover={cover} />}
      {!isStill && isShown && <ContinueOffer model={model} />}
      {model.state.value.muteCodec !== null && (
        <p class="stage-note" role="status">
          {sayPlayer('noSound', { codec: model.state.value.muteCodec })}
        </p>
      )}
      {hasControls && <StageControls model={model} isFullscreen={isFullscreen.value} onFullscreen={toggleFullscreen} />}
    </section>
  );
}

/** The way back to the beginning, where a film goes on that was left. */
function ContinueOffer({ model }: { readonly model: PlayerModel }) {
  const atS = model.continuedAtS.value;
  if (atS === null) return null;
  return (
    <fieldset class="offer" aria-label={sayPlayer('leftOff')}>
      <p>{sayPlayer('leftOff')}</p>
      <button type="button" class="button button-primary" onClick={() => model.goOn()}>
        {sayPlayer('continueAt', { time: clockTime(atS) })}
      </button>
      <button type="button" class="button" onClick={() => model.startOver()}>
        {sayPlayer('startOver')}
      </button>
    </fieldset>
  );
}

/** Covers under which there is something to control. */
const CONTROLLED: ReadonlySet<string> = new Set([
  'opening',
  'looking',
  'finding',
  'filling',
  'buffering',
  'whole-first',
]);

const CHOICES = 'input, [role="dialog"]';
const BUTTONS = 'button, a, summary';
const FIELDS =
  'select, textarea, [contenteditable], input:not([type="range"], [type="radio"], [type="checkbox"], [type="file"])';

/** The time line has keys of its own and lets the player have the others. */
function placeOf(target: Element | null): KeyPlace {
  if (target === null || target === document.body || target.closest('.seek') !== null) return 'stage';
  if (target.closest(FIELDS) !== null) return 'field';
  if (target.closest(CHOICES) !== null) return 'choice';
  if (target.closest(BUTTONS) !== null) return 'button';
  return target.closest('.image, .text') !== null ? 'page' : target.closest('.stage') !== null ? 'stage' : 'page';
}
