// The jobs that write: what each is to us, to native DuckDB where it writes the format, and which peers of a page can do it.

/**
 * @typedef {object} WriteJob
 * @property {string} title
 * @property {{id: string, options: Record<string, unknown>}} format
 * @property {{id: string, options: Record<string, unknown>}} [archive]
 * @property {string} native what stands behind TO in native DuckDB's COPY; '' = it cannot
 * @property {string[]} peers
 */

const part = (id, options = {}) => ({ id, options });

/** @type {Record<string, WriteJob>} */
export const writeJobs = {
  'to-json': {
    title: 'CSV to JSON',
    format: part('json'),
    native: '(FORMAT json, ARRAY true)',
    peers: ['Arquero'],
  },
  // Nobody else writes these two: the time of CSV to CSV stands beside them.
  'to-xml': {
    title: 'CSV to XML',
    format: part('xml'),
    native: '',
    peers: ['export-studio csv'],
  },
  'to-sql': {
    title: 'CSV to SQL (PostgreSQL, INSERT)',
    format: part('sql'),
    native: '',
    peers: ['export-studio csv'],
  },
  'to-parquet': {
    title: 'CSV to Parquet, snappy',
    format: part('parquet', { compression: 'snappy' }),
    native: '(FORMAT parquet, COMPRESSION snappy)',
    peers: ['hyparquet-writer'],
  },
  'to-zstd': {
    title: 'CSV to Parquet, zstd',
    format: part('parquet', { compression: 'zstd' }),
    native: '(FORMAT parquet, COMPRESSION zstd)',
    peers: [],
  },
  'to-xlsx': {
    title: 'CSV to XLSX',
    format: part('excel'),
    native: '',
    peers: ['exceljs in Node'],
  },
  'to-arrow': {
    title: 'CSV to Arrow',
    format: part('arrow'),
    native: '',
    peers: ['Arquero'],
  },
  'to-zip': {
    title: 'CSV to CSV in a ZIP',
    format: part('csv'),
    archive: part('zip'),
    native: '',
    peers: ['fflate'],
  },
};
