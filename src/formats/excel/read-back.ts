// How workbooks are read back to compare their values.
import type { ReadBack } from '../../contract/plugins.ts';
import { cannotRead, measuresOf } from '../../contract/read-back.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import type { ExcelOptions } from './options.ts';

/** What puts other cells or other rows beside the data. */
const CHANGED_BY = ['totals', 'formulas', 'notes', 'charts', 'pivots', 'columns', 'links'] as const;

export function readBackExcel({
  options,
  schema,
}: {
  options: ExcelOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  for (const id of CHANGED_BY) if (options[id].length > 0) return cannotRead(id);
  // A reader looks for names in the first row with any text.
  if (options.headers && schema.fields.every(({ name }) => name === ''))
    return cannotRead('headers');
  if (options.template !== null) return cannotRead('template');
  if (options.sheetBy !== '') return cannotRead('sheetBy');
  if (options.nullText !== '') return cannotRead('nullText');
  if (options.longNumbers !== 'text') return cannotRead('longNumbers');
  const rule = ({ kind }: DataType) =>
    // A workbook holds dates as numbers of days, 15 digits of doubles, and no nested values.
    ['date', 'time', 'timestamp', 'float', 'json', 'binary'].includes(kind)
      ? ('nulls' as const)
      : undefined;
  return {
    kind: 'excel',
    options: { header: options.headers ? 'present' : 'absent', emptyRows: 'keep' },
    // A cell without text is empty, whatever it was.
    columns: measuresOf(schema, rule, () => ({ nullTexts: [''] })),
    dropsLastNulls: true,
  };
}
