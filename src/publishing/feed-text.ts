import { PublishingError } from './publishing-error.ts';

/**
 * Decodes a feed, so that encoding it gives the same bytes again; a byte order mark stays.
 * @throws {PublishingError} when it is in another encoding than UTF-8.
 */
export function decodeFeed(bytes: Uint8Array): string {
  const advice = 'Save it as UTF-8 and run this again.';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new PublishingError(`The feed is not in UTF-8. ${advice}`, { cause: error });
  }
  const encoding = /^\ufeff?<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? 'utf-8';
  if (!/^(?:utf-8|us-ascii)$/i.test(encoding))
    throw new PublishingError(`The feed says that it is in ${encoding}. ${advice}`);
  return text;
}
