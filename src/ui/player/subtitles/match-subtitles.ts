import { kindOfFile } from '../../../model/file-kinds.ts';
import type { FileView } from '../../../model/file-view.ts';
import type { FileIndex } from '../../../model/ids.ts';
import { languageOfName } from './language-of-name.ts';

/** A file of subtitles beside a film. */
export type SubtitleFile = {
  readonly file: FileIndex;
  readonly name: string;
  readonly lengthBytes: number;
  /** BCP 47, or null when its name does not tell. */
  readonly language: string | null;
  /** For those who do not hear, and only what is spoken in another language, as names tell it. */
  readonly kind: 'all' | 'described' | 'forced';
};

type Candidate = Pick<FileView, 'index' | 'path' | 'lengthBytes'>;
/** Folders in which subtitles lie by themselves. */
const SUBTITLE_FOLDER = /^(?:subs?|subtitles?|captions?|vobsubs?|untertitel)$/i;
/** More of them are no choice any more. */
const MAX_OFFERED = 60;

/**
 * The subtitles of a film among the files of its torrent: those that begin with its name, those in a folder for
 * subtitles that is named after it, and, where the film is alone in its folder, all others there. Best first.
 */
export function subtitlesFor(film: Candidate, files: readonly Candidate[]): SubtitleFile[] {
  const stem = stemOf(film.path);
  const folder = film.path.slice(0, -1);
  const films = files.filter(({ path }) => kindOfFile(path) === 'video');
  const isAlone = films.filter(({ path }) => isSame(path.slice(0, -1), folder)).length <= 1;
  const matched = files.flatMap((file) => {
    if (kindOfFile(file.path) !== 'subtitles') return [];
    const name = stemOf(file.path);
    const below = folderBelow(file.path, folder);
    if (below === null) return films.length === 1 ? [{ file, name, rank: 3 }] : [];
    if (isNamedAfter(name, stem)) return [{ file, name: name.slice(stem.length), rank: 0 }];
    if (below.some((part) => part.toLowerCase() === stem.toLowerCase())) return [{ file, name, rank: 1 }];
    const isApart = below.every((part) => SUBTITLE_FOLDER.test(part));
    return isAlone && (isApart || films.length === 1) ? [{ file, name, rank: 2 }] : [];
  });
  return matched
    .map(({ file, name, rank }) => ({ rank, subtitle: describe(file, name) }))
    .sort((a, b) => a.rank - b.rank || a.subtitle.name.localeCompare(b.subtitle.name, 'en', { numeric: true }))
    .slice(0, MAX_OFFERED)
    .map(({ subtitle }) => subtitle);
}

function describe({ index, path, lengthBytes }: Candidate, rest: string): SubtitleFile {
  const kind = /\b(?:sdh|cc|hi)\b/i.test(rest) ? 'described' : /\bforced\b/i.test(rest) ? 'forced' : 'all';
  return { file: index, name: path.at(-1) ?? '', lengthBytes, language: languageOfName(spaced(rest)), kind };
}

/** `2_English` has its words apart for people, not for `\b`. */
const spaced = (text: string): string => text.replaceAll('_', ' ');

function stemOf(path: readonly string[]): string {
  const name = path.at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** `Film.de` is named after `Film`; `Film 2` is another film. */
function isNamedAfter(name: string, stem: string): boolean {
  if (stem === '' || !name.toLowerCase().startsWith(stem.toLowerCase())) return false;
  return name.length === stem.length || /^[._\-[(]|^ +[[(-]/.test(name.slice(stem.length));
}

/** The folders between a folder and a file below it; null when it is elsewhere. */
function folderBelow(path: readonly string[], folder: readonly string[]): readonly string[] | null {
  const own = path.slice(0, -1);
  return isSame(own.slice(0, folder.length), folder) ? own.slice(folder.length) : null;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, at) => part === b[at]);
