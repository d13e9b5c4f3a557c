// What the options of the csv format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const CSV_EXAMPLES: OptionExamples = {
  delimiter: [
    { options: { delimiter: ';' }, columns: ['order', 'city'], shows: '1001;Lima' },
    { options: { delimiter: '\t' }, columns: ['order', 'city'], shows: '1001\tLima' },
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
    { options: { quotes: 'all' }, columns: ['order', 'city'], shows: '"1001","Lima"' },
    {
      options: { quotes: 'none' },
      columns: ['order', 'note'],
      finds: { error: 'encode.csv.needs-quotes' },
    },
  ],
  lineTerminator: [
    { options: { lineTerminator: 'crlf' }, columns: ['order', 'city'], shows: '1001,Lima\r\n' },
  ],
  formulaGuard: [
    {
      options: { formulaGuard: false },
      columns: ['order', 'sum'],
      shows: '1001,=1+1\n',
      finds: { cells: [{ row: 0, column: 1, value: '=1+1' }] },
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
