import { makeAdminAccess, tokenDigest } from '../../../src/edge/admin/admin-access.ts';
import { openCatalogue } from '../../../src/edge/catalogue/catalogue.ts';
import { LIMITS } from '../../../src/edge/limits/edge-limits.ts';
import { NO_RANGE_DOWNLOADS } from '../../../src/edge/ranges/range-downloads.ts';
import { serve } from '../../../src/edge/serve.ts';
import { CERTIFICATES } from '../../support/certificates.ts';

// The tracker of an edge as it is, without limits (one machine plays all peers) and without a database, which the other
// one has not got either. Tells its port on stdout. With `tls` as its argument it takes wss.

const none = { burst: Number.MAX_SAFE_INTEGER, perS: Number.MAX_SAFE_INTEGER };
const serving = await serve({
  folder: null,
  catalogue: await openCatalogue(null, { signal: AbortSignal.abort(), warn: () => {} }),
  allowList: { has: () => false, list: () => [], add: async () => {}, remove: async () => {} },
  servesAny: true,
  access: makeAdminAccess(tokenDigest('nobody'), Date.now),
  limits: {
    ...LIMITS,
    connectionsPerAddress: Number.POSITIVE_INFINITY,
    newWebSocketsPerAddress: none,
    announcesPerAddress: none,
    announcesPerPeer: none,
  },
  record: async () => {},
  ranges: NO_RANGE_DOWNLOADS,
  statistics: async () => false,
  tls:
    process.argv[2] === 'tls'
      ? { cert: Buffer.from(CERTIFICATES.first.cert), key: Buffer.from(CERTIFICATES.first.key) }
      : null,
  isBehindProxy: false,
  host: '127.0.0.1',
  port: 0,
  now: Date.now,
  chance: Math.random,
  warn: console.error,
});
console.log(serving.port);
