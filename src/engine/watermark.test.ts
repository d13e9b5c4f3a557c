// Only rows beyond the last run's greatest value: by the column's type, counted, and the new greatest value reported.
import { describe, expect, it } from 'vitest';
import { createConfig, type SourceConfig } from '../contract/config.ts';
import { memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

async function runOn(
  text: string | Record<string, string>,
  column: string,
  last?: string,
  more: Partial<SourceConfig> & { limit?: number } = {},
) {
  const target = memoryTarget();
  const { limit, ...source } = more;
  const config = createConfig({
    source: {
      kind: 'csv',
      from: { binding: 'in' },
      watermark: { column: { name: column } },
      ...source,
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    steps:
      limit === undefined
        ? []
        : [{ id: 'limit', kind: 'limit', enabled: true, options: { limit } }],
  });
  const binding =
    typeof text === 'string'
      ? new File([text], 'in.csv')
      : {
          name: 'in',
          files: Object.entries(text).map(([name, part]) => ({
            name,
            file: new File([part], name),
          })),
        };
  const { report } = await engine.run(config, {
    bytes: { in: binding },
    targets: { output: target },
    ...(last !== undefined && { watermarks: { source: last } }),
  });
  return { report, text: textOf([...target.files.values()][0]) };
}

const ORDERS = 'id,at\n9,2026-01-01\n10,2026-03-05\n2,2026-02-01\n,\n';

describe('a watermark', () => {
  it('lets all rows pass the first time, and reports the greatest value', async () => {
    const { report, text } = await runOn(ORDERS, 'id');
    expect(text).toBe(ORDERS);
    expect(report.sources[0]).toMatchObject({ watermark: '10', rowsRead: 4 });
    expect(report.audit).toMatchObject({ rowsIn: 4, rowsOut: 4, balances: true });
  });

  it('lets only rows beyond it pass, by value', async () => {
    const numbers = await runOn(ORDERS, 'id', '9');
    expect(numbers.text).toBe('id,at\n10,2026-03-05\n');
    expect(numbers.report.ledger[0]).toMatchObject({ in: 4, out: 1, filtered: 3 });
    expect(numbers.report.audit).toMatchObject({ filtered: 3, balances: true });
    expect(numbers.report.sources[0]!.watermark).toBe('10');
    const dates = await runOn(ORDERS, 'at', '2026-01-31');
    expect(dates.text).toBe('id,at\n10,2026-03-05\n2,2026-02-01\n');
    expect(dates.report.sources[0]!.watermark).toBe('2026-03-05');
  });

  it('stays when nothing is new, and when not all was read', async () => {
    const same = await runOn(ORDERS, 'id', '10');
    expect(same.text).toBe('id,at\n');
    expect(same.report.sources[0]!.watermark).toBe('10');
    const rows = 'n\n' + Array.from({ length: 300_000 }, (_, i) => `${i}\n`).join('');
    const limited = await runOn(rows, 'n', '5', { limit: 2 });
    expect(limited.text).toBe('n\n6\n7\n');
    expect(limited.report).toMatchObject({ capped: true, sources: [{ watermark: '5' }] });
  });

  it('is one for all files', async () => {
    const files = { 'a.csv': 'n\n1\n5\n', 'b.csv': 'n\n4\n7\n' };
    const { report, text } = await runOn(files, 'n', '4');
    expect(text).toBe('n\n5\n7\n');
    expect(report.sources[0]).toMatchObject({
      watermark: '7',
      files: [
        { name: 'a.csv', rows: 2 },
        { name: 'b.csv', rows: 2 },
      ],
    });
    expect(report.audit.balances).toBe(true);
  });

  it('says what is wrong with itself', async () => {
    const unknown = await runOn(ORDERS, 'when');
    expect(unknown.report.error).toMatchObject({ code: 'config.unknown-column' });
    const other = await runOn(ORDERS, 'id', 'yesterday');
    expect(other.report.error).toMatchObject({
      code: 'config.wrong-option',
      sentence: expect.stringContaining('“yesterday” is not of type int64'),
    });
  });
});
