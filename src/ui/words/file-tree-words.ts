import english from '../../_locales/en/files.json' with { type: 'json' };
import type { FilePriority } from '../../model/file-view.ts';
import { wordsOf } from '../../words/say.ts';

const say = wordsOf('files', english);

export const FILE_TREE_WORDS = say.with({
  priorityOf: (name: string) => say('priorityOfFile', { name }),
  chosen: (wanted: number, files: number, size: string) =>
    wanted === files ? say.count('allChosen', files, { size }) : say.count('someChosen', files, { wanted, size }),
});

export const PRIORITY_WORDS: Readonly<Record<Exclude<FilePriority, 'skip'>, string>> = {
  get normal() {
    return say('normal');
  },
  get first() {
    return say('first');
  },
};
