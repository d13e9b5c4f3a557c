import { bindRows, createClient, createConfig, createExportService } from './export-studio.js';

const client = createClient({ workerUrl: './export-studio.worker.js' });
const exports = createExportService(client);

const orders = [
  { id: 1, city: 'Köln', paid: 12.5, at: new Date('2026-11-21T09:30:00Z') },
  { id: 2, city: 'Oslo; north', paid: null, at: new Date('2026-11-21T10:00:00Z') },
];
const config = createConfig({
  name: 'orders',
  source: { kind: 'rows', from: { binding: 'orders' } },
  format: { id: 'csv', options: { delimiter: ';' } },
  delivery: { id: 'download', options: {} },
});

const result = await exports.exportData(config, { rows: { orders: await bindRows(orders) } });
if (result.outcome === 'failed') throw new Error(result.error.sentence);
document.title = `${result.files[0].name}: ${result.audit.rowsOut} rows`;

// Or the bytes themselves, as they are made, for an upload or anything else that takes a stream.
const stream = exports.streamExport(config, { rows: { orders: await bindRows(orders) } });
const text = await new Response(stream).text();
document.body.append(text);
client.close();
