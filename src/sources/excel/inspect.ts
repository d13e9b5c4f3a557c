// Inspecting a workbook: its sheets, tables and names, and what the first rows of one of them are.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import type { DataType, Field } from '../../table/data-type.ts';
import { columnLetters } from './cell-range.ts';
import { CellTexts } from './cell-text.ts';
import { createCellCounter, createMeaningGuess } from './column-types.ts';
import { faultError } from './fault.ts';
import { mergedOf } from './merged-cells.ts';
import { findHeader, type ReadRow } from './header.ts';
import { columnsOf, rangeOf, sampleSheet, type SampledCell, type SheetSample } from './layout.ts';
import { excelOptions, type ExcelOptions } from './options.ts';
import { noStrings, readSharedStrings, type SharedStrings } from './shared-strings.ts';
import { CELL, SheetRow, wholeNumber } from './sheet-rows.ts';
import { EVIDENCE } from './texts.ts';
import {
  chooseTable,
  listTables,
  openWorkbook,
  type BookTable,
  type Workbook,
} from './workbook.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

type Evidence = SourceInspection['evidence'];

export async function inspectExcel(
  context: InspectContext<ExcelOptions>,
): Promise<SourceInspection<ExcelOptions>> {
  const { input, name, limits } = context;
  const options: ExcelOptions = { ...excelOptions.defaults, ...context.given };
  const workbook = await openWorkbook(input!.slices!, name, limits);
  const evidence: Evidence = [];
  const { table, sample } = await chooseSample(context, workbook, options, evidence);
  try {
    return await inspectSample(context, workbook, table, sample, options, evidence);
  } catch (thrown) {
    throw faultError(thrown, name, table.part);
  }
}

/** The wanted table and its first rows; without a wish the first visible sheet that is not empty. */
async function chooseSample(
  { table: wanted, limits, name }: InspectContext<ExcelOptions>,
  workbook: Workbook,
  options: ExcelOptions,
  evidence: Evidence,
): Promise<{ table: BookTable; sample: SheetSample }> {
  const chosen = chooseTable(workbook, wanted);
  const sheets = workbook.tables.filter(({ kind }) => kind === 'sheet');
  const candidates =
    wanted === undefined
      ? [chosen, ...sheets.filter((sheet) => sheet !== chosen && !sheet.isHidden)]
      : [chosen];
  for (const table of candidates) {
    const merged = await mergedOf(workbook, table, options, limits);
    const sample = await sampleSheet(workbook, table, options, limits, merged);
    if (sample.rows.length === 0) continue;
    if (wanted === undefined) {
      const sentence =
        table !== chosen
          ? EVIDENCE.firstFull(table.name)
          : sheets.length === 1
            ? EVIDENCE.onlySheet(table.name)
            : EVIDENCE.firstSheet(table.name, sheets.length);
      evidence.push({ option: 'table', sentence });
    }
    return { table, sample };
  }
  throw new ExportError('read.excel.empty-sheet', { name, table: shorten(chosen.name) });
}

/** The texts that the sample names. */
async function stringsOf(
  workbook: Workbook,
  { rows }: SheetSample,
  context: InspectContext<ExcelOptions>,
): Promise<SharedStrings> {
  const only = new Set<number>();
  for (const { cells } of rows)
    for (const { kind, bytes } of cells)
      if (kind === CELL.shared) only.add(wholeNumber(bytes, 0, bytes.length));
  const { package: parts, sharedStrings } = workbook;
  if (only.size === 0 || sharedStrings === null) return noStrings();
  return readSharedStrings(parts, sharedStrings, { limits: context.limits, only });
}

async function inspectSample(
  context: InspectContext<ExcelOptions>,
  workbook: Workbook,
  table: BookTable,
  sample: SheetSample,
  options: ExcelOptions,
  evidence: Evidence,
): Promise<SourceInspection<ExcelOptions>> {
  const { name, limits } = context;
  const texts = new CellTexts(workbook, await stringsOf(workbook, sample, context), options);
  const readCell = createCellReader(texts);
  const rows = sample.rows.map(({ number, cells }): ReadRow & { contents: Uint8Array[] } => {
    const contents: Uint8Array[] = [];
    const read = cells.map((cell) => {
      readCell(number, cell, 'null');
      const content = texts.bytes.slice(texts.start, texts.end);
      contents.push(content);
      return { column: cell.column, meaning: texts.meaning, text: decoder.decode(content) };
    });
    return { number, cells: read, contents };
  });
  const settled = settleHeader(table, rows, options, evidence);
  const headerRow = settled.headerRow === null ? -1 : settled.headerRow - 1;
  const columns = columnsOf(sample, table, options, Math.max(0, headerRow), limits, name);
  const placeOf = new Map(columns.map((column, place) => [column, place]));
  const names = columns.map(columnLetters);
  const guesses = columns.map(createMeaningGuess);
  let dataRows = 0;
  for (const { number, cells, contents } of rows) {
    if (number < headerRow) continue;
    const isHeader = number === headerRow;
    if (!isHeader) dataRows++;
    cells.forEach(({ column, meaning, text }, k) => {
      const place = placeOf.get(column);
      if (place === undefined) return;
      if (!isHeader) guesses[place]!.add(meaning, contents[k]!);
      else if (text !== '') names[place] = text;
    });
  }
  const fields = columns.map((_, place): Field => ({
    name: names[place]!,
    type: guesses[place]!.type(),
    nullable: true,
    origin: 'inferred',
  }));
  const counters = fields.map(({ type }) => createCellCounter(type));
  if (context.profiles)
    for (const { number, cells } of sample.rows)
      for (const cell of number > headerRow ? cells : []) {
        const place = placeOf.get(cell.column);
        if (place === undefined) continue;
        readCell(number, cell, fields[place]!.type.kind);
        const text = decoder.decode(texts.bytes.subarray(texts.start, texts.end));
        counters[place]!.add(texts.meaning, text);
      }
  const hidden = columns.filter((column) => sample.isHidden(column)).length;
  if (hidden > 0)
    evidence.push({ option: 'hiddenColumns', sentence: EVIDENCE.hiddenColumns(hidden) });
  return {
    options: settled,
    evidence,
    schema: { fields },
    columns: context.profiles
      ? counters.map((counter, place) => counter.profile(guesses[place]!.sentence(), dataRows))
      : [],
    sampledRows: dataRows,
    isWhole: sample.isWhole,
    estimatedRows: sample.isWhole ? dataRows : estimateRows(workbook, table, sample, options),
    tables: listTables(workbook),
    table: table.name,
  };
}

/** Reads cells of a sample, which have their bytes of their own, into `texts`. */
function createCellReader(
  texts: CellTexts,
): (row: number, cell: SampledCell, target: DataType['kind']) => void {
  const one = new SheetRow();
  return (row, { column, kind, style, bytes }, target) => {
    one.number = row;
    one.count = 0;
    one.texts.clear();
    one.texts.put(bytes);
    one.add(column, kind, style, 0, bytes.length);
    texts.read(bytes, one, 0, target);
  };
}

/** Header options with what was found out; `headerRow` is set exactly when there are names. */
function settleHeader(
  table: BookTable,
  rows: readonly ReadRow[],
  options: ExcelOptions,
  evidence: Evidence,
): ExcelOptions {
  const first = rows[0]!.number;
  if (options.header === 'absent') return { ...options, headerRow: null };
  if (options.headerRow !== null) return { ...options, header: 'present' };
  if (options.header === 'present') return { ...options, headerRow: first + 1 };
  if (table.hasHeader !== undefined && options.range.trim() === '') {
    const { hasHeader } = table;
    const sentence = hasHeader ? EVIDENCE.tableHeader : EVIDENCE.tableNoHeader;
    evidence.push({ option: 'header', sentence });
    return hasHeader
      ? { ...options, header: 'present', headerRow: table.range!.firstRow + 1 }
      : { ...options, header: 'absent' };
  }
  const { row, sentence } = findHeader(rows);
  evidence.push({ option: 'header', sentence });
  return row === null
    ? { ...options, header: 'absent' }
    : { ...options, header: 'present', headerRow: row + 1 };
}

/** By the range, else by how many bytes of the sheet the sample took. */
function estimateRows(
  { package: parts }: Workbook,
  table: BookTable,
  { rows, bytes, dimension }: SheetSample,
  options: ExcelOptions,
): number | null {
  const { firstRow, lastRow } = rangeOf(table, options);
  const size = parts.sizeOf(table.part);
  if (size === null || bytes === 0) return null;
  const bySize = Math.round((size * rows.length) / bytes);
  const end = Math.min(lastRow, dimension?.lastRow ?? lastRow) + 1 - firstRow;
  return Math.max(rows.length, Math.min(bySize, end));
}
