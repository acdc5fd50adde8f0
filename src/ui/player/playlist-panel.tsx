import { isMedia, kindOfFile } from '../../model/file-kinds.ts';
import type { PlaylistEntry } from '../../model/player.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { sayPlayer } from '../words/player-words.ts';
import { PlayerIcon } from './player-icon.tsx';
import type { PlayerModel } from './player-model.ts';
import { watchedPart } from './remembered.ts';

/** What else of the torrent can be shown. */
export function PlaylistPanel({ model }: { readonly model: PlayerModel }) {
  const list = model.playlist.value;
  if (list.length < 2) return null;
  const hasRow = list.filter(({ path }) => isMedia(kindOfFile(path))).length > 1;
  return (
    <section class="playlist" aria-label={sayPlayer('playlist')}>
      <div class="playlist-top">
        <h2>{sayPlayer('playlist')}</h2>
        {hasRow && (
          <label class="playlist-auto">
            <input
              type="checkbox"
              checked={model.memory.now.value.playsNext}
              onChange={(event) => model.setPlaysNext(event.currentTarget.checked)}
            />
            {sayPlayer('autoNext')}
          </label>
        )}
      </div>
      <ol>
        {list.map((entry) => (
          <PlaylistLine key={entry.file} model={model} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function PlaylistLine({ model, entry }: { readonly model: PlayerModel; readonly entry: PlaylistEntry }) {
  const { file, path, lengthBytes } = entry;
  const isCurrent = model.state.value.file === file;
  const kind = kindOfFile(path);
  const here = model.files.value.find(({ index }) => index === file)?.hereBytes ?? 0;
  const watched = model.watched(file);
  const part = watchedPart(watched);
  const name = displayName(path.at(-1) ?? '');
  const folder = path.slice(0, -1).map(displayName).join(' / ');
  const size = formatBytes(lengthBytes);
  const isWhole = here >= lengthBytes;
  return (
    <li>
      <button
        type="button"
        class="playlist-line"
        aria-current={isCurrent ? 'true' : undefined}
        title={folder === '' ? name : `${folder} / ${name}`}
        onClick={() => (isCurrent ? model.toggle() : model.play(entry))}
      >
        <span class="playlist-mark" aria-hidden="true">
          {isCurrent ? <PlayerIcon name="play" /> : part === 1 ? <PlayerIcon name="done" /> : null}
        </span>
        <span class="playlist-name">
          <bdi>{name}</bdi>
        </span>
        <span class="playlist-facts quiet">
          {isWhole ? size : sayPlayer('arrived', { here: formatBytes(here), all: size })}
          {watchedWords(isCurrent, isMedia(kind), part)}
        </span>
        {part > 0 && part < 1 && (
          <span class="playlist-watched" aria-hidden="true">
            <span style={{ width: `${part * 100}%` }} />
          </span>
        )}
      </button>
    </li>
  );
}

function watchedWords(isCurrent: boolean, hasTime: boolean, part: number): string | null {
  if (isCurrent) return ` · ${sayPlayer('nowPlaying')}`;
  if (!hasTime || part === 0) return null;
  return ` · ${part === 1 ? sayPlayer('watched') : sayPlayer('watchedPart', { percent: Math.round(part * 100) })}`;
}
