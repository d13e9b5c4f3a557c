// Wrong options of a format: all of them are told, each at its place, and the columns that go out are known all the same.
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { testEngine } from './engine.suite.ts';

const engine = testEngine();

function check(format: string, options: Record<string, unknown>) {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: format, options },
    delivery: { id: 'memory', options: {} },
  });
  return engine.check(config, { bytes: { input: new File(['city,price\nLima,1.50\n'], 'a.csv') } });
}

it('tells all wrong options and the columns', async () => {
  const { issues, columns } = await check('excel', {
    notes: [{ column: 'price', text: '' }],
    conditionalFormats: [
      { kind: 'bars', color: 'red' },
      { kind: 'cell', is: 'between', value: 1 },
    ],
  });
  expect(issues.map(({ path, severity }) => [path, severity])).toEqual([
    ['outputs.0.format.options.conditionalFormats.0.color', 'error'],
    ['outputs.0.format.options.conditionalFormats.1', 'error'],
    ['outputs.0.format.options.notes.0.text', 'error'],
  ]);
  expect(issues[0]!.detail).toMatch(/^is no colour/);
  expect(columns.map(({ name }) => name)).toEqual(['city', 'price']);
});

it('tells of columns that are not there at the option that names them', async () => {
  const gone = { name: 'gone' };
  const cases: [format: string, option: string, value: unknown, needs?: object][] = [
    ['excel', 'links', ['gone']],
    ['excel', 'sheetBy', 'gone'],
    ['excel', 'totals', [{ column: gone }]],
    ['excel', 'notes', [{ column: gone, text: 'a' }]],
    ['excel', 'columns', [{ column: gone, bold: true }]],
    ['excel', 'formulas', [{ name: 'a', formula: '{gone}*2' }]],
    ['excel', 'conditionalFormats', [{ kind: 'bars', columns: [gone] }]],
    ['excel', 'validations', [{ kind: 'list', columns: [gone], values: ['a'] }]],
    ['csv', 'quotedColumns', ['gone'], { quotes: 'columns' }],
    ['csv', 'columns', [{ column: gone, decimals: 1 }]],
    ['sql', 'keyColumns', ['gone']],
    ['sql', 'columnTypes', { gone: 'text' }],
    ['xml', 'attributeColumns', ['gone']],
    ['avro', 'uuidColumns', ['gone']],
    ['sqlite', 'rowId', 'gone'],
    ['sqlite', 'indexes', ['gone']],
    ['parquet', 'encodings', { gone: 'plain' }],
    ['parquet', 'schema', [{ column: gone, type: 'json' }]],
    ['json', 'keyColumns', ['gone'], { structure: 'keyed' }],
    ['json', 'levels', [{ column: gone, key: 'a' }], { structure: 'nested' }],
    ['json', 'entities', [{ name: 'a', key: ['gone'] }], { structure: 'normalized' }],
    ['json', 'columnDates', [{ column: gone, format: 'unix' }]],
    ['json', 'idColumn', 'gone', { structure: 'geojson' }],
    ['ndjson', 'longitude', 'gone', { structure: 'geojson', latitude: 'price' }],
  ];
  for (const [format, option, value, needs = {}] of cases) {
    const { issues } = await check(format, { ...needs, [option]: value });
    const told = issues.filter(({ path }) => path === `outputs.0.format.options.${option}`);
    expect(told.map(({ sentence }) => sentence).join(), `${format} ${option}`).toContain('gone');
  }
});
