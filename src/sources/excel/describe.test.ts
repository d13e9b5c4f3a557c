// Sheets as they look, of a workbook that another program wrote: formats, styles, widths, what stays in sight.
import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import type { FileDescription } from '../../contract/source-plugin.ts';
import { memorySlices } from '../source.suite.ts';
import { describeExcel } from './describe.ts';

async function described(
  fill: (workbook: ExcelJS.Workbook) => void,
  sheets: { rows: number; columns: number } | undefined = { rows: 10, columns: 10 },
): Promise<FileDescription> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  const bytes = await workbook.xlsx.writeBuffer();
  const slices = memorySlices(new Uint8Array(bytes));
  return describeExcel({
    input: {
      kind: 'bytes',
      name: 'a.xlsx',
      sizeBytes: slices.sizeBytes,
      once: false,
      open() {
        throw new TypeError('read in slices');
      },
      slices,
    },
    limits: DEFAULT_LIMITS,
    ...(sheets && { sheets }),
  });
}

it('shows values by their formats, and how cells look', async () => {
  const { sheets } = await described((workbook) => {
    const sheet = workbook.addWorksheet('Orders', {
      views: [{ state: 'frozen', ySplit: 1, xSplit: 2, showGridLines: false }],
    });
    sheet.columns = [{ width: 20 }, { width: 8.5 }, { hidden: true }, {}];
    sheet.addRow(['name', 'price', 'paid', 'ok']);
    sheet.addRow(['Müller', 1234.5, new Date('2026-03-01T21:50:40Z'), true]);
    sheet.getRow(1).font = { bold: true, color: { argb: 'FFFFFFFF' }, name: 'Arial', size: 14 };
    sheet.getCell('A1').fill = {
      type: 'pattern',
      pattern: 'solid',
      fgColor: { argb: 'FF2F6FDE' },
    };
    sheet.getCell('B2').numFmt = '#,##0.00 "EUR"';
    sheet.getCell('C2').numFmt = 'dd.mm.yyyy';
    sheet.getCell('D2').alignment = { horizontal: 'center', wrapText: true };
    sheet.getCell('D2').border = { bottom: { style: 'thin' } };
    sheet.getCell('B4').value = '=no formula';
  });
  const [view] = sheets!;
  expect(view).toMatchObject({
    name: 'Orders',
    isHidden: false,
    frozenRows: 1,
    frozenColumns: 2,
    showsGridLines: false,
    more: 0,
  });
  expect(view!.widths.slice(0, 3)).toEqual([20, 8.5, 0]);
  expect(view!.rows.map((row) => row.map((cell) => cell?.text ?? null))).toEqual([
    ['name', 'price', 'paid', 'ok'],
    ['Müller', '1,234.50 EUR', '01.03.2026', 'TRUE'],
    [],
    [null, '=no formula'],
  ]);
  const styleAt = (row: number, column: number) => view!.styles[view!.rows[row]![column]!.style];
  expect(styleAt(0, 0)).toEqual({
    bold: true,
    color: 'FFFFFF',
    font: 'Arial',
    size: 14,
    fill: '2F6FDE',
  });
  expect(styleAt(0, 1)).not.toHaveProperty('fill');
  expect(styleAt(1, 3)).toEqual({ align: 'center', wrap: true, border: 'bottom' });
  expect(view!.rows[1]![1]).toMatchObject({ stored: '1234.5', isNumber: true });
});

it('gives the first rows and columns, and counts the others', async () => {
  const fill = (workbook: ExcelJS.Workbook): void => {
    const sheet = workbook.addWorksheet('Long');
    for (let i = 0; i < 25; i++) sheet.addRow([i, i, i, i]);
    workbook.addWorksheet('Hidden', { state: 'hidden' });
  };
  const { sheets, facts } = await described(fill, { rows: 10, columns: 2 });
  expect([sheets![0]!.rows.length, sheets![0]!.rows[9]!.length, sheets![0]!.more]).toEqual([
    10, 2, 15,
  ]);
  expect([sheets![1]!.isHidden, sheets![1]!.rows]).toEqual([true, []]);
  expect(facts.tables[0]!.rows).toEqual([
    ['Long', 'sheet', ''],
    ['Hidden', 'sheet, hidden', ''],
  ]);
});

it('lists tables with their places', async () => {
  const { sheets, facts } = await described((workbook) => {
    workbook.addWorksheet('Data').addTable({
      name: 'Orders',
      ref: 'B2',
      columns: [{ name: 'a' }, { name: 'b' }],
      rows: [
        [1, 2],
        [3, 4],
      ],
    });
  });
  expect(facts.lines).toContainEqual({ label: 'Tables', value: '1' });
  expect(facts.tables[0]!.rows).toContainEqual(['Orders', 'table', 'B2:C4']);
  expect(sheets![0]!.tables).toEqual([{ firstRow: 1, lastRow: 3, firstColumn: 1, lastColumn: 2 }]);
});

it('makes no sheets where nobody asked for them', async () => {
  const description = await described((workbook) => void workbook.addWorksheet('One'), undefined);
  expect(description.facts.lines).toEqual([{ label: 'Sheets', value: '1' }]);
});
