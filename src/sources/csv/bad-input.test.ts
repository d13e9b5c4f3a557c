// Input that no reader should be hurt by: a clear error, or the right cells, and never much memory.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import { schemaOf } from '../../table/builders.ts';
import { UTF8 } from '../../table/data-type.ts';
import { inspectCsv } from './inspect.ts';
import { csvOptions } from './options.ts';
import { readCsv } from './read.ts';
import { inChunks, readCells, utf8 } from './testing.ts';

async function drain(
  open: () => AsyncIterable<Uint8Array>,
  width: number,
  options: Partial<typeof csvOptions.defaults> = {},
): Promise<number> {
  let rows = 0;
  for await (const batch of readCsv({
    input: { kind: 'bytes', name: 'bad.csv', sizeBytes: null, once: true, open },
    options: { ...csvOptions.defaults, header: 'absent', ...options },
    schema: schemaOf(Array.from({ length: width }, (_, i) => [`column${i + 1}`, UTF8])),
    columns: [],
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    reject: () => {},
    lose: () => {},
  }))
    rows += batch.rowCount;
  return rows;
}

/** The same chunk over and over, `total` bytes of it; counts what was asked for. */
function repeated(
  chunk: Uint8Array,
  total: number,
): { open(): AsyncIterable<Uint8Array>; taken(): number } {
  let taken = 0;
  return {
    async *open() {
      for (; taken < total; taken += chunk.length) {
        await Promise.resolve();
        yield chunk;
      }
    },
    taken: () => taken,
  };
}

describe('bad input', { timeout: 60_000 }, () => {
  it('empty', async () => {
    await expect(readCells('')).rejects.toMatchObject({ code: 'read.empty' });
    await expect(readCells('\n\n', { given: { skipEmptyLines: 'always' } })).rejects.toMatchObject({
      code: 'read.empty',
    });
    await expect(drain(() => inChunks(utf8(''), [1]), 2)).rejects.toMatchObject({
      code: 'read.empty',
    });
    const comments = drain(() => inChunks(utf8('# nothing\n'), [3]), 2, {
      comment: '#',
      header: 'present',
    });
    await expect(comments).rejects.toMatchObject({ code: 'read.empty' });
  });

  it('binary', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49);
    await expect(readCells(png)).rejects.toMatchObject({
      code: 'read.binary',
      parameters: { byte: '0x00', offset: 8 },
    });
    await expect(drain(() => inChunks(png, [5]), 1)).rejects.toMatchObject({ code: 'read.binary' });
  });

  it('NUL in texts, where the user says that it is text', async () => {
    const text = utf8('a\0b,1\n,\0\n');
    await expect(drain(() => inChunks(text, [3]), 2)).rejects.toMatchObject({
      code: 'read.binary',
    });
    const kept = await readCells(text, { given: { nulCharacters: 'keep', header: 'absent' } });
    expect(kept.rows).toEqual([
      ['a\0b', '1'],
      [null, '\0'],
    ]);
  });

  it('a quote that never closes is named by where it opens', async () => {
    const text = 'a,b\n1,"x\ny"\n2,"cut\nin ""a';
    await expect(readCells(text, { chunkSizes: [3] })).rejects.toMatchObject({
      code: 'read.csv.unclosed-quote',
      parameters: { line: 4, column: 3 },
    });
  });

  it('text after a closing quote is named by line and column in characters', async () => {
    await expect(readCells('é,b\n"1\n€€",2\n"x","é"y\n')).rejects.toMatchObject({
      code: 'read.csv.stray-quote',
      parameters: { line: 4, column: 8 },
    });
  });

  it('ragged rows are named by line, also far down', async () => {
    const text = `a,b\n${'1,2\n'.repeat(400_000)}3\n`;
    await expect(readCells(text)).rejects.toMatchObject({
      code: 'read.csv.ragged-row',
      parameters: { line: 400_002, found: 1, expected: 2 },
    });
  });

  it('500 MB without a line end end early, within the limit of one record', async () => {
    const stream = repeated(new Uint8Array(1 << 20).fill(97), 500 << 20);
    await expect(drain(stream.open, 2)).rejects.toMatchObject({
      code: 'read.csv.record-too-large',
      parameters: { line: 1, limit: '64 MiB' },
    });
    expect(stream.taken()).toBeLessThanOrEqual(66 << 20);
    const sample = new Uint8Array(1 << 20).fill(97);
    expect(() =>
      inspectCsv({
        given: {},
        columns: [],
        sample,
        profiles: true,
        isWhole: false,
        sizeBytes: 500 << 20,
        name: 'x',
        limits: DEFAULT_LIMITS,
      }),
    ).toThrow('larger than 1 MiB');
  });

  it('an open quote before hundreds of MB takes no more memory either', async () => {
    const stream = repeated(utf8('"' + 'a\n'.repeat(500_000)), 1);
    const rest = repeated(utf8('a\n'.repeat(500_000)), 500_000_000);
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield* stream.open();
      yield* rest.open();
    };
    await expect(drain(open, 1)).rejects.toMatchObject({ code: 'read.csv.record-too-large' });
    expect(rest.taken()).toBeLessThan(70 << 20);
  });

  it('too many columns', async () => {
    const text = `${'a,'.repeat(200)}a\n`;
    await expect(readCells(text, { limits: { columns: 200 } })).rejects.toMatchObject({
      code: 'read.csv.too-many-columns',
      parameters: { found: 201, limit: 200 },
    });
    expect((await readCells(text, { limits: { columns: 201 } })).names).toHaveLength(201);
  });

  it('limits.recordBytes is exact', async () => {
    const record = 'x'.repeat(5_000);
    const text = `a\n${record}\nb\n`;
    const given = { header: 'absent' } as const;
    expect((await readCells(text, { given, limits: { recordBytes: 5_000 } })).rows).toHaveLength(3);
    await expect(readCells(text, { given, limits: { recordBytes: 4_990 } })).rejects.toMatchObject({
      code: 'read.csv.record-too-large',
      parameters: { line: 2 },
    });
  });
});

describe('hostile but valid', { timeout: 60_000 }, () => {
  it('20,000 columns', async () => {
    const width = 20_000;
    const names = Array.from({ length: width }, (_, i) => `c${i}`);
    const row = Array.from({ length: width }, (_, i) => String(i));
    const text = [names, row, row.map((c) => `"${c}"`), row]
      .map((cells) => cells.join(';'))
      .join('\n');
    const startedAt = performance.now();
    const read = await readCells(text, { chunkSizes: [65_536] });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(read.inspection.options.delimiter).toBe(';');
    expect(read.names).toEqual(names);
    expect(read.rows).toEqual([row, row, row]);
  });

  it('names that are repeated, empty, long or words of the language', async () => {
    const long = 'n'.repeat(5_000);
    const names = ['__proto__', 'constructor', '', '', 'a', 'a', 'A', long, 'toString', 'x,"\n'];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const read = await readCells(`${header}\n${names.map((_, i) => i).join(',')}\n`, {
      given: { header: 'present' },
      columns: [{ column: { name: 'a', nth: 1 }, type: 'utf8' }, { column: { name: '__proto__' } }],
    });
    expect(read.names).toEqual(names);
    expect(read.rows).toEqual([names.map((_, i) => String(i))]);
    expect(read.inspection.schema.fields.map((field) => field.origin)).toEqual(
      names.map((_, i) => (i === 5 ? 'declared' : 'inferred')),
    );
  });
});

describe('ragged rows', { timeout: 60_000 }, () => {
  const text = 'a,b,c\n1,2,3\n1,2\n1,2,3,4\n"x\ny",2\n7,8,9\n';
  const read = (raggedRows: 'reject' | 'pad' | 'fit') =>
    readCells(text, { given: { raggedRows }, chunkSizes: [5] });

  it('are rejected with row and line', async () => {
    const { rows, rejects, losses, batches } = await read('reject');
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['7', '8', '9'],
    ]);
    expect(rejects.map(({ row, line, code, value }) => ({ row, line, code, value }))).toEqual([
      { row: 1, line: 3, code: 'read.csv.ragged-row', value: '1,2' },
      { row: 2, line: 4, code: 'read.csv.ragged-row', value: '1,2,3,4' },
      { row: 3, line: 5, code: 'read.csv.ragged-row', value: '"x y",2' },
    ]);
    expect(losses).toEqual([]);
    expect(batches[0]!.rowCount).toBe(5);
  });

  it('are padded, long ones rejected', async () => {
    const { rows, rejects, losses } = await read('pad');
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['1', '2', null],
      ['x\ny', '2', null],
      ['7', '8', '9'],
    ]);
    expect(rejects.map((reject) => reject.line)).toEqual([4]);
    expect(losses).toMatchObject([{ code: 'csv.row-padded', count: 2 }]);
  });

  it('are made to fit', async () => {
    const { rows, rejects, losses } = await read('fit');
    expect(rows.map((row) => row.length)).toEqual([3, 3, 3, 3, 3]);
    expect(rejects).toEqual([]);
    expect(losses).toMatchObject([
      { code: 'csv.row-padded', count: 2 },
      { code: 'csv.row-cut', count: 1 },
    ]);
  });
});

describe('stopping', { timeout: 60_000 }, () => {
  it('closes the input when the consumer leaves early, and when it is cancelled', async () => {
    let closed = 0;
    const open = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (let i = 0; i < 50; i++) {
          await Promise.resolve();
          yield utf8('1,2\n'.repeat(100_000));
        }
      } finally {
        closed++;
      }
    };
    const controller = new AbortController();
    const context = {
      input: { kind: 'bytes', name: 'x', sizeBytes: null, once: false, open } as const,
      options: { ...csvOptions.defaults, header: 'absent' } as const,
      schema: schemaOf([
        ['a', UTF8],
        ['b', UTF8],
      ]),
      columns: [],
      limits: DEFAULT_LIMITS,
      signal: controller.signal,
      reject: () => {},
      lose: () => {},
    };
    for await (const batch of readCsv(context)) {
      expect(batch.rowCount).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(1);
    const cancelled = (async () => {
      for await (const batch of readCsv(context)) if (batch.rowCount > 0) controller.abort();
    })();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed).toBe(2);
  });
});
