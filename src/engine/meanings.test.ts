// What a Parquet file says of its texts, UUIDs and enums, stands in the Parquet file made of it, as long as they are those texts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfig, type StepConfig } from '../contract/config.ts';
import { describeParquet, openDuck, withFile } from '../formats/parquet/judge.suite.ts';
import { duckRows } from '../sources/parquet/judge.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();

const COLUMNS = `(lpad(to_hex(i), 8, '0') || '-9abc-def0-8234-56789abcdef0')::UUID AS id,
  CASE WHEN i % 3 = 0 THEN NULL ELSE 'x' END::ENUM('w', 'x') AS kind,
  ['12345678-9abc-def0-8234-56789abcdef0'::UUID, NULL] AS "all", 'note ' || i AS note, i`;

/** A Parquet file as DuckDB writes it. */
async function written(sql: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'meanings-'));
  try {
    const path = join(folder, 'in.parquet');
    await (await openDuck()).run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
    expect(existsSync(path)).toBe(true);
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** DuckDB says of enums that they are texts: the converted type behind the column's name becomes 4, ENUM. */
function withEnum(bytes: Uint8Array, column: string): Uint8Array {
  const [named, said] = [Buffer.from(column), [0x25, 0x00]];
  const at = bytes.findLastIndex((_, i) =>
    [...named, ...said].every((byte, k) => bytes[i + k] === byte),
  );
  expect(at).toBeGreaterThan(0);
  const changed = bytes.slice();
  changed[at + named.length + 1] = 8;
  return changed;
}

/** The file that the engine makes of this one, with its leaves as hyparquet describes them, and its rows by DuckDB. */
async function made(input: Uint8Array, steps: StepConfig[] = [], options = {}) {
  const target = memoryTarget();
  const config = createConfig({
    source: { kind: 'parquet', from: { binding: 'in' } },
    steps,
    format: { id: 'parquet', options },
    delivery: { id: 'memory', options: {} },
  });
  config.outputs[0]!.verify.values = 'full';
  const { report } = await engine.run(config, {
    bytes: { in: new File([input as BlobPart], 'in.parquet') },
    targets: { output: target },
  });
  expect(report.error).toBeNull();
  const bytes = [...target.files.values()][0]!;
  const rows = await withFile(bytes, async (path) =>
    duckRows(await openDuck(), `SELECT * FROM '${path}'`),
  );
  const types = await withFile(bytes, async (path) =>
    duckRows(
      await openDuck(),
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '${path}')`,
    ),
  );
  const leaves = describeParquet(bytes)
    .split('\n')
    .filter((line) => line.startsWith('schema '));
  return { rows, types: new Map(types as [string, string][]), leaves, report };
}

const step = (kind: string, options: Record<string, unknown>): StepConfig => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

const leafOf = (leaves: readonly string[], name: string): string | undefined =>
  leaves.find((line) => line.split(' ')[1] === name);

describe('UUIDs and enums of a Parquet file', async () => {
  const input = withEnum(await written(`SELECT ${COLUMNS} FROM range(100) r(i)`), 'kind');
  const theirs = await withFile(input, async (path) =>
    duckRows(await openDuck(), `SELECT * FROM '${path}'`),
  );

  it('stay what they are, in lists too, through steps that move them', async () => {
    const sort = step('sort', { by: 'i desc' });
    const { rows, types, leaves, report } = await made(input, [sort]);
    expect(rows).toEqual(theirs.toReversed());
    expect(types.get('id')).toBe('UUID');
    expect(types.get('all')).toBe('UUID[]');
    expect(leafOf(leaves, 'id')).toContain('FIXED_LEN_BYTE_ARRAY OPTIONAL {"type":"UUID"}');
    expect(leafOf(leaves, 'kind')).toContain('BYTE_ARRAY OPTIONAL {"type":"ENUM"}');
    expect(leafOf(leaves, 'note')).toContain('BYTE_ARRAY OPTIONAL {"type":"STRING"}');
    expect(report.values?.outcome).toBe('same');
  });

  it('are text where a step makes other texts of them', async () => {
    const replace = step('replace-values', {
      columns: [{ column: { name: 'id' }, values: [{ from: String(theirs[0]![0]), to: 'none' }] }],
    });
    const derive = step('derive', {
      columns: [{ name: 'kind', expression: "coalesce(kind, 'no kind')", replace: true }],
    });
    const { types, leaves, rows } = await made(input, [replace, derive]);
    expect(types.get('id')).toBe('VARCHAR');
    expect(rows[0]![0]).toBe('none');
    expect(leafOf(leaves, 'kind')).toContain('{"type":"STRING"}');
  });

  it('are text where the schema of the output says so', async () => {
    const { types, leaves } = await made(input, [], {
      schema: [
        { column: 'id', type: 'string' },
        { column: 'kind', type: 'string' },
      ],
    });
    expect(types.get('id')).toBe('VARCHAR');
    expect(leafOf(leaves, 'kind')).toContain('{"type":"STRING"}');
  });
});

it('a column that is a UUID in one table alone is text in the table of both', async () => {
  const [one, two] = [
    await written(`SELECT '12345678-9abc-def0-8234-56789abcdef0'::UUID AS id`),
    await written(`SELECT 'none' AS id`),
  ];
  const target = memoryTarget();
  const config = createConfig({
    source: { id: 'one', kind: 'parquet', from: { binding: 'one' } },
    format: { id: 'parquet', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  config.sources.push({ ...config.sources[0]!, id: 'two', from: { binding: 'two' } });
  config.datasets[0]!.steps = [step('union', { with: ['two'] })];
  const file = (bytes: Uint8Array) => new File([bytes as BlobPart], 'in.parquet');
  const { report } = await engine.run(config, {
    bytes: { one: file(one), two: file(two) },
    targets: { output: target },
  });
  expect(report.error).toBeNull();
  const rows = await withFile([...target.files.values()][0]!, async (path) =>
    duckRows(await openDuck(), `SELECT id, typeof(id) FROM '${path}'`),
  );
  expect(rows).toEqual([
    ['12345678-9abc-def0-8234-56789abcdef0', 'VARCHAR'],
    ['none', 'VARCHAR'],
  ]);
});
