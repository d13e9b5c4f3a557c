// What goes in comes out: random and naughty tables through the whole engine, read back by others and by itself.
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, it, vi } from 'vitest';
import { createConfig, type ExportConfig, type OutputConfig } from '../contract/config.ts';
import type { RowsBinding } from '../contract/bindings.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { UTF8 } from '../table/data-type.ts';
import { naughtyStrings } from '../formats/format.suite.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { chunkedBytes, memoryTarget, testEngine } from './engine.suite.ts';

vi.setConfig({ testTimeout: 60_000 });

const engine = testEngine();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf8Of = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** Half characters have no bytes in any charset. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

type Parts = Partial<Parameters<typeof createConfig>[0]>;
type Cell = string | null;

const configOf = (parts: Parts): ExportConfig =>
  createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: { formulaGuard: false } },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });

const bindingsOf = (input: Uint8Array | OpenedBytes | RowsBinding) => ({
  ...('schema' in input
    ? { rows: { input } }
    : {
        bytes: {
          input:
            'open' in input
              ? (input as unknown as Blob)
              : (new File([input as BlobPart], 'table.csv') as Blob),
        },
      }),
  clock: () => Date.UTC(2026, 0, 2, 3, 4, 5),
  jobId: '0123456789',
});

async function runIt(input: Uint8Array | OpenedBytes | RowsBinding, parts: Parts) {
  const target = memoryTarget();
  const { report } = await engine.run(configOf(parts), {
    ...bindingsOf(input),
    targets: { output: target },
  });
  return { report, files: target.files, bytes: [...target.files.values()][0]! };
}

async function bytesOf(
  input: Uint8Array | OpenedBytes | RowsBinding,
  parts: Parts,
): Promise<Uint8Array> {
  const { report, bytes } = await runIt(input, parts);
  expect(report.error).toBeNull();
  expect(report.audit.balances).toBe(true);
  return bytes;
}

/** CSV by the plainest rules: text always in quotes, null never. */
const plainCsv = (names: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [names, ...rows]
    .map((row) => row.map((v) => (v === null ? '' : `"${v.replaceAll('"', '""')}"`)).join(','))
    .join('\n') + '\n';

const charset = (given: Partial<OutputConfig['charset']>): Partial<OutputConfig> => ({
  charset: { id: 'utf-8', bom: false, onLoss: 'fail', replacement: '?', ...given },
});

const step = (kind: string, options: Record<string, unknown>) => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

const naughty = naughtyStrings();

describe.skipIf(naughty === null)('naughty strings', () => {
  const strings = (naughty ?? []).map(wellFormed);
  const names = ['text', ...strings.slice(0, 499)];
  const rows = strings.map((text, i) => [text, String(i), strings[strings.length - 1 - i]!]);
  const values = utf8(plainCsv(['text', 'n', 'back'], rows));
  const tagged = names.map((name) => `v ${name}`);
  const asNames = utf8(plainCsv(names, [tagged]));
  const source = {
    kind: 'csv',
    from: { binding: 'input' },
    options: { header: 'present', delimiter: ',', skipLines: 0, skipLastLines: 0 },
  };

  const parsed = (text: string): string[][] =>
    Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data.slice(0, -1);

  it.each([
    ['preserve', ''],
    ['minimal', ''],
    ['all', ''],
  ])('to csv with quotes %s, as values and as names', async (quotes) => {
    const format = { id: 'csv', options: { formulaGuard: false, quotes } };
    expect(parsed(utf8Of(await bytesOf(values, { format })))).toEqual([
      ['text', 'n', 'back'],
      ...rows,
    ]);
    expect(parsed(utf8Of(await bytesOf(asNames, { source, format })))).toEqual([names, tagged]);
  });

  it('to csv with the guard: a ’ before formulas and nothing else', async () => {
    const out = parsed(utf8Of(await bytesOf(values, { format: { id: 'csv', options: {} } })));
    for (const [i, row] of out.slice(1).entries())
      for (const c of [0, 2]) expect([rows[i]![c], `'${rows[i]![c]}`]).toContain(row[c]);
  });

  it('to ndjson and json', async () => {
    const records = rows.map(([text, n, back]) => ({ text, n: Number(n), back }));
    const lines = utf8Of(await bytesOf(values, { format: { id: 'ndjson', options: {} } }));
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(records);
    for (const prettyPrint of [false, true]) {
      const format = { id: 'json', options: { rootKey: '', prettyPrint } };
      expect(JSON.parse(utf8Of(await bytesOf(values, { format })))).toEqual(records);
    }
    const arrays = { id: 'json', options: { rootKey: '', shape: 'arrays' } };
    expect(JSON.parse(utf8Of(await bytesOf(asNames, { source, format: arrays })))).toEqual([
      names,
      tagged,
    ]);
  });

  it('to UTF-16 and with marks', async () => {
    for (const id of ['utf-16le', 'utf-16be', 'utf-8'])
      for (const bom of [false, true]) {
        const bytes = await bytesOf(values, { output: charset({ id, bom }) });
        // Readers take a mark off, and no mark must mean none.
        const text = new TextDecoder(id, { fatal: true, ignoreBOM: true }).decode(bytes);
        expect(text.startsWith('\ufeff')).toBe(bom);
        expect(parsed(bom ? text.slice(1) : text)).toEqual([['text', 'n', 'back'], ...rows]);
      }
  });

  it('to Windows-1252 by every policy', async () => {
    // Written out: the decoder of Node 20 takes Windows-1252 for Latin-1.
    const upper = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';
    const characters = Array.from({ length: 256 }, (_, byte) =>
      byte >= 0x80 && byte < 0xa0 && upper[byte - 0x80] !== '\0'
        ? upper[byte - 0x80]!
        : String.fromCharCode(byte),
    );
    const known = new Set(characters);
    const decode = (bytes: Uint8Array): string =>
      Array.from(bytes, (byte) => characters[byte]!).join('');
    const output = (onLoss: OutputConfig['charset']['onLoss']) =>
      charset({ id: 'windows-1252', onLoss });
    const failed = await runIt(values, { output: output('fail') });
    expect(failed.report.error?.code).toBe('encode.charset-loss');
    expect(failed.files.size).toBe(0);

    let lost = 0;
    const replaced = (text: string): string =>
      [...text].map((c) => (known.has(c) ? c : (lost++, '?'))).join('');
    const wanted = rows.map((row) => row.map(replaced));
    const { report, bytes } = await runIt(values, { output: output('replace') });
    expect(parsed(decode(bytes)).slice(1)).toEqual(wanted);
    expect(report.losses).toMatchObject([{ code: 'charset.replaced', count: lost }]);

    const similar = parsed(decode(await bytesOf(values, { output: output('transliterate') })));
    expect(similar).toHaveLength(rows.length + 1);
    for (const [i, row] of similar.slice(1).entries())
      if ([...rows[i]![0]!].every((c) => known.has(c))) expect(row[0]).toBe(rows[i]![0]);

    const escaped = await bytesOf(values, {
      output: output('escape'),
      format: { id: 'ndjson', options: {} },
    });
    expect(
      decode(escaped)
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { text: string }).text),
    ).toEqual(rows.map(([text]) => text));
    const refused = await runIt(values, { output: output('escape') });
    expect(refused.report.error?.code).toBe('config.conflict');
  });

  it('in a zip and in gzip', async () => {
    const plain = await bytesOf(values, {});
    const zip = unzipSync(
      await bytesOf(values, { output: { archive: { id: 'zip', options: {} } } }),
    );
    expect(Object.keys(zip)).toEqual(['table.csv']);
    expect(Buffer.compare(zip['table.csv']!, plain)).toBe(0);
    const packed = await bytesOf(values, { output: { compression: { id: 'gzip', options: {} } } });
    expect(Buffer.compare(gunzipSync(packed), plain)).toBe(0);
  });

  it('as the name of the output', async () => {
    for (const name of strings.filter((_, i) => i % 7 === 0)) {
      const parts = { name, output: { archive: { id: 'zip', options: {} } } };
      const { report } = await runIt(utf8('a\n1\n'), parts);
      expect(report.error).toBeNull();
      for (const file of [report.files[0]!, ...report.files[0]!.entries!]) {
        expect(file.name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cs}]|^\.|[. ]$/u);
        expect(Buffer.byteLength(file.name)).toBeLessThanOrEqual(255);
      }
    }
  });
});

const SPECIAL = [
  ',',
  ';',
  '\t',
  '|',
  '"',
  "'",
  '\\',
  '\n',
  '\r',
  ' ',
  '#',
  'NULL',
  '\\N',
  '\ufeff',
];
const piece = fc.oneof(
  fc.constantFrom(...SPECIAL),
  fc.string({ unit: 'grapheme-composite', maxLength: 3 }),
  fc.constantFrom('0', '007', '1.10', '-5', 'true', '2026-01-02', 'é', '€', '日', '😀'),
);
const text = fc
  .array(piece, { maxLength: 4 })
  .map((pieces) => wellFormed(pieces.join('').replaceAll('\0', '')));
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 5, arbitrary: text },
);
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    names: fc.array(text, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }),
  }),
);

const asRows = ({ names, rows }: { names: string[]; rows: Cell[][] }): RowsBinding => {
  const schema = schemaOf(names.map((name) => [name, UTF8]));
  return {
    name: 'table',
    schema,
    rowCount: rows.length,
    once: false,
    async *open() {
      yield batchOf(schema, rows);
    },
  };
};

/** Cells as our own csv source reads them. */
async function readBack(
  bytes: Uint8Array | OpenedBytes,
  width: number,
  options: Record<string, unknown>,
  id = 'auto',
): Promise<{ names: string[]; rows: Cell[][] }> {
  const columns = Array.from({ length: width }, (_, i) => ({
    column: { name: `column${i + 1}` },
    type: 'utf8',
  }));
  const out = await bytesOf(bytes, {
    source: {
      kind: 'csv',
      from: { binding: 'input' },
      charset: { id, onInvalid: 'fail' },
      options: { ...options, header: 'absent' },
      columns,
    },
    format: { id: 'json', options: { rootKey: '', shape: 'arrays' } },
  });
  const [, header, ...rows] = JSON.parse(utf8Of(out)) as Cell[][];
  return { names: header!.map((name) => name ?? ''), rows };
}

describe('csv read back by our own source', () => {
  const dialect = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', '~'),
    quoteChar: fc.constantFrom('"', "'"),
    backslash: fc.boolean(),
    quotes: fc.constantFrom(
      'preserve',
      'minimal',
      'strings',
      'non-numeric',
      'non-null',
      'all',
      'none',
    ),
    lineTerminator: fc.constantFrom('lf', 'crlf'),
    nullText: fc.constantFrom('', 'NULL', '\\N'),
    charset: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
    bom: fc.boolean(),
    fromText: fc.boolean(),
  });

  it('has the same cells, null and empty text apart, whatever the dialect', async () => {
    await fc.assert(
      fc.asyncProperty(table, dialect, async (given, d) => {
        const isBare = d.quotes === 'none';
        // Without quotes, only a text for null that cannot stand for itself tells the two apart.
        const nullText = isBare ? '\\N' : d.nullText;
        const escape = isBare || d.backslash ? '\\' : '"';
        const names = given.names.map((name) =>
          isBare && name.startsWith('\ufeff') ? `x${name}` : name,
        );
        // An escaped CR before a LF reads as an escaped line break: the one thing that spelling cannot tell apart.
        fc.pre(
          !isBare ||
            d.lineTerminator === 'crlf' ||
            ![names, ...given.rows].some((row) => row.at(-1)?.endsWith('\r') === true),
        );
        const input = d.fromText
          ? utf8(plainCsv(names, given.rows))
          : asRows({ names, rows: given.rows });
        const source = d.fromText
          ? {
              kind: 'csv',
              from: { binding: 'input' },
              options: {
                header: 'present',
                delimiter: ',',
                quote: '"',
                escape: null,
                comment: null,
                lineEnd: 'lf',
                skipLines: 0,
                skipLastLines: 0,
              },
            }
          : { kind: 'rows', from: { binding: 'input' } };
        const { report, bytes } = await runIt(input, {
          source,
          format: {
            id: 'csv',
            options: {
              formulaGuard: false,
              delimiter: d.delimiter,
              quoteChar: d.quoteChar,
              escape,
              quotes: d.quotes,
              lineTerminator: d.lineTerminator,
              nullText,
              onUnquotable: isBare ? 'escape' : 'fail',
            },
          },
          output: charset({ id: d.charset, bom: d.bom }),
        });
        expect(report.error).toBeNull();
        const isLossless = report.losses.every((loss) => loss.code !== 'csv.null-as-empty');
        const back = await readBack(
          bytes,
          names.length,
          {
            delimiter: d.delimiter,
            quote: d.quoteChar,
            escape: escape === '\\' ? '\\' : null,
            comment: null,
            nullText,
            lineEnd: 'lf',
            skipLines: 0,
            skipLastLines: 0,
          },
          d.charset,
        );
        // In quotes a null is the text that stands for it.
        const ofNull = d.quotes === 'all' ? nullText : isLossless ? null : '';
        const wanted = given.rows.map((row) => row.map((value) => value ?? ofNull));
        expect(back).toEqual({ names, rows: wanted });
      }),
      { numRuns: 300 },
    );
  });

  it('never depends on how the bytes arrive', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    const packing = fc.constantFrom('none', 'gzip', 'utf-16');
    await fc.assert(
      fc.asyncProperty(table, sizes, packing, fc.boolean(), async (given, chunks, packed, once) => {
        const csv = plainCsv(given.names, given.rows);
        const bytes =
          packed === 'gzip'
            ? new Uint8Array(gzipSync(csv))
            : packed === 'utf-16'
              ? new Uint8Array(Buffer.from(`\ufeff${csv}`, 'utf16le'))
              : utf8(csv);
        const format = { id: 'json', options: { includeMetadata: true } };
        const whole = await runIt(chunkedBytes('table.csv', bytes, [1e9]), { format });
        const inPieces = await runIt(chunkedBytes('table.csv', bytes, chunks, once), { format });
        expect(inPieces.report.error).toEqual(whole.report.error);
        expect(inPieces.bytes).toEqual(whole.bytes);
        expect(inPieces.report.ledger).toEqual(whole.report.ledger);
        expect(inPieces.report.columns).toEqual(whole.report.columns);
      }),
      { numRuns: 120 },
    );
  });

  it('also where the file is larger than the sample and a block', async () => {
    const rows = Array.from({ length: 90_000 }, (_, i) => [
      String(i),
      i % 9 ? `tëxt,${i}` : null,
      i % 5 ? 'x\ny' : '',
    ]);
    const csv = utf8(plainCsv(['id', 'text', 'more'], rows));
    expect(csv.length).toBeGreaterThan(2 << 20);
    const whole = await bytesOf(csv, { format: { id: 'ndjson', options: {} } });
    for (const sizes of [[1 << 20], [65_536, 7], [999_983]])
      expect(
        Buffer.compare(
          whole,
          await bytesOf(chunkedBytes('table.csv', csv, sizes), {
            format: { id: 'ndjson', options: {} },
          }),
        ),
      ).toBe(0);
    const read = utf8Of(whole)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(read.map(({ id, text: t, more }) => [String(id), t, more])).toEqual(rows);
  });
});

describe('columns whose type the user set', () => {
  const types = [
    'int8',
    'int64',
    'uint64',
    'float64',
    'decimal(5,2)',
    'decimal(38,0)',
    'bool',
    'date',
    'time(s)',
    'timestamp(ms)',
    'timestamp(us, UTC)',
    'json',
    'utf8',
  ];
  const number = fc
    .tuple(
      fc.constantFrom('', '-', '+', '+-', '--'),
      fc.constantFrom(
        '0',
        '7',
        '00',
        '012',
        '127',
        '128',
        '99999',
        '9223372036854775808',
        '1e400',
        '',
      ),
      fc.constantFrom('', '.', '.5', '.500', '.123456789', 'e5', 'E-3', 'e', ' '),
    )
    .map((parts) => parts.join(''));
  const other = fc.constantFrom(
    'true',
    'FALSE',
    't',
    '2026-02-29',
    '2024-02-29',
    '2024-02-29T25:00',
    '12:30',
    '12:30:61',
    '2024-02-29 12:30',
    '2024-02-29T12:30:00.1234567Z',
    '2024-02-29T12:30+0130',
    '{"a":[1,2]}',
    '[1,',
    'null',
    'NaN',
    'Infinity',
    '-inf',
    '',
    '\u0661',
    '\u2212 5',
  );

  it('reject what does not fit, write the rest as valid JSON, and never fail later', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.array(fc.oneof(number, other), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('iso', 'unix'),
        async (type, values, dateFormat) => {
          const source = {
            kind: 'csv',
            from: { binding: 'input' },
            options: { header: 'present', delimiter: ',', skipLines: 0, skipLastLines: 0 },
            columns: [{ column: { name: 'v' }, type }],
          };
          const csv = utf8(
            plainCsv(
              ['v', 'text'],
              values.map((value) => [value, value]),
            ),
          );
          const format = { id: 'ndjson', options: { dateFormat } };
          const { report, bytes } = await runIt(csv, { source, format });
          expect(report.error).toBeNull();
          expect(report.audit).toMatchObject({ rowsIn: values.length, balances: true });
          const lines = utf8Of(bytes).split('\n').slice(0, -1);
          for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
          expect(lines).toHaveLength(values.length - report.audit.rejected);
          // The same rows come out of every format.
          const asCsv = await runIt(csv, { source });
          expect(asCsv.report.audit.rowsOut).toBe(lines.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the audit equation', () => {
  const file = fc.array(
    fc.record({ n: fc.integer({ min: 0, max: 9 }), width: fc.constantFrom(1, 2, 3, 3, 3, 3, 4) }),
    { maxLength: 40 },
  );
  const steps = fc.record({
    atLeast: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
    limit: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    offset: fc.integer({ min: 0, max: 5 }),
    limitsFirst: fc.boolean(),
    select: fc.boolean(),
    split: fc.option(fc.integer({ min: 1, max: 7 }), { nil: null }),
    zip: fc.boolean(),
    policy: fc.constantFrom('reject', 'pad', 'fit'),
    format: fc.constantFrom('csv', 'ndjson', 'json'),
  });

  it('balances with the very numbers of a count by hand', async () => {
    await fc.assert(
      fc.asyncProperty(file, steps, async (lines, s) => {
        const csv =
          [
            'id,n,x',
            ...lines.map(({ n, width }, i) => [`r${i}`, n, 'x', 'y'].slice(0, width).join(',')),
          ].join('\n') + '\n';
        const isRejected = (width: number): boolean =>
          s.policy === 'reject' ? width !== 3 : s.policy === 'pad' && width > 3;
        const kept = lines
          .filter(({ width }) => !isRejected(width))
          .map(({ n, width }) => (width > 1 ? n : null));
        const where = (values: (number | null)[]) =>
          s.atLeast === null ? values : values.filter((n) => n !== null && n >= s.atLeast!);
        const cut = (values: (number | null)[]) =>
          values.slice(s.offset, s.limit === null ? undefined : s.offset + s.limit);
        const wanted = s.limitsFirst ? where(cut(kept)) : cut(where(kept));
        const filter = step('filter', { where: s.atLeast === null ? '' : `n >= ${s.atLeast}` });
        const limit = step('limit', { limit: s.limit, offset: s.offset });
        const { report, files } = await runIt(utf8(csv), {
          source: {
            kind: 'csv',
            from: { binding: 'input' },
            options: {
              header: 'present',
              delimiter: ',',
              skipLines: 0,
              skipLastLines: 0,
              raggedRows: s.policy,
            },
            columns: [{ column: { name: 'n' }, type: 'int64' }],
          },
          steps: [
            ...(s.limitsFirst ? [limit, filter] : [filter, limit]),
            ...(s.select ? [step('select', { include: ['n', 'id'] })] : []),
          ],
          format: { id: s.format, options: s.format === 'json' ? { rootKey: '' } : {} },
          output: {
            split: s.split === null ? null : { rows: s.split },
            archive: s.zip ? { id: 'zip', options: {} } : null,
          },
        });
        expect(report.error).toBeNull();
        const isUnread = s.limit === 0;
        const rejected = lines.filter(({ width }) => isRejected(width)).length;
        expect(report.audit).toEqual({
          rowsIn: isUnread ? 0 : lines.length,
          rowsOut: wanted.length,
          filtered: isUnread ? 0 : kept.length - wanted.length,
          rejected: isUnread ? 0 : rejected,
          merged: 0,
          added: 0,
          balances: true,
        });
        expect(report.rejects.count).toBe(report.audit.rejected);
        const entries = report.files.flatMap((f) => f.entries ?? [f]);
        const parts = s.split === null ? 1 : Math.max(1, Math.ceil(wanted.length / s.split));
        expect(entries).toHaveLength(parts);
        expect(entries.reduce((sum, entry) => sum + entry.rows, 0)).toBe(wanted.length);
        if (s.split !== null)
          for (const entry of entries) expect(entry.rows).toBeLessThanOrEqual(s.split);
        const texts = (
          s.zip ? Object.values(unzipSync([...files.values()][0]!)) : [...files.values()]
        ).map(utf8Of);
        const found = texts.flatMap((content) => {
          if (s.format === 'json')
            return (JSON.parse(content) as { n: number | null }[]).map(({ n }) => n);
          if (s.format === 'ndjson')
            return content
              .split('\n')
              .slice(0, -1)
              .map((line) => (JSON.parse(line) as { n: number | null }).n);
          const at = s.select ? 0 : 1;
          return content
            .split('\n')
            .slice(1, -1)
            .map((line) => line.split(',')[at]!)
            .map((n) => (n === '' ? null : Number(n)));
        });
        expect(found).toEqual(wanted);
      }),
      { numRuns: 250 },
    );
  });
});

describe('preview and check', () => {
  const FORMATS = [
    ['csv', { formulaGuard: true }],
    ['csv', { quotes: 'all', lineTerminator: 'crlf', nullText: 'NULL', headers: false }],
    ['ndjson', {}],
    ['ndjson', { shape: 'arrays', nullHandling: 'empty' }],
    ['json', { includeMetadata: true }],
    ['json', { rootKey: '', prettyPrint: true }],
  ] as const;

  it('show the real first bytes, columns and names, for every format', async () => {
    const limits = fc.record({
      rows: fc.integer({ min: 1, max: 12 }),
      bytes: fc.integer({ min: 0, max: 400 }),
    });
    const ways = fc.record({
      format: fc.constantFrom(...FORMATS),
      charset: fc.constantFrom('utf-8', 'utf-16le', 'windows-1252'),
      bom: fc.boolean(),
      split: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
      pack: fc.constantFrom(null, 'zip', 'gzip'),
      limit: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
      select: fc.boolean(),
      chunk: fc.integer({ min: 1, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(table, ways, limits, async (given, w, most) => {
        const [id, options] = w.format;
        const parts: Parts = {
          source: {
            kind: 'csv',
            from: { binding: 'input' },
            options: { header: 'present', delimiter: ',', skipLines: 0, skipLastLines: 0 },
          },
          format: { id, options },
          steps: [
            step('limit', { limit: w.limit }),
            step('select', w.select ? { order: [{ name: given.names.at(-1)!, nth: 0 }] } : {}),
          ],
          output: {
            ...charset({
              id: w.charset,
              bom: w.bom && w.charset !== 'windows-1252',
              onLoss: 'replace',
            }),
            split: w.split === null ? null : { rows: w.split },
            archive: w.pack === 'zip' ? { id: 'zip', options: {} } : null,
            compression: w.pack === 'gzip' ? { id: 'gzip', options: {} } : null,
          },
        };
        const bytes = chunkedBytes('table.csv', utf8(plainCsv(given.names, given.rows)), [w.chunk]);
        const { report, files } = await runIt(bytes, parts);
        const shown = await engine.preview(configOf(parts), bindingsOf(bytes), most);
        const checked = await engine.check(configOf(parts), bindingsOf(bytes));
        expect(shown.error).toEqual(report.error);
        expect(report.error).toBeNull();
        const first = [...files.values()][0]!;
        const real =
          w.pack === 'zip'
            ? Object.values(unzipSync(first))[0]!
            : w.pack === 'gzip'
              ? new Uint8Array(gunzipSync(first))
              : first;
        expect(Buffer.from(shown.head)).toEqual(Buffer.from(real.subarray(0, shown.head.length)));
        if (shown.isWhole) expect(shown.head.length).toBe(real.length);
        expect(shown.rows.length).toBe(shown.rowsOut);
        expect(shown.rowsOut).toBe(Math.min(most.rows, w.split ?? Infinity, report.audit.rowsOut));
        // All of a small output is shown, also when a step ends it.
        if (
          report.audit.rowsOut < Math.min(most.rows, w.split ?? Infinity) &&
          real.length < most.bytes / 4
        )
          expect(shown.isWhole).toBe(true);
        const columns = report.columns.map(({ name, type }) => ({ name, type }));
        expect(shown.columns).toEqual(columns);
        expect(checked.columns).toEqual(columns);
        expect(checked.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
        expect(checked.fileNames[0]).toBe(report.files[0]!.name);
      }),
      { numRuns: 250 },
    );
  });

  it('read a column as text where the run does', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${'1'.repeat(50_000)},${i === 29 ? 'no' : i}`,
    );
    const csv = utf8(`long,n\n${rows.join('\n')}\n`);
    const parts = { format: { id: 'ndjson', options: {} } };
    const { report, bytes } = await runIt(csv, parts);
    expect(report.retyped.map(({ column }) => column)).toContain('n');
    const shown = await engine.preview(configOf(parts), bindingsOf(csv), {
      rows: 100,
      bytes: 1 << 22,
    });
    expect(shown.isWhole).toBe(true);
    expect(Buffer.compare(shown.head, bytes)).toBe(0);
    expect(shown.columns).toEqual(report.columns.map(({ name, type }) => ({ name, type })));
  });
});
