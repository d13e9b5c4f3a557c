// Small files that would become huge: refused with the limit that stopped them, soon, in bounded memory; gzip is tried beside its codec.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, deflateRawSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { crc32 } from '../kernels/crc32.ts';
import { expectReadable, memoryTarget, testEngine } from './engine.suite.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Of processor time, as the machine may have other things to do. */
const MOST_MS = 10_000;
const MOST_GROWTH_BYTES = 512 * 1024 * 1024;
const MiB = 1024 * 1024;

const engine = testEngine();
const folder = mkdtempSync(join(tmpdir(), 'bombs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Deflated data of a start and then the same 64 MiB over and over, which nobody had to unpack to make it. */
function deflated(start: string, filler: string, times: number): Uint8Array {
  const options = { finishFlush: constants.Z_FULL_FLUSH, level: 9 };
  const many = deflateRawSync(Buffer.alloc(64 * MiB, filler), options);
  return Buffer.concat([
    deflateRawSync(start, options),
    ...Array.from({ length: times }, () => many),
    deflateRawSync(''),
  ]);
}

interface Entry {
  name: string;
  packed: Uint8Array;
  size: number;
  sum: number;
}

const entry = (name: string, text: string): Entry => ({
  name,
  packed: deflateRawSync(text),
  size: text.length,
  sum: crc32(utf8(text)),
});

/** A zip of entries that are deflated already. */
function zipOf(entries: readonly Entry[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, packed, size, sum } of entries) {
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(sum, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(name.length, 22);
    const behind = Buffer.alloc(14);
    behind.writeUInt32LE(at, 10);
    pieces.push(Buffer.from('PK\u0003\u0004'), shared, Buffer.from(name), packed);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0'), shared, behind, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, listed, end]);
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function workbook(sheet: Entry, sharedStrings: Entry): Uint8Array {
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const relations = (...all: string[]): string => `<Relationships>${all.join('')}</Relationships>`;
  return zipOf([
    entry('_rels/.rels', relations(relation('a', 'officeDocument', 'xl/workbook.xml'))),
    entry(
      'xl/workbook.xml',
      `<workbook xmlns:r="${RELATIONS}"><sheets><sheet name="s" r:id="a"/></sheets></workbook>`,
    ),
    entry(
      'xl/_rels/workbook.xml.rels',
      relations(
        relation('a', 'worksheet', 'sheet.xml'),
        relation('b', 'sharedStrings', 'strings.xml'),
      ),
    ),
    { ...sheet, name: 'xl/sheet.xml' },
    { ...sharedStrings, name: 'xl/strings.xml' },
  ]);
}

const strings = entry('', '<sst><si><t>a</t></si></sst>');
const oneRow = entry(
  '',
  '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>',
);
const small = entry('', 'a\n1\n');
/** An entry of many times 64 MiB. */
const bombed = (start: string, filler: string, times = 16): Entry => ({
  name: '',
  packed: deflated(start, filler, times),
  size: times * 64 * MiB,
  sum: 0,
});

/** Frames of zstd: each block is one byte 131,072 times. */
function zstdBomb(): Uint8Array {
  const blocks = Buffer.alloc(4 * 8192);
  for (let at = 0; at < blocks.length; at += 4)
    blocks.writeUInt32LE(
      ((131_072 << 3) | 2 | Number(at + 4 === blocks.length)) + 97 * 2 ** 24,
      at,
    );
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3]), blocks]);
}

const parquet = new Map<string, Uint8Array>();
beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const codec of ['zstd', 'gzip']) {
    const path = join(folder, `${codec}.parquet`);
    await connection.run(
      `COPY (SELECT repeat('a', 40000000) AS t) TO '${path}' (FORMAT parquet, COMPRESSION ${codec})`,
    );
    parquet.set(codec, new Uint8Array(readFileSync(path)));
  }
  const path = join(folder, 'list.parquet');
  await connection.run(
    `COPY (SELECT list(NULL::INTEGER) AS l FROM range(17000000)) TO '${path}' (FORMAT parquet)`,
  );
  parquet.set('list', new Uint8Array(readFileSync(path)));
  connection.closeSync();
}, 60_000);

type Make = () => Uint8Array;
const bombs: [what: string, name: string, make: Make, code: RegExp | string][] = [
  [
    'brotli',
    'a.csv.br',
    () =>
      brotliCompressSync(Buffer.alloc(64 * MiB, 'a'), {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
      }),
    'read.unpack.too-large',
  ],
  ['zstd', 'a.csv.zst', zstdBomb, 'read.unpack.too-large'],
  [
    'zip with one large entry',
    'a.zip',
    () => zipOf([{ ...bombed('a,b\n', 'a'), name: 'a.csv' }]),
    /record-too-large$/,
  ],
  [
    'zip with very many entries',
    'a.zip',
    () => zipOf(Array.from({ length: 65_000 }, (_, i) => ({ ...small, name: `${i}.csv` }))),
    'read.files.choose',
  ],
  [
    'sheet with an endless tag',
    'a.xlsx',
    () => workbook(bombed('<worksheet><sheetData><row ', ' '), strings),
    /^read\.excel\.(row-too-large|empty-sheet)$/,
  ],
  [
    'sheet with an endless row',
    'a.xlsx',
    () => workbook(bombed('<worksheet><sheetData><row>', '<c><v>1</v></c>'), strings),
    /^read\.excel\./,
  ],
  [
    'endless list of shared texts',
    'a.xlsx',
    () => workbook(oneRow, bombed('<sst>', '<si/>')),
    'read.excel.texts-too-large',
  ],
  [
    'endless shared text',
    'a.xlsx',
    () => workbook(oneRow, bombed('<sst><si><t>', 'a')),
    'read.excel.row-too-large',
  ],
  ['page of zstd', 'a.parquet', () => parquet.get('zstd')!, 'read.unpack.too-large'],
  ['page of gzip', 'a.parquet', () => parquet.get('gzip')!, 'read.unpack.too-large'],
  ['list of 17,000,000 nulls', 'a.parquet', () => parquet.get('list')!, 'read.parquet.corrupt'],
  ['deep JSON', 'a.json', () => utf8(`[${'{"a":['.repeat(2_000_000)}`), /^read\.json\./],
  ['deep NDJSON', 'a.ndjson', () => utf8(`{"a":${'['.repeat(4_000_000)}\n`), /^read\.json\./],
  [
    'JSON of very many keys',
    'a.json',
    () => utf8(`[{${Array.from({ length: 150_000 }, (_, i) => `"k${i}":1`).join(',')}}]`),
    /^read\./,
  ],
  ['deep XML', 'a.xml', () => utf8('<a>'.repeat(4_000_000)), /^read\.xml\./],
  [
    'XML of very many names',
    'a.xml',
    () =>
      utf8(
        `<a><b>${Array.from({ length: 150_000 }, (_, i) => `<k${i}>1</k${i}>`).join('')}</b></a>`,
      ),
    /^read\./,
  ],
  [
    'XML of entities of entities',
    'a.xml',
    () => utf8('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
    'read.xml.entities',
  ],
];

it.each(bombs)('%s', async (what, name, make, code) => {
  const bytes = make();
  const before = process.memoryUsage.rss();
  const peakBefore = process.resourceUsage().maxRSS * 1024;
  const usedBefore = process.cpuUsage();
  const config: ExportConfig = createConfig({
    source: { kind: 'auto', from: { binding: 'in' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  // As told to somebody who has less, so that they need not be made so large.
  if (/^(endless list|page)/.test(what)) config.limits.memoryBytes = 32 * MiB;
  const target = memoryTarget();
  const { report } = await engine.run(config, {
    bytes: { in: new File([bytes as BlobPart], name) },
    targets: { output: target },
  });
  const { user, system } = process.cpuUsage(usedBefore);
  const tookMs = (user + system) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  expect(report.error?.code).toMatch(code);
  expectReadable(report.error!);
  expect(target.files.size).toBe(0);
  expect(tookMs).toBeLessThan(MOST_MS);
  if (peak > peakBefore) expect(peak - before).toBeLessThan(MOST_GROWTH_BYTES);
});
