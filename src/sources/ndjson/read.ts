// Reads NDJSON bytes as batches of text blocks.
import { readJsonRecords } from '../../contract/json-reading.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import type { NdjsonOptions } from './options.ts';

export function readNdjson(context: ReadContext<NdjsonOptions>): AsyncGenerator<Batch> {
  const { records, header, ...options } = context.options;
  return readJsonRecords(context, {
    ...options,
    kind: 'ndjson',
    framing: 'lines',
    path: [],
    shape: records === 'auto' ? 'objects' : records,
    skipsFirst: records === 'arrays' && header === 'present',
    hasKey: false,
  });
}
