// What every source promises, run over the whole registry: cards that can be shown, options that are checked, batches that fit.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import type { ByteSlices, SourceInput } from '../contract/source-input.ts';
import type { ReadContext, Source, SourceCard } from '../contract/source-plugin.ts';
import type { Batch } from '../table/batch.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { INT64, UTF8, type Schema } from '../table/data-type.ts';
import { cellText } from '../table/cell-text.ts';

/** A small input of a source, and the cells it holds. */
export interface SourceFixture {
  input: SourceInput;
  /** Bytes sources: the same bytes, for `inspect`. */
  sample?: Uint8Array;
  names: string[];
  cells: (string | null)[][];
  /** Tells whether the input was closed when reading ended early. */
  wasClosed(): boolean;
}

/** Two columns, three rows, in the form of a bytes source whose records are lines of comma-separated fields. */
export function bytesFixture(
  text: string,
  names: string[],
  cells: (string | null)[][],
): SourceFixture {
  const bytes = new TextEncoder().encode(text);
  let isClosed = false;
  return {
    input: {
      kind: 'bytes',
      name: 'fixture',
      sizeBytes: bytes.length,
      once: false,
      async *open() {
        isClosed = false;
        try {
          for (let at = 0; at < bytes.length; at += 3) {
            await Promise.resolve();
            yield bytes.slice(at, at + 3);
          }
        } finally {
          isClosed = true;
        }
      },
    },
    sample: bytes,
    names,
    cells,
    wasClosed: () => isClosed,
  };
}

/** The bytes of a file that is read in slices, which hold nothing open between them. */
export function slicesFixture(
  bytes: Uint8Array,
  names: string[],
  cells: (string | null)[][],
): SourceFixture {
  return {
    input: {
      kind: 'bytes',
      name: 'fixture',
      sizeBytes: bytes.length,
      once: false,
      open: () => expect.unreachable('it is read in slices'),
      slices: memorySlices(bytes),
    },
    sample: bytes.slice(0, 512 * 1024),
    names,
    cells,
    wasClosed: () => true,
  };
}

/** Slices of bytes in memory. */
export function memorySlices(bytes: Uint8Array): ByteSlices {
  return {
    sizeBytes: bytes.length,
    read: async (from, to) => bytes.slice(from, to),
    readNow: (from, to) => bytes.slice(from, to),
  };
}

/** Two typed columns, three rows in two batches. */
export function batchesFixture(): SourceFixture {
  const schema = schemaOf([
    ['n', INT64],
    ['t', UTF8],
  ]);
  let isClosed = false;
  return {
    input: {
      kind: 'batches',
      name: 'fixture',
      schema,
      rowCount: 3,
      once: false,
      async *open() {
        isClosed = false;
        try {
          await Promise.resolve();
          yield batchOf(schema, [
            [1n, 'a'],
            [null, ''],
          ]);
          yield batchOf(schema, [[2n ** 62n, null]]);
        } finally {
          isClosed = true;
        }
      },
    },
    names: ['n', 't'],
    cells: [
      ['1', 'a'],
      [null, ''],
      [String(2n ** 62n), null],
    ],
    wasClosed: () => isClosed,
  };
}

/** Registers the tests of one source. */
export function describeSource(card: SourceCard, makeFixture: () => SourceFixture): void {
  describe(`source ${card.id}`, () => {
    const open = async (
      change: Partial<ReadContext<unknown>> = {},
    ): Promise<{ fixture: SourceFixture; schema: Schema; batches: AsyncIterable<Batch> }> => {
      const fixture = makeFixture();
      const source = (await card.load()) as Source<unknown>;
      const { input } = fixture;
      const inspection =
        input.kind === 'bytes'
          ? await source.inspect!({
              input,
              given: {},
              columns: [],
              sample: fixture.sample!,
              profiles: true,
              isWhole: true,
              sizeBytes: input.sizeBytes,
              name: input.name,
              limits: DEFAULT_LIMITS,
            })
          : null;
      const schema = inspection?.schema ?? (input as SourceInput & { schema: Schema }).schema;
      const batches = source.read({
        input,
        options: inspection?.options ?? card.options.defaults,
        schema,
        columns: [],
        ...(inspection?.table !== undefined && { table: inspection.table }),
        limits: DEFAULT_LIMITS,
        signal: new AbortController().signal,
        reject: () => expect.unreachable('the fixture has no wrong rows'),
        lose: () => expect.unreachable('the fixture loses nothing'),
        ...change,
      });
      return { fixture, schema, batches };
    };

    it('has a card that can be shown', () => {
      expect(card.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(card.title).not.toBe('');
      expect(card.purpose).toMatch(/\.$/);
      expect(JSON.parse(JSON.stringify(card.options.fields))).toEqual(card.options.fields);
      for (const extension of card.extensions) expect(extension).toMatch(/^[a-z0-9]+$/);
    });

    it('knows its options: defaults are complete, unknown ones are refused', () => {
      expect(card.options.parse({}).value).toEqual(card.options.defaults);
      expect(card.options.parse({ noSuchOption: 1 }).issues).toHaveLength(1);
      expect(Object.keys(card.options.defaults as object)).toEqual(
        card.options.fields.map((field) => field.id),
      );
      for (const field of card.options.fields) {
        const { issues } = card.options.parse({ [field.id]: { wrong: true } });
        expect(issues?.[0]?.option, field.id).toBe(field.id);
      }
    });

    it('reads the cells, under exactly the schema of the run', async () => {
      const { fixture, schema, batches } = await open();
      expect(schema.fields.map((field) => field.name)).toEqual(fixture.names);
      const cells: (string | null)[][] = [];
      for await (const batch of batches) {
        expect(batch.schema).toBe(schema);
        expect(batch.columns).toHaveLength(schema.fields.length);
        for (let row = 0; row < batch.rowCount; row++)
          cells.push(schema.fields.map((_, column) => cellText(batch, row, column)));
      }
      expect(cells).toEqual(fixture.cells);
      expect(fixture.wasClosed()).toBe(true);
    });

    it('carries a schema object of the engine’s making', async () => {
      const { schema } = await open();
      // Text can be taken for text; what is typed stays what it is.
      const isRead = card.input === 'bytes';
      const other: Schema = isRead
        ? {
            fields: schema.fields.map((field) => ({
              ...field,
              ...(card.reads === 'text' && { type: UTF8, origin: 'declared' as const }),
            })),
          }
        : schema;
      const { batches } = await open({ schema: other });
      for await (const batch of batches) expect(batch.schema).toBe(other);
    });

    it('can be read twice', async () => {
      for (let pass = 0; pass < 2; pass++) {
        let rows = 0;
        for await (const batch of (await open()).batches) rows += batch.rowCount;
        expect(rows).toBe(3);
      }
    });

    it('closes its input when the consumer leaves early', async () => {
      const { fixture, batches } = await open();
      for await (const batch of batches) {
        expect(batch.rowCount).toBeGreaterThan(0);
        break;
      }
      expect(fixture.wasClosed()).toBe(true);
    });

    it('stops when cancelled, and closes its input', async () => {
      const controller = new AbortController();
      controller.abort();
      const { fixture, batches } = await open({ signal: controller.signal });
      await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(fixture.wasClosed()).toBe(true);
    });
  });
}
