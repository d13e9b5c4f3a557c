// The presets for databases, loaded by the databases themselves: PostgreSQL's COPY and MariaDB's LOAD DATA.
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { BOOL, INT64, type Schema, UTF8 } from '../../table/data-type.ts';
import { encodeAll } from '../format.suite.ts';
import { isMissing, startMariaDb, startPostgres, type TestServer } from '../sql/servers.suite.ts';
import { csvFormat } from './format.ts';

const SCHEMA = schemaOf([
  ['id', INT64],
  ['text', UTF8],
  ['price', { kind: 'decimal', precision: 20, scale: 2 }],
  ['paid', BOOL],
  ['at', { kind: 'timestamp', unit: 'us', zone: 'Europe/Berlin' }],
]);

const NASTY = [
  '',
  '\\N',
  '\\.',
  'NULL',
  '"',
  '""',
  "it's",
  'a,b',
  'a\tb',
  'a\nb',
  'a\r\nb',
  'a\n\\.\nb',
  '\\',
  'x\\',
  '\\n',
];
const texts = fc.sample(
  fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: fc.constantFrom('\\', 'N', '"', ',', '\t', '\n', '\r', '.', 'é', '漢') }),
    fc.string({ unit: 'grapheme' }),
  ),
  { numRuns: 400, seed: 7 },
);
// No database of these takes U+0000 in a text.
const rows: Value[][] = [...NASTY, ...texts].map((text, i) => [
  BigInt(i),
  text.replaceAll('\0', ''),
  BigInt(i) - 50n,
  i % 2 === 0,
  BigInt(i) * 86_400_000_123n,
]);
rows.push([BigInt(rows.length), null, null, null, null]);

async function writeFile(preset: string, schema: Schema, given: Value[][]): Promise<string> {
  const { options } = csvFormat.presets.find(({ id }) => id === preset)!;
  const { text } = await encodeAll(csvFormat, options, schema, [batchOf(schema, given)]);
  const path = join(tmpdir(), `${preset}-${process.pid}.csv`);
  writeFileSync(path, text);
  chmodSync(path, 0o644);
  return path;
}

/** What comes back of a preset's file that a server loaded. */
async function loaded(
  server: TestServer,
  preset: string,
  load: (path: string) => string,
  schema = SCHEMA,
  given = rows,
) {
  const path = await writeFile(preset, schema, given);
  try {
    await server.run(load(path));
  } finally {
    rmSync(path);
  }
  const [table] = await server.read(['t']);
  return table!.rows;
}

const wanted = (yes: string, no: string, at: (microseconds: bigint) => string) =>
  rows.map(([id, text, price, paid, time]) => [
    String(id),
    text,
    price === null ? null : (Number(price) / 100).toFixed(2),
    paid === null ? null : paid === true ? yes : no,
    time === null ? null : at(time as bigint),
  ]);

/** `2026-11-21 08:30:00.000123`, in UTC. */
const clock = (microseconds: bigint): string =>
  new Date(Number(microseconds / 1000n)).toISOString().slice(0, 19).replace('T', ' ') +
  `.${String(microseconds % 1_000_000n).padStart(6, '0')}`;

describe.skipIf(isMissing('postgresql'))('PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());
  const load = (path: string, columns: string): string =>
    `SET client_encoding = 'UTF8'; DROP TABLE IF EXISTS t; CREATE TABLE t (${columns}); COPY t FROM '${path}' WITH (FORMAT csv, HEADER);`;

  it('copies every text, null and time as it was', async () => {
    const columns = 'id bigint, text text, price decimal(20,2), paid boolean, at timestamptz';
    const found = await loaded(server, 'postgresql', (path) => load(path, columns));
    const at = (microseconds: bigint): string => `${clock(microseconds).replace(/\.?0+$/, '')}+00`;
    expect(found).toEqual(wanted('t', 'f', at));
  });

  it('does not take a lone text for the end of data', async () => {
    const one = schemaOf([['text', UTF8]]);
    const given = [['a'], ['\\.'], [''], ['\\..'], ['b']];
    const found = await loaded(server, 'postgresql', (path) => load(path, 'text text'), one, given);
    expect(found).toEqual(given);
  });
});

describe.skipIf(isMissing('mariadbd'))('MariaDB', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(() => server.stop());

  it('loads every text, null and time as it was', async () => {
    const found = await loaded(
      server,
      'mysql',
      (path) => `
SET NAMES utf8mb4; SET sql_mode = 'STRICT_ALL_TABLES'; SET time_zone = '+00:00';
CREATE TABLE t (id BIGINT, text LONGTEXT, price DECIMAL(20,2), paid BOOLEAN, at DATETIME(6)) CHARACTER SET utf8mb4;
LOAD DATA INFILE '${path}' INTO TABLE t CHARACTER SET utf8mb4 IGNORE 1 LINES;`,
    );
    expect(found).toEqual(wanted('1', '0', clock));
  });
});
