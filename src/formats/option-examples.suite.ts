// What every option of every format must hold: an example for each of its values, seen by a reader that we did not write, who
// finds nothing else changed.
import { describe, expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import type { OptionExample, OptionField } from '../contract/options.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import { batchOf, schemaOf, type NestedValue } from '../table/builders.ts';
import { BOOL, type DataType, INT64, UTF8 } from '../table/data-type.ts';
import { encodeAll, encodeTables, textBatch } from './format.suite.ts';
import { judgeOf } from './judges.suite.ts';

/** 2026-11-21T08:30:00Z. */
const PLACED = 1_795_249_800_000n;

/** The sample table that examples are about. */
const SAMPLE: readonly (readonly [string, DataType, readonly NestedValue[]])[] = [
  ['order', INT64, [1001n, 1002n, 1003n]],
  ['city', UTF8, ['Lima', 'São Paulo', null]],
  ['note', UTF8, ['ok', 'say "hi", bye', '']],
  ['sum', UTF8, ['=1+1', 'two', '3']],
  ['price', { kind: 'decimal', precision: 10, scale: 2 }, [1250n, 99n, null]],
  ['unit price', { kind: 'decimal', precision: 10, scale: 2 }, [100n, 200n, 300n]],
  ['paid', { kind: 'bool' }, [true, false, null]],
  ['due', { kind: 'date' }, [20_778, 20_779, null]],
  ['at', { kind: 'time', unit: 's' }, [30_600n, 0n, null]],
  ['nanos', { kind: 'timestamp', unit: 'ns', zone: null }, [1_234_567n, 0n, null]],
  ['marks', { kind: 'list', item: INT64 }, [[1n, 2n], [], null]],
  ['lines', UTF8, ['one\ntwo', 'a', null]],
  ['serial', INT64, [2n ** 60n + 1n, 2n, null]],
  ['ratio', { kind: 'float', bits: 64 }, [0.5, Number.NaN, null]],
  ['placed', { kind: 'timestamp', unit: 'ms', zone: 'UTC' }, [PLACED, PLACED + 500n, null]],
  ['tags', { kind: 'json' }, ['["a","b"]', '[]', null]],
  ['sign', UTF8, ['<&>', 'none', null]],
  ['day', { kind: 'date' }, [20_778, 20_779, null]],
  ['born', { kind: 'date' }, [-36_525, 20_779, null]],
  ['clock', { kind: 'time', unit: 'ms' }, [30_600_000n, 0n, null]],
  ['long', UTF8, ['x'.repeat(32_768), 'b', null]],
  ['lon', { kind: 'float', bits: 64 }, [-77.03, 151.2, null]],
  ['lat', { kind: 'float', bits: 64 }, [-12.05, -33.86, null]],
  ['x', { kind: 'float', bits: 64 }, [-77.03, 151.2, null]],
  ['y', { kind: 'float', bits: 64 }, [-12.05, -33.86, null]],
  [
    'area',
    UTF8,
    ['POLYGON ((0 0, 1 0, 1 1, 0 0))', '{"type":"Point","coordinates":[1.5,2]}', null],
  ],
  ['same', UTF8, ['x', 'x', 'y']],
  ['control', UTF8, ['a\u0001', 'b', null]],
  ['nul', UTF8, ['a\u0000b', 'c', null]],
  ['path', UTF8, ['C:\\new', 'none', null]],
  ['Region', UTF8, ['North', 'South', null]],
  ['paid', BOOL, [true, false, null]],
  ['lines', UTF8, ['one\ntwo', 'three', null]],
  ['address', UTF8, ['https://example.com/?a=1&b=2', 'none', null]],
];

/** The sample table's columns of these names; `isQuoted`: as texts that stood in quotes. */
export function sampleOf(columns: readonly string[], isQuoted: boolean, times: number) {
  const picked = columns.map((name) => {
    const column = SAMPLE.find(([found]) => found === name);
    if (column === undefined) throw new Error(`the sample has no column ${name}`);
    return column;
  });
  const schema = schemaOf(picked.map(([name, type]) => [name, type]));
  const rows = SAMPLE[0]![2].map((_, row) => picked.map(([, , values]) => values[row]!));
  const batch = isQuoted
    ? textBatch(schema, rows as (string | null)[][], { quoteAll: true })
    : batchOf(schema, rows);
  return { schema, batches: Array.from({ length: times }, () => batch) };
}

/** Values that need an example: all of a choice and a switch but the default, one of anything else. */
function unshown(field: OptionField, examples: readonly OptionExample[]): string[] {
  const shown = examples.map(({ options }) => options[field.id]);
  if (field.kind === 'choice')
    return field
      .choices!.map(({ value }) => value)
      .filter((value) => value !== field.default && !shown.includes(value));
  return shown.some((value) => value !== undefined && value !== field.default)
    ? []
    : ['any other than the default'];
}

/** Whether the option is one of the archive's that packs the format's parts: it is tested there, and no part shows it. */
function isPacking({ container, options }: FormatCard, field: OptionField): boolean {
  if (container === undefined || field.kind !== 'integer') return false;
  const packed = (value: unknown): string =>
    JSON.stringify(container.options({ ...(options.defaults as object), [field.id]: value }));
  return packed(field.min) !== packed(field.max);
}

/** Registers the suite of one format's options. */
export function optionExamplesSuite(card: FormatCard): void {
  const { read, describe: facts } = judgeOf(card.id);

  /** The output and what the reader finds in it, or the error that was thrown instead. */
  async function view(
    options: Record<string, unknown>,
    { columns, isQuoted, times }: OptionExample,
  ) {
    const { schema, batches } = sampleOf(columns, isQuoted === true, times ?? 1);
    try {
      const { text, beside, bytes } = await encodeAll(card, options, schema, batches);
      const complete = card.options.parse(options).value as Record<string, unknown>;
      const found = await read(text, complete, [...columns], bytes);
      return { text: facts?.(bytes) ?? text, beside, found };
    } catch (thrown) {
      if (thrown instanceof ExportError) return { error: thrown.code };
      throw thrown;
    }
  }

  it('writes the time of the run only by the option that the card names', async () => {
    const all = card.options.fields.flatMap((field) => field.examples ?? []);
    for (const { options, columns, isQuoted, times, finds } of [
      { options: {}, columns: ['order'], isQuoted: false, times: 1, finds: undefined },
      ...all,
    ]) {
      if (finds?.error !== undefined) continue;
      const { schema, batches } = sampleOf(columns, isQuoted === true, times ?? 1);
      const tables = [{ name: 'data', schema, batches }];
      const at = (ms: number) =>
        encodeTables(card, options, tables, undefined, undefined, ms).then(({ bytes }) =>
          Buffer.from(bytes).toString('latin1'),
        );
      const same = (await at(1_700_000_000_000)) === (await at(1_800_000_000_000));
      const named = card.timeOption?.(card.options.parse(options).value) ?? null;
      expect(named === null, JSON.stringify(options)).toBe(same);
    }
  });

  describe.each(card.options.fields.map((field) => [field.id, field] as const))(
    '%s',
    (id, field) => {
      const examples = field.examples ?? [];

      it('has an example for each value', () => {
        expect(isPacking(card, field) ? [] : unshown(field, examples)).toEqual([]);
      });

      it.each(examples.map((example) => [JSON.stringify(example.options[id]), example] as const))(
        '= %s does what its example says, and nothing else',
        async (_value, example) => {
          const { options, shows, begins, ends, finds = {} } = example;
          const { [id]: own, ...others } = options;
          expect(own).toBeDefined();
          const [before, after] = [await view(others, example), await view(options, example)];
          if (finds.error !== undefined) {
            expect(before.error).toBeUndefined();
            expect(after.error).toBe(finds.error);
            return;
          }
          expect(after.error).toBeUndefined();
          if (shows !== undefined) {
            expect(after.text).toContain(shows);
            expect(before.text ?? '').not.toContain(shows);
          }
          if (begins !== undefined) {
            expect(after.text!.startsWith(begins)).toBe(true);
            expect((before.text ?? '').startsWith(begins)).toBe(false);
          }
          if (ends !== undefined) {
            expect(after.text!.endsWith(ends)).toBe(true);
            expect((before.text ?? '').endsWith(ends)).toBe(false);
          }
          if (finds.extension !== undefined) {
            const complete = (values: object): unknown => card.options.parse(values).value;
            expect(card.fileKind?.(complete(others)).extension).not.toBe(finds.extension);
            expect(card.fileKind?.(complete(options)).extension).toBe(finds.extension);
          }
          if (finds.beside !== undefined) {
            expect(before.beside).toBe('');
            expect(after.beside!.startsWith(finds.beside)).toBe(true);
          }
          expect(
            shows ?? begins ?? ends ?? finds.beside ?? finds.extension,
            'the example shows something',
          ).toBeDefined();
          // Without the option there may be no output at all: then the table itself is what was there before.
          const found = before.found ?? (await view({}, example)).found!;
          const rows = found.rows.map((row) => [...row]);
          for (const { row, column, value } of finds.cells ?? []) rows[row]![column] = value;
          expect(after.found).toEqual({
            names: finds.names ?? found.names,
            rows: finds.rows ?? rows,
          });
        },
      );
    },
  );
}
