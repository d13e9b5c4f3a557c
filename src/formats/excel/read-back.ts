// How workbooks are read back to compare their values.

import {
  cannotRead,
  measuresOf,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
import type { DataType } from '../../table/data-type.ts';
import type { ExcelOptions } from './options.ts';

/** What may stand on sheets of its own, behind those with rows. */
const ADDS_SHEETS = ['charts', 'pivots'] as const;

export function readBackExcel({
  options,
  schema,
  among,
}: ReadBackContext<ExcelOptions>): ReadBack | { cannot: string } {
  const added = ADDS_SHEETS.find((id) => options[id].length > 0);
  // Sheets by value are as many as there are values.
  if (added !== undefined && options.sheetBy !== '') return cannotRead(added);
  // Of several data sets, which sheets are whose is told by their order: each has one at least.
  if (among !== undefined && options.sheetBy !== '') return cannotRead('sheetBy');
  if (among !== undefined && !options.headers) return cannotRead('headers');
  if (options.template !== null) return cannotRead('template');
  if (options.nullText !== '') return cannotRead('nullText');
  if (options.longNumbers !== 'text') return cannotRead('longNumbers');
  const totalsRows = options.totals.length > 0 ? 1 : 0;
  const rule = ({ kind }: DataType) =>
    // A workbook holds dates as numbers of days, 15 digits of doubles, and no nested values.
    ['date', 'time', 'timestamp', 'float', 'json', 'binary'].includes(kind)
      ? ('nulls' as const)
      : undefined;
  return {
    kind: 'excel',
    options: {
      emptyRows: 'all',
      skipLastRows: totalsRows,
      ...(options.headers ? { header: 'present', headerRow: 1 } : { header: 'absent' }),
    },
    // Sheets by value stand in another order than their rows came.
    sheetRows:
      options.sheetBy === ''
        ? Math.max(1, options.rowsPerSheet - (options.headers ? 1 : 0) - totalsRows)
        : 0,
    ...(added !== undefined && { addsSheets: true }),
    // A cell without text is empty, whatever it was.
    columns: measuresOf(schema, rule, () => ({ nullTexts: [''] })),
    // Where no names stand above it, a sheet of nulls is an empty one; above totals they are taken for the space before them.
    ...((!options.headers || totalsRows > 0) && { dropsLastNulls: true }),
  };
}
