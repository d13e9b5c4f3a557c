// What the options of the sql format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

/** Rows alone: what is created and set differs from database to database. */
const ROWS = { create: 'none', session: false, transaction: false };

export const SQL_EXAMPLES: OptionExamples = {
  dialect: [
    {
      options: { ...ROWS, dialect: 'mysql' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO `data` (`order`, `city`) VALUES',
    },
    {
      options: { ...ROWS, dialect: 'mariadb' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO `data` (`order`, `city`) VALUES',
    },
    {
      options: { session: false, dialect: 'sqlite' },
      columns: ['order', 'city'],
      shows: '"order" INTEGER',
    },
    {
      options: { ...ROWS, dialect: 'sqlserver' },
      columns: ['order', 'city'],
      shows: "INSERT INTO [data] ([order], [city]) VALUES\n(1001, N'Lima')",
    },
    {
      options: { ...ROWS, dialect: 'oracle' },
      columns: ['order', 'city'],
      shows: 'INSERT ALL\n  INTO "data" ("order", "city") VALUES (1001, \'Lima\')',
    },
    { options: { dialect: 'duckdb' }, columns: ['order', 'city'], shows: '"city" VARCHAR' },
    {
      options: { ...ROWS, dialect: 'clickhouse' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO `data`',
    },
    {
      options: { session: false, dialect: 'snowflake' },
      columns: ['order', 'city'],
      shows: '"order" NUMBER(19,0)',
    },
    {
      options: { ...ROWS, dialect: 'bigquery' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO `data`',
    },
  ],
  table: [
    {
      options: { table: 'sales.orders' },
      columns: ['order'],
      shows: 'INSERT INTO "sales"."orders" ("order")',
    },
  ],
  mode: [
    {
      options: { mode: 'upsert', keyColumns: ['order'] },
      columns: ['order', 'city'],
      shows: 'ON CONFLICT ("order") DO UPDATE SET "city" = excluded."city"',
    },
    {
      options: { mode: 'replace', dialect: 'duckdb', keyColumns: ['order'] },
      columns: ['order', 'city'],
      shows: 'INSERT OR REPLACE INTO "data"',
    },
    {
      options: { mode: 'merge', keyColumns: ['order'] },
      columns: ['order', 'city'],
      shows: 'MERGE INTO "data" AS t USING',
    },
    {
      options: { mode: 'update', keyColumns: ['order'] },
      columns: ['order', 'city'],
      shows: 'UPDATE "data" SET "city" = \'Lima\' WHERE "order" = 1001;\n',
      // A table without rows has none that could be changed.
      finds: { rows: [] },
    },
    {
      options: { mode: 'copy' },
      columns: ['order', 'city'],
      shows: 'COPY "data" ("order", "city") FROM stdin;\n1001\tLima\n',
    },
  ],
  keyColumns: [
    { options: { keyColumns: ['order'] }, columns: ['order'], shows: 'PRIMARY KEY ("order")' },
  ],
  create: [
    {
      options: { session: false, transaction: false, create: 'none' },
      columns: ['order'],
      begins: 'INSERT INTO',
    },
    {
      options: { create: 'replace' },
      columns: ['order'],
      shows: 'DROP TABLE IF EXISTS "data";\nCREATE TABLE "data" (',
    },
  ],
  transaction: [
    {
      options: { session: false, transaction: false },
      columns: ['order'],
      begins: 'CREATE TABLE',
    },
  ],
  rowsPerStatement: [
    {
      options: { rowsPerStatement: 2 },
      columns: ['order'],
      shows: '(1002);\nINSERT INTO "data" ("order") VALUES\n(1003);',
    },
  ],
  maxStatementBytes: [
    {
      options: { maxStatementBytes: 100 },
      columns: ['order', 'city', 'note'],
      shows: ';\nINSERT INTO "data" ("order", "city", "note") VALUES\n(1003, NULL, \'\');',
    },
  ],
  quoteIdentifiers: [
    {
      options: { quoteIdentifiers: 'needed' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO data ("order", city)',
    },
    {
      options: { quoteIdentifiers: 'never' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO data (order_, city)',
      finds: { names: ['order_', 'city'] },
    },
  ],
  identifierCase: [
    {
      options: { identifierCase: 'lower' },
      columns: ['order', 'Region'],
      shows: '("order", "region")',
      finds: { names: ['order', 'region'] },
    },
    {
      options: { identifierCase: 'upper', table: 'data' },
      columns: ['order', 'city'],
      shows: '("ORDER", "CITY")',
      finds: { names: ['ORDER', 'CITY'] },
    },
    {
      options: { identifierCase: 'snake' },
      columns: ['order', 'unit price'],
      shows: '("order", "unit_price")',
      finds: { names: ['order', 'unit_price'] },
    },
  ],
  columnTypes: [
    {
      options: { columnTypes: { city: 'varchar(40)' } },
      columns: ['order', 'city'],
      shows: '"city" varchar(40)',
    },
  ],
  textLength: [
    { options: { textLength: 40 }, columns: ['order', 'city'], shows: '"city" varchar(40)' },
  ],
  emptyText: [
    {
      options: { emptyText: 'null' },
      columns: ['order', 'note'],
      shows: '(1003, NULL)',
      finds: { cells: [{ row: 2, column: 1, value: null }] },
    },
  ],
  booleans: [
    {
      options: { booleans: 'numbers' },
      columns: ['order', 'paid'],
      shows: '(1001, 1)',
      finds: {
        cells: [
          { row: 0, column: 1, value: '1' },
          { row: 1, column: 1, value: '0' },
        ],
      },
    },
  ],
  zonedTimes: [
    {
      options: { zonedTimes: 'utc' },
      columns: ['order', 'placed'],
      shows: "'2026-11-21 08:30:00.500'",
      finds: {
        cells: [
          { row: 0, column: 1, value: '2026-11-21 08:30:00' },
          { row: 1, column: 1, value: '2026-11-21 08:30:00.5' },
        ],
      },
    },
    {
      options: { zonedTimes: 'text' },
      columns: ['order', 'placed'],
      shows: "'2026-11-21T08:30:00.500+00:00'",
      finds: {
        cells: [
          { row: 0, column: 1, value: '2026-11-21T08:30:00.000+00:00' },
          { row: 1, column: 1, value: '2026-11-21T08:30:00.500+00:00' },
        ],
      },
    },
  ],
  nested: [{ options: { nested: 'text' }, columns: ['order', 'tags'], shows: '"tags" text' }],
  unheldValues: [
    {
      options: { ...ROWS, dialect: 'mysql', unheldValues: 'fail' },
      columns: ['order', 'ratio'],
      finds: { error: 'encode.sql.unheld-value' },
    },
  ],
  nulCharacters: [
    {
      options: { nulCharacters: 'remove' },
      columns: ['order', 'nul'],
      shows: "(1001, 'ab')",
      finds: { cells: [{ row: 0, column: 1, value: 'ab' }] },
    },
    {
      options: { nulCharacters: 'fail' },
      columns: ['order', 'nul'],
      finds: { error: 'encode.sql.nul-character' },
    },
  ],
  backslashes: [
    {
      options: { ...ROWS, dialect: 'mysql', backslashes: 'literal' },
      columns: ['order', 'path'],
      shows: "(1001, 'C:\\new')",
      // SQLite, which reads the example, takes a backslash for itself, as such a server does.
      finds: { cells: [{ row: 0, column: 1, value: 'C:\\new' }] },
    },
  ],
  multiRow: [
    {
      options: { ...ROWS, dialect: 'oracle', multiRow: 'values' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO "data" ("order", "city") VALUES\n(1001, \'Lima\'),\n(1002',
    },
    {
      options: { ...ROWS, dialect: 'oracle', multiRow: 'none' },
      columns: ['order', 'city'],
      shows: 'INSERT INTO "data" ("order", "city") VALUES (1001, \'Lima\');\nINSERT INTO',
    },
  ],
  terminator: [
    {
      options: { ...ROWS, dialect: 'sqlserver', terminator: 'batch' },
      columns: ['order', 'city'],
      shows: ';\nGO\n',
    },
  ],
  session: [{ options: { session: false }, columns: ['order'], begins: 'BEGIN;' }],
  comments: [
    { options: { comments: true }, columns: ['order'], begins: '-- PostgreSQL script written by' },
  ],
};
