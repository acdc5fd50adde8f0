/** A value that a query takes: what both databases understand without being told its type in JavaScript. */
export type Parameter = string | number | boolean | null;
export type Row = Readonly<Record<string, unknown>>;

/**
 * The little of a database that the records need. Both databases speak PostgreSQL's SQL, so there is one text for each
 * query; each statement is a transaction of its own.
 */
export type Database = {
  /** Runs one statement. `$1` is the first of `parameters`. Rejects with the database's own error. */
  readonly query: (text: string, parameters?: readonly Parameter[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
};
