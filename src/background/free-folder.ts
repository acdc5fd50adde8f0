/**
 * Finds a folder name that occurs in none of `paths`: `wanted`, or `wanted (2)`, `wanted (3)` and so on. Letter case does
 * not count, because it does not for Windows and macOS. `paths` are absolute and end in a file name, in the system's own
 * form; a file of that name is in the way as much as a folder.
 */
export function freeFolder(wanted: string, paths: Iterable<string>, reserved: Iterable<string>): string {
  const taken = new Set([...reserved].map(folded));
  for (const path of paths) for (const name of path.split(/[\\/]/)) taken.add(folded(name));
  let folder = wanted;
  for (let count = 2; taken.has(folded(folder)); count += 1) folder = `${wanted} (${count})`;
  return folder;
}

// macOS stores names decomposed.
const folded = (name: string): string => name.normalize('NFC').toLowerCase();
