// A sample of a Parquet file: the first rows of row groups all over it.
import { faultError } from '../../contract/fault.ts';
import type { ReadContext, SpreadRows, WantedSample } from '../../contract/source-plugin.ts';
import { firstRows, placesAmong } from '../../contract/spread-rows.ts';
import type { Batch } from '../../table/batch.ts';
import { readFooter } from './footer.ts';
import type { ParquetOptions } from './options.ts';
import { readGroup } from './read.ts';
import { readTree } from './schema-tree.ts';

/** See `Source.spread`. Rows within a group are only found from its start. */
export async function spreadParquet(
  context: ReadContext<ParquetOptions>,
  { rows, places }: WantedSample,
): Promise<SpreadRows> {
  const { input, signal } = context;
  if (input.kind !== 'bytes' || input.slices === undefined)
    throw new TypeError('the Parquet source reads slices');
  const { name, slices } = input;
  const fault = (thrown: unknown): unknown =>
    faultError(thrown, 'read.parquet.corrupt', name, 'its pages cannot be decoded');
  try {
    const footer = await readFooter(slices, name);
    const { columns } = readTree(footer.elements, context.options);
    let firstRow = 0;
    const groups = footer.rowGroups
      .map((group) => {
        const placed = { group, firstRow };
        firstRow += group.rowCount;
        return placed;
      })
      .filter(({ group }) => group.rowCount > 0);
    const chosen = placesAmong(groups.length, places);
    const each = Math.ceil(rows / Math.max(1, chosen.length));
    const read = async function* (): AsyncGenerator<Batch> {
      try {
        for (const place of chosen) {
          signal.throwIfAborted();
          const found = { ...groups[place]!, columns, end: footer.start };
          yield* firstRows(readGroup(context, found, each), each);
        }
      } catch (thrown) {
        throw fault(thrown);
      }
    };
    return { places: chosen.length, estimatedRows: footer.rowCount, batches: read() };
  } catch (thrown) {
    throw fault(thrown);
  }
}
