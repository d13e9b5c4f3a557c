// A host's records become typed batches: every kind of rows, exact values, clear refusals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowsBinding } from '../contract/bindings.ts';
import type { ExportError } from '../contract/errors.ts';
import { cellText } from '../table/cell-text.ts';
import { INT64, typeName } from '../table/data-type.ts';
import { bindRows, type HostRecord, type HostRows, type RowsOptions } from './rows.ts';

async function cells(binding: RowsBinding): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of binding.open())
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(batch.columns.map((_, c) => cellText(batch, row, c)));
  return rows;
}

const columnsOf = (binding: RowsBinding): string[] =>
  binding.schema.fields.map((field) => `${field.name}: ${typeName(field.type)}`);

async function refusal(rows: HostRows, options?: RowsOptions): Promise<ExportError> {
  try {
    await cells(await bindRows(rows, options));
  } catch (thrown) {
    return thrown as ExportError;
  }
  throw new Error('was taken');
}

describe('bindRows', () => {
  it('finds the type of each column in all records of an array', async () => {
    const binding = await bindRows([
      { n: 1, big: 2n ** 60n, text: 'a', when: new Date(0), on: true, deep: { a: [1] } },
      { n: 2.5, big: 2n ** 70n, text: 'b', late: 'x', raw: Uint8Array.of(1) },
    ]);
    expect(columnsOf(binding)).toEqual([
      'n: float64',
      'big: decimal(38,0)',
      'text: utf8',
      'when: timestamp(ms, UTC)',
      'on: bool',
      'deep: json',
      'late: utf8',
      'raw: binary',
    ]);
    expect(await cells(binding)).toEqual([
      ['1', String(2n ** 60n), 'a', '1970-01-01T00:00:00.000Z', 'true', '{"a":[1]}', null, null],
      ['2.5', String(2n ** 70n), 'b', null, null, null, 'x', 'AQ=='],
    ]);
  });

  it('takes hostile keys as plain labels', async () => {
    const record = JSON.parse(
      '{"__proto__": "p", "constructor": "c", "": "e", "toString": null}',
    ) as HostRecord;
    const binding = await bindRows([record, { constructor: 'd' } as unknown as HostRecord]);
    expect(binding.schema.fields.map((field) => field.name)).toEqual([
      '__proto__',
      'constructor',
      '',
      'toString',
    ]);
    expect(await cells(binding)).toEqual([
      ['p', 'c', 'e', null],
      [null, 'd', null, null],
    ]);
  });

  it('reads iterables, async iterables and pages alike, and arrays as often as asked', async () => {
    const records = Array.from({ length: 2500 }, (_, i) => ({ i, word: `w${i}` }));
    const expected = records.map(({ i, word }) => [String(i), word]);
    const fromArray = await bindRows(records);
    expect(await cells(fromArray)).toEqual(expected);
    expect(await cells(fromArray)).toEqual(expected);
    expect(await cells(await bindRows(new Set(records)))).toEqual(expected);
    const generator = (async function* () {
      yield* records;
    })();
    const once = await bindRows(generator);
    expect(once.once).toBe(true);
    expect(await cells(once)).toEqual(expected);
    await expect(cells(once)).rejects.toMatchObject({ code: 'read.rows.failed' });

    const asked: number[] = [];
    const byOffset = await bindRows({
      async fetchPage({ offset, limit }) {
        asked.push(offset);
        return records.slice(offset, offset + limit);
      },
    });
    expect(await cells(byOffset)).toEqual(expected);
    expect(asked.slice(-3)).toEqual([0, 1000, 2000]);
    const byCursor = await bindRows({
      pageRows: 700,
      async fetchPage({ cursor, limit }) {
        const at = (cursor as number | undefined) ?? 0;
        const next = at + limit < records.length ? at + limit : null;
        return { rows: records.slice(at, at + limit), next };
      },
    });
    expect(await cells(byCursor)).toEqual(expected);
  });

  it('takes rows as arrays by position, and only the named keys when columns are given', async () => {
    const positional = await bindRows([[1, 'x'], [2]], {
      columns: [{ name: 'id', type: INT64 }, { name: 'id' }],
    });
    expect(columnsOf(positional)).toEqual(['id: int64', 'id: utf8']);
    expect(await cells(positional)).toEqual([
      ['1', 'x'],
      ['2', null],
    ]);
    const chosen = await bindRows([{ a: 1, secret: 2 }], { columns: [{ name: 'a' }] });
    expect(await cells(chosen)).toEqual([['1']]);
  });

  it('loses nothing in silence: a later misfit or new key of a stream is refused with its place', async () => {
    const late = function* (last: HostRecord): Generator<HostRecord> {
      for (let i = 0; i < 1200; i++) yield { n: i };
      yield last;
    };
    expect(await refusal(late({ n: 'twelve' }))).toMatchObject({
      code: 'read.rows.misfit',
      parameters: { row: 1201, column: 'n' },
    });
    expect(await refusal(late({ n: 1, extra: 2 }))).toMatchObject({
      parameters: { column: 'extra' },
    });
    expect(await refusal([{ n: 0.5 }], { columns: [{ name: 'n', type: INT64 }] })).toMatchObject({
      code: 'read.rows.misfit',
    });
    const breaking = (async function* () {
      yield { a: 1 };
      throw new Error('connection lost');
    })();
    await expect(bindRows(breaking)).rejects.toThrow(/connection lost/);
  });

  it('never depends on where batches are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            a: fc.option(fc.double()),
            b: fc.option(fc.string()),
            c: fc.bigInt({ max: 2n ** 100n, min: 0n }),
          }),
        ),
        fc.integer({ min: 1, max: 7 }),
        async (records, batchRows) => {
          const whole = await cells(await bindRows(records));
          expect(await cells(await bindRows(records, { batchRows }))).toEqual(whole);
          expect(whole.map(([, b]) => b)).toEqual(records.map((record) => record.b));
        },
      ),
      { numRuns: 50 },
    );
  });
});
