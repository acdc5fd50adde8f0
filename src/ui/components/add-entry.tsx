import { useEffect } from 'preact/hooks';
import type { FileIndex } from '../../model/ids.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { AddSheetModel } from '../add-sheet/add-sheet-model.ts';
import { warningsOf } from '../add-sheet/warnings.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { joinParts } from '../formats/format-list.ts';
import { ADD_WORDS, WARNING_WORDS } from '../words/add-words.ts';
import type { Explanation } from '../words/explanation.ts';
import { FILE_TREE_WORDS } from '../words/file-tree-words.ts';
import { FileTree } from './file-tree.tsx';
import { Icon } from './icon.tsx';
import { RowNotes } from './row-notes.tsx';

type Props = {
  readonly view: TransferView;
  readonly sheet: AddSheetModel;
  /** Adds it, and shows one of its files in the player. */
  readonly play: (file: FileIndex) => void;
  /** Nothing else waits: its files are shown at once, and "Cancel" takes it away. */
  readonly isAlone: boolean;
};

/** One thing that waits to be added. */
export function AddEntry({ view, sheet, play, isAlone }: Props) {
  const tree = sheet.treeOf(view.id);
  const { wanted, files, wantedBytes } = tree.sums.value;
  useEffect(() => void sheet.look(view), [view.state.phase]);
  const name = displayName(view.name);
  const isKnown = files > 0;
  const facts = { view, wanted: tree.wanted.value, wantedBytes, freeBytes: sheet.freeBytes.value };
  return (
    <section class="entry" aria-label={name} data-id={view.id} data-state={view.state.phase}>
      <h2 class="entry-name" title={name}>
        <bdi>{name}</bdi>
      </h2>
      <EntryFacts view={view} sheet={sheet} />
      <div class="entry-alerts" role="alert">
        {warningsOf(facts).map((warning) => (
          <Alert key={warning.code} code={warning.code} words={WARNING_WORDS[warning.code](warning as never)} />
        ))}
      </div>
      <RowNotes
        view={{ ...view, problems: view.problems.filter(({ code }) => !HOPELESS.has(code)) }}
        actionFailure={null}
      />
      {isKnown ? (
        <details class="entry-files" open={isAlone}>
          <summary>{FILE_TREE_WORDS.chosen(wanted, files, formatBytes(wantedBytes))}</summary>
          {files > 1 && (
            <p class="entry-all">
              <button type="button" class="link" onClick={() => tree.wishForAll('normal')}>
                {FILE_TREE_WORDS.all}
              </button>
              <button type="button" class="link" onClick={() => tree.wishForAll('skip')}>
                {FILE_TREE_WORDS.none}
              </button>
            </p>
          )}
          <FileTree tree={tree} play={play} />
        </details>
      ) : (
        view.state.phase !== 'failed' && (
          <p class="entry-waits">
            <span class="entry-spinner" aria-hidden="true" />
            <span role="status">{ADD_WORDS.gettingDetails}</span> <span class="quiet">{ADD_WORDS.detailsHint}</span>
          </p>
        )
      )}
      <p class="entry-more">
        <button
          type="button"
          class="button button-quiet"
          title={ADD_WORDS.saveTorrentHint}
          onClick={() => void sheet.saveTorrent(view)}
        >
          {ADD_WORDS.saveTorrent}
        </button>
        {!isAlone && (
          <button type="button" class="button button-quiet" onClick={() => void sheet.refuse(view.id)}>
            {ADD_WORDS.leaveOut}
          </button>
        )}
      </p>
    </section>
  );
}

/** The warning "nobody" says these in other words. */
const HOPELESS: ReadonlySet<string> = new Set(['no-sources', 'no-browser-source']);

function EntryFacts({ view, sheet }: Pick<Props, 'view' | 'sheet'>) {
  const { peersConnected, originsUsable, sizeBytes, files } = view;
  const sources = [
    ...(peersConnected > 0 ? [ADD_WORDS.peersSeen(peersConnected)] : []),
    ...(originsUsable > 0 ? [ADD_WORDS.originsAnswer(originsUsable)] : []),
  ];
  const folder = files !== null && files > 1 ? ADD_WORDS.inDownloads(displayName(view.name)) : ADD_WORDS.downloads;
  const free = sheet.freeBytes.value;
  return (
    <ul class="entry-facts">
      <li>{sizeBytes === null ? ADD_WORDS.sizeUnknown : formatBytes(sizeBytes)}</li>
      <li>
        <span role="status">{sources.length > 0 ? joinParts(sources) : ADD_WORDS.lookingForSources}</span>
      </li>
      <li>
        <bdi>{ADD_WORDS.goesTo(folder)}</bdi>
        {free !== null && <span class="quiet"> · {ADD_WORDS.free(free)}</span>}
      </li>
    </ul>
  );
}

function Alert({ code, words: { title, remedy, weight } }: { readonly code: string; readonly words: Explanation }) {
  return (
    <div class="note" data-weight={weight} data-code={code}>
      <Icon name={weight === 'stops' ? 'alert' : 'wait'} />
      <p>
        <span class="note-title">{title}</span> <span class="note-remedy">{remedy}</span>
      </p>
    </div>
  );
}
