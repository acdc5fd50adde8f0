import { XMLParser } from 'fast-xml-parser';

/** Far more than any format of ours needs. */
const MAX_DEPTH = 16;
/** A tree of so many elements takes a quarter of a second to make; a million of them would take many. */
const MAX_TAGS = 65_536;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An element, or the document with its one root element. Names are without their prefixes. */
export type XmlNode = {
  /** Its own text with blanks at both ends left out, without that of its children. */
  readonly text: string;
  attribute(name: string): string | null;
  /** All children of that name, in order. */
  children(name: string): XmlNode[];
};

/**
 * Reads an XML document into a tree. Document types are refused, and with them every entity but the five of XML and
 * characters by number: nothing grows, nothing is fetched.
 * @throws {SyntaxError} when it is not well-formed, too large or too deep, or has a document type.
 */
export function readXml(text: string): XmlNode {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new SyntaxError('it has a document type');
  if (countTags(text) > MAX_TAGS) throw new SyntaxError('it has too many elements');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#',
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    maxNestedTags: MAX_DEPTH,
  });
  try {
    return nodeOf(parser.parse(text, true) as unknown);
  } catch (error) {
    throw new SyntaxError('it is not well-formed', { cause: error });
  }
}

function nodeOf(raw: unknown): XmlNode {
  const memberOf = (name: string): unknown =>
    typeof raw === 'object' && raw !== null && Object.hasOwn(raw, name) ? (raw as Record<string, unknown>)[name] : null;
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? decodeEntities(value).trim() : null);
  return {
    text: textOf(memberOf('#')) ?? '',
    attribute: (name) => textOf(memberOf(`@${name}`)),
    children: (name) => {
      const members = memberOf(name);
      return Array.isArray(members) ? members.map(nodeOf) : [];
    },
  };
}

function countTags(text: string): number {
  let count = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) count += 1;
  return count;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
