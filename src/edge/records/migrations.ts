/**
 * The tables, step by step; a step that was ever released is never changed. Events are only appended. `days` and
 * `speeds` are their sums, kept in the statement that appends, so that questions cost the same after ten million events
 * as after ten. No table has an address of anybody.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE rivulet.events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    info_hash bytea NOT NULL CHECK (length(info_hash) = 20),
    kind text NOT NULL CHECK (kind IN ('origin', 'started', 'completed', 'report')),
    bytes bigint,
    whole boolean,
    line_id bytea,
    cohort text CHECK (cohort IN ('mixed', 'control')),
    result text CHECK (result IN ('completed', 'failed', 'cancelled')),
    origin_bytes bigint,
    peer_bytes bigint,
    uploaded_bytes bigint,
    seconds real,
    proven boolean
  );
  CREATE UNIQUE INDEX events_line ON rivulet.events (line_id) WHERE line_id IS NOT NULL;
  CREATE TABLE rivulet.days (
    day date NOT NULL,
    info_hash bytea NOT NULL,
    origin_answers bigint NOT NULL,
    origin_bytes bigint NOT NULL,
    plain bigint NOT NULL,
    started bigint NOT NULL,
    completed bigint NOT NULL,
    control bigint NOT NULL,
    reports_completed bigint NOT NULL,
    reports_failed bigint NOT NULL,
    reports_cancelled bigint NOT NULL,
    reports_proven bigint NOT NULL,
    proven_with_peers bigint NOT NULL,
    claimed_origin_bytes bigint NOT NULL,
    claimed_peer_bytes bigint NOT NULL,
    claimed_uploaded_bytes bigint NOT NULL,
    PRIMARY KEY (day, info_hash)
  ) WITH (fillfactor = 50);
  CREATE INDEX days_file ON rivulet.days (info_hash, day);
  CREATE TABLE rivulet.speeds (
    day date NOT NULL,
    info_hash bytea NOT NULL,
    cohort text NOT NULL,
    step smallint NOT NULL,
    deliveries bigint NOT NULL,
    PRIMARY KEY (day, info_hash, cohort, step)
  ) WITH (fillfactor = 50);
  CREATE TABLE rivulet.files (
    info_hash bytea PRIMARY KEY,
    name text NOT NULL,
    size_bytes bigint NOT NULL
  );
  CREATE TABLE rivulet.settings (name text PRIMARY KEY, value jsonb NOT NULL);
  CREATE TABLE rivulet.writers (id uuid PRIMARY KEY, last_batch bigint NOT NULL) WITH (fillfactor = 50);`,
];
