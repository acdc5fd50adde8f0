import { describe, expect, test } from 'vitest';
import { attributeOf, elementsBelow, findElements } from '../../src/publishing/xml-elements.ts';

describe('elements are found where they stand', () => {
  test.each([
    ['nested ones', '<a><b>x</b><b/></a>', ['<b>x</b>', '<b/>']],
    ['in comments there are none', '<a><!-- <b> --><b/></a>', ['<b/>']],
    ['in CDATA there are none', '<a><![CDATA[<b></b>]]><b>1</b></a>', ['<b>1</b>']],
    ['a ">" in an attribute does not end a tag', `<a><b x="1>2" y='"/>'/></a>`, [`<b x="1>2" y='"/>'/>`]],
    ['a slash in an attribute does not end an element', '<a><b u="http://x/">1</b></a>', ['<b u="http://x/">1</b>']],
    [
      'a document type and instructions are passed over',
      '<?x <b> ?><!DOCTYPE a [<!ENTITY b "<b>">]><a><b/></a>',
      ['<b/>'],
    ],
    ['blanks and lines in tags', '<a\n>\n<b\r\n c = "1"\n/>\n</a\n>', ['<b\r\n c = "1"\n/>']],
    ['names that begin alike are others', '<a><bb/><b:b/><b/></a>', ['<b/>']],
  ])('%s', (_name, text, expected) => {
    expect(elementsBelow(findElements(text), 'b').map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });
});

test('attributes are given as they are written', () => {
  const text = `<a x = '1"2' ns:y="&amp;" z=""/>`;
  const { startTag } = findElements(text);
  expect(['x', 'ns:y', 'z', 'y'].map((name) => attributeOf(text, startTag, name))).toEqual(['1"2', '&amp;', '', null]);
});

test.each([
  ['<a>', '<a> is not closed (line 1)'],
  ['<a>\n</b></a>', '</b> closes nothing (line 2)'],
  ['</a>', '</a> closes nothing'],
  ['<a/><b/>', 'is not closed'],
  ['no tags', 'is not closed'],
  ['<a>1 < 2</a>', 'a "<" begins nothing'],
  ['<a b="></a>', 'begins nothing'],
  ['<a>'.repeat(201), 'nested too deep'],
])('%j is refused: %s', (text, reason) => {
  expect(() => findElements(text)).toThrow(reason);
});
