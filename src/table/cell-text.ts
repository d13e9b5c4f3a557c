// One cell as plain text, as previews and messages show it: the source's own characters, or what a text format would write.
import { isNullValue, type Batch } from './batch.ts';
import { ByteWriter } from './byte-writer.ts';
import { fieldText } from './text-block.ts';
import { createValueWriter } from './write-value.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The cell at a physical row and a column of the batch; null when it is null. Lists, structs and maps are
 * compact JSON.
 */
export function cellText(batch: Batch, row: number, column: number): string | null {
  const found = batch.columns[column]!;
  if (found.storage === 'text') return fieldText(batch.block!, row, found.index);
  if (isNullValue(found, row) || found.type.kind === 'null') return null;
  if (found.dictionary !== null && isNullValue(found.dictionary, Number(found.values![row])))
    return null;
  const out = new ByteWriter(64);
  createValueWriter(found)(row, out);
  return decoder.decode(out.take());
}
