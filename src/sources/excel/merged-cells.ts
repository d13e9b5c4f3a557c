// Merged cells: one value over several places, which a sheet names behind its last row.
import type { Limits } from '../../contract/config.ts';
import { parseRange, type CellRange } from './cell-range.ts';
import { faultError } from './fault.ts';
import type { ExcelOptions } from './options.ts';
import type { Package } from './package.ts';
import type { BookTable, Workbook } from './workbook.ts';
import { XmlStream } from './xml-stream.ts';

/** The merged ranges whose values are to be filled in, by their first row; none where nothing is to be filled. */
export async function mergedOf(
  { package: parts }: Workbook,
  { part }: BookTable,
  options: ExcelOptions,
  limits: Limits,
  signal?: AbortSignal,
): Promise<CellRange[]> {
  return options.mergedCells === 'fill' ? readMergedCells(parts, part, limits, signal) : [];
}

/** Reads all of the sheet. */
async function readMergedCells(
  parts: Package,
  part: string,
  limits: Limits,
  signal: AbortSignal | undefined,
): Promise<CellRange[]> {
  const ranges: CellRange[] = [];
  const stream = new XmlStream(parts.name, parts.open(part), limits.recordBytes);
  const { scan } = stream;
  try {
    for (;;) {
      const from = scan.at;
      const found = scan.next();
      if (found === 'more') {
        scan.at = from;
        await stream.more();
        signal?.throwIfAborted();
      } else if (found === 'open') {
        if (!scan.is('mergeCell')) continue;
        const range = parseRange(scan.attribute('ref') ?? '');
        if (range !== null) ranges.push(range);
      } else if (scan.is('worksheet')) break;
    }
  } catch (thrown) {
    throw faultError(thrown, parts.name, part);
  } finally {
    await stream.close();
  }
  return ranges.toSorted((a, b) => a.firstRow - b.firstRow);
}
