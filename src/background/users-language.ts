import { speakLanguage } from '../platform/webext/load-language.ts';
import { storedSettings } from './stored-settings.ts';

/**
 * Has the background speak the language of the settings. To be awaited each time before something is said: the background
 * forgets, and is not told of changes.
 */
export async function speakUsersLanguage(): Promise<void> {
  const settings = await storedSettings();
  await speakLanguage(settings?.language ?? 'browser'); // records that cannot be read have to be explained, too
}
