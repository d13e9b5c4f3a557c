// Losses that the check foresees: of several columns each is said once, with their names, and its remedy takes it away.
import { describe, expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();
const record = (names: readonly string[]): string =>
  `[${JSON.stringify(Object.fromEntries(names.map((name) => [name, [1, { x: null }]])))}]`;

async function lossesOf(format: string, names: readonly string[], options = {}) {
  const config = createConfig({
    source: { kind: 'json', from: { binding: 'input' } },
    format: { id: format, options },
    delivery: { id: 'memory', options: {} },
  });
  const { issues } = await engine.check(config, {
    bytes: { input: new File([record(names)], 'a.json') },
    targets: { output: memoryTarget() },
  });
  return issues.filter(({ severity }) => severity === 'loss');
}

describe('losses that the check foresees', () => {
  it.each([
    ['sqlite', 'Nested values are stored as JSON text'],
    ['excel', 'Nested values are written as JSON text'],
  ])('%s: are said once for all of their columns, which are named', async (format, sentence) => {
    expect(await lossesOf(format, ['a'])).toMatchObject([{ sentence: `${sentence}: “a”.` }]);
    expect(await lossesOf(format, ['a', 'b'])).toMatchObject([
      { sentence: `${sentence}: “a”, “b”.` },
    ]);
    const long = 'c'.repeat(60);
    expect(await lossesOf(format, ['a', 'b', long, 'd', 'e', 'f'])).toMatchObject([
      { sentence: `${sentence}: “a”, “b”, “${'c'.repeat(39)}…”, “d” and 2 more.` },
    ]);
  });

  it('name their column themselves where each is another one', async () => {
    const losses = await lossesOf('avro', ['a b', 'c d'], { nested: 'json' });
    const renamed = losses.filter(({ code }) => code === 'avro.name-changed');
    expect(renamed.map(({ sentence }) => sentence.slice(0, 6))).toEqual(['“a b” ', '“c d” ']);
  });
});

describe('losses that no value counts', () => {
  const lossesOfRun = async (format: string, text: string, options = {}) => {
    const config = createConfig({
      source: { kind: 'csv', from: { binding: 'input' } },
      format: { id: format, options },
      delivery: { id: 'memory', options: {} },
    });
    const { report } = await engine.run(config, {
      bytes: { input: new File([text], 'a.csv') },
      targets: { output: memoryTarget() },
    });
    expect(report.outcome).toBe('completed');
    return report.losses;
  };

  it('stand in the report of a run, by columns', async () => {
    expect(await lossesOfRun('sql', 'a,b,a\n1,2,3\n')).toEqual([
      {
        code: 'sql.name-changed',
        sentence: 'A second “a” is written as “a_2”.',
        count: 1,
        unit: 'columns',
      },
    ]);
    expect(await lossesOfRun('sql', 'a,b\n1,2\n')).toEqual([]);
    expect(await lossesOfRun('sqlite', 'a,b,c\ntrue,2,true\n')).toMatchObject([
      { code: 'sqlite.bool-as-integer', count: 2, unit: 'columns' },
    ]);
  });

  it('are named up to a few, and counted beyond', async () => {
    const losses = await lossesOfRun('avro', 'a b,c d,e f,g h,i j,k l,m n\n1,2,3,4,5,6,7\n');
    const names = losses.slice(0, 4).map(({ sentence }) => sentence.slice(1, 4));
    expect(names).toEqual(['a b', 'c d', 'e f', 'g h']);
    expect(losses.slice(4)).toMatchObject([{ code: 'avro.name-changed', count: 3 }]);
  });

  it('are not said twice where values count them', async () => {
    expect(await lossesOfRun('csv', 'a\n"=1+1"\n')).toMatchObject([
      { code: 'csv.formula-guarded', count: 1 },
    ]);
  });
});
