import type { FileIndex, TransferId } from '../../model/ids.ts';

/** How far a file was watched. Seconds; `atMs` is when. */
export type Watched = {
  readonly timeS: number;
  readonly durationS: number;
  readonly atMs: number;
  readonly isDone: boolean;
};

/** What a player remembers from one time to the next. */
export type Remembered = {
  /** By transfer and file. */
  readonly files: Readonly<Record<string, Watched>>;
  /** 0 to 1. */
  readonly volume: number;
  readonly isMuted: boolean;
  readonly speed: number;
  readonly playsNext: boolean;
  /** Whether subtitles are wanted, and in which language (BCP 47). */
  readonly subtitles: { readonly isOn: boolean; readonly language: string | null; readonly size: SubtitleSize };
};

export const SUBTITLE_SIZES = ['small', 'medium', 'large', 'huge'] as const;
export type SubtitleSize = (typeof SUBTITLE_SIZES)[number];

export const MAX_REMEMBERED_FILES = 500;
/** Shorter than this it is as quick to begin anew. */
const WORTH_REMEMBERING_S = 10;
/** From here on a file has been watched, and begins anew the next time. */
const DONE_FROM = 0.95;

export const NOTHING_REMEMBERED: Remembered = {
  files: {},
  volume: 1,
  isMuted: false,
  speed: 1,
  playsNext: true,
  subtitles: { isOn: false, language: null, size: 'medium' },
};

const keyOf = (id: TransferId, file: FileIndex): string => `${id}/${file}`;

/** Remembers how far a file was watched; of more than {@link MAX_REMEMBERED_FILES} the oldest is forgotten. */
export function withPlace(
  before: Remembered,
  id: TransferId,
  file: FileIndex,
  place: Omit<Watched, 'isDone'>,
): Remembered {
  const key = keyOf(id, file);
  const known = before.files[key];
  const isAtEnd = place.durationS > 0 && place.timeS >= place.durationS * DONE_FROM;
  if (known === undefined && !isAtEnd && place.timeS < WORTH_REMEMBERING_S) return before;
  const files = { ...before.files, [key]: { ...place, isDone: isAtEnd || known?.isDone === true } };
  const keys = Object.keys(files);
  if (keys.length > MAX_REMEMBERED_FILES) {
    const oldest = keys.sort((a, b) => (files[a]?.atMs ?? 0) - (files[b]?.atMs ?? 0));
    for (const one of oldest.slice(0, keys.length - MAX_REMEMBERED_FILES)) delete files[one];
  }
  return { ...before, files };
}

export const watchedOf = (all: Remembered, id: TransferId, file: FileIndex): Watched | null =>
  all.files[keyOf(id, file)] ?? null;

/** Seconds at which a file goes on; null when it begins at its beginning. */
export function placeToContinue(all: Remembered, id: TransferId, file: FileIndex): number | null {
  const place = watchedOf(all, id, file);
  if (place === null || place.timeS < WORTH_REMEMBERING_S || place.timeS >= place.durationS * DONE_FROM) return null;
  return place.timeS;
}

/** Share of a file that was watched, 0 to 1. */
export function watchedPart(place: Watched | null): number {
  if (place === null || !(place.durationS > 0)) return 0;
  return place.isDone ? 1 : Math.min(place.timeS / place.durationS, 1);
}

/** Reads what was written down. What cannot be read is as if it had never been. */
export function readRemembered(text: string | null): Remembered {
  try {
    const raw: unknown = JSON.parse(text ?? 'null');
    if (!isObject(raw)) return NOTHING_REMEMBERED;
    const { volume, isMuted, speed, playsNext, subtitles } = raw;
    const none = NOTHING_REMEMBERED;
    const texts = isObject(subtitles) ? subtitles : {};
    return {
      files: isObject(raw.files) ? readFiles(raw.files) : {},
      volume: isWithin(volume, 0, 1) ? volume : none.volume,
      isMuted: isMuted === true,
      speed: isWithin(speed, 0.5, 2) ? speed : none.speed,
      playsNext: playsNext !== false,
      subtitles: {
        isOn: texts.isOn === true,
        language: typeof texts.language === 'string' && texts.language.length <= 35 ? texts.language : null,
        size: SUBTITLE_SIZES.find((size) => size === texts.size) ?? none.subtitles.size,
      },
    };
  } catch {
    return NOTHING_REMEMBERED;
  }
}

function readFiles(raw: Readonly<Record<string, unknown>>): Record<string, Watched> {
  const files: Record<string, Watched> = {};
  for (const [key, value] of Object.entries(raw).slice(0, MAX_REMEMBERED_FILES)) {
    if (!isObject(value)) continue;
    const { timeS, durationS, atMs, isDone } = value;
    if (!isWithin(timeS, 0, 1e7) || !isWithin(durationS, 0, 1e7) || !isWithin(atMs, 0, 1e15)) continue;
    files[key] = { timeS, durationS, atMs, isDone: isDone === true };
  }
  return files;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;
