// The peer: hyparquet reads the columns as objects, papaparse writes them.
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import Papa from 'papaparse';
import { answer, store } from './peer.ts';

const COLUMNS = [
  'id',
  'created_at',
  'country',
  'status',
  'amount',
  'duration_ms',
  'customer',
  'note',
];

answer(async ({ file }) => {
  const rows = await parquetReadObjects({
    file: {
      byteLength: file.size,
      slice: (from, to) => file.slice(from, to).arrayBuffer(),
    },
    compressors,
    columns: COLUMNS,
  });
  const kept = rows.filter((row) => row.status === 'failed' && row.duration_ms > 20000);
  return store(new TextEncoder().encode(Papa.unparse(kept, { newline: '\n' })));
});
