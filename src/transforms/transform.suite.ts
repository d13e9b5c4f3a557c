// What every transform must hold, whatever it does: cuts and storage never show, selections count, inputs stay as they were.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import type { Transform, TransformCard, TransformContext } from '../contract/transform-plugin.ts';
import { memoryScratch } from '../engine/scratch.ts';
import { selectedCount, selectedRow, type Batch } from '../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { INT64, UTF8, type Schema } from '../table/data-type.ts';
import { cellText as textOf } from '../table/cell-text.ts';
import { textBlockOf } from '../table/text-block.ts';

/** Columns of the suite's data: repeated, empty and hostile names among them. */
export const SUITE_SCHEMA: Schema = schemaOf([
  ['id', INT64],
  ['name', UTF8],
  ['name', UTF8],
  ['', UTF8],
  ['__proto__', INT64],
]);

type Row = Value[];

const anyText = fc.option(fc.constantFrom('', 'a', 'A', 'say "x"', 'a,b', 'two\nlines', 'é😀'));
const anyNumber = fc.option(fc.constantFrom(-5n, 0n, 7n, 2n ** 60n));
const anyRows = fc.array(fc.tuple(anyNumber, anyText, anyText, anyText, anyNumber), {
  maxLength: 25,
});

function cellText(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** The rows in batches cut at the given sizes (the last one repeats), as text or typed, rows of `hidden` not selected. */
function batchesOf(
  rows: Row[],
  cuts: number[],
  storage: 'text' | 'typed',
  hides: boolean,
): Batch[] {
  const batches: Batch[] = [];
  let from = 0;
  for (let c = 0; from < rows.length; c++) {
    const size = cuts[Math.min(c, cuts.length - 1)]!;
    const wanted = rows.slice(from, from + size);
    from += size;
    // A hidden row stands before each row that counts.
    const noise: Row = [99n, 'hidden', 'hidden', 'hidden', 99n];
    const held = hides ? wanted.flatMap((row) => [noise, row]) : wanted;
    const batch: Batch =
      storage === 'typed'
        ? batchOf(SUITE_SCHEMA, held)
        : {
            schema: SUITE_SCHEMA,
            rowCount: held.length,
            selection: null,
            columns: SUITE_SCHEMA.fields.map((_, index) => ({ storage: 'text', index })),
            block: textBlockOf(
              held.map((row) => row.map(cellText)),
              SUITE_SCHEMA.fields.length,
            ),
          };
    if (hides) batch.selection = Uint32Array.from(wanted, (_, i) => i * 2 + 1);
    batches.push(batch);
  }
  return batches;
}

function cells(batch: Batch): (string | null)[][] {
  return Array.from({ length: selectedCount(batch) }, (_, i) => {
    const row = selectedRow(batch, i);
    return batch.columns.map((_column, c) => textOf(batch, row, c));
  });
}

/** What a step left out, merged and added. */
interface LeftOut {
  filtered: number;
  rejected: number;
  merged: number;
  added: number;
}

const nothingLeftOut = (): LeftOut => ({ filtered: 0, rejected: 0, merged: 0, added: 0 });

/** A context for a step of its own: UTC, the clock at 2026-11-01T12:00Z, scratch in memory, nothing told to anybody. */
export function transformContext<O>(
  options: O,
  schema: Schema,
  change: Partial<TransformContext<O>> = {},
): TransformContext<O> {
  return {
    options,
    dataset: 'rows',
    schema,
    others: [],
    timeZone: 'UTC',
    startedAtMs: Date.UTC(2026, 10, 1, 12),
    seed: 1,
    secret: (id) => `the secret ${id}`,
    scratch: memoryScratch(DEFAULT_LIMITS.memoryBytes),
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    reject() {},
    lose() {},
    filtered() {},
    merged() {},
    added() {},
    ...change,
  };
}

/** Rows of every other data set that a step takes. */
const OTHER_ROWS: Row[] = [
  [7n, 'a', '', null, 0n],
  [0n, 'A', 'a,b', 'say "x"', null],
  [null, null, null, '', 7n],
  [7n, 'two\nlines', 'é😀', 'a', -5n],
  [2n ** 60n, 'other', '', null, 2n ** 60n],
];

async function open(
  card: TransformCard,
  options: Record<string, unknown>,
  leftOut: LeftOut = nothingLeftOut(),
  others: Batch[] = batchesOf(OTHER_ROWS, [2], 'text', false),
  onTaken: (rowCount: number) => void = () => {},
): Promise<Transform> {
  const parsed = card.options.parse(options);
  if (parsed.issues) throw new Error(parsed.issues.map((issue) => issue.sentence).join());
  const module = await card.load();
  return module.open(
    transformContext(parsed.value, SUITE_SCHEMA, {
      others: (card.takes?.(parsed.value) ?? []).map((id) => ({
        id,
        schema: SUITE_SCHEMA,
        async *open() {
          for (const batch of others) {
            onTaken(selectedCount(batch));
            yield batch;
          }
        },
      })),
      reject() {
        leftOut.rejected++;
      },
      filtered(rowCount) {
        leftOut.filtered += rowCount;
      },
      merged(rowCount) {
        leftOut.merged += rowCount;
      },
      added(rowCount) {
        leftOut.added += rowCount;
      },
    }),
  );
}

async function outcome(transform: Transform, batches: Batch[]): Promise<(string | null)[][]> {
  const out: (string | null)[][] = [];
  const input = (async function* () {
    yield* batches;
  })();
  for await (const batch of transform.apply(input)) {
    expect(batch.schema).toBe(transform.schema);
    expect(batch.columns).toHaveLength(transform.schema.fields.length);
    out.push(...cells(batch));
  }
  return out;
}

/** A copy of all bytes of the batches, to see that nobody wrote them. */
const snapshot = (batches: Batch[]): string =>
  JSON.stringify(batches, (_, value: unknown) => {
    if (ArrayBuffer.isView(value))
      return Buffer.from(value.buffer as ArrayBuffer).toString('base64');
    return typeof value === 'bigint' ? String(value) : value;
  });

/** The shared suite over one transform, with its defaults and each of `optionSets`. */
export function testTransform(card: TransformCard, optionSets: Record<string, unknown>[]): void {
  describe(`transform ${card.id}`, () => {
    it('has words, and defaults that fit any data', async () => {
      expect(card.title).not.toBe('');
      expect(card.purpose).toMatch(/\.$/);
      const transform = await open(card, {});
      expect(await outcome(transform, [])).toEqual([]);
    });

    it.each([{}, ...optionSets].map((options) => [JSON.stringify(options), options] as const))(
      'with %s accounts for every row it takes',
      async (_, options) => {
        await fc.assert(
          fc.asyncProperty(anyRows, async (rows) => {
            const leftOut = nothingLeftOut();
            let taken = 0;
            const transform = await open(card, options, leftOut, undefined, (rowCount) => {
              taken += rowCount;
            });
            const input = (async function* () {
              for (const batch of batchesOf(rows, [3, 1, 7], 'text', true)) {
                taken += selectedCount(batch);
                yield batch;
              }
            })();
            let given = 0;
            for await (const batch of transform.apply(input)) given += selectedCount(batch);
            const { filtered, rejected, merged, added } = leftOut;
            expect(given + filtered + rejected + merged - added).toBe(taken);
          }),
          { numRuns: 30 },
        );
      },
    );

    it.each([{}, ...optionSets].map((options) => [JSON.stringify(options), options] as const))(
      'with %s gives the same rows for any cut, storage and selection, and writes no input',
      async (_, options) => {
        await fc.assert(
          fc.asyncProperty(
            anyRows,
            fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
            async (rows, cuts) => {
              const wanted = await outcome(
                await open(card, options),
                batchesOf(rows, [Math.max(1, rows.length)], 'text', false),
              );
              for (const storage of ['text', 'typed'] as const)
                for (const hides of [false, true]) {
                  const batches = batchesOf(rows, cuts, storage, hides);
                  const others = batchesOf(OTHER_ROWS, cuts, storage, hides);
                  const before = snapshot([...batches, ...others]);
                  const transform = await open(card, options, undefined, others);
                  expect(await outcome(transform, batches)).toEqual(wanted);
                  expect(snapshot([...batches, ...others])).toBe(before);
                }
            },
          ),
          { numRuns: 60 },
        );
      },
    );

    it('closes its input when its reader leaves', async () => {
      let isClosed = false;
      const input = (async function* () {
        try {
          for (;;) yield batchOf(SUITE_SCHEMA, [[1n, 'a', 'a', 'a', 1n]]);
        } finally {
          isClosed = true;
        }
      })();
      const transform = await open(card, {});
      for await (const _ of transform.apply(input)) break;
      expect(isClosed).toBe(true);
    });
  });
}
