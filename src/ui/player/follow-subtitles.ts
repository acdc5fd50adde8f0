import { computed, effect, untracked } from '@preact/signals';
import type { FileIndex } from '../../model/ids.ts';
import { spokenTag } from '../../words/say.ts';
import type { PlayerModel } from './player-model.ts';
import { subtitlesFor } from './subtitles/match-subtitles.ts';
import { forcedSubtitles, offeredSubtitles, preferredSubtitles } from './subtitles/subtitle-choice.ts';

/** The language that subtitles are wanted in: as chosen before, or that of the screen. */
export const wantedLanguage = (model: PlayerModel): string => model.memory.now.peek().subtitles.language ?? spokenTag();

/**
 * Offers the subtitles that a film has, in files and inside it, as they become known, and has the right ones shown until
 * the user chooses. @returns what ends that.
 */
export function followSubtitles(model: PlayerModel): () => void {
  const { subtitles } = model;
  const file = computed(() => model.state.value.file);
  const texts = computed(() => model.state.value.text);
  const heard = computed(() => model.state.value.audio.find(({ isChosen }) => isChosen)?.language ?? null);
  const files = computed(() => {
    const entries = model.entries.value.map((entry) => ({ ...entry, index: entry.file }));
    return subtitlesFor({ index: file.value, path: model.path.value, lengthBytes: 0 }, entries);
  });
  let begun: FileIndex | null = null;
  return effect(() => {
    const isAnother = begun !== file.value;
    if (model.path.value.length === 0) return;
    begun = file.value;
    const offered = offeredSubtitles(files.value, texts.value);
    const heardLanguage = heard.value;
    untracked(() => {
      if (isAnother) subtitles.begin();
      subtitles.offer(offered);
      const { isOn } = model.memory.now.peek().subtitles;
      const best = isOn ? preferredSubtitles(offered, wantedLanguage(model)) : forcedSubtitles(offered, heardLanguage);
      subtitles.suggest(best?.choice ?? null);
    });
  });
}
