import { sayPlayer, speedWords } from '../words/player-words.ts';
import { clockTime } from './clock-time.ts';
import { PlayerButton } from './player-button.tsx';
import type { Menu, PlayerModel } from './player-model.ts';
import { SeekBar } from './seek-bar.tsx';
import { SubtitleMenu } from './subtitle-menu.tsx';
import { AudioMenu, KeysMenu, SpeedMenu } from './track-menus.tsx';

type Props = {
  readonly model: PlayerModel;
  readonly isFullscreen: boolean;
  readonly onFullscreen: () => void;
};

/** The time line and the buttons below it. Time runs to the right in every language, and so do they. */
export function StageControls({ model, isFullscreen, onFullscreen }: Props) {
  const { timeS, isMuted, volume, speed, canPip, isInPip } = model.media.now.value;
  const durationS = model.durationS.value;
  const isPlaying = model.isPlaying.value;
  const hasNeighbours = model.next.value !== null || model.previous.value !== null;
  const isVideo = model.kind.value === 'video';
  const isSilent = isMuted || volume === 0;
  const openMenu = model.menu.value;
  const opener = (menu: Menu) => ({
    'aria-expanded': openMenu === menu,
    'aria-haspopup': 'dialog' as const,
    'aria-controls': `menu-${menu}`,
    onClick: () => {
      model.menu.value = model.menu.peek() === menu ? null : menu;
    },
  });
  const close = () => {
    model.menu.value = null;
  };
  return (
    <div class="controls-of-stage" dir="ltr">
      <SeekBar model={model} />
      <fieldset class="stage-buttons" aria-label={sayPlayer('controls')}>
        {hasNeighbours && (
          <PlayerButton
            icon="previous"
            name={sayPlayer('previous')}
            shortcut="P"
            aria-disabled={model.previous.value === null}
            onClick={() => model.play(model.previous.peek())}
          />
        )}
        <PlayerButton
          icon={isPlaying ? 'pause' : 'play'}
          name={sayPlayer(isPlaying ? 'pause' : 'play')}
          shortcut="K"
          data-play
          onClick={() => model.toggle()}
        />
        {hasNeighbours && (
          <PlayerButton
            icon="next"
            name={sayPlayer('next')}
            shortcut="N"
            aria-disabled={model.next.value === null}
            onClick={() => model.play(model.next.peek())}
          />
        )}
        <PlayerButton
          icon={isSilent ? 'muted' : 'volume'}
          name={sayPlayer(isSilent ? 'unmute' : 'mute')}
          shortcut="M"
          onClick={() => model.toggleMuted()}
        />
        <input
          type="range"
          class="volume"
          min={0}
          max={1}
          step={0.05}
          value={isMuted ? 0 : volume}
          style={{ '--part': `${(isMuted ? 0 : volume) * 100}%` }}
          aria-label={sayPlayer('volume')}
          aria-valuetext={sayPlayer('volumeValue', { percent: Math.round((isMuted ? 0 : volume) * 100) })}
          onInput={(event) => model.setVolume(event.currentTarget.valueAsNumber)}
        />
        <span class="stage-time">
          {clockTime(timeS)} <span class="stage-length">/ {clockTime(durationS ?? Number.NaN)}</span>
        </span>
        <span class="stage-gap" />
        {isVideo && (
          <PlayerButton icon="subtitles" name={sayPlayer('subtitles')} shortcut="C" {...opener('subtitles')} />
        )}
        {model.state.value.audio.length > 1 && (
          <PlayerButton icon="audio" name={sayPlayer('audio')} {...opener('audio')} />
        )}
        <button
          type="button"
          class="stage-button stage-speed"
          aria-label={`${sayPlayer('speed')}: ${speedWords(speed)}`}
          title={sayPlayer('speed')}
          {...opener('speed')}
        >
          {speedWords(speed)}
        </button>
        <PlayerButton
          icon="keys"
          name={sayPlayer('keys')}
          shortcut="?"
          class="stage-button stage-keys"
          {...opener('keys')}
        />
        {canPip && isVideo && (
          <PlayerButton
            icon="pip"
            class="stage-button stage-pip"
            name={sayPlayer('pip')}
            aria-pressed={isInPip}
            onClick={() => void model.media.togglePip()}
          />
        )}
        <PlayerButton
          icon={isFullscreen ? 'fullscreen-end' : 'fullscreen'}
          name={sayPlayer(isFullscreen ? 'fullscreenEnd' : 'fullscreen')}
          shortcut="F"
          onClick={onFullscreen}
        />
      </fieldset>
      {openMenu === 'subtitles' && <SubtitleMenu model={model} onClose={close} />}
      {openMenu === 'audio' && <AudioMenu model={model} onClose={close} />}
      {openMenu === 'speed' && <SpeedMenu model={model} onClose={close} />}
      {openMenu === 'keys' && <KeysMenu onClose={close} />}
    </div>
  );
}
