// Reads the rows of a sheet, table or named range, as text blocks.
import { ExportError } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { CellTexts } from './cell-text.ts';
import { faultError } from './fault.ts';
import { columnsOf, isFixed, rangeOf, sampleSheet, withFurther } from './layout.ts';
import { SheetGrowth } from './growth.ts';
import { findLastRow } from './last-row.ts';
import { LossCounts } from './loss-counts.ts';
import { MergeFiller } from './merge-filler.ts';
import { mergedOf } from './merged-cells.ts';
import type { ExcelOptions } from './options.ts';
import { RowWriter } from './row-writer.ts';
import { LOSS_SENTENCES } from './texts.ts';
import { noStrings, readSharedStrings } from './shared-strings.ts';
import { SheetRows } from './sheet-rows.ts';
import { chooseTable, openWorkbook } from './workbook.ts';

export async function* readExcel(context: ReadContext<ExcelOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal, wanted } = context;
  if (input.kind !== 'bytes') throw new TypeError('the excel source reads bytes');
  signal.throwIfAborted();
  const { name } = input;
  const workbook = await openWorkbook(input.slices!, name, limits);
  const table = chooseTable(workbook, context.table);
  const merged = await mergedOf(workbook, table, options, limits, signal);
  const sample = await sampleSheet(workbook, table, options, limits, merged);
  const headerRow = options.headerRow === null ? -1 : options.headerRow - 1;
  const fromRow = Math.max(0, headerRow);
  const isLeftOut = (column: number): boolean =>
    options.hiddenColumns === 'skip' && sample.isHidden(column);
  const found = columnsOf(sample, table, options, fromRow, limits, name);
  const columns = withFurther(found, schema.fields.length, isLeftOut);
  if (columns.length !== schema.fields.length) throw new ExportError('read.changed', { name });
  const { package: parts, sharedStrings } = workbook;
  const strings =
    sharedStrings === null
      ? noStrings()
      : await readSharedStrings(parts, sharedStrings, { limits, signal, scratch: context.scratch });
  const losses = new LossCounts(context);
  const sheet = new SheetRows(parts, table.part, limits);
  const block = new BlockWriter(columns.length, true);
  const texts = new CellTexts(workbook, strings, options);
  const mostColumns = limits.columns;
  const growth = new SheetGrowth({ schema, columns, isLeftOut, texts, mostColumns, name });
  const mayGrow = !isFixed(table, options);
  const writer = new RowWriter({
    block,
    columns,
    schema,
    wanted,
    losses,
    growth,
    name,
    errors: options.errors,
    texts,
  });
  const filler = new MergeFiller(merged);
  const range = rangeOf(table, options);
  const skipsRows = options.hiddenRows === 'skip';
  const keepsEmpty = options.emptyRows !== 'skip';
  const keepsLast = options.emptyRows === 'all';
  /** Hidden rows since the last one that was written. */
  const left = new Set<number>();
  let next = Math.max(range.firstRow, headerRow + 1);
  let { lastRow } = range;
  try {
    if (options.skipLastRows > 0) {
      const place = { fromRow: next, range, merged, skipsHidden: skipsRows };
      const { skipLastRows } = options;
      const found = await findLastRow(workbook, table, skipLastRows, place, limits, signal);
      lastRow = found.row;
      if (found.leftOut > 0)
        context.lose({
          code: 'excel.last-rows',
          sentence: LOSS_SENTENCES['excel.last-rows'],
          count: found.leftOut,
          unit: 'lines',
        });
    }
    for (;;) {
      const state = sheet.next();
      if (state === 'more') {
        await sheet.more();
        signal.throwIfAborted();
        continue;
      }
      const { row, scan } = sheet;
      if (state === 'end' || row.number > lastRow) break;
      if (merged.length > 0) filler.fill(scan.bytes, row);
      if (row.number < next) continue;
      if (skipsRows && row.isHidden) {
        if (keepsEmpty) left.add(row.number);
        continue;
      }
      if (mayGrow && row.count > 0) growth.takeOutside(scan.bytes, row);
      if (growth.isMet && block.isFull) block.take();
      if (!keepsLast && !writer.hasValue(row)) continue;
      for (; keepsEmpty && !growth.isMet && next < row.number; next++) {
        if (left.has(next)) continue;
        writer.writeEmpty(next);
        if (block.isFull) yield blockBatch(schema, block.take());
      }
      writer.write(scan.bytes, row);
      next = row.number + 1;
      left.clear();
      if (!block.isFull || growth.isMet) continue;
      losses.tell();
      yield blockBatch(schema, block.take());
    }
    if (growth.isMet) throw growth.growth();
    losses.tell();
    if (block.rowCount > 0) yield blockBatch(schema, block.take());
  } catch (thrown) {
    throw faultError(thrown, name, table.part);
  } finally {
    await sheet.close();
    await strings.close();
  }
}
