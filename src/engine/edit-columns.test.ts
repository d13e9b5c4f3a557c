// What users settle about columns: names, patterns, number signs, null texts and types, for text and typed sources alike.
import { describe, expect, it } from 'vitest';
import type { Bindings, RowsBinding } from '../contract/bindings.ts';
import { createConfig, type ColumnEdit, type StepConfig } from '../contract/config.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { FLOAT64, INT64, UTF8 } from '../table/data-type.ts';
import { memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

function configOf(kind: string, columns: ColumnEdit[], format = 'json', steps: StepConfig[] = []) {
  const options = format === 'json' ? { rootKey: '' } : {};
  return createConfig({
    source: { kind, from: { binding: 'input' }, columns },
    format: { id: format, options },
    delivery: { id: 'memory', options: {} },
    steps,
  });
}

async function run(config: ReturnType<typeof configOf>, bindings: Bindings) {
  const target = memoryTarget();
  const { report } = await engine.run(config, { ...bindings, targets: { output: target } });
  return { report, text: textOf([...target.files.values()][0]) };
}

const csv = (text: string): Bindings => ({ bytes: { input: new File([text], 'a.csv') } });

const SALES = 'day;price;note;id\n24.12.2026;1.234,56;n/a;007\n31.12.2026;0,5;x;008\n';
const EDITS: ColumnEdit[] = [
  { column: { name: 'day' }, pattern: { text: 'DD.MM.YYYY', tokens: 'moment' }, name: 'on' },
  {
    column: { name: 'price' },
    type: 'decimal(12,2)',
    numbers: { decimalSign: ',', groupSign: '.' },
  },
  { column: { name: 'note' }, nullTexts: ['n/a', '-'] },
  { column: { name: 'id' }, type: 'utf8', name: 'number' },
];

describe('edits of text columns', () => {
  it('rename, read dates by a pattern, numbers by their signs, and null texts', async () => {
    const { report, text } = await run(configOf('csv', EDITS), csv(SALES));
    expect(report.error).toBeNull();
    expect(text.replaceAll('\n', '')).toBe(
      '[{"on":"2026-12-24","price":1234.56,"note":null,"number":"007"},' +
        '{"on":"2026-12-31","price":0.50,"note":"x","number":"008"}]',
    );
    expect(report.columns).toMatchObject([
      { name: 'on', type: 'date' },
      { name: 'price', type: 'decimal(12,2)' },
      { name: 'note', type: 'utf8', nullCount: 1 },
      { name: 'number', type: 'utf8' },
    ]);
  });

  it.each([
    ['cldr', 'dd.MM.yyyy HH:mm', '24.12.2026 18:30', 'timestamp(s)', '2026-12-24T18:30:00'],
    ['strftime', '%d/%m/%y', '24/12/26', 'date', '2026-12-24'],
    ['moment', 'HH:mm:ss.SSS', '18:30:00.250', 'time(ms)', '18:30:00.250'],
    ['moment', 'X', '1700000000', 'timestamp(s, UTC)', '2023-11-14T22:13:20Z'],
    ['moment', 'x', '1700000000250', 'timestamp(ms, UTC)', '2023-11-14T22:13:20.250Z'],
  ] as const)('tell the type by the pattern: %s %s', async (tokens, pattern, value, type, out) => {
    const edits: ColumnEdit[] = [{ column: { name: 'a' }, pattern: { text: pattern, tokens } }];
    const { report, text } = await run(configOf('csv', edits), csv(`a;b\n${value};1\n`));
    expect(report.columns[0]).toMatchObject({ type });
    expect(JSON.parse(text)).toEqual([{ a: out, b: 1 }]);
  });

  const MISFITS = 'a;b\n1,5;x\n"bad\nvalue";y\n2,5;z\n-;w\n';
  const withPolicy = (onMisfit: ColumnEdit['onMisfit']): ColumnEdit[] => [
    {
      column: { name: 'a' },
      type: 'float64',
      numbers: { decimalSign: ',' },
      nullTexts: ['-'],
      ...(onMisfit && { onMisfit }),
    },
  ];
  it('reject what does not fit, with line and column, in the line of the source', async () => {
    const { report, text } = await run(configOf('csv', withPolicy(undefined)), csv(MISFITS));
    expect(JSON.parse(text)).toEqual([
      { a: 1.5, b: 'x' },
      { a: 2.5, b: 'z' },
      { a: null, b: 'w' },
    ]);
    expect(report.rejects).toMatchObject({
      count: 1,
      listed: [{ row: 1, line: 3, column: 'a', code: 'read.misfit', value: 'bad value' }],
    });
    expect(report.ledger[0]).toMatchObject({ id: 'source', in: 4, out: 3, rejected: 1 });
    expect(report.audit.balances).toBe(true);
  });

  it('make it null and count it, or fail, as wanted', async () => {
    const nulled = await run(configOf('csv', withPolicy('null')), csv(MISFITS));
    expect(JSON.parse(nulled.text)).toHaveLength(4);
    expect(nulled.report.losses).toMatchObject([
      { code: 'csv.misfit-null', column: 'a', count: 1 },
    ]);
    const failed = await run(configOf('csv', withPolicy('fail')), csv(MISFITS));
    expect(failed.report.error).toMatchObject({
      code: 'read.misfit',
      parameters: { line: 3, column: 'a' },
    });
  });

  it('hold for columns that nobody looks at, and for steps under the new names', async () => {
    const steps: StepConfig[] = [
      { id: 'f', kind: 'filter', enabled: true, options: { where: "on > '2026-12-25'" } },
      { id: 's', kind: 'select', enabled: true, options: { include: ['number'] } },
    ];
    const { report, text } = await run(
      configOf('csv', EDITS, 'csv', steps),
      csv(`${SALES}1.1.2026;none;x;009\n`),
    );
    expect(text).toBe('number\n008\n');
    expect(report.ledger).toMatchObject([
      { in: 3, out: 2, rejected: 1 },
      { in: 2, out: 1, filtered: 1 },
      { in: 1 },
      { in: 1 },
    ]);
  });

  it('show in inspection with what does not fit', async () => {
    const edits: ColumnEdit[] = [
      ...withPolicy('fail'),
      { column: { name: 'b' }, type: 'int64', name: 'c' },
    ];
    const { columns } = await engine.inspect(configOf('csv', edits), csv(MISFITS));
    expect(columns).toMatchObject([
      { name: 'a', type: 'float64', misfits: { count: 1, first: [{ line: 3 }] } },
      {
        name: 'c',
        edited: { name: 'b', nth: 0 },
        type: 'int64',
        misfits: { count: 4, first: [{ line: 2, value: 'x' }, {}, {}, {}] },
      },
    ]);
    const plain = await engine.inspect(configOf('csv', []), csv(MISFITS));
    expect(plain.columns[0]).not.toHaveProperty('misfits');
  });

  it.each<[ColumnEdit, string]>([
    [{ column: { name: 'nobody' }, name: 'x' }, 'config.unknown-column'],
    [
      { column: { name: 'a' }, pattern: { text: '%Y-%!', tokens: 'strftime' } },
      'config.wrong-option',
    ],
    [
      { column: { name: 'a' }, type: 'int64', pattern: { text: 'YYYY-MM-DD', tokens: 'moment' } },
      'config.wrong-option',
    ],
    [{ column: { name: 'a' }, numbers: { decimalSign: ',' } }, 'config.wrong-option'],
    [
      { column: { name: 'a' }, type: 'int8', numbers: { decimalSign: ',', groupSign: ',' } },
      'config.wrong-option',
    ],
  ])('%j is refused', async (edit, code) => {
    const { report } = await run(configOf('csv', [edit]), csv(MISFITS));
    expect(report.error).toMatchObject({ code });
  });
});

describe('edits of typed columns', () => {
  const schema = schemaOf([
    ['i', INT64],
    ['f', FLOAT64],
    ['t', UTF8],
  ]);
  const rows = (given: Value[][]): Bindings => ({
    rows: {
      input: {
        name: 'r',
        schema,
        rowCount: given.length,
        once: false,
        async *open() {
          yield { ...batchOf(schema, given), schema };
        },
      } satisfies RowsBinding,
    },
  });

  it('cast where it is exact, and read texts in their spelling', async () => {
    const edits: ColumnEdit[] = [
      { column: { name: 'i' }, type: 'decimal(10,1)', name: 'n' },
      { column: { name: 'f' }, type: 'int32' },
      { column: { name: 't' }, type: 'date', pattern: { text: '%d.%m.%Y', tokens: 'strftime' } },
    ];
    const { report, text } = await run(
      configOf('rows', edits),
      rows([
        [1n, 2, '01.02.2026'],
        [2n, 2.5, '01.02.2026'],
        [3n, null, '30.02.2026'],
        [4n, 4, null],
      ]),
    );
    expect(JSON.parse(text)).toEqual([
      { n: 1, f: 2, t: '2026-02-01' },
      { n: 4, f: 4, t: null },
    ]);
    expect(report.columns.map(({ type }) => type)).toEqual(['decimal(10,1)', 'int32', 'date']);
    expect(report.rejects.listed).toMatchObject([
      { row: 1, line: 0, column: 'f', value: '2.5' },
      { row: 2, line: 0, column: 't', value: '30.02.2026' },
    ]);
    expect(report.audit).toMatchObject({ rowsIn: 4, rowsOut: 2, rejected: 2, balances: true });
  });

  it('refuse a spelling for what is no text', async () => {
    const edits: ColumnEdit[] = [{ column: { name: 'i' }, nullTexts: ['-'] }];
    const { report } = await run(configOf('rows', edits), rows([]));
    expect(report.error).toMatchObject({ code: 'config.conflict' });
  });
});
