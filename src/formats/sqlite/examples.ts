// What the options of the sqlite format do, shown on the sample table: lines of what SQLite says of the file.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const SQLITE_EXAMPLES: OptionExamples = {
  table: [{ options: { table: 'Orders' }, columns: ['order'], shows: 'CREATE TABLE "Orders" (' }],
  decimals: [
    {
      options: { decimals: 'real' },
      columns: ['price'],
      shows: '"price" REAL',
      finds: { cells: [{ row: 0, column: 0, value: '12.5' }] },
    },
  ],
  dates: [
    {
      options: { dates: 'unix' },
      columns: ['placed', 'due'],
      shows: '"placed" INTEGER',
      finds: {
        cells: [
          { row: 0, column: 0, value: '1795249800' },
          { row: 1, column: 0, value: '1795249800' },
          { row: 0, column: 1, value: '1795219200' },
          { row: 1, column: 1, value: '1795305600' },
        ],
      },
    },
    {
      options: { dates: 'unix-ms' },
      columns: ['placed'],
      shows: '"placed" INTEGER',
      finds: {
        cells: [
          { row: 0, column: 0, value: '1795249800000' },
          { row: 1, column: 0, value: '1795249800500' },
        ],
      },
    },
  ],
  rowId: [
    {
      options: { rowId: 'order' },
      columns: ['order', 'city'],
      shows: '"order" INTEGER PRIMARY KEY',
    },
    {
      options: { rowId: 'serial' },
      columns: ['serial'],
      finds: { error: 'encode.sqlite.key-order' },
    },
  ],
  indexes: [
    {
      options: { indexes: ['city', 'unit price'] },
      columns: ['order', 'city', 'unit price'],
      shows: 'CREATE INDEX "data_unit price" ON "data" ("unit price")',
    },
  ],
  strict: [{ options: { strict: true }, columns: ['order'], shows: ') STRICT' }],
  pageSize: [
    { options: { pageSize: '1024' }, columns: ['order'], shows: 'page_size 1024' },
    { options: { pageSize: '16384' }, columns: ['order'], shows: 'page_size 16384' },
    { options: { pageSize: '65536' }, columns: ['order'], shows: 'page_size 65536' },
  ],
  userVersion: [{ options: { userVersion: -7 }, columns: ['order'], shows: 'user_version -7' }],
};
