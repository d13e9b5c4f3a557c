// Puts pivot tables on sheets of their own, those of the same rows with one cache.
import { resolveColumn } from '../../../contract/columns.ts';
import {
  columnLetters,
  type NumberFormats,
  type Part,
  type SheetNames,
  type WorkbookAdditions,
  type WrittenSheet,
} from '../parts.ts';
import { gridOf } from './grid.ts';
import { type Pivot, pivotFields, type PivotSource } from './model.ts';
import type { PivotOptions } from './options.ts';
import { pivotCacheXml, pivotTableXml } from './pivot-parts.ts';
import { pivotSheetXml } from './pivot-sheet.ts';
import type { Tallied } from './tally.ts';
import { valueName } from './texts.ts';

const CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';

/** A pivot table with the table that it reads. */
export interface PlacedPivot {
  options: PivotOptions;
  table: number;
}

/** The rows of a sheet as pivot tables read them: with the header, and at least one row. */
function sourceOf(sheet: WrittenSheet): PivotSource {
  const { name, names, firstColumn, headerRow, firstRow, lastRow } = sheet;
  const [first, last] = [firstColumn, firstColumn + names.length - 1].map(columnLetters);
  const bottom = Math.max(firstRow, lastRow);
  return {
    sheet: name,
    range: `${first}${headerRow ?? firstRow}:${last}${bottom}`,
    fields: pivotFields(names),
  };
}

function planPivot(
  { options }: PlacedPivot,
  { schema }: WrittenSheet,
  { fields }: PivotSource,
  name: string,
): Pivot {
  const positions = (refs: PivotOptions['rows']): number[] =>
    refs.map((ref) => resolveColumn(schema, ref));
  const taken = new Set(fields.map((field) => field.toLowerCase()));
  const values = options.values.map((value) => {
    const field = resolveColumn(schema, value.column);
    let own = value.name ?? valueName(value.function, fields[field]!);
    // A heading may have the name of no field and of no other heading; a space at the end is how people get around that.
    while (taken.has(own.toLowerCase())) own += ' ';
    taken.add(own.toLowerCase());
    return { field, function: value.function, name: own, format: value.numberFormat };
  });
  const { layout, subtotals, grandTotals, style } = options;
  const [rows, columns, filters] = [options.rows, options.columns, options.filters].map(positions);
  return {
    name,
    rows: rows!,
    columns: columns!,
    filters: filters!,
    values,
    layout,
    subtotals,
    grandTotals,
    style,
  };
}

/** The sheets of pivot tables and the caches that the workbook lists. `tallied`: their sums, null where they are not known. */
export function addPivots(
  pivots: readonly PlacedPivot[],
  tallied: readonly (Tallied | null)[],
  written: readonly WrittenSheet[],
  names: SheetNames,
  firstNumber: number,
  formats: NumberFormats,
): Pick<WorkbookAdditions, 'sheets' | 'pivotCaches'> {
  const caches = new Map<number, { cacheId: number; part: Part }>();
  const sheets = pivots.map((pivot, i) => {
    const number = i + 1;
    const sheet = written.find(({ table, position }) => table === pivot.table && position === 0)!;
    const source = sourceOf(sheet);
    let cache = caches.get(pivot.table);
    if (cache === undefined) {
      const cacheId = caches.size + 1;
      const part = {
        name: `xl/pivotCache/pivotCacheDefinition${cacheId}.xml`,
        contentType: `${CONTENT_TYPE}pivotCacheDefinition+xml`,
        content: pivotCacheXml(source),
        relationships: [],
      };
      caches.set(pivot.table, (cache = { cacheId, part }));
    }
    const planned = planPivot(pivot, sheet, source, `PivotTable${number}`);
    const { fields } = source;
    const grid = tallied[i] === null ? null : gridOf(planned, fields, tallied[i]!);
    const size = grid === null ? null : { rows: grid.length, columns: grid[0]!.length };
    const table: Part = {
      name: `xl/pivotTables/pivotTable${number}.xml`,
      contentType: `${CONTENT_TYPE}pivotTable+xml`,
      content: pivotTableXml(planned, fields.length, cache.cacheId, size, formats),
      relationships: [{ id: 'rId1', type: 'pivotCacheDefinition', target: cache.part }],
    };
    const filterNames = planned.filters.map((field) => fields[field]!);
    const part: Part = {
      name: `xl/worksheets/sheet${firstNumber + i}.xml`,
      contentType: `${CONTENT_TYPE}worksheet+xml`,
      content: pivotSheetXml(planned, filterNames, grid, formats),
      relationships: [{ id: 'rId1', type: 'pivotTable', target: table }],
    };
    return { name: names.take(pivot.options.sheet), part, type: 'worksheet' };
  });
  return { sheets, pivotCaches: [...caches.values()] };
}
