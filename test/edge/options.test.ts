import { describe, expect, test } from 'vitest';
import { HELP, OptionError, readOptions } from '../../src/edge/options.ts';
import { startLines } from '../../src/edge/start-lines.ts';

const read = (...args: string[]) => readOptions(args, {});
const DEFAULTS = {
  folder: null,
  host: '',
  port: 8000,
  databaseUrl: null,
  dataDir: './.rivulet-edge',
  price: null,
  allowsAny: false,
  adminToken: null,
  isPrivate: false,
  tls: null,
  isBehindProxy: false,
  connectionsPerAddress: null,
  logs: [],
  logsBase: '/',
  json: false,
};

describe('the command line', () => {
  test('needs nothing', () => {
    expect(read()).toEqual(DEFAULTS);
  });

  test.each([
    [['./media', '--port', '0', '--host', '::1'], { folder: './media', port: 0, host: '::1' }],
    [['--price', '0.05 eur'], { price: { perGB: 0.05, currency: 'EUR' } }],
    [['--price', '1USD'], { price: { perGB: 1, currency: 'USD' } }],
    [['--logs', 'a.log', '--logs', 'b.gz'], { logs: ['a.log', 'b.gz'] }],
    [['--logs-base', '/media/'], { logsBase: '/media/' }],
    [['--per-address', '0'], { connectionsPerAddress: Infinity }],
    [['--tls-cert', 'c', '--tls-key', 'k'], { tls: { certPath: 'c', keyPath: 'k' } }],
    [['--database', 'postgresql://edge@db/stats'], { databaseUrl: 'postgresql://edge@db/stats' }],
    [
      ['--allow-any', '--private', '--behind-proxy', '--json'],
      { allowsAny: true, isPrivate: true, isBehindProxy: true, json: true },
    ],
  ])('%j', (args, expected) => {
    expect(read(...args)).toEqual({ ...DEFAULTS, ...expected });
  });

  test('takes the token from the environment, where others do not see it', () => {
    expect(readOptions([], { RIVULET_ADMIN_TOKEN: 'a-token-of-the-tests' })?.adminToken).toBe('a-token-of-the-tests');
  });

  test.each([
    [['--port', 'eighty'], '--port takes a whole number'],
    [['--port', '70000'], 'up to 65535'],
    [['--tls-cert', 'c'], 'both'],
    [['--price', 'cheap'], 'such as "0.05 EUR"'],
    [['--price', '-1 EUR'], 'price'],
    [['--admin-token', 'short'], '16 characters'],
    [['--database', 'mysql://x'], 'postgresql://'],
    [['--per-address', '-1'], 'per-address'],
    [['a', 'b'], 'One FOLDER'],
    [['--nonsense'], /^Unknown option '--nonsense'\.$/],
    [['--port', '--json'], /^Option '--port' argument is ambiguous\.$/],
  ])('%j is refused in words', (args: string[], reason: string | RegExp) => {
    expect(() => read(...args)).toThrow(OptionError);
    expect(() => read(...args)).toThrow(reason);
  });

  test('help names every option', () => {
    expect(read('--help')).toBeNull();
    for (const option of [
      'port',
      'host',
      'data',
      'database',
      'price',
      'allow-any',
      'admin-token',
      'private',
      'tls-cert',
    ]) {
      expect(HELP).toContain(`--${option}`);
    }
  });
});

describe('the first lines', () => {
  const edge = {
    url: 'https://edge.example:8000',
    port: 8000,
    published: 2,
    serves: 'listed',
    madeToken: null,
  } as const;

  test('tell where everything is', () => {
    expect(startLines(edge, { ...DEFAULTS, folder: './media' })).toBe(
      [
        'Your numbers   https://edge.example:8000/',
        'Your files     https://edge.example:8000/files  (2 are shared)',
        'Tracker        wss://edge.example:8000  (browsers)',
        '               https://edge.example:8000/announce  udp://edge.example:8000',
        'Peers of your own files may meet here, and nobody else.',
        '',
      ].join('\n'),
    );
  });

  test('show a token that was made, and say when anybody may come', () => {
    const lines = startLines({ ...edge, serves: 'any', madeToken: 'abc' }, DEFAULTS);
    expect(lines).toContain('shown this once: abc');
    expect(lines).toContain('Anybody may meet here');
    expect(lines).not.toContain('Your files');
    expect(JSON.parse(startLines({ ...edge, madeToken: 'abc' }, { ...DEFAULTS, json: true }))).toMatchObject({
      webSocket: 'wss://edge.example:8000',
      port: 8000,
      adminToken: 'abc',
    });
  });
});
