// Sources that are united and joined in one plan: every row accounted for, inferred types that do not hold cured by a fresh start.
import { expect, it } from 'vitest';
import { createConfig, type ExportConfig, type StepConfig } from '../contract/config.ts';
import { memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

function configOf(steps: StepConfig[], memoryBytes?: number): ExportConfig {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'a' } },
    format: { id: 'ndjson', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  config.sources = ['a', 'b'].map((id) => ({
    id,
    kind: 'csv',
    from: { binding: id },
    options: {},
  }));
  config.datasets = [{ id: 'all', from: 'a', steps }];
  config.outputs[0]!.datasets = ['all'];
  if (memoryBytes !== undefined) config.limits = { ...config.limits, memoryBytes };
  return config;
}

const step = (kind: string, options: Record<string, unknown>): StepConfig => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

/** More rows than a sample holds; the last value is no number. */
const numbers = (header: string, factor: number, last: string): string =>
  `${header}\n${Array.from({ length: 60_000 }, (_, i) => `${i},${i * factor}`).join('\n')}\n60000,${last}\n`;

async function run(config: ExportConfig, a: string, b: string) {
  const target = memoryTarget();
  const { report } = await engine.run(config, {
    bytes: { a: new File([a], 'a.csv'), b: new File([b], 'b.csv') },
    targets: { output: target },
  });
  expect(report.error).toBe(null);
  expect(report.audit.balances).toBe(true);
  return {
    report,
    lines: textOf([...target.files.values()][0])
      .trimEnd()
      .split('\n'),
  };
}

it('reads a column of the second source as text where its type does not hold, in a union', async () => {
  const config = configOf([step('union', { with: ['b'] })]);
  const { report, lines } = await run(config, 'id,v\n1,2\n', numbers('id,v', 3, 'abc'));
  expect(report.retyped).toMatchObject([{ source: 'b', column: 'v', value: 'abc' }]);
  expect(lines[0]).toBe('{"id":1,"v":"2"}');
  expect(lines.at(-1)).toBe('{"id":60000,"v":"abc"}');
  expect(lines).toHaveLength(60_002);
});

it(
  'and in a join, whether the other side fits into memory or not',
  { timeout: 20_000 },
  async () => {
    const steps = [step('join', { with: 'b', on: 'id', prefix: 'b_' })];
    const a = numbers('id,v', 1, '5');
    const b = numbers('id,v', 2, 'abc');
    const { report, lines } = await run(configOf(steps), a, b);
    expect(report.retyped).toMatchObject([{ source: 'b', column: 'v', value: 'abc' }]);
    expect(lines[7]).toBe('{"id":7,"v":7,"b_v":"14"}');
    expect(lines.at(-1)).toBe('{"id":60000,"v":5,"b_v":"abc"}');
    expect(report.ledger.find(({ id }) => id === 'join')).toMatchObject({
      in: 120_002,
      out: 60_001,
      merged: 60_001,
    });
    const aside = await run(configOf(steps, 1_000_000), a, b);
    expect(aside.lines).toEqual(lines);
  },
);
