/** Joins names as a sentence does: `a`, `a and b`, `a, b and 3 more`. Nothing at all becomes an empty string. */
export function formatList(names: readonly string[]): string {
  const [first, second, third] = names;
  if (first === undefined) return '';
  if (second === undefined) return first;
  if (third === undefined) return `${first} and ${second}`;
  return `${first}, ${second} and ${names.length - 2} more`;
}
