import type { FileIndex } from '../../../model/ids.ts';
import type { PlayerText } from '../../../model/player-view.ts';
import type { SubtitleFile } from './match-subtitles.ts';

/** A file of the torrent, a text inside the film, or a file that the user picked. */
export type SubtitleChoice =
  | { readonly kind: 'torrent'; readonly file: FileIndex }
  | { readonly kind: 'inside'; readonly track: number }
  | { readonly kind: 'picked' };

/** Subtitles that can be chosen. */
export type OfferedSubtitles = Pick<SubtitleFile, 'language' | 'kind'> & {
  readonly choice: Exclude<SubtitleChoice, { readonly kind: 'picked' }>;
  /** Of the file, or what the film calls its text. */
  readonly name: string | null;
  readonly isDefault: boolean;
  /** Of a file. */
  readonly lengthBytes: number;
};

/** Files beside a film, the best first, and then the texts inside it: files are here whole, also after a jump. */
export function offeredSubtitles(files: readonly SubtitleFile[], texts: readonly PlayerText[]): OfferedSubtitles[] {
  return [
    ...files.map(({ file, ...rest }) => ({ ...rest, choice: { kind: 'torrent', file } as const, isDefault: false })),
    ...texts.map((text) => {
      const { id, language, name, isDefault } = text;
      const choice = { kind: 'inside', track: id } as const;
      return { choice, language, name, isDefault, kind: kindOf(text), lengthBytes: 0 };
    }),
  ];
}

/** Names say more often than flags whom a text is for. */
function kindOf({ kind, name }: PlayerText): PlayerText['kind'] {
  if (kind !== 'all' || name === null) return kind;
  return /\b(?:sdh|cc)\b/i.test(name) ? 'described' : /\bforced\b/i.test(name) ? 'forced' : 'all';
}

export const isSameChoice = (a: SubtitleChoice | null, b: SubtitleChoice | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * The best of what is offered for who wants subtitles: in their language, all that is said, and as the film has it by
 * default; or any. Pure.
 */
export function preferredSubtitles(
  offered: readonly OfferedSubtitles[],
  language: string | null,
): OfferedSubtitles | null {
  const full = offered.filter(({ kind }) => kind !== 'forced');
  const own = full.filter((one) => isSameLanguage(one.language, language));
  return bestOf(own) ?? bestOf(full) ?? offered[0] ?? null;
}

/** What is shown of a film also to who wants no subtitles: what is said in another language than the one that is heard. Pure. */
export const forcedSubtitles = (offered: readonly OfferedSubtitles[], heard: string | null): OfferedSubtitles | null =>
  offered.find(
    ({ choice, kind, language }) => choice.kind === 'inside' && kind === 'forced' && isSameLanguage(language, heard),
  ) ?? null;

function bestOf(offered: readonly OfferedSubtitles[]): OfferedSubtitles | null {
  const isFile = ({ choice }: OfferedSubtitles) => choice.kind === 'torrent';
  const plain = offered.filter(({ kind }) => kind === 'all');
  const [first = null] = offered;
  if (first === null || isFile(first)) return first;
  return plain.find(({ isDefault }) => isDefault) ?? plain[0] ?? first;
}

/** `de`, `ger`, `deu` and `de-AT` are one. */
function isSameLanguage(a: string | null, b: string | null): boolean {
  const [one, other] = [primary(a), primary(b)];
  return one !== null && one === other;
}

function primary(tag: string | null): string | null {
  try {
    return tag === null ? null : (Intl.getCanonicalLocales(tag)[0]?.split('-')[0] ?? null);
  } catch {
    return null;
  }
}
