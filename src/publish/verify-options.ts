import { parseArgs } from 'node:util';
import { optionFault } from '../publishing/option-fault.ts';
import { type PublicUrl, readPublicUrl } from '../publishing/server-check/read-public-url.ts';
import { UsageError } from './command.ts';

export type VerifyOptions = {
  readonly url: string;
  /** Address or path of the .torrent; null to look for it. */
  readonly torrent: string | null;
  readonly isJson: boolean;
};

export const VERIFY_HELP = `Usage: rivulet verify URL [options]

Asks the server at URL as the extension will, fetches a few pieces and compares them with the .torrent, and lets two
made-up peers meet at its trackers. Nothing is changed anywhere.

  --torrent WHERE  address or path of the .torrent; by default the one that the server names in a Link header, or else
                   URL.torrent
  --json           print what was found as JSON
  --help           show this

Ends with 0 when all is well, 1 when something is wrong, 2 when the command was not understood, 3 when nobody answers.
`;

const WHY_NOT: { readonly [Code in Extract<PublicUrl, { ok: false }>['code']]: string } = {
  empty: 'is empty',
  'not-an-address': 'is not an address',
  'not-http': 'is neither http nor https',
  'has-login': 'has a login in it, which does not belong into a public address',
};

/**
 * Reads the words after `verify`; null when they ask for help.
 * @throws {UsageError} with what is wrong with them.
 */
export function readVerifyOptions(args: readonly string[]): VerifyOptions | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  const [text, ...more] = positionals;
  if (text === undefined) throw new UsageError('Which address? Name one: rivulet verify https://cdn.example/ep42.mp4');
  if (more.length > 0) throw new UsageError(`One address at a time: "${more[0]}" is one too many.`);
  const read = readPublicUrl(text);
  if (!read.ok) throw new UsageError(`"${text}" ${WHY_NOT[read.code]}.`);
  return { url: read.url, torrent: values.torrent ?? null, isJson: values.json ?? false };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { torrent: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new UsageError(optionFault(error), { cause: error });
  }
}
