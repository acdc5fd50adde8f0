/** Room for what browsers and the user add to a name: file systems take 255 bytes (ext4) or UTF-16 units (NTFS, APFS). */
export const MAX_NAME_BYTES = 200;
/** With the dot. Longer endings are no suffixes, and are cut like the rest. */
const MAX_SUFFIX_CHARS = 12;

// Most names are, and need none of the slow expressions with Unicode properties.
const PLAIN = /^[ -~]*$/;
// Zero-width and bidirectional characters hide what a name is (`exe.gpj` shown backwards); both browsers refuse them.
// Variation selectors stay: they choose how an emoji looks, and nobody refuses them.
const INVISIBLE = /(?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
// Firefox refuses every blank but these two.
const ODD_BLANK = /[^\S \u3000]/gu;
// Windows and both browsers refuse these, Firefox alone the percent sign, Chromium alone the noncharacters. A lone
// surrogate is no text.
const REFUSED = /["*/:<>?\\|%\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
// Windows opens a device for these, whatever suffix follows.
const DEVICE = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))/iu;
// Windows reads them when it shows the folder.
const SHELL_FILE = /^(?:desktop\.ini|thumbs\.db)$/iu;
// They run or fetch something when they are only looked at; Windows takes a CLSID in braces as a type.
const SHELL_SUFFIX = /^(?:lnk|local|url|scf|desktop|\{[^.]*\})$/iu;

/** A folder's name may have a blank after its last dot; Firefox refuses that in a file's. */
export type NameKind = 'file' | 'folder';

/**
 * Turns one part of a path from a torrent into a name that Windows, macOS, Linux and ChromeOS take, and so do
 * `downloads.download` of Chromium and Firefox (tried one by one and for every code point in Chromium 156 and Firefox
 * ESR 153; `net::IsSafePortableRelativePath`, `nsExternalHelperAppService::SanitizeFileName`).
 *
 * What is refused becomes `_`, what cannot be seen is left out, and text is in Unicode form NFC. A name is at most
 * `maxChars` UTF-16 units and 200 bytes of UTF-8 long, and keeps its suffix. Nothing left is called `unnamed`. A name
 * that is safe stays as it is: `safeName(safeName(x)) === safeName(x)`.
 */
export function safeName(part: string, kind: NameKind, maxChars = MAX_NAME_BYTES): string {
  let name = part;
  // A cut may lay bare what has to be replaced again, and every round only shortens or replaces: a few rounds settle it.
  for (;;) {
    const next = cutName(replaceRefused(name, kind), maxChars, MAX_NAME_BYTES);
    if (next === name) return name;
    name = next;
  }
}

/** Splits `film.mkv` into `film` and `.mkv`. Endings of more than 12 characters count as part of the stem. */
export function splitSuffix(name: string): { readonly stem: string; readonly suffix: string } {
  const dot = name.lastIndexOf('.');
  const isSuffix = dot > 0 && name.length - dot <= MAX_SUFFIX_CHARS;
  return isSuffix ? { stem: name.slice(0, dot), suffix: name.slice(dot) } : { stem: name, suffix: '' };
}

/** Shortens a name to some UTF-16 units and bytes of UTF-8, at the end of its stem, never inside a character. */
export function cutName(name: string, maxChars: number, maxBytes: number): string {
  if (fits(name, maxChars, maxBytes)) return name;
  const { stem, suffix } = splitSuffix(name);
  const stemChars = maxChars - suffix.length;
  let leftBytes = maxBytes - utf8Length(suffix);
  let end = 0;
  while (end < stem.length && end < stemChars) {
    leftBytes -= utf8Length(stem.charAt(end));
    if (leftBytes < 0) break;
    end += 1;
  }
  if (/[\ud800-\udbff]/.test(stem.charAt(end - 1))) end -= 1;
  return stem.slice(0, end) + suffix;
}

function replaceRefused(part: string, kind: NameKind): string {
  let name = PLAIN.test(part) ? part : part.replace(INVISIBLE, '').normalize('NFC').replace(ODD_BLANK, ' ');
  name = name.replace(REFUSED, '_');
  name = trimEnds(name)
    .replace(/^[.~]+/, '_')
    .replace(/~$/, '_')
    .replace(DEVICE, '$1_');
  if (name === '') return 'unnamed';
  const lastDot = name.lastIndexOf('.');
  const ending = name.slice(lastDot + 1);
  // Firefox drops blanks from the ending before it looks at it: "a.l nk" is a link too.
  if (lastDot >= 0 && kind === 'file' && ending.includes(' ')) return name.replaceAll('.', '_');
  if (lastDot >= 0 && (SHELL_SUFFIX.test(ending) || SHELL_FILE.test(name))) {
    return `${name.slice(0, lastDot)}_${ending}`;
  }
  return name;
}

/** Leaves out blanks at both ends, and dots at the end, which Windows drops in silence. */
function trimEnds(name: string): string {
  let end = name.length;
  // Not a regular expression: backtracking takes quadratic time on a long run of blanks.
  while (end > 0 && /[\s.]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end).trimStart();
}

function fits(name: string, maxChars: number, maxBytes: number): boolean {
  // A UTF-16 unit takes three bytes at most.
  return name.length <= maxChars && (name.length * 3 <= maxBytes || utf8Length(name) <= maxBytes);
}

function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Two units make a character of four bytes.
    const isHalf = unit >= 0xd800 && unit < 0xe000;
    length += unit < 0x80 ? 1 : unit < 0x800 || isHalf ? 2 : 3;
  }
  return length;
}
