// What the options of the excel format do, shown on the sample table: pieces of the workbook's parts, and what a reader finds.
import type { OptionExample } from '../../contract/options.ts';
import type { OptionExamples } from '../../contract/options.schema.ts';
import { TABLE_STYLES } from './options.schema.ts';

/** A piece that stands in some part with these options alone. */
const one = (
  options: OptionExample['options'],
  shows: string,
  more: Partial<OptionExample> = {},
): OptionExample => ({ options, columns: ['order', 'city'], shows, ...more });

export const EXCEL_EXAMPLES: OptionExamples = {
  headers: [
    one({ headers: false }, '<row r="1"><c r="A1"><v>1001</v></c>', { finds: { names: [] } }),
  ],
  headerLook: [
    one({ headerLook: 'plain' }, '<c r="A1" t="inlineStr">'),
    one({ headerLook: 'filled' }, '<fgColor rgb="FFE8EDF5"/>'),
    one({ headerLook: 'dark' }, '<fgColor rgb="FF1F3A5F"/>'),
  ],
  widths: [
    one({ widths: 'fixed' }, '<col min="1" max="1" width="14" customWidth="1"/>'),
    one({ widths: 'none' }, '<sheetFormatPr defaultRowHeight="15"/><sheetData>'),
  ],
  width: [
    one({ widths: 'fixed', width: 22.5 }, '<col min="2" max="2" width="22.5" customWidth="1"/>'),
  ],
  freezeHeader: [one({ freezeHeader: false }, 'workbookViewId="0"/></sheetViews>')],
  freezeColumns: [
    one(
      { freezeColumns: 1 },
      '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight"',
    ),
  ],
  autoFilter: [one({ autoFilter: true }, '<autoFilter ref="A1:B4"/>')],
  table: [one({ table: true }, 'displayName="Table1" ref="A1:B4" totalsRowShown="0">')],
  tableStyle: TABLE_STYLES.filter((style) => style !== 'TableStyleMedium2').map((tableStyle) =>
    one({ table: true, tableStyle }, `<tableStyleInfo name="${tableStyle}"`),
  ),
  alternatingRows: [
    one(
      { alternatingRows: true },
      '<conditionalFormatting sqref="A2:B4"><cfRule type="expression"',
    ),
  ],
  borders: [
    one({ borders: 'rows' }, '<top/><bottom style="thin"><color rgb="FFD0D5DD"/></bottom>'),
    one({ borders: 'all' }, '<top style="thin"><color rgb="FFD0D5DD"/></top>'),
  ],
  sheetName: [one({ sheetName: 'Orders/2026' }, '<sheet name="Orders_2026" sheetId="1"')],
  charts: [
    one({ charts: { category: 'city', values: ['order'] } }, '<c:f>data!$A$2:$A$4</c:f>'),
    one(
      { charts: { kind: 'pie', title: 'By city', category: 'city', values: 'order' } },
      '<a:t>By city</a:t>',
    ),
  ],
  pivots: [
    one(
      { pivots: { rows: 'city', values: 'order', writeValues: false } },
      '<dataField name="Sum of order" fld="0" baseField="0" baseItem="0"/>',
    ),
  ],
  overflow: [
    one({ overflow: 'fail', rowsPerSheet: 3 }, '', {
      finds: { error: 'encode.excel.too-many-rows' },
    }),
  ],
  rowsPerSheet: [one({ rowsPerSheet: 3 }, '<sheet name="data (2)" sheetId="2"')],
  numberFormat: [
    one({ numberFormat: '#,##0.000' }, 'formatCode="#,##0.000"', { columns: ['order'] }),
  ],
  dateFormat: [
    one({ dateFormat: 'dd/mm/yy' }, 'formatCode="dd/mm/yy"', { columns: ['order', 'day'] }),
  ],
  timeFormat: [
    one({ timeFormat: 'h:mm AM/PM' }, 'formatCode="h:mm AM/PM"', { columns: ['order', 'clock'] }),
  ],
  timestampFormat: [
    one({ timestampFormat: 'd mmm yyyy hh:mm' }, 'formatCode="d mmm yyyy hh:mm"', {
      columns: ['order', 'placed'],
    }),
  ],
  columns: [
    one(
      { columns: [{ column: 'order', width: 30 }] },
      '<col min="1" max="1" width="30" customWidth="1"/>',
    ),
    one({ columns: [{ column: 'order', hidden: true }] }, 'hidden="1"'),
    one({ columns: [{ column: 'order', format: '000000' }] }, 'formatCode="000000"'),
    one(
      { columns: [{ column: 'city', fill: '#ffeecc', wrap: true }] },
      '<fgColor rgb="FFFFEECC"/>',
    ),
  ],
  headerStyle: [one({ headerStyle: { color: '#2f6fde', size: 14 } }, '<color rgb="FF2F6FDE"/>')],
  dataStyle: [one({ dataStyle: { font: 'Arial' } }, '<name val="Arial"/>')],
  dates: [
    one({ dates: 'text' }, '>2026-11-21T08:30:00.000Z</t>', {
      columns: ['order', 'placed'],
      finds: {
        cells: [0, 1].map((row) => ({
          row,
          column: 1,
          value: `2026-11-21T08:30:00.${row * 5}00Z`,
        })),
      },
    }),
  ],
  zones: [
    one({ zones: 'text' }, '>2026-11-21T08:30:00.500Z</t>', { columns: ['order', 'placed'] }),
  ],
  dateSystem: [
    one({ dateSystem: '1904' }, '<workbookPr date1904="1"/>', { columns: ['order', 'placed'] }),
  ],
  longNumbers: [
    one({ longNumbers: 'number' }, '<c r="A2"><v>1152921504606846977</v></c>', {
      columns: ['serial'],
      finds: { cells: [{ row: 0, column: 0, value: '1152921504606847000' }] },
    }),
  ],
  longText: [
    one({ longText: 'fail' }, '', {
      columns: ['long'],
      finds: { error: 'encode.excel.text-too-long' },
    }),
  ],
  notFinite: [
    one({ notFinite: 'error' }, '<c r="B3" t="e"><v>#NUM!</v></c>', {
      columns: ['order', 'ratio'],
      finds: { cells: [{ row: 1, column: 1, value: '#NUM!' }] },
    }),
    one({ notFinite: 'blank' }, '<v>1002</v></c></row>', {
      columns: ['order', 'ratio'],
      finds: { cells: [{ row: 1, column: 1, value: null }] },
    }),
    one({ notFinite: 'fail' }, '', {
      columns: ['order', 'ratio'],
      finds: { error: 'encode.excel.not-a-number' },
    }),
  ],
  nullText: [
    one({ nullText: 'n/a' }, '<t>n/a</t>', {
      finds: { cells: [{ row: 2, column: 1, value: 'n/a' }] },
    }),
  ],
  orientation: [one({ orientation: 'landscape' }, 'orientation="landscape"/>')],
  paper: [
    one({ paper: 'a3' }, '<pageSetup paperSize="8"'),
    one({ paper: 'letter' }, '<pageSetup paperSize="1"'),
    one({ paper: 'legal' }, '<pageSetup paperSize="5"'),
  ],
  fitToWidth: [one({ fitToWidth: true }, '<pageSetUpPr fitToPage="1"/>')],
  repeatHeader: [
    one(
      { repeatHeader: true },
      '<definedName name="_xlnm.Print_Titles" localSheetId="0">data!$1:$1<',
    ),
  ],
  pageHeader: [one({ pageHeader: '&C&A' }, '<oddHeader>&amp;C&amp;A</oddHeader>')],
  pageFooter: [one({ pageFooter: '&P / &N' }, '<oddFooter>&amp;P / &amp;N</oddFooter>')],
  gridLines: [one({ gridLines: false }, ' showGridLines="0"')],
  title: [one({ title: 'Orders & sums' }, '<dc:title>Orders &amp; sums</dc:title>')],
  subject: [one({ subject: 'Sales' }, '<dc:subject>Sales</dc:subject>')],
  author: [one({ author: 'Sales team' }, '<dc:creator>Sales team</dc:creator>')],
  company: [one({ company: 'Lamps Ltd' }, '<Company>Lamps Ltd</Company>')],
  keywords: [one({ keywords: 'orders, 2026' }, '<cp:keywords>orders, 2026</cp:keywords>')],
  comments: [one({ comments: 'Draft' }, '<dc:description>Draft</dc:description>')],
};
