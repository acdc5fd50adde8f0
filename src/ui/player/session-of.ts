import { effect } from '@preact/signals';
import { isMedia } from '../../model/file-kinds.ts';
import type { PlayerModel } from './player-model.ts';

/** Keeps what the browser shows of a player outside its page, and the keys it has for it, as the player is. @returns what ends that. */
export function followSession(model: PlayerModel): () => void {
  return effect(() => {
    const path = model.path.value;
    const transfer = model.transfer.value;
    if (path.length === 0 || !isMedia(model.kind.value)) return;
    const { timeS, speed } = model.media.now.value;
    const [next, previous] = [model.next.value, model.previous.value];
    const view = {
      title: path.at(-1) ?? '',
      album: transfer === null || transfer === 'gone' ? '' : transfer.name,
      isPlaying: model.isPlaying.value,
      timeS,
      durationS: model.durationS.value,
      speed,
    };
    model.actions.showSession(view, {
      play: () => model.actions.play(),
      pause: () => model.actions.pause(),
      seekTo: (at) => model.media.seek(at),
      seekBy: (seconds) => model.media.seekBy(seconds),
      next: next && (() => model.play(next)),
      previous: previous && (() => model.play(previous)),
    });
  });
}
