// What every format must hold, run over the whole registry: identity through an independent reader, cuts that never matter,
// pure encoders, edges of every type, hostile names and values, and options that do what they are declared for.
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { OptionField } from '../contract/options.ts';
import type {
  EncodedTable,
  EncoderContext,
  EncoderRoom,
  Segment,
  Segments,
} from '../contract/encoder.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import type { Loss } from '../contract/report.ts';
import { type Batch, selectedCount, sliceSelected } from '../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { type DataType, type Schema, UTF8 } from '../table/data-type.ts';
import { memoryScratch } from '../engine/scratch.ts';
import { textBlockOf } from '../table/text-block.ts';
import type { Cell } from './judge.suite.ts';
import { judged, judgeOf } from './judges.suite.ts';

type Options = Record<string, unknown>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A whole output: its bytes, losses, and the rows that the encoder says it wrote. */
export interface Encoded {
  bytes: Uint8Array;
  /** Of a package: its parts, of which `bytes` is the zip. */
  parts: Map<string, Uint8Array> | null;
  /** Of a text format; the bytes (of all parts) as Latin-1 letters of any other, so that outputs are easily compared. */
  text: string;
  /** The text of further files, after each other. */
  beside: string;
  losses: Loss[];
  rowCount: number;
}

/** A table of several in one file. */
export interface SuiteTable extends EncodedTable {
  batches: readonly Batch[];
}

/** An encoder's context with checked options. */
function contextOf(
  card: FormatCard,
  values: Options,
  tables: readonly EncodedTable[],
  startedAtMs = 1_700_000_000_000,
): EncoderContext<unknown> {
  const parsed = card.options.parse(values);
  if (parsed.issues) throw new Error(JSON.stringify(parsed.issues));
  return {
    options: parsed.value,
    schema: tables[0]!.schema,
    ...(tables.length > 1 && { tables }),
    name: 'data',
    timeZone: 'UTC',
    charset: { id: 'utf-8', bom: false },
    startedAtMs,
    sourceName: 'source.csv',
    part: 0,
  };
}

/** Opens an encoder of a format with checked options. */
export async function openFormat(card: FormatCard, values: Options, schema: Schema) {
  const context = contextOf(card, values, [{ name: 'data', schema }]);
  return (await card.load()).openEncoder(context);
}

/** Encodes batches as one file. */
export function encodeAll(
  card: FormatCard,
  values: Options,
  schema: Schema,
  batches: readonly Batch[],
): Promise<Encoded> {
  return encodeTables(card, values, [{ name: 'data', schema, batches }]);
}

/** Each segment alone must be whole characters. */
function textOf(segments: readonly Segment[]): string {
  return segments.map(({ bytes }) => decoder.decode(bytes)).join('');
}

/** The parts of a package as it stands in a file. */
export function partsOf(segments: readonly Segment[]): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array[]>();
  let current: Uint8Array[] = [];
  for (const { part, bytes } of segments) {
    if (part !== undefined) {
      expect(parts.has(part), part).toBe(false);
      current = [];
      parts.set(part, current);
    }
    current.push(bytes);
  }
  return new Map(Array.from(parts, ([name, pieces]) => [name, Buffer.concat(pieces)]));
}

/** What an encoder is told of the first rows of a table. */
export async function lookAt(
  card: FormatCard,
  context: EncoderContext<unknown>,
  table: number,
  batches: readonly Batch[],
): Promise<unknown> {
  const { lookAhead } = await card.load();
  let left = lookAhead?.rows(context.options) ?? 0;
  if (lookAhead === undefined || left === 0) return undefined;
  const heads = batches.map((batch) => {
    const head = sliceSelected(batch, 0, left);
    left -= selectedCount(head);
    return head;
  });
  return lookAhead.look(context, table, heads);
}

/** Encodes the batches of several tables as one file. */
export async function encodeTables(
  card: FormatCard,
  values: Options,
  tables: readonly SuiteTable[],
  scratch = memoryScratch(2 ** 28),
  openFile: EncoderRoom['openFile'] = () =>
    Promise.reject(new ExportError('config.binding-missing', { binding: 'none' })),
  startedAtMs?: number,
): Promise<Encoded> {
  const context = contextOf(card, values, tables, startedAtMs);
  const module = await card.load();
  const stream =
    module.openStream?.(context, {
      scratch,
      limits: DEFAULT_LIMITS,
      openFile,
      secret: (id) => `the secret ${id}`,
    }) ?? null;
  const encoder = stream ?? module.openEncoder(context);
  const segments: Segment[] = [];
  const take = async (made: Segments): Promise<void> => {
    for await (const segment of made) segments.push(segment);
  };
  const isMany = tables.length > 1;
  let ahead = isMany ? undefined : await lookAt(card, context, 0, tables[0]!.batches);
  await take(encoder.begin(ahead));
  const losses: Loss[] = [];
  let rowCount = 0;
  for (const [table, { batches }] of tables.entries()) {
    if (isMany) {
      ahead = await lookAt(card, context, table, batches);
      await take(encoder.beginTable?.(table, ahead) ?? []);
    }
    const before = rowCount;
    let given = 0;
    for (const batch of batches) {
      const at = { firstRow: given, isFirst: given === 0, ahead, ...(table > 0 && { table }) };
      const encoded = await encoder.encodeBatch(batch, at);
      given += selectedCount(batch);
      rowCount += encoded.rowCount ?? selectedCount(batch);
      segments.push(...encoded.segments);
      losses.push(...encoded.losses);
    }
    if (isMany) await take(encoder.endTable?.(table, { rowCount: rowCount - before }) ?? []);
  }
  await take(encoder.end({ rowCount }));
  await stream?.close();
  // What the card does not name, no page can explain or offer a way out of.
  for (const { code } of losses)
    if (!card.losses.some((loss) => loss.code === code))
      throw new Error(`the card of ${card.id} does not name its loss ${code}`);
  const next = segments.findIndex(({ entry }) => entry !== undefined);
  const own = next < 0 ? segments : segments.slice(0, next);
  const bytes = Buffer.concat(own.map((segment) => segment.bytes));
  const parts = card.container === undefined ? null : partsOf(own);
  return {
    bytes: parts === null ? bytes : zipSync(Object.fromEntries(parts), { level: 0 }),
    parts,
    text: card.isText ? textOf(own) : bytes.toString('latin1'),
    beside: textOf(segments.slice(own.length)),
    losses,
    rowCount,
  };
}

/** A text batch as a delimited source hands it over. */
export function textBatch(
  schema: Schema,
  rows: readonly (readonly Cell[])[],
  spelling: Parameters<typeof textBlockOf>[2] = {},
): Batch {
  const block = textBlockOf(rows, schema.fields.length, spelling);
  const columns = schema.fields.map((_field, index) => ({ storage: 'text' as const, index }));
  return { schema, rowCount: rows.length, selection: null, columns, block };
}

/** Public strings that break programs; null where the collection is missing. */
export function naughtyStrings(): string[] | null {
  const path = new URL('../../../shared/corpora/naughty-strings/blns.json', import.meta.url);
  if (!existsSync(path)) return null;
  return (JSON.parse(readFileSync(path, 'utf8')) as string[]).map((s) =>
    decoder.decode(new TextEncoder().encode(s)),
  );
}

/** A value of each type at its edges: as built, as text in a cell, as JSON. */
const EDGES: readonly (readonly [DataType, readonly (readonly [Value, string, string])[]])[] = [
  [
    { kind: 'bool' },
    [
      [true, 'true', 'true'],
      [false, 'false', 'false'],
    ],
  ],
  [
    { kind: 'int', bits: 8, signed: true },
    [
      [-128, '-128', '-128'],
      [127, '127', '127'],
    ],
  ],
  [{ kind: 'int', bits: 16, signed: false }, [[65535, '65535', '65535']]],
  [{ kind: 'int', bits: 32, signed: true }, [[-2147483648, '-2147483648', '-2147483648']]],
  [
    { kind: 'int', bits: 64, signed: true },
    [
      [-(2n ** 63n), '-9223372036854775808', '-9223372036854775808'],
      [2n ** 63n - 1n, '9223372036854775807', '9223372036854775807'],
      [0n, '0', '0'],
    ],
  ],
  [
    { kind: 'int', bits: 64, signed: false },
    [[2n ** 64n - 1n, '18446744073709551615', '18446744073709551615']],
  ],
  [
    { kind: 'float', bits: 64 },
    [
      [0.1, '0.1', '0.1'],
      [-0, '-0', '-0'],
      [5e-324, '5e-324', '5e-324'],
      [1.7976931348623157e308, '1.7976931348623157e+308', '1.7976931348623157e+308'],
      [1e21, '1e+21', '1e+21'],
      [NaN, 'NaN', 'null'],
      [-Infinity, '-Infinity', 'null'],
    ],
  ],
  [
    { kind: 'float', bits: 32 },
    [
      [Math.fround(0.1), '0.1', '0.1'],
      [Math.fround(3.4028234663852886e38), '3.4028235e+38', '3.4028235e+38'],
      [16777217, '16777216', '16777216'],
    ],
  ],
  [
    { kind: 'decimal', precision: 38, scale: 2 },
    [
      [-5n, '-0.05', '-0.05'],
      [10n ** 38n - 1n, `${'9'.repeat(36)}.99`, `${'9'.repeat(36)}.99`],
      [-(10n ** 38n) + 1n, `-${'9'.repeat(36)}.99`, `-${'9'.repeat(36)}.99`],
      [1250n, '12.50', '12.50'],
    ],
  ],
  [{ kind: 'decimal', precision: 5, scale: 0 }, [[-12345n, '-12345', '-12345']]],
  [
    UTF8,
    [
      ['', '', '""'],
      [
        'a,"b"\r\n\t\\\u0000\u001f',
        'a,"b"\r\n\t\\\u0000\u001f',
        '"a,\\"b\\"\\r\\n\\t\\\\\\u0000\\u001f"',
      ],
      ['\u2028😀é', '\u2028😀é', '"\u2028😀é"'],
    ],
  ],
  [{ kind: 'json' }, [['{"a":[1,"x"]}', '{"a":[1,"x"]}', '{"a":[1,"x"]}']]],
  [
    { kind: 'binary' },
    [
      [Uint8Array.of(), '', '""'],
      [Uint8Array.of(255), '/w==', '"/w=="'],
      [Uint8Array.of(0, 255, 16), 'AP8Q', '"AP8Q"'],
      [Uint8Array.of(1, 2), 'AQI=', '"AQI="'],
    ],
  ],
  [
    { kind: 'date' },
    [
      [0, '1970-01-01', '"1970-01-01"'],
      [-719528, '0000-01-01', '"0000-01-01"'],
      [2932897, '+010000-01-01', '"+010000-01-01"'],
      [-719529, '-000001-12-31', '"-000001-12-31"'],
    ],
  ],
  [{ kind: 'time', unit: 'us' }, [[86_399_999_999n, '23:59:59.999999', '"23:59:59.999999"']]],
  [{ kind: 'time', unit: 's' }, [[0n, '00:00:00', '"00:00:00"']]],
  [
    { kind: 'timestamp', unit: 'ns', zone: null },
    [[-1n, '1969-12-31T23:59:59.999999999', '"1969-12-31T23:59:59.999999999"']],
  ],
  [
    { kind: 'timestamp', unit: 'ms', zone: 'UTC' },
    [[1_700_000_000_007n, '2023-11-14T22:13:20.007Z', '"2023-11-14T22:13:20.007Z"']],
  ],
  [
    { kind: 'timestamp', unit: 's', zone: '-03:30' },
    [[0n, '1969-12-31T20:30:00-03:30', '"1969-12-31T20:30:00-03:30"']],
  ],
  [
    { kind: 'timestamp', unit: 's', zone: 'Europe/Berlin' },
    [
      [1_720_000_000n, '2024-07-03T11:46:40+02:00', '"2024-07-03T11:46:40+02:00"'],
      [1_700_000_000n, '2023-11-14T23:13:20+01:00', '"2023-11-14T23:13:20+01:00"'],
    ],
  ],
];

/** Rows that meet every option: nulls, empties, formulas, specials, arrays, numbers JSON has no name for. */
const WITNESS_SCHEMA = schemaOf([
  ['id', { kind: 'int', bits: 64, signed: true }],
  ['text', UTF8],
  ['text', UTF8],
  ['the list', { kind: 'json' }],
  ['number', { kind: 'float', bits: 64 }],
  ['at', { kind: 'timestamp', unit: 'ms', zone: 'UTC' }],
]);
const WITNESS: Value[][] = [
  [2n ** 60n, '=1+1', 'a,b;c|d & <e>\u0001', '[1,[2]]', NaN, 1_500n],
  [1n, '', 'say "hi"', '{"k":1}', 0.5, 0n],
  [2n, null, "it's\\so\nnew", '[]', null, null],
];

/** Values other than the default that an option can take. */
function alternatives(field: OptionField): unknown[] {
  switch (field.kind) {
    case 'choice':
      return field.choices!.map((c) => c.value).filter((value) => value !== field.default);
    case 'switch':
      return [field.default !== true];
    case 'switch-or-list':
      return [field.default !== true, ['A', 'B', 'C', 'D', 'E', 'F']];
    case 'character':
      return ['|', "'", '\\'].filter((value) => value !== field.default);
    case 'text':
      return ['~~', ''].filter((value) => value !== field.default);
    case 'integer':
    case 'number':
      return [field.min, field.max].filter((v) => v !== undefined && v !== field.default);
    default:
      return [];
  }
}

/** What a value of an option asks for before anything can be written, by format, option and value. */
const COMPANIONS = new Map<string, Options>([
  ['json structure nested', { levels: { a: 'as' } }],
  ['json structure keyed', { keyColumns: ['a'] }],
]);

/** Option values under which a field is shown. */
function shownBy(card: FormatCard, field: OptionField): Options {
  if (!field.showIf) return {};
  const other = card.options.fields.find((f) => f.id === field.showIf!.option);
  if (!other) throw new Error(`${field.id} depends on ${field.showIf.option}, which is no option`);
  // What the other one has to be instead is its own examples' to say.
  if (!('equals' in field.showIf)) return shownBy(card, other);
  const value = field.showIf.equals[0];
  const companions = COMPANIONS.get(`${card.id} ${other.id} ${String(value)}`);
  return { ...shownBy(card, other), ...companions, [other.id]: value };
}

/** The text, or the code of the error that was thrown instead. */
async function outcome(card: FormatCard, values: Options, batches: Batch[]): Promise<string> {
  try {
    return (await encodeAll(card, values, batches[0]!.schema, batches)).text;
  } catch (thrown) {
    if (thrown instanceof ExportError) return `error: ${thrown.code}`;
    throw thrown;
  }
}

/** Options worth trying together with cuts: the default, each preset, each choice. */
function variants(card: FormatCard): Options[] {
  const single = card.options.fields.flatMap((field) =>
    alternatives(field).map((value) => ({ ...shownBy(card, field), [field.id]: value })),
  );
  return [{}, ...card.presets.map((p) => p.options), ...single];
}

const cellArbitrary: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '=1',
      '+5',
      '-',
      '"',
      '""',
      ',',
      '\r',
      '\n',
      "'",
      '\ufeff',
      'é😀',
    ),
  },
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  {
    weight: 2,
    arbitrary: fc.string({
      unit: fc.constantFrom('a', ',', '"', ';', '\r', '\n', ' ', '-', '\u2028'),
    }),
  },
);

/** The same rows in pieces: [0, a), [a, b), …, also empty ones. */
function cut(batch: Batch, at: readonly number[]): Batch[] {
  const count = selectedCount(batch);
  const points = [0, ...at.map((n) => n % (count + 1)).sort((a, b) => a - b), count];
  return points.slice(1).map((to, i) => {
    const piece = sliceSelected(batch, points[i]!, to);
    // sliceSelected gives the batch back when nothing is cut off, which an empty range of an empty batch also is.
    return to === points[i] && count > 0 ? { ...batch, selection: new Uint32Array(0) } : piece;
  });
}

/** Runs the suite over formats. */
export function formatSuite(formats: readonly FormatCard[]): void {
  it('has formats with ids, extensions and readers of their own', () => {
    expect(formats.length).toBeGreaterThan(0);
    expect(new Set(formats.map((f) => f.id)).size).toBe(formats.length);
    expect(new Set(formats.map((f) => f.extension)).size).toBe(formats.length);
    for (const card of formats) {
      expect(card.extension).toMatch(/^\.[a-z0-9]+$/);
      expect(judgeOf(card.id)).toBeDefined();
    }
  });

  describe.each(judged(formats))('%s', (_id, card) => {
    const judge = judgeOf(card.id);
    const { exact } = judge;
    const read = (encoded: Encoded, options: Options, names: string[]) =>
      judge.read(encoded.text, options, names, encoded.bytes);
    const named = (names: string[]): string[] => judge.ofNames?.(names) ?? names;

    it('declares its options with words, and presets that are valid', () => {
      expect(card.title).not.toBe('');
      expect(card.purpose).not.toBe('');
      for (const field of card.options.fields) {
        expect(field.title, field.id).not.toBe('');
        expect(field.help, field.id).not.toBe('');
        for (const choice of field.choices ?? []) expect(choice.label).not.toBe('');
      }
      for (const preset of card.presets)
        expect(card.options.parse(preset.options).issues, preset.id).toBeUndefined();
      expect(card.options.parse({ noSuchOption: 1 }).issues).toBeDefined();
    });

    it('says of a loss that comes with a column which one it is', () => {
      const options = card.options.parse({}).value;
      const lossesOf = (type: DataType) => {
        const schema = schemaOf([
          ['a', UTF8],
          ['b', type],
          ['c', UTF8],
        ]);
        const findings = card.check?.({ options, schema, charset: 'utf-8' }) ?? [];
        return findings.filter(({ severity }) => severity === 'loss');
      };
      const usual = new Set(lossesOf(UTF8).map(({ code }) => code));
      for (const [type] of [...EDGES, [{ kind: 'list', item: UTF8 }] as const])
        for (const { code, column } of lossesOf(type))
          if (!usual.has(code)) expect([code, column]).toEqual([code, 'b']);
    });

    it('writes the edges of every type exactly', async () => {
      for (const [type, edges] of EDGES) {
        const schema = schemaOf([
          ['v', type],
          ['w', UTF8],
        ]);
        const rows: Value[][] = [...edges.map(([value]) => [value, 'w']), [null, 'w']];
        const encoded = await encodeAll(card, exact, schema, [batchOf(schema, rows)]);
        const found = await read(encoded, exact, ['v', 'w']);
        const cells = found.rows.map((row) => row[0]);
        const wanted = edges.map(([, plain, json]) => judge.ofValue(plain, json));
        expect(cells).toEqual([...wanted, judge.ofCell(null)]);
        // A reader's numbers are doubles: the digits are looked for as they stand.
        if (card.id.endsWith('json'))
          for (const [, , json] of edges) expect(encoded.text).toContain(`{"v":${json},"w":"w"}`);
      }
    });

    it('gives text back through an independent reader, from text and typed batches alike', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(cellArbitrary, cellArbitrary, cellArbitrary), { maxLength: 12 }),
          fc.boolean(),
          fc.constantFrom(',', ';', '\t'),
          async (rows, quoteAll, delimiter) => {
            const schema = schemaOf([
              ['a', UTF8],
              ['b', UTF8],
              ['c', UTF8],
            ]);
            const wanted = rows.map((row) => row.map((cell) => judge.ofCell(cell)));
            for (const batch of [
              textBatch(schema, rows, { quoteAll, delimiter }),
              batchOf(schema, rows),
            ]) {
              const encoded = await encodeAll(card, exact, schema, [batch]);
              const found = await read(encoded, exact, ['a', 'b', 'c']);
              expect(found.names).toEqual(named(['a', 'b', 'c']));
              expect(found.rows).toEqual(wanted);
              expect(encoded.rowCount).toBe(rows.length);
            }
          },
        ),
        { numRuns: judge.runs ?? 150 },
      );
    });

    it('does not depend on where batches are cut', async () => {
      const schema = schemaOf([
        ['a', UTF8],
        ['b', UTF8],
        ['c', UTF8],
      ]);
      const options = variants(card);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(cellArbitrary, cellArbitrary, cellArbitrary), { maxLength: 10 }),
          fc.array(fc.nat(), { maxLength: 4 }),
          fc.nat(),
          fc.boolean(),
          fc.boolean(),
          async (rows, at, pick, isText, selects) => {
            const values = options[pick % options.length]!;
            const whole = isText ? textBatch(schema, rows) : batchOf(schema, rows);
            if (selects) whole.selection = Uint32Array.from(rows.keys()).filter((n) => n % 3 !== 1);
            const names = Array.isArray(values.headers)
              ? { ...values, headers: ['x', 'y', 'z'] }
              : values;
            const one = await outcome(card, names, [whole]);
            expect(await outcome(card, names, cut(whole, at))).toBe(one);
            if (isText) {
              // The same rows as blocks of their own.
              const kept = selects ? rows.filter((_row, n) => n % 3 !== 1) : rows;
              const pieces = cut(textBatch(schema, kept), at).map((piece) => {
                const numbers = piece.selection ?? Uint32Array.from(kept.keys());
                return textBatch(
                  schema,
                  [...numbers].map((n) => kept[n]!),
                );
              });
              expect(await outcome(card, names, pieces)).toBe(one);
            }
          },
        ),
        { numRuns: judge.cutRuns ?? 400 },
      );
    });

    it('keeps encoders apart that work at the same time, and batches as they were', async () => {
      const batches = [0, 1, 2].map(() => batchOf(WITNESS_SCHEMA, WITNESS));
      const plain = (_key: string, v: unknown): unknown => (typeof v === 'bigint' ? `${v}n` : v);
      const snapshot = JSON.stringify(batches, plain);
      const alone = await encodeAll(card, {}, WITNESS_SCHEMA, batches);
      const both = await Promise.all(
        [batches, batches.toReversed()].map((some) => encodeAll(card, {}, WITNESS_SCHEMA, some)),
      );
      expect(both[0]!.text).toBe(alone.text);
      expect(JSON.stringify(batches, plain)).toBe(snapshot);
      if (card.parallel === 'stream') return;
      const [a, b] = await Promise.all([0, 1].map(() => openFormat(card, {}, WITNESS_SCHEMA)));
      const first: Uint8Array[] = [];
      const second: Uint8Array[] = [];
      const context = contextOf(card, {}, [{ name: 'data', schema: WITNESS_SCHEMA }]);
      const ahead = await lookAt(card, context, 0, batches);
      first.push(...a!.begin(ahead).map((s) => s.bytes));
      batches.forEach((batch, i) => {
        const at = { firstRow: i * 3, isFirst: i === 0, ahead };
        first.push(...a!.encodeBatch(batch, at).segments.map((s) => s.bytes));
        // The other lane takes batches in another order.
        second.push(
          ...b!
            .encodeBatch(batches[2 - i]!, { firstRow: (2 - i) * 3, isFirst: i === 2, ahead })
            .segments.map((s) => s.bytes),
        );
      });
      first.push(...a!.end({ rowCount: 9 }).map((s) => s.bytes));
      const join = (parts: Uint8Array[]): string =>
        Buffer.concat(parts).toString(card.isText ? 'utf8' : 'latin1');
      expect(join(first)).toBe(alone.text);
      second.reverse();
      expect(alone.text).toContain(join(second));
      expect(JSON.stringify(batches, plain)).toBe(snapshot);
    });

    it('writes no rows and one row', async () => {
      const schema = schemaOf([
        ['a', UTF8],
        ['b', UTF8],
      ]);
      for (const rows of [[], [['x', 'y']]] as Cell[][][]) {
        for (const batches of [[textBatch(schema, rows)], [batchOf(schema, rows)]]) {
          const encoded = await encodeAll(card, exact, schema, batches);
          expect((await read(encoded, exact, ['a', 'b'])).rows).toEqual(rows);
        }
      }
      const none = await encodeAll(card, exact, schema, []);
      expect((await read(none, exact, ['a', 'b'])).rows).toEqual([]);
    });

    it('keeps hostile names', async () => {
      const names = [
        '__proto__',
        'constructor',
        '',
        'a',
        'a',
        'a_2',
        '"; DROP TABLE',
        '../../x',
        'x\0y',
        'n'.repeat(5000),
        '\u202etxt',
        'a,b\r\nc',
      ];
      const schema = schemaOf(names.map((name) => [name, UTF8]));
      const row = names.map((_name, i) => `value ${i}`);
      const encoded = await encodeAll(card, exact, schema, [batchOf(schema, [row])]);
      const found = await read(encoded, exact, names);
      expect(found.names).toEqual(named(names));
      expect(found.rows).toEqual([row]);
    });

    const naughty = naughtyStrings();
    it.skipIf(naughty === null)('gives naughty strings back, as values and as names', async () => {
      const strings = naughty!;
      expect(strings.length).toBeGreaterThan(400);
      const schema = schemaOf([
        ['a', UTF8],
        ['b', UTF8],
      ]);
      const rows = strings.map((s) => [s, s]);
      for (const batch of [
        textBatch(schema, rows),
        textBatch(schema, rows, { quoteAll: true, delimiter: ';' }),
        batchOf(schema, rows),
      ]) {
        const encoded = await encodeAll(card, exact, schema, [batch]);
        expect((await read(encoded, exact, ['a', 'b'])).rows).toEqual(
          rows.map((row) => row.map((text) => judge.ofCell(text))),
        );
      }
      const wide = schemaOf(strings.map((s) => [s, UTF8]));
      const encoded = await encodeAll(card, exact, wide, [batchOf(wide, [strings])]);
      const found = await read(encoded, exact, strings);
      expect(found.names).toEqual(named(strings));
      expect(found.rows).toEqual([strings.map((text) => judge.ofCell(text))]);
    });
  });
}
