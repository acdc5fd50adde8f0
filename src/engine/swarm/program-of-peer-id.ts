/** Programs that browsers meet, by the two letters in their peer ids. */
const PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['AZ', 'Vuze'],
  ['BI', 'BiglyBT'],
  ['DE', 'Deluge'],
  ['LT', 'libtorrent'],
  ['RV', 'Rivulet'],
  ['TR', 'Transmission'],
  ['UT', 'µTorrent'],
  ['WD', 'WebTorrent Desktop'],
  ['WW', 'WebTorrent'],
  ['lt', 'libtorrent'],
  ['qB', 'qBittorrent'],
]);
/** These write the version as two numbers of two digits each; others as one letter a number. */
const TWO_DIGITS: ReadonlySet<string> = new Set(['WD', 'WW']);

/**
 * The program that a peer id names, Azureus style (BEP 20: `-WW0300-` and twelve more): "WebTorrent 3.0"; empty when it
 * names none. Many say so nowhere else.
 * @param peerId 40 hex digits.
 */
export function programOfPeerId(peerId: string): string {
  const start = peerId.slice(0, 16).replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  const [, letters = '', version = ''] = /^-([A-Za-z]{2})([0-9A-Za-z]{4})-$/.exec(start) ?? [];
  if (letters === '') return '';
  const numbers = TWO_DIGITS.has(letters)
    ? [version.slice(0, 2), version.slice(2)].map(Number)
    : Array.from(version, (letter) => Number.parseInt(letter, 36));
  while (numbers.length > 2 && numbers.at(-1) === 0) numbers.pop();
  const isKnown = numbers.every((number) => Number.isInteger(number));
  return `${PROGRAMS.get(letters) ?? letters}${isKnown ? ` ${numbers.join('.')}` : ''}`;
}
