// What inspect says of a host's rows: counts and shapes where they can be read again, and nothing made up where not.
import { describe, expect, it } from 'vitest';
import type { Bindings } from '../contract/bindings.ts';
import { createConfig } from '../contract/config.ts';
import type { Inspection } from '../contract/verbs.ts';
import { bindRows, type HostRows } from '../worker/rows.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();
const config = createConfig({
  source: { kind: 'rows', from: { binding: 'records' } },
  format: { id: 'csv', options: {} },
  delivery: { id: 'memory', options: {} },
});

async function inspected(rows: HostRows): Promise<{ found: Inspection; bindings: Bindings }> {
  const bindings = { rows: { records: await bindRows(rows) } };
  return { found: await engine.inspect(config, bindings), bindings };
}

describe('inspect of host rows', () => {
  it('counts nulls, distinct values, lengths and shapes', async () => {
    const { found } = await inspected([
      { n: 3, word: 'a', when: new Date(0), on: true, price: 1.5, deep: { a: 1 } },
      { n: 1, word: '', when: new Date(86_400_000), on: true, price: NaN, deep: null },
      { n: 3, word: 'äöü', when: null, on: false, price: 2.5, deep: [1] },
      { n: null, word: 'a', when: new Date(0), on: true, price: 2.5, deep: { a: 1 } },
    ]);
    expect(found).toMatchObject({ sampledRows: 4, isWhole: true, estimatedRows: 4 });
    const [n, word, when, on, price, deep] = found.columns;
    expect(found.columns.every(({ isProfiled }) => isProfiled)).toBe(true);
    expect(n).toMatchObject({
      sentence: 'Given by the host.',
      nullCount: 1,
      distinctCount: 2,
      examples: ['3', '1'],
    });
    expect(n!.shape).toMatchObject({ kind: 'range', from: '1', to: '3' });
    expect(word).toMatchObject({
      nullCount: 0,
      emptyCount: 1,
      longest: 3,
      shape: { kind: 'values', values: ['a', '', 'äöü'], counts: [2, 1, 1], others: 0 },
    });
    expect(when).toMatchObject({
      nullCount: 1,
      shape: { kind: 'range', from: '1970-01-01T00:00:00.000Z', to: '1970-01-02T00:00:00.000Z' },
    });
    expect(on!.shape).toEqual({
      kind: 'values',
      values: ['true', 'false'],
      counts: [3, 1],
      others: 0,
    });
    expect((price!.shape as { counts: number[] }).counts.reduce((a, b) => a + b)).toBe(3);
    expect(deep).toMatchObject({ nullCount: 1, distinctCount: 2, shape: null });
  });

  it('looks at the first 4,096 rows and asks a paged host for little more', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => ({ n }));
    const { found } = await inspected(rows);
    expect(found).toMatchObject({ sampledRows: 4_096, isWhole: false, estimatedRows: 10_000 });
    let pages = 0;
    const paged = await inspected({
      fetchPage: async ({ offset, limit }) => {
        pages++;
        return rows.slice(offset, offset + limit);
      },
    });
    expect(paged.found).toMatchObject({ sampledRows: 4_096, isWhole: false, estimatedRows: null });
    // One more to learn the columns.
    expect(pages).toBeLessThanOrEqual(7);
  });

  it('leaves rows that can be read only once alone, and says so', async () => {
    const records = (function* () {
      for (let n = 0; n < 5_000; n++) yield { n };
    })();
    const { found, bindings } = await inspected(records);
    expect(found).toMatchObject({ sampledRows: 0, isWhole: false, estimatedRows: null });
    expect(found.columns[0]).toMatchObject({ isProfiled: false, shape: null });
    expect(found.columns[0]!.sentence).toMatch(/only once/);
    // A preview stays within what was read to learn the columns, so the run still has all rows.
    const { rowsOut, error } = await engine.preview(config, bindings);
    expect([rowsOut, error]).toEqual([100, null]);
    const outcome = await engine.run(config, {
      ...bindings,
      targets: { output: memoryTarget() },
    });
    expect(outcome.report).toMatchObject({ outcome: 'completed', audit: { rowsOut: 5_000 } });
  });

  it('says why rows that fail were not looked at', async () => {
    let passes = 0;
    const failing: HostRows = {
      fetchPage: async () => {
        if (++passes > 1) throw new Error('the host is away');
        return { rows: [{ n: 1 }] };
      },
    };
    const { found } = await inspected(failing);
    expect(found.columns[0]).toMatchObject({ isProfiled: false, nullCount: 0 });
    expect(found.columns[0]!.sentence).toContain('the host is away');
  });
});
