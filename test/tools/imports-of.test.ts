import { expect, test } from 'vitest';
import { importsOf } from '../../tools/imports-of.ts';

test.each([
  ['a value', "import { a } from './a.ts';", ['value ./a.ts']],
  ['a type', "import type { A } from './a.ts';", ['type ./a.ts']],
  ['a type among values', "import { type A, b } from './a.ts';", ['value ./a.ts']],
  ['everything', "import * as a from 'a';", ['value a']],
  ['a default', "import a from 'a';", ['value a']],
  ['over several lines', "import {\n  a,\n  type B,\n} from './a.ts';", ['value ./a.ts']],
  ['types over several lines', "import type {\n  A,\n  B,\n} from './a.ts';", ['type ./a.ts']],
  ['for its effect', "import './a.css';", ['value ./a.css']],
  ['passed on', "export { a } from './a.ts';\nexport * from './b.ts';", ['value ./a.ts', 'value ./b.ts']],
  ['a type passed on', "export type { A } from './a.ts';", ['type ./a.ts']],
  ['when it is called for', "const a = await import('./a.ts');", ['lazy ./a.ts']],
  ['a Worker', "new Worker(new URL('./w.ts', import.meta.url), { type: 'module' });", ['url ./w.ts']],
  ['two in a row', "import 'a';\nimport { b } from 'b';", ['value a', 'value b']],
  ['no import: a string', "export const a = 'x';\nexport type From = 'from';", []],
  ['no import: a comment', "// import './a.ts';\n/** import('./b.ts') */\n * import('./c.ts')", []],
  ['no import: a glob does not open a comment', "const a = 'x/*';\nconst b = import('./b.ts');", ['lazy ./b.ts']],
  ['no import: an address', "const a = new URL('./a', base);", []],
])('%s', (_name, source, expected) => {
  expect(importsOf(source).map(({ kind, specifier }) => `${kind} ${specifier}`)).toEqual(expected);
});
