/** The texts of one language: by part, then by key. What is in `src/_locales/<language>/<part>.json`. */
export type Parts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** As both browsers read it in `_locales/<language>/messages.json`. */
export type Messages = Readonly<Record<string, { readonly message: string }>>;

/** What a text is called among all others. Browsers allow ASCII letters, digits and `_`, and see no capitals. */
export const messageName = (part: string, key: string): string => `${part}_${key}`.replaceAll('-', '_');

/** Writes the texts of a language in the browsers' format. Its `$` begins a gap there, so that two stand for one. */
export const messagesOf = (parts: Parts): Messages =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([part, texts]) =>
      Object.entries(texts).map(([key, text]) => [messageName(part, key), { message: text.replaceAll('$', '$$$$') }]),
    ),
  );

/** Reads them back, by name. What is no message is left out. */
export function textsOfMessages(messages: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, entry] of Object.entries(Object(messages))) {
    const message = (entry as { readonly message?: unknown } | null)?.message;
    if (typeof message === 'string') texts.set(name, message.replaceAll('$$', '$'));
  }
  return texts;
}
