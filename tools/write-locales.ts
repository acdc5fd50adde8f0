import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { messagesOf, type Parts } from '../src/words/messages.ts';

/**
 * Writes the texts of every language in the browsers' format: `<sources>/de/popup.json` and the other parts of `de`
 * become `<out>/de/messages.json`.
 */
export async function writeLocales(sources: string, out: string): Promise<void> {
  for (const language of await languagesIn(sources)) {
    await mkdir(`${out}/${language}`, { recursive: true });
    const messages = messagesOf(await readParts(`${sources}/${language}`));
    await writeFile(`${out}/${language}/messages.json`, `${JSON.stringify(messages, null, 1)}\n`);
  }
}

/** The languages that there are texts of: `en`, `zh_CN`. */
export async function languagesIn(sources: string): Promise<string[]> {
  const entries = await readdir(sources, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** All parts of one language, by the names of their files. */
export async function readParts(folder: string): Promise<Parts> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const read = async (name: string) => [
    name.replace(/\.json$/, ''),
    JSON.parse(await readFile(`${folder}/${name}`, 'utf8')),
  ];
  return Object.fromEntries(await Promise.all(names.map(read)));
}
