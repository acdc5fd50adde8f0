import { openRecords } from '../platform/browser/records.ts';
import { speakLanguage } from '../platform/webext/load-language.ts';

let records: ReturnType<typeof openRecords> | null = null;

/**
 * Has the background speak the language of the settings. To be awaited each time before something is said: the background
 * forgets, and is not told of changes.
 */
export async function speakUsersLanguage(): Promise<void> {
  await speakLanguage(await chosenLanguage());
}

async function chosenLanguage() {
  try {
    records ??= openRecords();
    return (await (await records).settings()).language;
  } catch {
    records = null;
    return 'browser'; // records that cannot be read have to be explained, too
  }
}
