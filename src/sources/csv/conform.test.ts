// Values of columns whose type the user set: rejected, nulled or fatal while reading, with line and column.
import { describe, expect, it } from 'vitest';
import type { ColumnEdit } from '../../contract/config.ts';
import { parseTypeName, type DataType } from '../../table/data-type.ts';
import { lineOfRow } from '../../table/text-block.ts';
import { createTypeCheck } from '../../table/type-check.ts';
import { readCells, utf8 } from './testing.ts';

const fitsText = (type: DataType, value: string): boolean =>
  createTypeCheck(type)(utf8(value), 0, utf8(value).length);

const text = 'n,d,t\n1,2026-01-01,a\nx,2026-01-02,"b\nb"\n3,2026-02-30,c\ny,z,d\n5,,e\n';
const edit = (name: string, type: string, onMisfit?: ColumnEdit['onMisfit']): ColumnEdit => ({
  column: { name },
  type,
  ...(onMisfit && { onMisfit }),
});
const read = (columns: ColumnEdit[]) => readCells(text, { given: { header: 'present' }, columns });

describe('declared types', { timeout: 60_000 }, () => {
  it('reject the row by default', async () => {
    const { rows, rejects, losses, batches } = await read([edit('n', 'int64')]);
    expect(rows.map((row) => row[2])).toEqual(['a', 'c', 'e']);
    expect(rejects).toEqual([
      {
        row: 1,
        line: 3,
        column: 'n',
        code: 'read.misfit',
        sentence: '“x” on line 3 is not of type int64 (column “n”).',
        value: 'x',
        record: 'x,2026-01-02,"b\nb"',
      },
      expect.objectContaining({ row: 3, line: 6, value: 'y' }),
    ]);
    expect(losses).toEqual([]);
    expect([...batches[0]!.selection!]).toEqual([0, 2, 4]);
  });

  it('make values null, counted, and keep rows, lines and everything else', async () => {
    const { rows, rejects, losses, batches } = await read([
      edit('n', 'int64', 'null'),
      edit('d', 'date', 'null'),
    ]);
    expect(rows).toEqual([
      ['1', '2026-01-01', 'a'],
      [null, '2026-01-02', 'b\nb'],
      ['3', null, 'c'],
      [null, null, 'd'],
      ['5', null, 'e'],
    ]);
    expect(rejects).toEqual([]);
    expect(losses.map((loss) => [loss.column, loss.count, loss.example])).toEqual([
      ['n', 2, 'x'],
      ['d', 2, '2026-02-30'],
    ]);
    expect([0, 1, 2, 3, 4].map((r) => lineOfRow(batches[0]!.block!, r))).toEqual([2, 3, 5, 6, 7]);
  });

  it('do not count a null in a row that another column rejects', async () => {
    const { losses, rejects } = await read([edit('n', 'int64', 'null'), edit('d', 'date')]);
    expect(losses.map((loss) => loss.example)).toEqual(['x']);
    expect(rejects.map((reject) => reject.line)).toEqual([5, 6]);
  });

  it('fail with line and column', async () => {
    await expect(read([edit('d', 'date', 'fail')])).rejects.toMatchObject({
      code: 'read.misfit',
      parameters: { value: '2026-02-30', line: 5, type: 'date', column: 'd' },
    });
  });

  it('keep a null text of their own', async () => {
    const { rows } = await readCells('n\n1\nx\nNULL\n', {
      given: { nullText: 'NULL', header: 'present' },
      columns: [edit('n', 'int64', 'null')],
    });
    expect(rows).toEqual([['1'], [null], [null]]);
  });

  it('leave inferred types alone', async () => {
    const values = `n,k\n${'1,a\n'.repeat(300_000)}x,b\n`;
    const { rows, rejects, inspection } = await readCells(values, { given: { header: 'present' } });
    expect(inspection.schema.fields[0]!.type.kind).toBe('int');
    expect(rows.length).toBe(300_001);
    expect(rejects).toEqual([]);
  });
});

describe('the check of a type', { timeout: 60_000 }, () => {
  it.each([
    ['int8', '127 -128 0 +5', '128 -129 1.0 "" x'],
    ['uint8', '0 255', '256 -1'],
    ['int64', '9223372036854775807 -9223372036854775808 007', '9223372036854775808 1e3 -'],
    ['uint64', '18446744073709551615', '18446744073709551616 -1'],
    ['decimal(5,2)', '999.99 1 -0.5 1.500', '1000.00 1.234 1e2 .'],
    ['float64', '1 1.5 1e300 -0', '1e999 NaN x'],
    ['bool', 'true FALSE', 'yes 1'],
    ['date', '2024-02-29', '2023-02-29 24-01-01'],
    ['time(ms)', '10:00 23:59:59.999 10:00:00.1000', '24:00 10:00:00.0001 10'],
    [
      'timestamp(s)',
      '2024-01-01T10:00 2024-01-01T10:00:00.000',
      '2024-01-01T10:00Z 2024-01-01T10:00:00.5',
    ],
    [
      'timestamp(us, UTC)',
      '2024-01-01T10:00Z 2024-01-01T10:00:00.123456+02:00',
      '2024-01-01T10:00',
    ],
    ['json', '{"a":1} [] 1 null', '{a:1} x'],
    ['utf8', 'x 1 {', ''],
  ])('%s', (name, good, bad) => {
    const type = parseTypeName(name)!;
    for (const value of good.split(' '))
      expect([value, fitsText(type, value)]).toEqual([value, true]);
    for (const value of bad.split(' ').filter((v) => v !== ''))
      expect([value, fitsText(type, value)]).toEqual([value, false]);
  });
});
