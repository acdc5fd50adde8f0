import { expect, test } from 'vitest';
import { SentForms } from '../../src/background/sent-forms.ts';

const ORDINARY = 'application/x-www-form-urlencoded; charset=UTF-8';
const FIELDS = { id: ['7'], words: ['a b', 'ä&='] };

function formOf(fields: ConstructorParameters<typeof Map>[0] | object | null, type = ORDINARY, takenAtMs = 60_000) {
  const forms = new SentForms();
  forms.sent('1', fields as typeof FIELDS | null, 0);
  forms.typed('1', type);
  return forms.take('1', takenAtMs)?.toString() ?? null;
}

test('a form is kept as it was sent, for a minute, and given once', () => {
  expect(formOf(FIELDS)).toBe('id=7&words=a+b&words=%C3%A4%26%3D');
  expect(formOf(FIELDS, ORDINARY, 60_001)).toBeNull();
  const forms = new SentForms();
  forms.sent('1', FIELDS, 0);
  forms.typed('1', ORDINARY);
  expect(forms.take('1', 1)).not.toBeNull();
  expect(forms.take('1', 1)).toBeNull();
});

test.each<[string, object | null, string]>([
  ['without fields', null, ORDINARY],
  ['with a file', { file: [new ArrayBuffer(1)] }, ORDINARY],
  ['in another encoding', FIELDS, 'multipart/form-data; boundary=x'],
  ['of text', FIELDS, 'text/plain'],
  ['of unknown type', FIELDS, ''],
  ['above 64 KiB', { a: ['x'.repeat(65_535)] }, ORDINARY],
])('a form %s is not kept', (_name, fields, type) => {
  expect(formOf(fields, type)).toBeNull();
});

test('a form whose type was never heard is not repeated', () => {
  const forms = new SentForms();
  forms.sent('1', FIELDS, 0);
  expect(forms.take('1', 0)).toBeNull();
});

test('ten are kept at most, and old ones make room', () => {
  const forms = new SentForms();
  for (let id = 0; id < 11; id += 1) forms.sent(`${id}`, FIELDS, 0);
  forms.typed('10', ORDINARY);
  expect(forms.take('10', 0)).toBeNull();
  forms.sent('late', FIELDS, 60_001);
  forms.typed('late', ORDINARY);
  expect(forms.take('late', 60_001)).not.toBeNull();
});
