// Says what an Avro file holds, from its schema and the heads of its blocks.
import { faultError } from '../../contract/fault.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { blocksOf, readHead } from './container.ts';
import { avroOptions, type AvroOptions } from './options.ts';
import { planColumns, schemaFields } from './schema.ts';
import { EVIDENCE } from './texts.ts';

/** Blocks whose heads are read to count records; behind them the count is an estimate. */
const MOST_BLOCKS = 200;

export async function inspectAvro(
  context: InspectContext<AvroOptions>,
): Promise<SourceInspection<AvroOptions>> {
  const { input, given, name } = context;
  if (input?.slices === undefined) throw new TypeError('the Avro source reads slices');
  const { slices } = input;
  try {
    const head = await readHead(slices);
    const columns = planColumns(head.schema, name);
    let rows = 0;
    let blocks = 0;
    let end = head.bytes;
    for await (const block of blocksOf(slices, head)) {
      rows += block.rowCount;
      end = block.to + head.sync.length;
      if (++blocks === MOST_BLOCKS) break;
    }
    const isAll = end === slices.sizeBytes;
    const share = isAll ? 1 : (slices.sizeBytes - head.bytes) / (end - head.bytes);
    const estimatedRows = Math.round(rows * share);
    const sentence = EVIDENCE.file(estimatedRows, Math.round(blocks * share), isAll, head.codec);
    return {
      options: { ...avroOptions.defaults, ...given },
      evidence: [{ option: '', sentence }],
      schema: { fields: schemaFields(columns) },
      columns: [],
      sampledRows: 0,
      isWhole: false,
      estimatedRows,
    };
  } catch (thrown) {
    throw faultError(thrown, 'read.avro.corrupt', name, 'its records cannot be decoded');
  }
}
