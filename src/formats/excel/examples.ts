// What the options of the excel format do, shown on the sample table: pieces of the workbook's parts, and what a reader finds.
import type { OptionExample } from '../../contract/options.ts';
import type { OptionExamples } from '../../contract/options.schema.ts';
import { TABLE_STYLES } from './style/options.ts';

/** A piece that stands in some part with these options alone. */
const one = (
  options: OptionExample['options'],
  shows: string,
  more: Partial<OptionExample> = {},
): OptionExample => ({ options, columns: ['order', 'city'], shows, ...more });

const PRICES = [
  ['1001', '12.50'],
  ['1002', '0.99'],
  ['1003', null],
];

/** Conditional formats of each kind, and what of them stands in the sheet. */
const RULES: readonly (readonly [object, string])[] = [
  [{ kind: 'colors', colors: ['#ffffff', '#2f6fde'] }, '<cfRule type="colorScale" priority="1">'],
  [
    { kind: 'colors', colors: ['f8696b', 'ffeb84', '63be7b'] },
    '<cfvo type="percentile" val="50"/>',
  ],
  [{ kind: 'bars' }, '<cfRule type="dataBar" priority="1">'],
  [{ kind: 'icons', icons: '5Arrows' }, '<iconSet iconSet="5Arrows">'],
  [{ kind: 'cell', is: '>', value: 1001 }, 'operator="greaterThan" priority="1"><formula>1001<'],
  [
    { kind: 'cell', is: 'between', value: '2026-01-01', and: '=TODAY()' },
    '<formula>46023</formula><formula>TODAY()<',
  ],
  [
    { kind: 'cell', is: '=', value: 'a "b"', style: { color: '9c0006' } },
    '<formula>&quot;a &quot;&quot;b&quot;&quot;&quot;<',
  ],
  [{ kind: 'text', value: 'im' }, '<formula>NOT(ISERROR(SEARCH(&quot;im&quot;,A2)))<'],
  [{ kind: 'text', is: 'not contains', value: 'im' }, 'operator="notContains" text="im"'],
  [
    { kind: 'text', is: 'begins', value: 'L' },
    '<formula>LEFT(A2,LEN(&quot;L&quot;))=&quot;L&quot;<',
  ],
  [
    { kind: 'text', is: 'ends', value: 'a' },
    '<formula>RIGHT(A2,LEN(&quot;a&quot;))=&quot;a&quot;<',
  ],
  [{ kind: 'blank' }, '<formula>LEN(TRIM(A2))=0<'],
  [{ kind: 'blank', is: false }, '<cfRule type="notContainsBlanks"'],
  [{ kind: 'repeated' }, '<cfRule type="duplicateValues"'],
  [{ kind: 'repeated', is: false }, '<cfRule type="uniqueValues"'],
  [{ kind: 'top', count: 5, percent: true, bottom: true }, ' percent="1" bottom="1" rank="5"'],
  [{ kind: 'average', below: true }, '<cfRule type="aboveAverage" dxfId="0" aboveAverage="0"'],
  [{ kind: 'formula', formula: '{order}>1001' }, '<formula>$A2&gt;1001<'],
];

/** Validations of each kind. */
const VALIDATIONS: readonly (readonly [object, string])[] = [
  [
    { kind: 'list', values: ['a', 'b "c"'], prompt: 'Choose' },
    '<formula1>&quot;a,b &quot;&quot;c&quot;&quot;&quot;<',
  ],
  [{ kind: 'list', values: '=$A$2:$A$4' }, '<formula1>$A$2:$A$4<'],
  [{ kind: 'whole', is: 'between', value: 1, and: 9999 }, '<formula1>1</formula1><formula2>9999<'],
  [{ kind: 'decimal', is: '>=', value: 0.5, onError: 'warning' }, ' errorStyle="warning"'],
  [{ kind: 'length', is: '<=', value: 10 }, '<dataValidation type="textLength"'],
  [{ kind: 'date', is: '>', value: '2026-01-01' }, '<formula1>46023<'],
  [{ kind: 'formula', formula: '{order}>0' }, '<formula1>$A2&gt;0<'],
];

export const EXCEL_EXAMPLES: OptionExamples = {
  template: [
    // The suite has no files: that it is asked for is what shows. Templates have tests of their own.
    {
      options: { template: { binding: 'none' } },
      columns: ['order'],
      finds: { error: 'config.binding-missing' },
    },
  ],
  templateTarget: [
    {
      options: { templateTarget: 'Data!A2' },
      columns: ['order'],
      finds: { error: 'config.conflict' },
    },
  ],
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
  sheetBy: [
    one({ sheetBy: 'Region' }, '<sheet name="South" sheetId="2"', { columns: ['order', 'Region'] }),
  ],
  sheetsAtMost: [
    one({ sheetBy: 'city', sheetsAtMost: 2 }, '', {
      finds: { error: 'encode.excel.too-many-sheets' },
    }),
  ],
  links: [
    one({ links: ['address'] }, '<hyperlink ref="B2" r:id="rIdLink1"/>', {
      columns: ['order', 'address'],
    }),
  ],
  totals: [
    one({ totals: [{ column: 'price' }] }, '<f>SUBTOTAL(109,B2:B4)</f>', {
      columns: ['order', 'price'],
      finds: { rows: [...PRICES, ['Total', null]] },
    }),
  ],
  totalsLabel: [
    one({ totals: [{ column: 'price' }], totalsLabel: 'Sum' }, '<t>Sum</t>', {
      columns: ['order', 'price'],
      finds: { rows: [...PRICES, ['Sum', null]] },
    }),
  ],
  formulas: [
    one({ formulas: [{ name: 'double', formula: '=2*{price}' }] }, '<f>2*B3</f>', {
      columns: ['order', 'price'],
    }),
  ],
  conditionalFormats: RULES.map(([rule, shows]) =>
    one({ conditionalFormats: [{ columns: 'order', ...rule }] }, shows),
  ),
  validations: VALIDATIONS.map(([rule, shows]) =>
    one({ validations: [{ columns: 'order', ...rule }] }, shows),
  ),
  notes: [
    one({ notes: [{ column: 'city', text: 'Where it goes' }] }, '<comment ref="B1" authorId="0">'),
  ],
  images: [
    // As with the template: images have tests of their own.
    {
      options: { images: { file: { binding: 'none' } } },
      columns: ['order'],
      finds: { error: 'config.binding-missing' },
    },
  ],
  protect: [one({ protect: true }, '<sheetProtection sheet="1"')],
  protectPassword: [
    one(
      { protect: true, protectPassword: { secret: 'sheets' } },
      '<sheetProtection algorithmName="SHA-512" hashValue="',
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
  earlyDates: [
    one({ earlyDates: 'blank' }, '<row r="2"></row>', {
      columns: ['born'],
      finds: { cells: [{ row: 0, column: 0, value: null }] },
    }),
    one({ earlyDates: 'fail' }, '', {
      columns: ['born'],
      finds: { error: 'encode.excel.no-such-day' },
    }),
  ],
  longText: [
    one({ longText: 'mark' }, 'x\u00e2\u0080\u00a6</t>', {
      columns: ['long'],
      finds: { cells: [{ row: 0, column: 0, value: `${'x'.repeat(32_766)}…` }] },
    }),
    one({ longText: 'blank' }, '<row r="2"></row>', {
      columns: ['long'],
      finds: { cells: [{ row: 0, column: 0, value: null }] },
    }),
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
  created: [
    one(
      { created: '2026-11-01T10:00:00+02:00' },
      '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-01T08:00:00Z</dcterms:created>',
    ),
  ],
  properties: [
    one(
      { properties: { Department: 'Sales & more' } },
      'name="Department"><vt:lpwstr>Sales &amp; more</vt:lpwstr>',
    ),
  ],
  keywords: [one({ keywords: 'orders, 2026' }, '<cp:keywords>orders, 2026</cp:keywords>')],
  comments: [one({ comments: 'Draft' }, '<dc:description>Draft</dc:description>')],
};
