import { PublishingError } from './publishing-error.ts';

/** A tag as it stands in the text, in UTF-16 units from its start; `end` is not included. */
export type Tag = {
  readonly kind: 'open' | 'close' | 'empty';
  /** With its prefix. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
};

/** An element with its place in the text. */
export type Element = {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly startTag: Tag;
  readonly children: readonly Element[];
};

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\])*>|<(\/?)([^\s<>/!?]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|</gi;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const MAX_DEPTH = 200;

/**
 * Finds the elements of an XML document and where each begins and ends, so that something can be put between them and
 * every other character stays. A reader that makes a tree of values would lose quotes, order, comments and blanks.
 * @throws {PublishingError} when tags do not match.
 */
export function findElements(text: string): Element {
  type Open = { readonly startTag: Tag; readonly children: Element[] };
  const root: Element[] = [];
  const stack: Open[] = [];
  const add = (element: Element) => (stack.at(-1)?.children ?? root).push(element);
  for (const tag of tagsOf(text)) {
    if (tag.kind === 'empty') add({ ...placeOf(tag, tag.end), startTag: tag, children: [] });
    else if (tag.kind === 'open') {
      if (stack.length === MAX_DEPTH) throw broken('it is nested too deep', text, tag.start);
      stack.push({ startTag: tag, children: [] });
    } else {
      const open = stack.pop();
      if (open?.startTag.name !== tag.name) throw broken(`</${tag.name}> closes nothing`, text, tag.start);
      add({ ...placeOf(open.startTag, tag.end), ...open });
    }
  }
  const [only] = root;
  if (stack.length > 0 || only === undefined || root.length > 1) {
    throw broken(`<${stack.at(-1)?.startTag.name ?? '?'}> is not closed`, text, text.length);
  }
  return only;
}

/** The value of an attribute of a start tag, as it is written, or null. */
export function attributeOf(text: string, tag: Tag, name: string): string | null {
  return attributesOf(text, tag).get(name) ?? null;
}

/** All attributes of a start tag by their names with prefix; values as they are written, entities and all. */
export function attributesOf(text: string, tag: Tag): ReadonlyMap<string, string> {
  const inner = text.slice(tag.start + 1 + tag.name.length, tag.end);
  return new Map([...inner.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', match[2] ?? match[3] ?? '']));
}

/** Elements of one name at any depth below an element, in order. */
export function elementsBelow(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsBelow(child, name)]);
}

function* tagsOf(text: string): Generator<Tag> {
  for (const match of text.matchAll(TOKEN)) {
    const [whole, slash, name, , emptySlash] = match;
    if (whole === '<') throw broken('a "<" begins nothing', text, match.index);
    if (name === undefined) continue;
    const kind = slash === '/' ? 'close' : emptySlash === '/' ? 'empty' : 'open';
    yield { kind, name, start: match.index, end: match.index + whole.length };
  }
}

const placeOf = (startTag: Tag, end: number) => ({ name: startTag.name, start: startTag.start, end });

function broken(what: string, text: string, at: number): PublishingError {
  const line = text.slice(0, at).split('\n').length;
  return new PublishingError(`The feed is no proper XML: ${what} (line ${line}).`);
}
