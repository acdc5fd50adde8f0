import { useEffect } from 'preact/hooks';
import { isMedia, isPlayable } from '../../model/file-kinds.ts';
import { displayName } from '../formats/display-name.ts';
import { sayPlayer } from '../words/player-words.ts';
import type { PlayerModel } from './player-model.ts';
import { PlaylistPanel } from './playlist-panel.tsx';
import { SourcesPanel } from './sources-panel.tsx';
import { Stage } from './stage.tsx';

const FILES_EVERY_MS = 3_000;

/** The whole page of a player: the stage, what is on it and where it comes from, and what else there is. */
export function PlayerScreen({ model }: { readonly model: PlayerModel }) {
  const path = model.path.value;
  const transfer = model.transfer.value;
  const name = displayName(path.at(-1) ?? (transfer === null || transfer === 'gone' ? '' : transfer.name));
  const album = transfer === null || transfer === 'gone' ? '' : displayName(transfer.name);
  useEffect(() => {
    document.title = name === '' ? sayPlayer('product') : sayPlayer('titlePlaying', { name });
  }, [name]);
  useEffect(() => {
    void model.refreshFiles();
    const asking = setInterval(() => void model.refreshFiles(), FILES_EVERY_MS);
    const leave = () => model.rememberPlace();
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(asking);
      removeEventListener('pagehide', leave);
    };
  }, []);
  const isStill = isPlayable(model.kind.value) && !isMedia(model.kind.value);
  return (
    <main class="player" data-still={isStill}>
      <Stage model={model} isStill={isStill} />
      <div class="below">
        <header class="about">
          <h1 title={name}>
            <bdi>{name === '' ? sayPlayer('product') : name}</bdi>
          </h1>
          {album !== '' && album !== name && (
            <p class="quiet album">
              <bdi>{album}</bdi>
            </p>
          )}
          <SourcesPanel model={model} />
        </header>
        <PlaylistPanel model={model} />
      </div>
    </main>
  );
}
