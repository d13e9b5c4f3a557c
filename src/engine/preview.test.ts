// The end of the sample, what was left out of it, and how much of a wide table is looked at.
import { describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import type { PreviewLimits } from '../contract/verbs.ts';
import { testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

type Parts = Partial<Parameters<typeof createConfig>[0]>;

function previewOf(text: string, parts: Parts = {}, limits?: PreviewLimits) {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });
  return engine.preview(config, { bytes: { input: new File([text], 'orders.csv') } }, limits);
}

const step = (kind: string, options: Record<string, unknown>) => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

const numbers = (count: number): string =>
  `n,word\n${Array.from({ length: count }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}\n`).join('')}`;

describe('preview', () => {
  it('has no tail where the head is whole', async () => {
    const { isWhole, tail, head } = await previewOf(numbers(3));
    expect([isWhole, tail.length, textOf(head)]).toEqual([true, 0, numbers(3)]);
  });

  it('is whole with just as many rows as were asked for, and not with one more', async () => {
    const all = await previewOf(numbers(100), {}, { rows: undefined });
    expect([all.isWhole, all.rowsOut, textOf(all.head)]).toEqual([true, 100, numbers(100)]);
    const more = await previewOf(numbers(101));
    expect([more.isWhole, more.rowsOut, more.tail.length > 0]).toEqual([false, 100, true]);
  });

  it('ends as the sample would: its last fifty rows and what closes the file', async () => {
    const json = await previewOf(numbers(1_000), { format: { id: 'json', options: {} } });
    expect([json.isWhole, json.rowsOut, json.error]).toEqual([false, 100, null]);
    const text = textOf(json.tail);
    expect(text.endsWith('{"n":999,"word":"odd"}\n]}\n')).toBe(true);
    expect(text.match(/"n":/g)).toHaveLength(50);
    const whole = textOf((await previewOf(numbers(1_000), {}, { rows: 2_000 })).head);
    const csv = textOf((await previewOf(numbers(1_000))).tail);
    expect(whole.endsWith(csv)).toBe(true);
    expect(csv.split('\n')).toHaveLength(51);
  });

  it('puts no byte order mark before the tail, and keeps characters whole', async () => {
    const text = `n,word\n${'1,ÄÖÜ€\n'.repeat(500)}`;
    const charset = { id: 'utf-16le', bom: true, onLoss: 'fail', replacement: '?' } as const;
    const { head, tail } = await previewOf(text, { output: { charset } }, { bytes: 101 });
    expect([...head.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(new TextDecoder('utf-16le', { fatal: true }).decode(tail)).toMatch(/ÄÖÜ€\n$/);
    expect(tail.length).toBeLessThanOrEqual(101);
    const utf8 = await previewOf(text, {}, { bytes: 100 });
    expect(new TextDecoder('utf-8', { fatal: true }).decode(utf8.tail)).toMatch(/€\n$/);
  });

  it('counts what a filter let nobody see', async () => {
    const { rowsRead, rowsFiltered, rowsOut, isWhole, tail } = await previewOf(numbers(90), {
      steps: [step('filter', { where: "word = 'odd'" }), step('limit', { limit: 40 })],
    });
    expect({ rowsRead, rowsFiltered, rowsOut, isWhole }).toEqual({
      rowsRead: 90,
      rowsFiltered: 50,
      rowsOut: 40,
      isWhole: true,
    });
    expect(tail.length).toBe(0);
  });

  it('lists the first hundred rows that were left out', async () => {
    const text = `n,word\n${'1,a\n2\n'.repeat(150)}`;
    const options = { raggedRows: 'reject' };
    const { rejects, rowsRead, rowsFiltered, rowsOut } = await previewOf(text, {
      source: { kind: 'csv', from: { binding: 'input' }, options },
    });
    expect({ rowsRead, rowsFiltered, rowsOut }).toEqual({
      rowsRead: 300,
      rowsFiltered: 0,
      rowsOut: 100,
    });
    expect(rejects).toHaveLength(100);
    expect(rejects[0]).toMatchObject({ line: 3, code: 'read.csv.ragged-row' });
  });

  it('counts what format and charset could not hold of the rows in its head', async () => {
    const text = `n,word\n${'1,€ 東\n=2,b\n'.repeat(300)}`;
    const charset = {
      id: 'windows-1252',
      bom: false,
      onLoss: 'replace',
      replacement: '?',
    } as const;
    const output = { charset };
    const format = { id: 'csv', options: { formulaGuard: true } };
    const all = await previewOf(text, { output, format }, { rows: 1_000 });
    const lossOf = ({ encoded }: typeof all, code: string) =>
      encoded.losses.find((loss) => loss.code === code)?.count;
    expect(all.encoded.rows).toBe(600);
    expect(lossOf(all, 'charset.replaced')).toBe(300);
    expect(lossOf(all, 'csv.formula-guarded')).toBe(300);
    const some = await previewOf(text, { output, format }, { rows: 10 });
    expect([some.encoded.rows, lossOf(some, 'charset.replaced')]).toEqual([10, 5]);
  });

  it('counts what steps and edits found in the rows it read', async () => {
    const { losses, steps, rowsRead } = await previewOf(
      'n,word\n1,a\n,b\nx,a\n7,\n',
      {
        source: {
          kind: 'csv',
          from: { binding: 'input' },
          columns: [{ column: { name: 'n' }, type: 'int64', onMisfit: 'null' }],
        },
        steps: [
          step('validate', {
            action: 'report',
            columns: [
              { column: 'n', max: 5 },
              { column: 'word', required: true },
            ],
            unique: ['word'],
          }),
        ],
      },
      { rows: 10, bytes: 1, columns: 1 },
    );
    expect(rowsRead).toBe(4);
    expect(steps).toMatchObject([{ id: 'validate', in: 4, out: 4 }]);
    expect(losses.map(({ code, column, count }) => [code, column, count])).toEqual([
      ['csv.misfit-null', 'n', 1],
      ['validate.max', 'n', 1],
      ['validate.required', 'word', 1],
      ['validate.unique', 'word', 1],
    ]);
    expect((await previewOf(numbers(3))).losses).toEqual([]);
  });

  it('says when rows were left unread, and when columns come from some of them', async () => {
    const pivot = step('pivot', { column: 'word', measures: [{ op: 'count' }] });
    const told = async (rows: number, steps: ReturnType<typeof step>[]) => {
      const { isSampled, areColumnsSampled } = await previewOf(numbers(rows), { steps });
      return [isSampled, areColumnsSampled];
    };
    expect(await told(50, [])).toEqual([false, false]);
    expect(await told(200_000, [])).toEqual([true, false]);
    expect(await told(50, [pivot])).toEqual([false, false]);
    expect(await told(30_000, [pivot])).toEqual([false, true]);
    const listed = { ...pivot, options: { ...pivot.options, values: ['odd'] } };
    expect(await told(30_000, [listed])).toEqual([false, false]);
  });

  it('takes a misfit at the end of the sample as a run does', async () => {
    const text = `${numbers(60_000)}x,odd\n`.slice(0, 900_000);
    const broken = `${text.slice(0, text.lastIndexOf('\n') + 1)}x,odd\n`;
    const { columns, tail, error } = await previewOf(broken, {
      format: { id: 'json', options: {} },
    });
    expect(error).toBeNull();
    expect(columns[0]).toEqual({ name: 'n', type: 'utf8' });
    expect(textOf(tail)).toContain('"n":"x"');
  });

  it('shows the first cells of a wide table, and encodes no more of it than it shows', async () => {
    const wide = (count: number, cell: string): string =>
      `${Array.from({ length: count }, (_, c) => `${cell}${c}`).join(',')}\n`;
    const text = wide(20_000, 'c') + wide(20_000, 'v').repeat(40);
    const { columns, rows, head, isWhole, rowsOut } = await previewOf(text, {}, { columns: 30 });
    expect([columns.length, rows.length, rowsOut, isWhole]).toEqual([20_000, 40, 40, false]);
    expect(rows.every((row) => row.length === 30)).toBe(true);
    expect(textOf(head)).toBe(text.slice(0, 65_536));
  });

  it('shows the last rows of the sample beside the first, with the columns asked for', async () => {
    const limits = { rows: 2, columns: 1, firstColumn: 1 };
    const { rows, lastRows, columns } = await previewOf(numbers(1_000), {}, limits);
    expect(columns.map((column) => column.name)).toEqual(['n', 'word']);
    expect(rows).toEqual([['even'], ['odd']]);
    expect(lastRows).toHaveLength(50);
    expect(lastRows.at(-1)).toEqual(['odd']);
    const all = await previewOf(numbers(3));
    expect(all.lastRows).toEqual(all.rows);
  });
});
