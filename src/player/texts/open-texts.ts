import type { PartlyHere } from './file-window.ts';
import type { InsideTexts } from './inside-text.ts';
import { openMatroska } from './matroska-texts.ts';
import { openMp4 } from './mp4-texts.ts';

/**
 * Finds the texts inside a file of sound and pictures; null when it is of a kind that holds none, or its head is not here. The reader of media that
 * plays it leaves texts out, and so do browsers.
 * @throws what reading throws.
 */
export const openTexts = async (file: PartlyHere): Promise<InsideTexts | null> =>
  (await openMatroska(file)) ?? (await openMp4(file));
