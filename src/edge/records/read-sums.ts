import type { Database, Parameter, Row } from './database.ts';
import type { DaySums, FileSums, Span, SpeedCount, Sums } from './day-sums.ts';

const DELIVERED = 'coalesce(sum((plain + completed + control) * size_bytes), 0)';

/** Sums are doubles on the way out: exact up to nine petabytes, and the same in both databases. */
const SUMS = ['origin_answers', 'origin_bytes', 'plain', 'started', 'completed', 'control']
  .concat(['completed', 'failed', 'cancelled', 'proven'].map((name) => `reports_${name}`))
  .concat('proven_with_peers', 'claimed_origin_bytes', 'claimed_peer_bytes', 'claimed_uploaded_bytes')
  .map((column) => `coalesce(sum(${column}), 0)::float8 AS ${column}`)
  .concat(`${DELIVERED}::float8 AS delivered_bytes`)
  .join(', ');

const IN_SPAN = `($1::date IS NULL OR day >= $1::date) AND ($2::date IS NULL OR day <= $2::date)
  AND ($3::text IS NULL OR info_hash = decode($3::text, 'hex'))`;
const FROM_DAYS = `FROM rivulet.days LEFT JOIN rivulet.files USING (info_hash) WHERE ${IN_SPAN}`;
const ONE_FILE = `encode(info_hash, 'hex') AS info_hash_hex, max(name) AS name, max(size_bytes)::float8 AS size_bytes`;

export async function readTotals(database: Database, span: Span): Promise<Sums & { readonly files: number }> {
  const text = `SELECT ${SUMS}, count(DISTINCT info_hash)::float8 AS files ${FROM_DAYS}`;
  const [row = {}] = await database.query(text, parametersOf(span));
  return { ...sumsOf(row), files: numberIn(row, 'files') };
}

export async function readDays(database: Database, span: Span): Promise<DaySums[]> {
  const text = `SELECT to_char(day, 'YYYY-MM-DD') AS day_text, ${SUMS} ${FROM_DAYS} GROUP BY day ORDER BY day`;
  const rows = await database.query(text, parametersOf(span));
  return rows.map((row) => ({ ...sumsOf(row), day: String(row.day_text) }));
}

/** The files that matter most: by what was delivered or sent of them, at most `limit`. */
export async function readFiles(database: Database, span: Span, limit: number): Promise<FileSums[]> {
  const text = `SELECT ${ONE_FILE}, ${SUMS} ${FROM_DAYS} GROUP BY info_hash
    ORDER BY ${DELIVERED} + sum(origin_bytes) DESC, info_hash LIMIT $4::integer`;
  return (await database.query(text, [...parametersOf(span), limit])).map(fileSumsOf);
}

/** One page of all days and files in order, after the given one. */
export async function readPage(
  database: Database,
  span: Span,
  after: { readonly day: string; readonly infoHash: string } | null,
  limit: number,
): Promise<(DaySums & FileSums)[]> {
  const text = `SELECT to_char(day, 'YYYY-MM-DD') AS day_text, ${ONE_FILE}, ${SUMS} ${FROM_DAYS}
    AND ($4::date IS NULL OR (day, info_hash) > ($4::date, decode($5::text, 'hex')))
    GROUP BY day, info_hash ORDER BY day, info_hash LIMIT $6::integer`;
  const place = [after?.day ?? null, after?.infoHash ?? null];
  const rows = await database.query(text, [...parametersOf(span), ...place, limit]);
  return rows.map((row) => ({ ...fileSumsOf(row), day: String(row.day_text) }));
}

export async function readSpeeds(database: Database, span: Span): Promise<SpeedCount[]> {
  const text = `SELECT cohort, step, sum(deliveries)::float8 AS deliveries FROM rivulet.speeds
    WHERE ${IN_SPAN} GROUP BY cohort, step ORDER BY cohort, step`;
  const rows = await database.query(text, parametersOf(span));
  return rows.map((row) => ({
    cohort: row.cohort === 'control' ? 'control' : 'mixed',
    step: numberIn(row, 'step'),
    deliveries: numberIn(row, 'deliveries'),
  }));
}

const parametersOf = ({ from, to, infoHash }: Span): Parameter[] => [from, to, infoHash];
const numberIn = (row: Row, column: string): number => Number(row[column] ?? 0);

const fileSumsOf = (row: Row): FileSums => ({
  ...sumsOf(row),
  infoHash: String(row.info_hash_hex),
  name: row.name === null ? null : String(row.name),
  sizeBytes: row.size_bytes === null ? null : numberIn(row, 'size_bytes'),
});

const sumsOf = (row: Row): Sums => ({
  originAnswers: numberIn(row, 'origin_answers'),
  originBytes: numberIn(row, 'origin_bytes'),
  plain: numberIn(row, 'plain'),
  started: numberIn(row, 'started'),
  completed: numberIn(row, 'completed'),
  control: numberIn(row, 'control'),
  deliveredBytes: numberIn(row, 'delivered_bytes'),
  reports: {
    completed: numberIn(row, 'reports_completed'),
    failed: numberIn(row, 'reports_failed'),
    cancelled: numberIn(row, 'reports_cancelled'),
    proven: numberIn(row, 'reports_proven'),
    provenWithPeers: numberIn(row, 'proven_with_peers'),
    originBytes: numberIn(row, 'claimed_origin_bytes'),
    peerBytes: numberIn(row, 'claimed_peer_bytes'),
    uploadedBytes: numberIn(row, 'claimed_uploaded_bytes'),
  },
});
