// Holds expressions against DuckDB: the same arithmetic, rounding, calendar and texts.
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { parseExpression } from '../contract/expression-text.ts';
import { isNullValue, type Batch } from '../table/batch.ts';
import { schemaOf } from '../table/builders.ts';
import { cellText } from '../table/cell-text.ts';
import { parseTypeName } from '../table/data-type.ts';
import { textBlockOf } from '../table/text-block.ts';
import { compileExpression } from './compile.ts';

const COLUMNS = [
  ['i', 'int64', 'BIGINT'],
  ['p', 'decimal(12,3)', 'DECIMAL(12,3)'],
  ['d', 'date', 'DATE'],
  ['t', 'timestamp(us)', 'TIMESTAMP'],
  ['s', 'utf8', 'VARCHAR'],
] as const;

/** A small generator, the same rows every time. */
function rowsOf(count: number): string[][] {
  let state = 12_345;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const words = ['Straße', 'naïve', 'A-b-c', 'x', 'É', '日本語', '  pad ', '😀 a'];
  return Array.from({ length: count }, () => {
    const day = new Date((next(80_000) - 30_000) * 86_400_000).toISOString().slice(0, 10);
    const clock = [next(24), next(60), next(60)].map((n) => String(n).padStart(2, '0')).join(':');
    return [
      String(next(2_000_001) - 1_000_000),
      `${next(2) ? '-' : ''}${next(1_000_000)}.${String(next(1000)).padStart(3, '0')}`,
      day,
      `${day}T${clock}.${String(next(1_000_000)).padStart(6, '0')}`,
      words[next(words.length)]!,
    ];
  });
}

const SAME: [ours: string, theirs: string][] = [
  ['i + 7', 'i + 7'],
  ['p * 1.19', 'p * 1.19'],
  ['p - i', 'p - i'],
  ['i % 7', 'i % 7'],
  ['round(p, 1)', 'round(p, 1)'],
  ['floor(p)', 'CAST(floor(p) AS BIGINT)'],
  ['abs(p)', 'abs(p)'],
  ['cast(p as int64)', 'CAST(p AS BIGINT)'],
  ['i > p', 'i > p'],
  ["date_trunc('month', d)", "CAST(date_trunc('month', d) AS DATE)"],
  ["date_trunc('week', d)", "CAST(date_trunc('week', d) AS DATE)"],
  ["date_trunc('quarter', d)", "CAST(date_trunc('quarter', d) AS DATE)"],
  ["date_trunc('hour', t)", "strftime(date_trunc('hour', t), '%Y-%m-%dT%H:%M:%S.%f')"],
  ['week(d)', 'week(d)'],
  ["date_part('week_year', d)", 'isoyear(d)'],
  ['weekday(d)', 'isodow(d)'],
  ["date_part('year_day', d)", 'dayofyear(d)'],
  ['d + interval 1 month', 'CAST(d + INTERVAL 1 MONTH AS DATE)'],
  ["date_add(d, i % 50, 'month')", 'CAST(d + to_months(CAST(i % 50 AS INTEGER)) AS DATE)'],
  ["date_diff('month', d, '2026-11-21')", "date_sub('month', d, DATE '2026-11-21')"],
  ["date_diff('hour', t, '2026-11-21T09:00')", "date_sub('hour', t, TIMESTAMP '2026-11-21 09:00')"],
  ["format(t, 'yyyy-MM-dd HH:mm')", "strftime(t, '%Y-%m-%d %H:%M')"],
  ["format(t, '%j %H:%M:%S')", "strftime(t, '%j %H:%M:%S')"],
  ['length(s)', 'length(s)'],
  ['substr(s, 2, 3)', 'substr(s, 2, 3)'],
  ['left(s, 2) || right(s, 1)', 'left(s, 2) || right(s, 1)'],
  ["pad_start(s, 8, '.')", "lpad(s, 8, '.')"],
  ["regex_replace(s, '[a-z]+', '<$&>')", "regexp_replace(s, '[a-z]+', '<\\0>', 'g')"],
  ["split_part(s, '-', 1)", "split_part(s, '-', 1)"],
  ["position(s, 'a')", "strpos(s, 'a')"],
  ["s > 'a'", "s > 'a'"],
];

it('computes what DuckDB computes', async () => {
  const rows = rowsOf(500);
  const batch: Batch = {
    schema: schemaOf(COLUMNS.map(([name, type]) => [name, parseTypeName(type)!])),
    rowCount: rows.length,
    selection: null,
    columns: COLUMNS.map((_, index) => ({ storage: 'text', index })),
    block: textBlockOf(rows, COLUMNS.length),
  };
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const names = COLUMNS.map(([name]) => name).join(', ');
  const casts = COLUMNS.map(([name, , type]) => `CAST(${name} AS ${type}) AS ${name}`).join(', ');
  const values = rows.map((row) => `(${row.map((cell) => `'${cell}'`).join(', ')})`).join(', ');
  await connection.run(`CREATE TABLE x AS SELECT ${casts} FROM (VALUES ${values}) v(${names})`);
  for (const [ours, theirs] of SAME) {
    const compiled = compileExpression(parseExpression(ours), batch.schema, {
      timeZone: 'UTC',
      startedAtMs: 0,
      onError: (_, row, sentence) => expect.unreachable(`${ours}, row ${row}: ${sentence}`),
    });
    const column = compiled.evaluate(batch);
    const shown: Batch = {
      ...batch,
      schema: schemaOf([['x', compiled.type]]),
      columns: [column],
      block: null,
    };
    const found = rows.map((_, row) => (isNullValue(column, row) ? null : cellText(shown, row, 0)));
    const reader = await connection.runAndReadAll(
      `SELECT CAST(${theirs} AS VARCHAR) FROM x ORDER BY rowid`,
    );
    expect([ours, ...found]).toEqual([ours, ...reader.getRows().map(([value]) => value)]);
  }
  connection.closeSync();
});
