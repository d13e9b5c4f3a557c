// What the options of the csv format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

/** The first values of a column, top down. */
const column = (at: number, ...values: string[]) => ({
  cells: values.map((value, row) => ({ row, column: at, value })),
});

export const CSV_EXAMPLES: OptionExamples = {
  delimiter: [
    { options: { delimiter: ';' }, columns: ['order', 'city'], shows: '1001;Lima' },
    { options: { delimiter: '\t' }, columns: ['order', 'city'], shows: '1001\tLima' },
    { options: { delimiter: '||' }, columns: ['order', 'city'], shows: '1001||Lima' },
  ],
  headers: [
    {
      options: { headers: false },
      columns: ['order', 'city'],
      begins: '1001,Lima',
      finds: { names: [] },
    },
    {
      options: { headers: ['No.', 'Town'] },
      columns: ['order', 'city'],
      shows: 'No.,Town\n',
      finds: { names: ['No.', 'Town'] },
    },
  ],
  quotes: [
    {
      options: { quotes: 'minimal' },
      columns: ['city', 'sum'],
      isQuoted: true,
      shows: 'São Paulo,two',
    },
    {
      options: { quotes: 'strings' },
      columns: ['order', 'due', 'city'],
      shows: '1001,2026-11-21,"Lima"',
    },
    {
      options: { quotes: 'non-numeric' },
      columns: ['order', 'due', 'city'],
      shows: '1001,"2026-11-21","Lima"',
    },
    { options: { quotes: 'non-null' }, columns: ['order', 'city'], shows: '"1003",\n' },
    { options: { quotes: 'all' }, columns: ['order', 'city'], shows: '"1003",""\n' },
    {
      options: { quotes: 'columns', quotedColumns: ['city'] },
      columns: ['order', 'city'],
      shows: '1001,"Lima"',
    },
    {
      options: { quotes: 'none' },
      columns: ['order', 'note'],
      finds: { error: 'encode.csv.needs-quotes' },
    },
  ],
  quotedColumns: [
    {
      options: { quotes: 'columns', quotedColumns: ['order'] },
      columns: ['order', 'city'],
      shows: '"1001",Lima',
    },
  ],
  lineTerminator: [
    { options: { lineTerminator: 'crlf' }, columns: ['order', 'city'], shows: '1001,Lima\r\n' },
    { options: { lineTerminator: 'cr' }, columns: ['order', 'city'], shows: '1001,Lima\r' },
    {
      options: { lineTerminator: 'custom', customLineTerminator: ';;' },
      columns: ['order', 'city'],
      shows: '1001,Lima;;',
    },
  ],
  customLineTerminator: [
    {
      options: { lineTerminator: 'custom', customLineTerminator: '~' },
      columns: ['order', 'city'],
      shows: '1001,Lima~',
    },
  ],
  decimalSign: [
    {
      options: { decimalSign: ',', delimiter: ';' },
      columns: ['order', 'price'],
      shows: '1001;12,50\n',
      finds: column(1, '12,50', '0,99'),
    },
  ],
  groupSign: [
    {
      options: { groupSign: ' ' },
      columns: ['order'],
      shows: '1 001\n',
      finds: { rows: [['1 001'], ['1 002'], ['1 003']] },
    },
  ],
  decimals: [
    {
      options: { decimals: 1 },
      columns: ['price', 'city'],
      shows: '12.5,Lima',
      finds: column(0, '12.5', '1.0'),
    },
  ],
  columns: [
    {
      options: { columns: [{ column: 'price', decimals: 3, decimalSign: "'" }] },
      columns: ['price', 'unit price'],
      shows: "12'500,1.00",
      finds: column(0, "12'500", "0'990"),
    },
    {
      options: { columns: [{ column: 'due', pattern: { text: 'dd.MM.yyyy', tokens: 'cldr' } }] },
      columns: ['order', 'due'],
      shows: '1001,21.11.2026',
      finds: column(1, '21.11.2026', '22.11.2026'),
    },
  ],
  datePattern: [
    {
      options: { datePattern: 'd/M/yy' },
      columns: ['order', 'due'],
      shows: '1001,21/11/26',
      finds: column(1, '21/11/26', '22/11/26'),
    },
  ],
  timePattern: [
    {
      options: { timePattern: 'HH:mm' },
      columns: ['order', 'at'],
      shows: '1001,08:30\n',
      finds: column(1, '08:30', '00:00'),
    },
  ],
  timestampPattern: [
    {
      options: { timestampPattern: 'yyyy-MM-dd HH:mm:ss' },
      columns: ['order', 'placed'],
      shows: '1001,2026-11-21 08:30:00',
      finds: column(1, '2026-11-21 08:30:00', '2026-11-21 08:30:00'),
    },
  ],
  patternTokens: [
    {
      options: { datePattern: 'DD.MM.YYYY', patternTokens: 'moment' },
      columns: ['order', 'due'],
      shows: '1001,21.11.2026',
      finds: column(1, '21.11.2026', '22.11.2026'),
    },
    {
      options: { datePattern: '%d.%m.%Y', patternTokens: 'strftime' },
      columns: ['order', 'due'],
      shows: '1001,21.11.2026',
      finds: column(1, '21.11.2026', '22.11.2026'),
    },
  ],
  zone: [
    {
      options: { zone: 'Europe/Berlin' },
      columns: ['order', 'placed'],
      shows: '1001,2026-11-21T09:30:00.000+01:00',
      finds: column(1, '2026-11-21T09:30:00.000+01:00', '2026-11-21T09:30:00.500+01:00'),
    },
  ],
  trueText: [
    {
      options: { trueText: 'yes' },
      columns: ['order', 'paid'],
      shows: '1001,yes',
      finds: column(1, 'yes'),
    },
  ],
  falseText: [
    {
      options: { falseText: '0' },
      columns: ['order', 'paid'],
      shows: '1002,0',
      finds: { cells: [{ row: 1, column: 1, value: '0' }] },
    },
  ],
  typesRow: [
    { options: { typesRow: true }, columns: ['order', 'city'], shows: 'order,city\nint64,utf8\n' },
  ],
  sepLine: [{ options: { sepLine: true }, columns: ['order', 'city'], begins: 'sep=,\norder' }],
  preamble: [
    {
      options: { preamble: 'From {source}, {rows} rows\n{date}' },
      columns: ['order', 'city'],
      begins: '# From source.csv, 3 rows\n# 2023-11-14\norder,city\n',
    },
  ],
  trailer: [
    {
      options: { trailer: '{rows} rows of {columns} columns' },
      columns: ['order', 'city'],
      shows: '\n# 3 rows of 2 columns\n',
    },
  ],
  commentPrefix: [
    {
      options: { preamble: 'From {name} at {time}', commentPrefix: '-- ' },
      columns: ['order', 'city'],
      begins: '-- From data at 22:13:20Z\norder',
    },
  ],
  rowPrefix: [
    { options: { rowPrefix: '> ' }, columns: ['order', 'city'], shows: '\n> 1001,Lima\n' },
  ],
  rowSuffix: [{ options: { rowSuffix: ';' }, columns: ['order', 'city'], shows: '1001,Lima;\n' }],
  layout: [
    {
      options: { layout: 'fixed', width: 10, gap: '' },
      columns: ['order', 'city'],
      shows: '      1001Lima      \n',
    },
    {
      options: { layout: 'aligned', gap: ' | ' },
      columns: ['order', 'city'],
      shows: ' 1001 | Lima     \n',
    },
  ],
  width: [
    {
      options: { layout: 'fixed', width: 9 },
      columns: ['order', 'city'],
      shows: '     1001 Lima     \n',
    },
  ],
  onOverflow: [
    {
      options: { layout: 'fixed', width: 5, onOverflow: 'cut' },
      columns: ['order', 'city'],
      shows: ' 1002 São P\n',
      finds: { cells: [{ row: 1, column: 1, value: 'São P' }] },
    },
  ],
  padding: [
    {
      options: { layout: 'fixed', padding: '.' },
      columns: ['order', 'city'],
      shows: 'Lima................',
    },
  ],
  gap: [
    { options: { layout: 'fixed', gap: '|' }, columns: ['order', 'city'], shows: ' 1001|Lima ' },
  ],
  onLineBreak: [
    {
      options: { layout: 'fixed', onLineBreak: 'fail' },
      columns: ['order', 'lines'],
      finds: { error: 'encode.csv.line-break' },
    },
  ],
  formulaGuard: [
    {
      options: { formulaGuard: false },
      columns: ['order', 'sum'],
      shows: '1001,=1+1\n',
      finds: column(1, '=1+1'),
    },
  ],
  nullText: [
    {
      options: { nullText: 'NULL' },
      columns: ['order', 'city'],
      shows: '1003,NULL',
      finds: { cells: [{ row: 2, column: 1, value: 'NULL' }] },
    },
  ],
  emptyText: [{ options: { emptyText: 'bare' }, columns: ['order', 'note'], shows: '1003,\n' }],
  quoteChar: [
    {
      options: { quoteChar: "'", quotes: 'all' },
      columns: ['order', 'city'],
      shows: "'1001','Lima'",
    },
  ],
  escape: [{ options: { escape: '\\' }, columns: ['order', 'note'], shows: '"say \\"hi\\", bye"' }],
  onUnquotable: [
    {
      options: { quotes: 'none', onUnquotable: 'escape', escape: '\\' },
      columns: ['order', 'note'],
      shows: '1002,say \\"hi\\"\\, bye',
    },
    {
      options: { quotes: 'none', onUnquotable: 'replace' },
      columns: ['order', 'note'],
      shows: '1002,say  hi   bye',
      finds: { cells: [{ row: 1, column: 1, value: 'say  hi   bye' }] },
    },
  ],
  replacement: [
    {
      options: { quotes: 'none', onUnquotable: 'replace', replacement: '~' },
      columns: ['order', 'note'],
      shows: '1002,say ~hi~~ bye',
      finds: { cells: [{ row: 1, column: 1, value: 'say ~hi~~ bye' }] },
    },
  ],
};
