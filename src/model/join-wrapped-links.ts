const MAX_JOINED_LINES = 100;
/** The tail of a line in which a magnet has begun and not ended. */
const OPEN = /magnet:\??[^\s<>"]*$/i;
const OPEN_HASH = /urn:btih:([0-9a-z]{1,39})$/i;
const WIDTHLESS = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;

/**
 * The lines of a text, with magnets that were broken over several put together: mails are wrapped, quoted (`> `) and
 * encoded (quoted-printable, RFC 2045 §6.7), editors wrap too. Marks without width are left out. Pure.
 */
export function joinWrappedLinks(text: string): string[] {
  const lines: string[] = [];
  let joined = 0;
  for (const raw of unquotedPrintable(text)
    .replace(WIDTHLESS, '')
    .split(/\r\n?|[\n\u2028\u2029]/)) {
    const line = raw.replace(/^(?:\s*>)+\s?|^\s+/, '').trimEnd();
    const last = lines.at(-1);
    if (last !== undefined && joined < MAX_JOINED_LINES && goesOn(last, line)) {
      lines[lines.length - 1] = last + line;
      joined += 1;
    } else {
      lines.push(line);
      joined = 0;
    }
  }
  return lines;
}

function goesOn(last: string, line: string): boolean {
  const open = OPEN.exec(last.slice(Math.max(0, last.toLowerCase().lastIndexOf('magnet:'))))?.[0];
  if (open === undefined || line === '' || /^magnet:/i.test(line)) return false;
  if (/^(?:&|=|%[0-9a-f]{2})/i.test(line) || /[?&=:]$|%[0-9a-f]?$/i.test(open)) return true;
  const begun = OPEN_HASH.exec(open)?.[1];
  if (begun !== undefined && begun.length !== 32) {
    const whole = begun + (/^[0-9a-z]+/i.exec(line)?.[0] ?? '');
    return /^(?:[0-9a-f]{40}|[a-z2-7]{32})$/i.test(whole);
  }
  return (
    /^[^\s<>"&]*&(?:amp;)?(?:dn|tr|ws|xl|xs|as|so|xt|kt|x\.pe)(?:\.\d+)?=/i.test(line) ||
    (open.includes('%') && /^(?![a-z][a-z0-9+.-]*:)[^\s<>"]*%[0-9a-f]{2}\S*$/i.test(line))
  );
}

const unquotedPrintable = (text: string): string =>
  /xt=3Durn:bt/i.test(text) ? text.replace(/=\r?\n/g, '').replaceAll('=3D', '=') : text;
