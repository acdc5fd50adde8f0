import { cutName, MAX_NAME_BYTES, type NameKind, safeName, splitSuffix } from './safe-name.ts';

/** Room that is kept for ` (200000)`, so that the number never changes which stem a name is cut to. */
const NUMBER_CHARS = 10;

/** Names of one folder, of files and folders alike. */
export type UniqueNames = {
  /**
   * Takes a safe name for this folder, or `name (2)` and so on when it is taken. Names that differ only in case are the
   * same name on Windows and macOS. All names together take linear time, also when all are equal.
   */
  readonly take: (name: string, kind: NameKind) => string;
};

/** An empty folder, whose names shall have at most `maxChars` UTF-16 units. */
export function makeUniqueNames(maxChars: number): UniqueNames {
  const taken = new Set<string>();
  const lastNumbers = new Map<string, number>();
  return {
    take(name, kind) {
      if (!taken.has(fold(name))) {
        taken.add(fold(name));
        return name;
      }
      const base = cutName(name, maxChars - NUMBER_CHARS, MAX_NAME_BYTES - NUMBER_CHARS);
      const { stem, suffix } = splitSuffix(base);
      const key = fold(base);
      for (let number = (lastNumbers.get(key) ?? 1) + 1; ; number++) {
        const numbered = safeName(`${stem} (${number})${suffix}`, kind, maxChars);
        if (taken.has(fold(numbered))) continue;
        lastNumbers.set(key, number);
        taken.add(fold(numbered));
        return numbered;
      }
    },
  };
}

/** One key for all names that a file system may take for the same. Rather too many than too few. */
function fold(name: string): string {
  return name.toUpperCase().toLowerCase().normalize('NFC');
}
