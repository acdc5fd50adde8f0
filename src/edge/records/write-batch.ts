import { createHash } from 'node:crypto';
import type { EdgeEvent } from '../edge-event.ts';
import type { Database } from './database.ts';
import { speedStep } from './speed-step.ts';

/** `writer`: a UUID of one run of one edge; `number`: from 1, growing. */
export type Batch = { readonly writer: string; readonly number: number };

/**
 * Appends events and adds them to the sums, in one statement: all of it or nothing. Each writer numbers
 * its batches, and one that is not above the writer's last adds nothing: so a second try is harmless when the answer to
 * the first was lost. (A row for each batch would have to be cleared away, and PGlite clears nothing by itself.) A log line that is known already, from
 * any edge, adds nothing. Rows are locked in one order everywhere, so that edges cannot wait for each other in a circle.
 */
export async function writeBatch(database: Database, batch: Batch, events: readonly EdgeEvent[]): Promise<void> {
  await database.query(WRITE, [JSON.stringify(events.map(asRow)), batch.writer, batch.number]);
}

const WRITE = `WITH
  batch AS (
    INSERT INTO rivulet.writers AS old VALUES ($2::uuid, $3::bigint)
    ON CONFLICT (id) DO UPDATE SET last_batch = excluded.last_batch WHERE old.last_batch < excluded.last_batch
    RETURNING id
  ),
  incoming AS (
    SELECT event.* FROM batch, json_to_recordset($1::json) AS event (
      at_ms bigint, info_hash text, kind text, bytes bigint, whole boolean, line_id text, cohort text, result text,
      origin_bytes bigint, peer_bytes bigint, uploaded_bytes bigint, seconds real, proven boolean, speed_step smallint
    )
  ),
  appended AS (
    INSERT INTO rivulet.events (
      at, info_hash, kind, bytes, whole, line_id, cohort, result, origin_bytes, peer_bytes, uploaded_bytes, seconds, proven
    )
    SELECT to_timestamp(at_ms / 1000.0), decode(info_hash, 'hex'), kind, bytes, whole, decode(line_id, 'hex'), cohort,
      result, origin_bytes, peer_bytes, uploaded_bytes, seconds, proven
    FROM incoming ORDER BY line_id
    ON CONFLICT (line_id) WHERE line_id IS NOT NULL DO NOTHING
    RETURNING *
  ),
  summed AS (
    INSERT INTO rivulet.days AS old
    SELECT (at AT TIME ZONE 'UTC')::date AS day, info_hash,
      count(*) FILTER (WHERE kind = 'origin'),
      coalesce(sum(bytes), 0),
      count(*) FILTER (WHERE whole),
      count(*) FILTER (WHERE kind = 'started'),
      count(*) FILTER (WHERE kind = 'completed'),
      count(*) FILTER (WHERE proven AND result = 'completed' AND cohort = 'control'),
      count(*) FILTER (WHERE result = 'completed'),
      count(*) FILTER (WHERE result = 'failed'),
      count(*) FILTER (WHERE result = 'cancelled'),
      count(*) FILTER (WHERE proven AND result = 'completed'),
      count(*) FILTER (WHERE proven AND result = 'completed' AND cohort = 'mixed'),
      coalesce(sum(origin_bytes), 0),
      coalesce(sum(peer_bytes), 0),
      coalesce(sum(uploaded_bytes), 0)
    FROM appended GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (day, info_hash) DO UPDATE SET
      origin_answers = old.origin_answers + excluded.origin_answers,
      origin_bytes = old.origin_bytes + excluded.origin_bytes,
      plain = old.plain + excluded.plain,
      started = old.started + excluded.started,
      completed = old.completed + excluded.completed,
      control = old.control + excluded.control,
      reports_completed = old.reports_completed + excluded.reports_completed,
      reports_failed = old.reports_failed + excluded.reports_failed,
      reports_cancelled = old.reports_cancelled + excluded.reports_cancelled,
      reports_proven = old.reports_proven + excluded.reports_proven,
      proven_with_peers = old.proven_with_peers + excluded.proven_with_peers,
      claimed_origin_bytes = old.claimed_origin_bytes + excluded.claimed_origin_bytes,
      claimed_peer_bytes = old.claimed_peer_bytes + excluded.claimed_peer_bytes,
      claimed_uploaded_bytes = old.claimed_uploaded_bytes + excluded.claimed_uploaded_bytes
  )
  INSERT INTO rivulet.speeds AS old
  SELECT (to_timestamp(at_ms / 1000.0) AT TIME ZONE 'UTC')::date, decode(info_hash, 'hex'), cohort, speed_step, count(*)
  FROM incoming WHERE speed_step IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (day, info_hash, cohort, step) DO UPDATE SET deliveries = old.deliveries + excluded.deliveries`;

function asRow(event: EdgeEvent): object {
  const shared = { at_ms: event.atMs, info_hash: event.infoHash, kind: event.type };
  switch (event.type) {
    case 'started':
    case 'completed':
      return shared;
    case 'origin':
      return { ...shared, bytes: event.bytes, whole: event.whole, line_id: event.lineId && shortHash(event.lineId) };
    case 'report': {
      const { cohort, result, originBytes, peerBytes, uploadedBytes, seconds, proven, isTimed } = event;
      const speed_step = result === 'completed' && isTimed ? speedStep((originBytes + peerBytes) / seconds) : null;
      const claimed = { origin_bytes: originBytes, peer_bytes: peerBytes, uploaded_bytes: uploadedBytes };
      return { ...shared, ...claimed, cohort, result, seconds, proven, speed_step };
    }
  }
}

/** Sixteen bytes are enough to tell lines apart, and half of what the index would need otherwise. */
const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
