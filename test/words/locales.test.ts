import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/model/settings.ts';
import { messageName, type Parts } from '../../src/words/messages.ts';
import { importsOf } from '../../tools/imports-of.ts';

/*
 * The texts of all languages, those of a translator as well: that none is missing, none is left over, and each has the
 * gaps and the plural forms that it needs.
 */
const ROOT = 'src/_locales';
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
const PLURAL = new RegExp(`^(.+)_(${FORMS.join('|')})$`);

/** Texts that may be the same in every language: names, and what is only gaps and signs. */
const SAME_EVERYWHERE = new Set(['extension_name', 'popup_product', 'background_product']);
/** Short texts that a language may share with English by chance: `Normal`, `Details`, `Trackers`. */
const SHARED_BELOW_CHARS = 25;

const languages = readdirSync(ROOT);
const partsOf = (language: string): Parts =>
  Object.fromEntries(
    readdirSync(join(ROOT, language)).map((name) => [
      name.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(ROOT, language, name), 'utf8')),
    ]),
  );
const english = partsOf('en');
const entriesOf = (parts: Parts) =>
  Object.entries(parts).flatMap(([part, texts]) =>
    Object.entries(texts).map(([key, text]) => ({ part, key, text, name: messageName(part, key) })),
  );
const gapsOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const withoutCount = (gaps: readonly string[]) => gaps.filter((gap) => gap !== '{count}');
/** `links` of `links_one`; null for a text that depends on no number. */
const countedOf = (key: string): string | null => PLURAL.exec(key)?.[1] ?? null;

/** The plural forms of a language that whole numbers up to a thousand have, each with the numbers that have it. */
function formsOf(language: string): Map<string, number[]> {
  const rules = new Intl.PluralRules(language.replace('_', '-'));
  const forms = new Map<string, number[]>();
  for (let count = 0; count <= 1_000; count += 1) {
    const form = rules.select(count);
    forms.set(form, [...(forms.get(form) ?? []), count]);
  }
  return forms;
}

test('every folder is a language that can be chosen', () => {
  expect(languages).toContain('en');
  expect(languages.filter((name) => !(LANGUAGES as readonly string[]).includes(name))).toEqual([]);
});

describe('the English texts', () => {
  const entries = entriesOf(english);

  test('are many, and none is empty', () => {
    expect(entries.length).toBeGreaterThan(300);
    expect(entries.filter(({ text }) => text.length === 0)).toEqual([]);
  });

  test('have names that both browsers take, unlike without regard to capitals', () => {
    expect(entries.filter(({ key }) => !/^\w+$/.test(key))).toEqual([]);
    const names = entries.map(({ name }) => name.toLowerCase());
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('have both plural forms where they depend on a number', () => {
    const alone = entries.filter(({ part, key }) => {
      const counted = countedOf(key);
      return counted !== null && ['one', 'other'].some((form) => !(`${counted}_${form}` in (english[part] ?? {})));
    });
    expect(alone).toEqual([]);
  });
});

describe.each(languages)('the texts in %s', (language) => {
  const parts = partsOf(language);
  const forms = formsOf(language);
  const entries = entriesOf(parts);

  test('are those of English, no more and no fewer', () => {
    expect(Object.keys(parts).sort()).toEqual(Object.keys(english).sort());
    for (const [part, texts] of Object.entries(english)) {
      const wanted = Object.keys(texts).flatMap((key) => {
        const counted = countedOf(key);
        return counted === null ? [key] : [...forms.keys(), 'other'].map((form) => `${counted}_${form}`);
      });
      const given = Object.keys(parts[part] ?? {});
      expect(wanted.filter((key) => !given.includes(key))).toEqual([]);
      // French and Spanish have a form for millions, which may be written.
      expect(given.filter((key) => !wanted.includes(key) && !isOfMillions(key, wanted))).toEqual([]);
    }
  });

  test('have the gaps of the English ones', () => {
    const wrong = entries.filter(({ part, key, text }) => {
      const texts = english[part] ?? {};
      const [, counted, form] = PLURAL.exec(key) ?? [];
      if (counted === undefined) return gapsOf(text).join() !== gapsOf(texts[key] ?? '').join();
      // What is said of a single thing may name it.
      const isOfOne = (forms.get(form ?? '') ?? []).length === 1 || form === 'one';
      const models = isOfOne ? [texts[`${counted}_one`], texts[`${counted}_other`]] : [texts[`${counted}_other`]];
      const given = withoutCount(gapsOf(text)).join();
      return !models.some((model) => withoutCount(gapsOf(model ?? '')).join() === given);
    });
    expect(wrong).toEqual([]);
  });

  test('name the number where a form stands for several', () => {
    const wrong = entries.filter(({ part, key, text }) => {
      const [, counted, form] = PLURAL.exec(key) ?? [];
      if (counted === undefined || form === undefined) return false;
      const isNamed = gapsOf(english[part]?.[`${counted}_other`] ?? '').includes('{count}');
      return isNamed && (forms.get(form) ?? []).length > 1 && !text.includes('{count}');
    });
    expect(wrong).toEqual([]);
  });

  test('are text: no markup, no blanks at their ends, no brackets but those of gaps', () => {
    const spaced = new Set(['formats_comma']);
    expect(entries.filter(({ text }) => /<\w|<\/|&\w+;/.test(text))).toEqual([]);
    expect(entries.filter(({ name, text }) => text.trim() !== text && !spaced.has(name))).toEqual([]);
    expect(entries.filter(({ text }) => /[{}]/.test(text.replace(/\{\w+\}/g, '')))).toEqual([]);
  });

  test.skipIf(language === 'en')('are translated', () => {
    const left = entries.filter(({ part, key, text, name }) => {
      if (SAME_EVERYWHERE.has(name) || text.length < SHARED_BELOW_CHARS) return false;
      return text === english[part]?.[key];
    });
    expect(left).toEqual([]);
  });
});

describe('the sources', () => {
  const files = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const source = readFileSync(path, 'utf8');
      const targets = importsOf(source).flatMap(({ specifier }) =>
        specifier.startsWith('.') ? [join(dirname(path), specifier)] : [],
      );
      return { path, source, targets };
    });
  const importersOf = (target: string) => files.filter(({ targets }) => targets.includes(target));

  /** The modules that say texts of a part, those that get them from there, and the tables of keys that they share. */
  const sayersOf = (part: string) => {
    const direct = importersOf(join(ROOT, 'en', `${part}.json`));
    const tables = direct.flatMap(({ targets }) => targets.filter((target) => target.endsWith('-keys.ts')));
    return [
      ...direct,
      ...direct.flatMap(({ path }) => importersOf(path)),
      ...files.filter(({ path }) => tables.includes(path)),
    ];
  };

  // The manifest names its texts itself.
  const PARTS = Object.keys(english).filter((part) => part !== 'extension');

  test.each(PARTS)('use every text of %s', (part) => {
    const sources = sayersOf(part).map(({ source }) => source);
    expect(sources).not.toHaveLength(0);
    const keys = new Set(Object.keys(english[part] ?? {}).map((key) => countedOf(key) ?? key));
    const made = sources.flatMap(patternsIn);
    const unused = [...keys].filter(
      (key) =>
        !sources.some((source) => new RegExp(`(?:['.]|get )${key}\\b`).test(source)) &&
        !made.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  test('say each part under its own name', () => {
    const wrong = files.flatMap(({ path, source, targets }) => {
      const parts = targets.filter((target) => target.startsWith(ROOT)).map((target) => basename(target, '.json'));
      const said = [...source.matchAll(/(?:wordsOf|textsOf)\('([^']+)'/g)].map(([, part]) => part);
      return parts.sort().join() === said.sort().join() ? [] : [`${path}: ${parts} as ${said}`];
    });
    expect(wrong).toEqual([]);
  });

  test('have no text of their own in what they draw', () => {
    const screens = files.filter(({ path }) => path.endsWith('.tsx') && !path.startsWith('src/dashboard/'));
    expect(screens.length).toBeGreaterThan(40);
    expect(screens.flatMap(({ path, source }) => literalsIn(source).map((text) => `${path}: ${text}`))).toEqual([]);
  });

  test('have no text in templates and literals where words belong', () => {
    const commands = new Set(["'npx rivulet edge'"]);
    const words = files.filter(({ path }) => /\/words\/|-words\.ts$/.test(path) && !OTHERS_WORDS.test(path));
    expect(words.length).toBeGreaterThan(10);
    // Two words in a row, in quotes: a sentence.
    const sentence = /(['`])(?:[A-Z][a-z]+ [a-z]+|[a-z]+ [a-z]+ [a-z]+)[^'`]*\1/g;
    const found = words.flatMap(({ path, source }) =>
      (source.replace(COMMENT, '').match(sentence) ?? []).flatMap((text) =>
        commands.has(text) ? [] : [`${path}: ${text}`],
      ),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['a text between tags', '<p>Nothing here</p>', ['Nothing here']],
    ['a name in quotes', '<input placeholder="Your name" />', ['Your name']],
    ['a name in braces', "<input aria-label={'Your name'} />", ['Your name']],
    ['a name made of parts', `<b title={\`\${n} files\`} />`, [`\`\${n} files\``]],
    ['nothing in what is said', '<p class="a b" title={W.hint}>{W.title} · {n}</p>', []],
    ['nothing in code and types', 'const a = b < c && d > e; type T = Map<string, number>;', []],
  ])('are searched for %s', (_what, source, expected) => {
    expect(literalsIn(source)).toEqual(expected);
  });
});

/** Keys that are put together: `column_${id}`. */
const patternsIn = (source: string): RegExp[] =>
  [...source.matchAll(/`((?:\w|\$\{[^{}`]+\})*)`/g)].flatMap(([, template = '']) => {
    const isOfSomething = template.includes('${') && /\w{3}/.test(template.replace(/\$\{[^{}]+\}/g, ''));
    return isOfSomething ? [new RegExp(`^${template.replace(/\$\{[^{}]+\}/g, '\\w+')}$`)] : [];
  });

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/.*$/gm;
/** Words for Node and for the page of an edge, which are English. */
const OTHERS_WORDS = /^src\/(?:dashboard|publish|edge|publishing\/verify)\//;

const isOfMillions = (key: string, wanted: readonly string[]): boolean =>
  key.endsWith('_many') && wanted.includes(`${countedOf(key)}_other`);

/** Texts that a component would draw without saying them: between tags, and in attributes that people read. */
function literalsIn(source: string): string[] {
  const code = source.replace(COMMENT, '');
  const between = [
    ...code.matchAll(/<\/?[a-zA-Z][\w.]*(?:\s[^<>]*?)?>([^<>{}()=;]*[A-Za-z]{2}[^<>{}()=;]*)<(?=[/a-zA-Z])/g),
  ];
  const quoted = [
    ...code.matchAll(/\b(?:title|aria-label|placeholder|alt|label|name)=(?:"([^"]*[A-Za-z]{2}[^"]*)"|\{'([^']+)'\})/g),
  ];
  const parts = [
    ...code.matchAll(/\b(?:title|aria-label|placeholder|alt)=\{(`[^`]*[A-Za-z]{2} [^`]*`|`[^`]*\} [a-z]{2}[^`]*`)\}/g),
  ];
  return [
    ...between.map(([, text]) => text?.trim() ?? '').filter((text) => !/&&|\|\|/.test(text)),
    ...quoted.map(([, text, braced]) => text ?? braced ?? '').filter((text) => !isNameForPrograms(text)),
    ...parts.map(([, text]) => text ?? ''),
  ];
}

/** `name="sharing"` of a field, `name="done"` of an icon, and addresses that show what one looks like. */
const isNameForPrograms = (text: string): boolean => /^[a-z][a-z0-9-]*$|^\S*\bexample\b\S*$/.test(text);
