// Passes a host's batches on under the schema of the run.
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import type { RowsOptions } from './options.ts';

export async function* readRows(context: ReadContext<RowsOptions>): AsyncGenerator<Batch> {
  const { input, schema, signal } = context;
  if (input.kind !== 'batches') throw new TypeError('the rows source reads batches');
  for await (const batch of input.open()) {
    signal.throwIfAborted();
    yield batch.schema === schema ? batch : { ...batch, schema };
  }
}
