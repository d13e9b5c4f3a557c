// Reads a JSON document as batches of text blocks.
import { pointerKeys } from '../../contract/json-path.ts';
import { readJsonRecords } from '../../contract/json-reading.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import { readColumns } from './columns.ts';
import type { JsonOptions } from './options.ts';

export function readJson(context: ReadContext<JsonOptions>): AsyncGenerator<Batch> {
  const { path, layout, keyColumn: _, records, header, ...options } = context.options;
  if (layout === 'columns') return readColumns(context);
  return readJsonRecords(context, {
    ...options,
    kind: 'json',
    framing: layout === 'auto' ? 'list' : layout,
    path: pointerKeys(path ?? ''),
    shape: records === 'auto' ? 'objects' : records,
    skipsFirst: records === 'arrays' && header === 'present',
    hasKey: layout === 'entries',
  });
}
