/** What a file is to somebody who wants to look at it. `none`: nothing that a player page shows. */
export const FILE_KINDS = ['video', 'audio', 'image', 'text', 'pdf', 'subtitles', 'none'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Endings of names, without their dots. What a browser cannot play although it is a film is told when it is opened. */
const ENDINGS: Readonly<Record<Exclude<FileKind, 'none'>, string>> = {
  video: 'mp4 m4v mov mkv webm ogv avi mpg mpeg ts m2ts wmv flv 3gp',
  audio: 'mp3 m4a m4b aac flac ogg oga opus wav wma aif aiff',
  image: 'jpg jpeg png gif webp avif bmp ico svg',
  text: 'txt nfo md log csv json xml yml yaml ini cue m3u m3u8 sfv md5 sha1 sha256 diz',
  pdf: 'pdf',
  subtitles: 'srt vtt ass ssa',
};

const KIND_OF_ENDING: ReadonlyMap<string, FileKind> = new Map(
  FILE_KINDS.flatMap((kind) =>
    kind === 'none' ? [] : ENDINGS[kind].split(' ').map((ending) => [ending, kind] as const),
  ),
);
/** Names without an ending that are texts everywhere. */
const TEXTS = /^(?:readme|license|licence|copying|changelog|authors|notes)$/i;

/**
 * What a file is, by its name alone: the bytes are not here yet. Nobody relies on it but to offer a button: what is
 * opened is looked at again by the browser.
 * @param path Folders and name as the torrent spells them, or the name.
 */
export function kindOfFile(path: readonly string[] | string): FileKind {
  const name = typeof path === 'string' ? path : (path.at(-1) ?? '');
  const dot = name.lastIndexOf('.');
  if (dot < 0) return TEXTS.test(name) ? 'text' : 'none';
  return KIND_OF_ENDING.get(name.slice(dot + 1).toLowerCase()) ?? 'none';
}

/** Whether a player page has something to show of it on its own. Subtitles come with their film. */
export const isPlayable = (kind: FileKind): boolean => kind !== 'none' && kind !== 'subtitles';

/** Whether it has a time line. */
export const isMedia = (kind: FileKind): kind is 'video' | 'audio' => kind === 'video' || kind === 'audio';
