import { parseArgs } from 'node:util';
import { optionFault } from '../publishing/option-fault.ts';

/** What somebody who starts an edge may choose. */
export type EdgeOptions = {
  /** Null: this edge is a tracker alone. */
  readonly folder: string | null;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Null: a database of its own in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly price: { readonly perGB: number; readonly currency: string } | null;
  readonly allowsAny: boolean;
  readonly adminToken: string | null;
  readonly isPrivate: boolean;
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
  readonly isBehindProxy: boolean;
  /** Null: the usual number. */
  readonly connectionsPerAddress: number | null;
  readonly logs: readonly string[];
  /** Path at which FOLDER begins at the server that wrote the logs. */
  readonly logsBase: string;
  readonly json: boolean;
};

/** Options that make no sense; the message is a sentence for whoever typed them. */
export class OptionError extends Error {}

export const HELP = `Usage: rivulet edge [FOLDER] [options]

Starts a tracker (WebSocket, HTTP and UDP on one port), an origin for the files of FOLDER, and the page with your numbers.
Files that have a .torrent beside them ("rivulet publish" writes it) are shared. Ctrl-C ends it, and nothing is lost.

  --port N             where to listen (8000); 0 takes any free port
  --host ADDRESS       listen on this address alone (all)
  --data DIR           where statistics, allow-list and token are kept (./.rivulet-edge)
  --database URL       keep statistics in this PostgreSQL, which several edges may share
  --price "0.05 EUR"   what a gigabyte from your CDN costs, for the money that is saved
  --allow-any          be a tracker for everybody's torrents, not for those of FOLDER alone
  --admin-token TOKEN  who has it may change things (or RIVULET_ADMIN_TOKEN; by default one is made and shown once)
  --private            show the numbers to nobody without the token
  --tls-cert FILE      serve https and wss with this certificate; SIGHUP reads it again
  --tls-key FILE       its key
  --behind-proxy       believe X-Forwarded-For of the proxy in front
  --per-address N      connections that one address may have open (256); 0 lifts all limits of addresses
  --logs FILE          count an access log of your CDN or web server; may be given again
  --logs-base PATH     where FOLDER begins at that server (/), such as /media/
  --json               tell where it listens as JSON
  --help               show this
`;

/**
 * Reads the command line, without the program's and the command's name. Null when help is asked for.
 * @throws {OptionError} for what is not understood.
 */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): EdgeOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  if (positionals.length > 1) throw new OptionError('One FOLDER is enough: an edge shares the files of one folder.');
  const certPath = values['tls-cert'];
  const keyPath = values['tls-key'];
  if ((certPath === undefined) !== (keyPath === undefined)) {
    throw new OptionError('TLS needs both --tls-cert and --tls-key.');
  }
  const databaseUrl = values.database ?? null;
  if (databaseUrl !== null && !/^postgres(?:ql)?:\/\//.test(databaseUrl)) {
    throw new OptionError('--database takes an address such as postgresql://user@host/database.');
  }
  const adminToken = values['admin-token'] ?? env.RIVULET_ADMIN_TOKEN ?? null;
  if (adminToken !== null && !/^\S{16,512}$/.test(adminToken)) {
    throw new OptionError('The admin token must have 16 characters or more, and no blanks.');
  }
  const perAddress = readCount(values['per-address'], '--per-address');
  return {
    folder: positionals[0] ?? null,
    host: values.host ?? '',
    port: readPort(values.port ?? '8000'),
    databaseUrl,
    dataDir: values.data ?? './.rivulet-edge',
    price: values.price === undefined ? null : readPrice(values.price),
    allowsAny: values['allow-any'] ?? false,
    adminToken,
    isPrivate: values.private ?? false,
    tls: certPath === undefined || keyPath === undefined ? null : { certPath, keyPath },
    isBehindProxy: values['behind-proxy'] ?? false,
    connectionsPerAddress: perAddress === 0 ? Number.POSITIVE_INFINITY : perAddress,
    logs: values.logs ?? [],
    logsBase: values['logs-base'] ?? '/',
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        database: { type: 'string' },
        price: { type: 'string' },
        'allow-any': { type: 'boolean' },
        'admin-token': { type: 'string' },
        private: { type: 'boolean' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'behind-proxy': { type: 'boolean' },
        'per-address': { type: 'string' },
        logs: { type: 'string', multiple: true },
        'logs-base': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(optionFault(error), { cause: error });
  }
}

function readPort(text: string): number {
  const port = readCount(text, '--port') ?? 0;
  if (port > 65_535) throw new OptionError('--port takes a number up to 65535.');
  return port;
}

function readCount(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text)) throw new OptionError(`${option} takes a whole number, not "${text}".`);
  return Number(text);
}

function readPrice(text: string): { readonly perGB: number; readonly currency: string } {
  const match = /^(\d{1,6}(?:\.\d{1,9})?) ?([A-Za-z]{3})$/.exec(text.trim());
  if (match === null)
    throw new OptionError(`--price takes an amount and a currency, such as "0.05 EUR", not "${text}".`);
  return { perGB: Number(match[1]), currency: (match[2] ?? '').toUpperCase() };
}
