const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}]+/gu;

/** Text from outside, for people to read: one line, nothing invisible, nothing that turns its direction, not too long. */
export const cleanText = (text: string, maxChars: number): string =>
  text
    .slice(0, 4 * maxChars)
    .replace(UNPRINTABLE, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, maxChars);
