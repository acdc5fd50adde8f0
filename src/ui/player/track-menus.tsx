import { displayName } from '../formats/display-name.ts';
import { languageName, sayPlayer, speedWords } from '../words/player-words.ts';
import { SPEEDS } from './keys.ts';
import type { PlayerModel } from './player-model.ts';
import { MenuChoice, StageMenu } from './stage-menu.tsx';

type Props = { readonly model: PlayerModel; readonly onClose: () => void };

/** How fast it plays. */
export function SpeedMenu({ model, onClose }: Props) {
  const { speed } = model.media.now.value;
  return (
    <StageMenu id="menu-speed" title={sayPlayer('speed')} onClose={onClose}>
      <div class="menu-choices" role="radiogroup" aria-label={sayPlayer('speed')}>
        {SPEEDS.map((one) => (
          <MenuChoice
            key={one}
            group="speed"
            words={speedWords(one)}
            isChosen={one === speed}
            onChoose={() => model.setSpeed(one)}
          />
        ))}
      </div>
    </StageMenu>
  );
}

/** Which of several soundtracks is heard. */
export function AudioMenu({ model, onClose }: Props) {
  return (
    <StageMenu id="menu-audio" title={sayPlayer('audio')} onClose={onClose}>
      <div class="menu-choices" role="radiogroup" aria-label={sayPlayer('audio')}>
        {model.state.value.audio.map(({ id, language, name, isChosen }, at) => {
          const words = [language === null ? null : languageName(language), name === null ? null : displayName(name)];
          const known = words.filter((word) => word !== null).join(' – ');
          return (
            <MenuChoice
              key={id}
              group="audio"
              words={known === '' ? sayPlayer('trackNumbered', { number: at + 1 }) : known}
              isChosen={isChosen}
              onChoose={() => model.actions.chooseAudio(id)}
            />
          );
        })}
      </div>
    </StageMenu>
  );
}

const KEYS = [
  ['keyPlay', ['space', 'K']],
  ['keyBackForward', ['←', '→']],
  ['keyBackForwardFar', ['J', 'L']],
  ['keyVolume', ['↑', '↓']],
  ['keyMute', ['M']],
  ['keyFullscreen', ['F']],
  ['keySubtitles', ['C']],
  ['keyNextPrevious', ['N', 'P']],
  ['keySpeed', ['<', '>']],
  ['keyPart', ['0', '…', '9']],
  ['keyHelp', ['?']],
] as const;

/** Which keys do what. */
export function KeysMenu({ onClose }: Pick<Props, 'onClose'>) {
  return (
    <StageMenu id="menu-keys" title={sayPlayer('keysTitle')} onClose={onClose} isReadOnly>
      <dl class="keys">
        {KEYS.map(([does, keys]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === 'space' ? sayPlayer('space') : key}</kbd>
              ))}
            </dt>
            <dd>{sayPlayer(does)}</dd>
          </div>
        ))}
      </dl>
    </StageMenu>
  );
}
