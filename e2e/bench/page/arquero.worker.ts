// The peer: Arquero takes the whole file as text, shapes it as a table in memory and writes CSV.
import * as aq from 'arquero';
import { answer, store } from './peer.ts';

answer(async ({ file, job }) => {
  const input = await file.text();
  const table = job === 'ndjson' ? aq.fromJSON(input, { type: 'ndjson' }) : aq.fromCSV(input);
  const shaped = (() => {
    switch (job) {
      case 'filter':
        return table
          .filter((d: Record<string, unknown>) => d.status === 'failed' && d.duration_ms > 20000)
          .select(
            'id',
            'created_at',
            'country',
            'status',
            'amount',
            'duration_ms',
            'customer',
            'note',
          );
      case 'group':
        return table.groupby('country', 'status').rollup({
          n: aq.op.count(),
          total: aq.op.sum('amount'),
          mean: aq.op.mean('duration_ms'),
          p95: aq.op.quantile('duration_ms', 0.95),
        });
      case 'distinct':
        return table.dedupe('session');
      default:
        return table;
    }
  })();
  if (job === 'to-arrow') return store(shaped.toArrowIPC());
  const text = job === 'to-json' ? shaped.toJSON({ type: 'array' }) : shaped.toCSV();
  return store(new TextEncoder().encode(text));
});
