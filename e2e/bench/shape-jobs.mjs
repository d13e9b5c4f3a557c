// The jobs that read and shape: what each is to us, to native DuckDB, and which peers of a page can do it.

const FAILED = "status = 'failed' and duration_ms > 20000";
const EIGHT = [
  'id',
  'created_at',
  'country',
  'status',
  'amount',
  'duration_ms',
  'customer',
  'note',
];

const step = (kind, options) => ({ id: kind, kind, enabled: true, options });
const filter = step('filter', { where: FAILED });
const eight = step('select', { include: EIGHT });

/**
 * @typedef {object} ShapeJob
 * @property {string} title
 * @property {'csv' | 'parquet' | 'ndjson' | 'xlsx'} input
 * @property {number} share of the rows asked for
 * @property {object[]} steps
 * @property {(input: string) => string} sql what native DuckDB copies into a CSV file; '' = it cannot
 * @property {string[]} peers of a page
 * @property {number} [memoryBytes]
 * @property {boolean} [joins] with a second reading of the file
 */

const csv = (path) => `read_csv('${path}', timestampformat = '%Y-%m-%dT%H:%M:%SZ')`;

/** @type {Record<string, ShapeJob>} */
export const shapeJobs = {
  filter: {
    title: 'CSV, filter, 8 columns, CSV',
    input: 'csv',
    share: 1,
    steps: [filter, eight],
    sql: (path) => `SELECT ${EIGHT.join()} FROM ${csv(path)} WHERE ${FAILED}`,
    peers: ['DuckDB-Wasm', 'Arquero'],
  },
  group: {
    title: 'CSV, group by two columns: count, sum, avg, p95, CSV',
    input: 'csv',
    share: 1,
    steps: [
      step('aggregate', {
        groups: ['country', 'status'],
        measures: [
          { op: 'count', as: 'n' },
          { op: 'sum', column: 'amount', as: 'total' },
          { op: 'avg', column: 'duration_ms', as: 'mean' },
          { op: 'percentile', p: 95, column: 'duration_ms', as: 'p95' },
        ],
      }),
    ],
    sql: (path) =>
      `SELECT country, status, count(*) n, sum(amount) total, avg(duration_ms) mean, quantile_cont(duration_ms, 0.95) p95 FROM ${csv(path)} GROUP BY country, status`,
    peers: ['DuckDB-Wasm', 'Arquero'],
  },
  parquet: {
    title: 'Parquet, filter, 8 columns, CSV',
    input: 'parquet',
    share: 1,
    steps: [filter, eight],
    sql: (path) => `SELECT ${EIGHT.join()} FROM '${path}' WHERE ${FAILED}`,
    peers: ['hyparquet'],
  },
  ndjson: {
    title: 'NDJSON to CSV',
    input: 'ndjson',
    share: 1,
    steps: [],
    sql: (path) => `SELECT * FROM read_json('${path}', format = 'newline_delimited')`,
    peers: ['Arquero'],
  },
  xlsx: {
    title: 'XLSX to CSV',
    input: 'xlsx',
    share: 0.2,
    steps: [],
    sql: () => '',
    peers: ['exceljs in Node'],
  },
  sort: {
    title: 'CSV sorted by text and number, 256 MB, CSV',
    input: 'csv',
    share: 5,
    steps: [step('sort', { by: 'customer, amount desc' })],
    sql: (path) => `SELECT * FROM ${csv(path)} ORDER BY customer, amount DESC`,
    peers: [],
    memoryBytes: 256 * 1024 * 1024,
  },
  distinct: {
    title: 'CSV, one row of each session, CSV',
    input: 'csv',
    share: 1,
    steps: [step('distinct', { by: ['session'] })],
    sql: (path) => `SELECT DISTINCT ON (session) * FROM ${csv(path)}`,
    peers: ['DuckDB-Wasm', 'Arquero'],
  },
  join: {
    title: 'CSV joined with itself by id, CSV',
    input: 'csv',
    share: 1,
    steps: [
      step('join', {
        with: 'other',
        on: 'id = id',
        kind: 'inner',
        columns: ['ratio'],
        prefix: 'other_',
      }),
    ],
    sql: (path) =>
      `SELECT a.*, b.ratio other_ratio FROM ${csv(path)} a JOIN ${csv(path)} b ON a.id = b.id`,
    peers: ['DuckDB-Wasm'],
    joins: true,
  },
};
