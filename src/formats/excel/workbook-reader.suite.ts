// Reads workbooks back with exceljs, which we did not write.
import ExcelJS from 'exceljs';

/** A cell's content as the text it was made from: numbers by their decimals, dates as ISO days and clocks. */
export function cellTextOf(cell: ExcelJS.Cell): string | null {
  const { value, numFmt } = cell;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    const decimals = /^0\.(0+)$/.exec(numFmt ?? '')?.[1];
    if (decimals !== undefined) return value.toFixed(decimals.length);
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') {
    if ('richText' in value) return value.richText.map(({ text }) => text).join('');
    if ('hyperlink' in value) return value.text;
    if ('error' in value) return value.error;
    // Nobody has calculated it.
    if ('formula' in value && value.result === undefined) return null;
    return JSON.stringify(value);
  }
  // exceljs undoes the standard's escapes (ST_Xstring) in shared strings alone.
  const text = String(value).replaceAll(/_x([\dA-Fa-f]{4})_/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  // It takes an empty text for an empty cell, but only sometimes.
  return text === '' ? null : text;
}

/** The workbook in these bytes. */
export async function loadWorkbook(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const copy = new Uint8Array(bytes).buffer;
  await workbook.xlsx.load(copy);
  return workbook;
}

/** Names and rows of all sheets, one behind the other; `columnCount` cells in each row. */
export function rowsOf(
  workbook: ExcelJS.Workbook,
  columnCount: number,
  hasHeader: boolean,
): { names: string[]; rows: (string | null)[][] } {
  let names: string[] = [];
  const rows = workbook.worksheets.flatMap((sheet) => {
    // Sheets of charts and of pivot tables that nobody has refreshed.
    if (sheet.rowCount === 0) return [];
    const found = Array.from({ length: sheet.rowCount }, (_, i) => {
      const row = sheet.getRow(i + 1);
      return Array.from({ length: columnCount }, (_unused, k) => cellTextOf(row.getCell(k + 1)));
    });
    if (!hasHeader) return found;
    names = found[0]!.map((name) => name ?? '');
    return found.slice(1);
  });
  return { names, rows };
}
