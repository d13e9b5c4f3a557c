import { bindRows, createConfig, createExportService, spawnEngine } from 'export-studio';

const engine = await spawnEngine();
const exports = createExportService(engine);

// Called page by page, as rows are wanted: an API, a database cursor.
const fetchPage = async ({ offset, limit }) =>
  Array.from({ length: Math.min(limit, 2_500 - offset) }, (_, i) => ({ id: offset + i, ok: true }));

const config = createConfig({
  name: 'orders',
  source: { kind: 'rows', from: { binding: 'orders' } },
  format: { id: 'ndjson', options: {} },
  delivery: { id: 'path', options: { path: './orders.ndjson.gz' } },
  output: { compression: { id: 'gzip', options: { level: 9 } } },
});
const rows = await bindRows({ fetchPage, pageRows: 1_000 });
const result = await exports.exportData(config, { rows: { orders: rows } });
console.log(result.outcome, result.audit.rowsOut, result.files[0]?.path);
await engine.close();
