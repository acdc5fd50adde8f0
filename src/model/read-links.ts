/** Longer headers are read no further: servers send a few KiB at most. */
const MAX_HEADER_CHARS = 65_536;
const MAX_LINKS = 256;

/** One link of a `Link` header. */
export type WebLink = {
  /** The target as an absolute address, without its fragment. */
  readonly href: string;
  /** Relation types in lower case. */
  readonly rels: readonly string[];
  /** The other parameters by name in lower case, each by its first value; one without a value has an empty one. */
  readonly parameters: ReadonlyMap<string, string>;
};

/**
 * Reads a `Link` header, also one that was joined from several by ", ", as `fetch` does. Targets that are no address,
 * and links that speak of another page than the one that was fetched (`anchor`), are left out. Never throws.
 * @param baseUrl Address that the header came from: relative targets are resolved on it.
 * @see RFC 8288 section 3 and appendix B.2.
 */
export function readLinks(header: string, baseUrl: string): WebLink[] {
  const text = header.slice(0, MAX_HEADER_CHARS);
  const links: WebLink[] = [];
  let at = 0;
  while (at < text.length && links.length < MAX_LINKS) {
    at = skip(text, at, /[\s,]/);
    if (text[at] !== '<') {
      at = endOfItem(text, at); // no link: the next one may be sound
      continue;
    }
    const close = text.indexOf('>', at);
    if (close === -1) break;
    const target = text.slice(at + 1, close).trim();
    const read = readParameters(text, close + 1);
    at = read.end;
    const { parameters } = read;
    if (!URL.canParse(target, baseUrl) || parameters.has('anchor')) continue;
    const url = new URL(target, baseUrl);
    url.hash = '';
    const rels = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
    parameters.delete('rel');
    links.push({ href: url.href, rels: rels.filter((rel) => rel !== ''), parameters });
  }
  return links;
}

type Read = { readonly parameters: Map<string, string>; readonly end: number };

/** Reads `; name=value` again and again, up to the comma that ends the link. */
function readParameters(text: string, start: number): Read {
  const parameters = new Map<string, string>();
  let at = start;
  for (;;) {
    at = skip(text, at, /\s/);
    if (text[at] !== ';') return { parameters, end: endOfItem(text, at) };
    at = skip(text, at, /[\s;]/);
    const nameEnd = find(text, at, /[\s=;,]/);
    const name = text.slice(at, nameEnd).toLowerCase();
    at = skip(text, nameEnd, /\s/);
    let value = '';
    if (text[at] === '=') {
      at = skip(text, at + 1, /\s/);
      if (text[at] === '"') {
        const quoted = readQuoted(text, at);
        value = quoted.value;
        at = quoted.end;
      } else {
        const valueEnd = find(text, at, /[\s;,]/);
        value = text.slice(at, valueEnd);
        at = valueEnd;
      }
    }
    if (name !== '' && !parameters.has(name)) parameters.set(name, value);
  }
}

/** A string in quotes, where a backslash makes the next character an ordinary one. */
function readQuoted(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 1;
    value += text[at] ?? '';
    at += 1;
  }
  return { value, end: at + 1 };
}

/** The comma that ends what begins here; commas in quotes and in `<>` do not. */
function endOfItem(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ',') {
    if (text[at] === '"') at = readQuoted(text, at).end;
    else if (text[at] === '<') at = find(text, at, />/) + 1;
    else at += 1;
  }
  return at;
}

function skip(text: string, start: number, what: RegExp): number {
  let at = start;
  while (at < text.length && what.test(text[at] ?? '')) at += 1;
  return at;
}

function find(text: string, start: number, what: RegExp): number {
  let at = start;
  while (at < text.length && !what.test(text[at] ?? '')) at += 1;
  return at;
}
