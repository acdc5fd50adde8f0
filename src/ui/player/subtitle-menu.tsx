import { displayName } from '../formats/display-name.ts';
import { delayWords, sayPlayer, sizeWords } from '../words/player-words.ts';
import type { PlayerModel } from './player-model.ts';
import { SUBTITLE_SIZES } from './remembered.ts';
import { MenuChoice, StageMenu } from './stage-menu.tsx';
import { MAX_SUBTITLE_BYTES } from './subtitles/read-subtitles.ts';
import { isSameChoice } from './subtitles/subtitle-choice.ts';
import { namesOfSubtitles } from './subtitles/subtitle-names.ts';

type Props = { readonly model: PlayerModel; readonly onClose: () => void };

/** Which subtitles, how large, and how much later. */
export function SubtitleMenu({ model, onClose }: Props) {
  const { subtitles } = model;
  const chosen = subtitles.chosen.value;
  const offered = subtitles.offered.value;
  const picked = subtitles.pickedName.value;
  const names = namesOfSubtitles(offered);
  const pick = async (file: File | undefined) => {
    if (file === undefined) return;
    const bytes = await file.slice(0, MAX_SUBTITLE_BYTES + 1).arrayBuffer();
    await subtitles.pick(file.name, new Uint8Array(bytes));
  };
  return (
    <StageMenu id="menu-subtitles" title={sayPlayer('subtitlesMenu')} onClose={onClose}>
      <div class="menu-choices" role="radiogroup" aria-label={sayPlayer('subtitlesMenu')}>
        <MenuChoice
          group="subtitles"
          words={sayPlayer('subtitlesOff')}
          isChosen={chosen === null}
          onChoose={() => model.chooseSubtitles(null)}
        />
        {offered.map(({ choice }, at) => (
          <MenuChoice
            key={JSON.stringify(choice)}
            group="subtitles"
            words={names[at] ?? ''}
            isChosen={isSameChoice(chosen, choice)}
            onChoose={() => model.chooseSubtitles(choice)}
          />
        ))}
        {picked !== null && (
          <MenuChoice
            group="subtitles"
            words={displayName(picked)}
            isChosen={chosen?.kind === 'picked'}
            onChoose={() => model.chooseSubtitles({ kind: 'picked' })}
          />
        )}
      </div>
      <p class="menu-note" role="status">
        {statusWords(model, names)}
      </p>
      <label class="button menu-pick">
        {sayPlayer('subtitlesPick')}
        <input
          type="file"
          class="only-spoken"
          accept=".srt,.vtt,.ass,.ssa"
          onChange={(event) => void pick(event.currentTarget.files?.[0])}
        />
      </label>
      <div class="menu-line">
        <span>{sayPlayer('subtitlesDelay')}</span>
        <button
          type="button"
          class="step"
          aria-label={sayPlayer('subtitlesEarlier')}
          onClick={() => subtitles.delayBy(-1)}
        >
          −
        </button>
        <output class="step-value">{delayWords(subtitles.delayS.value)}</output>
        <button
          type="button"
          class="step"
          aria-label={sayPlayer('subtitlesLater')}
          onClick={() => subtitles.delayBy(1)}
        >
          +
        </button>
      </div>
      <label class="menu-line">
        <span>{sayPlayer('subtitlesSize')}</span>
        <select
          class="menu-select"
          value={model.memory.now.value.subtitles.size}
          onChange={(event) => {
            const size = SUBTITLE_SIZES.find((one) => one === event.currentTarget.value);
            if (size !== undefined) model.setSubtitleSize(size);
          }}
        >
          {SUBTITLE_SIZES.map((size) => (
            <option key={size} value={size}>
              {sizeWords(size)}
            </option>
          ))}
        </select>
      </label>
    </StageMenu>
  );
}

function statusWords({ subtitles, state }: PlayerModel, names: readonly string[]): string | null {
  const chosen = subtitles.chosen.value;
  const at = subtitles.offered.value.findIndex(({ choice }) => isSameChoice(choice, chosen));
  const name = names[at] ?? displayName(subtitles.pickedName.value ?? '');
  switch (subtitles.status.value) {
    case 'loading':
      return sayPlayer('subtitlesLoading');
    case 'unreadable':
      return sayPlayer('subtitlesUnreadable', { name });
    case 'missing':
      return sayPlayer('subtitlesMissing', { name });
    case 'off':
      if (state.value.hasUnreadableText) return sayPlayer('subtitlesPictures');
      return subtitles.offered.value.length === 0 ? sayPlayer('subtitlesNone') : null;
    case 'shown':
      return null;
  }
}
