import type { AddModel } from '../add-model.ts';
import type { AddSheetActions } from '../add-sheet/add-sheet-actions.ts';
import type { AddSheetModel } from '../add-sheet/add-sheet-model.ts';
import type { TransferListModel } from '../transfer-list-model.ts';
import { ADD_WORDS } from '../words/add-words.ts';
import { AddEntry } from './add-entry.tsx';
import { AddForm } from './add-form.tsx';
import { DontAskChoice } from './dont-ask-choice.tsx';
import { DropTarget } from './drop-target.tsx';
import { Mark } from './mark.tsx';
import { Note } from './note.tsx';
import { PickFiles } from './pick-files.tsx';

type Props = {
  readonly list: TransferListModel;
  readonly sheet: AddSheetModel;
  readonly adding: AddModel;
  readonly actions: Pick<AddSheetActions, 'close'>;
};

/** What was clicked or pasted, before it starts: what it holds, who has it, and the user's word. */
export function AddSheet({ list, sheet, adding, actions }: Props) {
  const entries = list.staged.value;
  const isNothing = list.isKnown.value && entries.length === 0;
  const isBlocked = entries.length === 0 || entries.some(({ id }) => sheet.isEmpty(id));
  const end = async (task: Promise<boolean>) => {
    if (await task) actions.close();
  };
  /** While others wait, the sheet stays. */
  const endWithLast = async (task: Promise<boolean>) => {
    const isLast = entries.length === 1;
    if ((await task) && isLast) actions.close();
  };
  return (
    <>
      <header class="sheet-top">
        <Mark />
        <h1>{ADD_WORDS.title}</h1>
        {entries.length > 1 && <span class="quiet">{ADD_WORDS.several(entries.length)}</span>}
      </header>
      <main class="sheet">
        {entries.map(({ id, view }) => (
          <AddEntry
            key={id}
            view={view.value}
            sheet={sheet}
            play={(file) => void endWithLast(sheet.play(id, file))}
            isAlone={entries.length === 1}
          />
        ))}
        {isNothing && (
          <section class="sheet-empty">
            <h2>{ADD_WORDS.nothingWaits}</h2>
            <p class="quiet">{ADD_WORDS.nothingWaitsHint}</p>
            {sheet.failure.value !== null && <Note trouble={sheet.failure.value} />}
            <AddForm adding={adding} />
            <PickFiles name={ADD_WORDS.pickFiles} onFiles={(files) => void adding.takeFiles(files)} />
          </section>
        )}
      </main>
      {entries.length > 0 && (
        <footer class="sheet-end">
          {sheet.failure.value !== null && <Note trouble={sheet.failure.value} />}
          <DontAskChoice sheet={sheet} />
          <div class="sheet-buttons">
            <button
              type="button"
              class="button button-primary"
              aria-disabled={isBlocked || sheet.isBusy.value}
              title={isBlocked ? ADD_WORDS.nothingChosen : undefined}
              onClick={() => !isBlocked && void end(sheet.accept(false))}
            >
              {ADD_WORDS.download}
            </button>
            <button
              type="button"
              class="button"
              aria-disabled={isBlocked || sheet.isBusy.value}
              onClick={() => !isBlocked && void end(sheet.accept(true))}
            >
              {ADD_WORDS.addPaused}
            </button>
            <button type="button" class="button button-quiet" onClick={() => void end(sheet.refuse(null))}>
              {ADD_WORDS.cancel}
            </button>
          </div>
        </footer>
      )}
      <DropTarget adding={adding} />
    </>
  );
}
