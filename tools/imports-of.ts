export type Import = {
  readonly specifier: string;
  /**
   * `type` is gone after compiling. `value` is loaded with the importer, `lazy` when it is called for (`import()`), and
   * `url` in a place of its own, such as a Worker (`new URL(…, import.meta.url)`).
   */
  readonly kind: 'type' | 'value' | 'lazy' | 'url';
};

const STATIC = /^(?:import|export)\s(?<type>type\s)?(?:[^'"`;]*?\sfrom\s)?'(?<specifier>[^']+)'/gm;
const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*).*$/gm;
const LAZY = /\bimport\('(?<specifier>[^']+)'\)/g;
const WORKER = /\bnew URL\('(?<specifier>[^']+)',\s*import\.meta\.url\)/g;

/**
 * Lists what a TypeScript module imports, in no particular order. It reads code as Biome formats it: single quotes, and
 * imports at the beginning of a line; comments are no code.
 */
export function importsOf(source: string): Import[] {
  const code = source.replace(COMMENT_LINE, '');
  const found = (pattern: RegExp, kindOf: (groups: Record<string, string | undefined>) => Import['kind']): Import[] =>
    [...code.matchAll(pattern)].map(({ groups = {} }) => ({ specifier: groups.specifier ?? '', kind: kindOf(groups) }));
  return [
    ...found(STATIC, ({ type }) => (type === undefined ? 'value' : 'type')),
    ...found(LAZY, () => 'lazy'),
    ...found(WORKER, () => 'url'),
  ];
}
