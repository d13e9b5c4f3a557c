// Says what Arrow data holds, from its schema and the heads of its record batches.
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { planColumns, schemaFields } from './column-type.ts';
import { faultError } from '../../contract/fault.ts';
import { openArrow } from './messages.ts';
import { arrowOptions, type ArrowOptions } from './options.ts';
import { EVIDENCE } from './texts.ts';

/** Messages whose heads are read to count rows; behind them the count is an estimate. */
const MOST_MESSAGES = 1_000;

export async function inspectArrow(
  context: InspectContext<ArrowOptions>,
): Promise<SourceInspection<ArrowOptions>> {
  const { input, given, name, limits } = context;
  if (input?.slices === undefined) throw new TypeError('the Arrow source reads slices');
  const { slices } = input;
  try {
    const arrow = await openArrow(slices, limits.columns);
    const plans = planColumns(arrow.fields, name);
    let rowCount = 0;
    let batches = 0;
    let seen = 0;
    let end = 0;
    let isAll = true;
    let compression = 'none';
    for await (const { message, bodyStart, bodyBytes } of arrow.messages()) {
      if (message.kind === 'batch') {
        rowCount += message.layout.rowCount;
        batches++;
        if (message.layout.compression !== 'none') compression = message.layout.compression;
      }
      end = bodyStart + bodyBytes;
      if (++seen === MOST_MESSAGES) {
        isAll = end === slices.sizeBytes;
        break;
      }
    }
    const share = isAll ? 1 : slices.sizeBytes / Math.max(1, end);
    const estimatedRows = Math.round(rowCount * share);
    const batchCount = Math.round(batches * share);
    const sentence = arrow.isFile
      ? EVIDENCE.file(estimatedRows, batchCount, compression)
      : EVIDENCE.stream(estimatedRows, batchCount, isAll, compression);
    return {
      options: { ...arrowOptions.defaults, ...given },
      evidence: [{ option: '', sentence }],
      schema: { fields: schemaFields(plans) },
      columns: [],
      sampledRows: 0,
      isWhole: false,
      estimatedRows,
    };
  } catch (thrown) {
    throw faultError(thrown, 'read.arrow.corrupt', name, 'its messages cannot be decoded');
  }
}
