import { FileTree } from '../components/file-tree.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { Note } from '../components/note.tsx';
import { type FileNode, lengthOf, type TreeNode } from '../file-tree/build-tree.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { percentWords, sayDetail } from '../words/detail-words.ts';
import { FILE_TREE_WORDS } from '../words/file-tree-words.ts';
import type { FilesFailure } from './files-model.ts';
import type { TabProps } from './transfer-detail.tsx';

/** The files of a transfer: how far each is, which are wanted and when, and what can be done with those that are whole. */
export function FilesTab(props: TabProps) {
  const { files } = props.model;
  if (!files.isKnown.value) {
    return <p class="quiet">{sayDetail(props.transfer.value.files === null ? 'filesUnknown' : 'asking')}</p>;
  }
  const { wanted, files: all, wantedBytes } = files.tree.sums.value;
  return (
    <div class="detail-files">
      <div class="section-line">
        <p class="quiet">{FILE_TREE_WORDS.chosen(wanted, all, formatBytes(wantedBytes))}</p>
        <span class="links">
          <button type="button" class="link" onClick={() => files.tree.wishForAll('normal')}>
            {sayDetail('wantAll')}
          </button>
        </span>
      </div>
      {files.failure.value !== null && <FilesNote failure={files.failure.value} />}
      <FileTree
        tree={files.tree}
        play={(file) => props.actions.play(props.transfer.value.id, file)}
        aside={(node, isCurrent) => <FileAside {...props} node={node} isCurrent={isCurrent} />}
      />
    </div>
  );
}

function FilesNote({ failure }: { readonly failure: FilesFailure }) {
  return (
    <div role="alert">
      {failure.code === 'no-file-left' ? (
        <p class="field-says" data-wrong="true">
          {sayDetail('noFileLeft')}
        </p>
      ) : (
        <Note trouble={failure} />
      )}
    </div>
  );
}

type AsideProps = TabProps & {
  readonly node: TreeNode;
  /** Its line has the focus, so its buttons can be reached with Tab. */
  readonly isCurrent: boolean;
};

/** How far one line of the tree is, and what can be done with it. */
function FileAside({ node, isCurrent, ...props }: AsideProps) {
  const { hereBytes, lengthBytes } = props.model.files.progressOf(node);
  const share = lengthBytes === 0 ? 1 : hereBytes / lengthBytes;
  return (
    <span class="file-aside">
      {node.kind === 'file' && <FileButtons node={node} isCurrent={isCurrent} {...props} />}
      <span
        class="file-share"
        title={sayDetail('hereOf', { here: formatBytes(hereBytes), size: formatBytes(lengthOf(node)) })}
      >
        <span class="file-share-bar" aria-hidden="true">
          <span style={{ width: `${100 * share}%` }} />
        </span>
        {percentWords(Math.floor(share * 100) / 100)}
      </span>
    </span>
  );
}

function FileButtons({
  node,
  isCurrent,
  model,
  transfer,
  actions,
}: TabProps & { readonly node: FileNode; readonly isCurrent: boolean }) {
  const view = model.files.byIndex.value.get(node.file.index) ?? node.file;
  const name = displayName(node.name);
  const { state, files } = transfer.value;
  const downloadId = view.downloadId ?? (files === 1 ? (transfer.value.saved?.downloadId ?? null) : null);
  const isWhole = view.hereBytes === view.lengthBytes && view.lengthBytes > 0;
  const maySave = isWhole && !view.isSaved && state.phase === 'downloading' && files !== 1;
  const tabIndex = isCurrent ? 0 : -1;
  const isSaving = model.files.saving.value.has(view.index);
  return (
    <span class="file-buttons">
      {maySave && (
        <IconButton
          icon="drop"
          name={sayDetail('saveFile', { name })}
          aria-disabled={isSaving}
          tabIndex={tabIndex}
          onClick={() => void model.files.save(view.index)}
        />
      )}
      {view.isSaved && downloadId !== null && (
        <>
          <IconButton
            icon="open"
            name={sayDetail('openFile', { name })}
            tabIndex={tabIndex}
            onClick={() => void model.files.run(actions.open(downloadId))}
          />
          <IconButton
            icon="folder"
            name={sayDetail('showFile', { name })}
            tabIndex={tabIndex}
            onClick={() => void model.files.run(actions.show(downloadId))}
          />
        </>
      )}
    </span>
  );
}
