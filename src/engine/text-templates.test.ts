// Text by templates: read back as it was or said that it cannot be, whatever the template and the table; logs by themselves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConfig, type SourceConfig } from '../contract/config.ts';
import { TARGET_IDS, type Target } from '../contract/template-text.ts';
import { formats } from '../formats/registry.ts';
import { memoryTarget, testEngine, textOf, type MemoryTarget } from './engine.suite.ts';

const engine = testEngine();

async function run(
  format: Record<string, unknown>,
  file: File,
  source: Partial<SourceConfig> = {},
  values: 'full' | 'sample' = 'full',
  target: MemoryTarget = memoryTarget(),
) {
  const config = createConfig({
    source: { kind: 'auto', from: { binding: 'input' }, ...source },
    format: { id: 'text', options: format },
    delivery: { id: 'memory', options: {} },
    output: { verify: { checksum: 'none', readBack: false, values } },
  });
  const { report } = await engine.run(config, {
    bytes: { input: file },
    targets: { output: target },
    // A time of day that holds none of the digits that are looked for.
    clock: () => Date.UTC(2026, 10, 21, 8, 30),
  });
  return { report, target };
}

const CELLS = [
  '',
  '"',
  "'",
  "''",
  ',',
  ', ',
  '|',
  ' a ',
  'a b',
  '\\',
  '\\\\',
  '\\n',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '<br>',
  '<b>&amp;</b>',
  '&lt;',
  '%41',
  '+',
  '~^<>|"{}$&#_%',
  '\\textbackslash{}',
  '\u0000',
  '\u001b',
  '\ufffd',
  'é😀',
  '007',
  '1.10',
  'NaN',
  'null',
  'NULL',
  'true',
  '2026-11-21',
  '-',
  '–',
  '{}',
  '[1, 2]',
  '"x"',
];

const text = fc.oneof(fc.constantFrom(...CELLS), fc.string({ maxLength: 6, unit: 'binary' }));
const json = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
);

const SIGNS = [
  ',',
  ', ',
  ' | ',
  '\t',
  '";"',
  "'",
  '"',
  ' & ',
  ' \\\\',
  '<td>',
  '</td><td>',
  '/',
  ' ',
  'x',
  '=',
  '\n',
  '\r\n',
  ';',
  '->',
  '{{',
  '',
];
const sign = fc.constantFrom(...SIGNS);
const filter = fc.constantFrom(
  '',
  '',
  '',
  ' | raw',
  ' | json',
  ' | csv',
  ' | html',
  ' | latex',
  " | default:'–'",
  " | default:''",
);
const placeholder = fc.tuple(
  fc.constantFrom('a', 'b', 'c', '@rowNumber', '@time', '@name'),
  filter,
);
const row = fc
  .tuple(sign, fc.array(fc.tuple(placeholder, sign), { minLength: 1, maxLength: 5 }))
  .map(([first, rest]) => first + rest.map(([[name, how], s]) => `{${name}${how}}${s}`).join(''));
const whole = fc.tuple(sign, sign).map(([before, behind]) => `${before}{*}${behind}`);
const all = fc
  .tuple(sign, sign, sign, sign, filter, filter, filter)
  .map(([p, q, r, s, x, y, z]) => `${p}{a${x}}${q}{b${y}}${r}{c${z}}${s}`);
const around = fc.oneof(
  sign,
  fc
    .tuple(sign, fc.constantFrom('@columns', '@time', '@part', '@name'), sign)
    .map(([p, word, s]) => `${p}{${word}}${s}`),
);
/** What ends a value of each target. */
const FIT: Partial<Record<Target, string>> = {
  html: '</td><td>',
  xml: '</v><v>',
  markdown: ' | ',
  latex: ' & ',
};
const fit = fc
  .tuple(fc.constantFrom(...TARGET_IDS), filter, filter, fc.constantFrom('', ']'))
  .map(([target, x, y, end]) => {
    const s = FIT[target] ?? ',';
    const { row: template, ...rest } = {
      row: `${s}{b${x}}${s}{a${y}}${s}{c}${end === '' ? s : end}`,
      target,
    };
    return { row: template, ...rest };
  });
const free = fc.record({
  row: fc.oneof(row, whole, all),
  target: fc.constantFrom(...TARGET_IDS),
});
const others = fc.record({
  separator: fc.oneof(fc.constantFrom('\n', '\n', ',\n', '\r\n'), sign),
  prefix: around,
  suffix: fc.oneof(fc.constant('\n'), around, fc.constant('\nRows: {@rows}\n')),
  nullText: fc.constantFrom('', '', '', 'NULL', 'null', '–', '-', 'x', '?'),
});

const options = fc
  .tuple(fc.oneof(free, fit, fit), others)
  .map(([template, rest]) => ({ ...template, ...rest }));

describe('the values of text by a template', () => {
  it('come back, or it is said why they cannot', { timeout: 60_000 }, async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        options,
        fc.array(fc.record({ a: text, b: json, c: fc.oneof(fc.integer(), fc.constant(null)) }), {
          maxLength: 4,
        }),
        async (format, rows) => {
          const lines = [{ a: 'a', b: 'b', c: 1 }, ...rows];
          const file = new File([lines.map((each) => JSON.stringify(each)).join('\n')], 'a.ndjson');
          const { report } = await run(format, file, { kind: 'ndjson' });
          expect(report.error).toBeNull();
          const { outcome, reason } = report.values!;
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          if (outcome !== 'same') expect([outcome, reason === '']).toEqual(['not-possible', false]);
        },
      ),
      { numRuns: 400 },
    );
    expect([...outcomes.keys()].toSorted()).toEqual(['not-possible', 'same']);
  });

  const CSV = `id,name,day,note\n${Array.from(
    { length: 40 },
    (_, i) =>
      `${i * 7},"n, ""${i}"" <b>|\\${i}%",2026-11-${10 + (i % 20)},${i % 3 ? `x${i}` : ''}\n`,
  ).join('')}`;
  const csv = () => new File([CSV], 'orders.csv');
  const presets = formats.find(({ id }) => id === 'text')!.presets;

  /** Options whose values are told apart. */
  const TOLD: [string, Record<string, unknown>][] = [
    ...presets.map(({ id, options: of }): [string, Record<string, unknown>] => [id, of]),
    ['csv', { target: 'csv', prefix: '{@columns}\n', nullText: '-' }],
    ['html', { target: 'html', row: "<p>{id}<p>{name}<p>{day}<p>{note | default:'none'}</p>" }],
    ['xml', { target: 'xml', row: '<r a="{id}" b="{name}" c="{day}">{note}</r>', nullText: '–' }],
    ['mysql', { target: 'mysql', prefix: 'VALUES\n', row: '({*})', separator: ',\n', suffix: ';' }],
    ['url', { target: 'url', row: "{* | join:'/'}", suffix: '\n{@rows} of {@part}' }],
    ['markdown', { target: 'markdown', row: "| {* | join:' | '} |", prefix: '{@time}\n\n' }],
    ['each its own', { row: '{id | json};{name | sql};{day | json};{note | csv}' }],
    [
      'twice, in another order',
      { target: 'json', row: '{note} {day},{name},{id} {note} {@rowNumber}' },
    ],
    ['nothing between rows', { target: 'sql', row: '<{*}>', separator: '', suffix: '' }],
  ];

  it.each(TOLD)('%s: come back, and one flipped byte in them is found', async (_, format) => {
    const { report, target } = await run(format, csv());
    expect(report.error).toBeNull();
    expect(report.values).toMatchObject({ outcome: 'same', fingerprint: { rows: 40 } });
    const written = textOf([...target.files.values()][0]);
    for (let k = 0; k < 12; k++) {
      // Of the digits of a first column, which are the same in every target.
      const at = written.indexOf(String((k + 20) * 7));
      const flipped = memoryTarget();
      flipped.flip = { at: Buffer.byteLength(written.slice(0, at)), bit: 0 };
      const { report: other } = await run(format, csv(), {}, 'full', flipped);
      expect(other.error?.code, `byte ${at}`).toMatch(/^verify\.(values|unreadable)$/);
      expect(flipped.committed).toBe(false);
    }
  });

  it('come back in parts and as a sample too', async () => {
    const format = { target: 'json', prefix: '{@columns}\n', suffix: '\n{@rows}\n' };
    const { report } = await run(format, csv(), {}, 'sample');
    expect(report.values).toMatchObject({ outcome: 'same' });
  });

  it.each([
    ['a column is left out', { row: '{id}', target: 'json' }, 'leaves the column “name” out'],
    ['a value is computed', { row: '{*}{upper(name)}', target: 'json' }, 'computed'],
    ['nothing is escaped', {}, 'choose what values are escaped for'],
    ['the text behind a value may be in it', { target: 'html' }, 'nothing tells where id ends'],
    ['a text for null may be a value', { target: 'json', nullText: '1' }, 'the text for null'],
    [
      'a name stands before the rows',
      { row: '{*};', target: 'csv', prefix: '{@name | raw};' },
      'prefix',
    ],
  ])('cannot be told where %s, and that is said', async (_, format, reason) => {
    const { report } = await run(format, csv());
    expect(report.error).toBeNull();
    expect(report.values).toMatchObject({
      outcome: 'not-possible',
      reason: expect.stringContaining(reason),
    });
  });

  it('come back without escapes where declared types tell them apart', async () => {
    const file = new File(
      ['n,d,t\n1,1.50,2026-11-21 08:30:00\n,,\n-3,2,2026-11-22 00:00:00\n'],
      'a.csv',
    );
    const types = ['int64', 'decimal(10,2)', 'timestamp(s)'];
    const columns = ['n', 'd', 't'].map((name, i) => ({ column: { name }, type: types[i]! }));
    for (const [format, outcome] of [
      [{}, 'same'],
      [{ nullText: '–' }, 'same'],
      [{ row: "{* | join:' '}" }, 'same'],
      [{ row: '{t} {n}/{d}' }, 'not-possible'],
      [{ row: "{* | join:'-'}" }, 'not-possible'],
      [{ nullText: ',' }, 'same'],
      [{ nullText: ', ' }, 'not-possible'],
    ] as const) {
      const { report } = await run(format, file, { columns });
      expect(report.error).toBeNull();
      expect([format, report.values!.outcome]).toEqual([format, outcome]);
    }
  });

  it('come back without escapes, or it is said why they cannot', async () => {
    const between = fc.constantFrom(
      ',',
      ', ',
      ' ',
      '-',
      ':',
      '|',
      'x',
      '.',
      '\n',
      ' - ',
      '/',
      'T',
      '–',
      '',
    );
    const types = { n: 'int64', d: 'decimal(10,2)', t: 'timestamp(s)' };
    const columns = Object.entries(types).map(([name, type]) => ({ column: { name }, type }));
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(between, between, between, between),
        fc.constantFrom('', '', " | default:'–'", " | default:'0'", " | default:','"),
        fc.record({
          separator: fc.constantFrom('\n', '\n', ',', ' ', '', '-', ', '),
          nullText: fc.constantFrom('', '-', '–', ', ', 'NULL', '0', '|'),
          prefix: fc.constantFrom('', 'x', '{@time};', '{@columns}\n'),
          suffix: fc.constantFrom('\n', '', '\n{@rows}', ' {@rows}', '{@rows}', '|{@part}|'),
        }),
        fc.array(
          fc.tuple(
            fc.option(fc.integer(), { nil: '' }),
            fc.constantFrom('', '1.50', '-0.25', '0.00'),
            fc.constantFrom('', '2026-11-21 08:30:00', '1999-01-01 00:00:00'),
          ),
          { maxLength: 4 },
        ),
        async ([p, q, r, s], filter, rest, rows) => {
          const file = new File(
            [`n,d,t\n${rows.map((cells) => `${cells.join(',')}\n`).join('')}`],
            'a.csv',
          );
          const format = { row: `${p}{n${filter}}${q}{d}${r}{t}${s}`, ...rest };
          const { report } = await run(format, file, {
            kind: 'csv',
            options: { header: 'present', delimiter: ',', skipLines: 0, skipLastLines: 0 },
            columns,
          });
          expect(report.error).toBeNull();
          expect(['same', 'not-possible']).toContain(report.values!.outcome);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are not told apart where what stands between rows may begin in a value', async () => {
    const columns = ['a', 'b'].map((name) => ({ column: { name }, type: 'int64' }));
    const format = { row: "{a | default:','} {b}", separator: ', ' };
    const { report } = await run(format, new File(['a,b\n1,2\n,3\n'], 'a.csv'), { columns });
    expect(report.error).toBeNull();
    expect(report.values).toMatchObject({ outcome: 'not-possible' });
  });
});

describe('logs', () => {
  const LINE = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326\n';

  it.each([
    ['access.log', LINE.repeat(3), 'text'],
    ['access', LINE.repeat(3), 'text'],
    ['access.csv', LINE.repeat(3), 'text'],
    ['short.log', LINE, 'text'],
    ['app.log', '{"level":"info","n":1}\n{"level":"warn","n":2}\n', 'ndjson'],
    ['table.log', 'a,b\n1,2\n', 'csv'],
  ])('%s is read as what it holds: %#', async (name, content, kind) => {
    const { report } = await run({}, new File([content], name));
    expect(report.error).toBeNull();
    expect(report.sources[0]!.kind).toBe(kind);
  });

  it('have times that a pattern reads, with their zone', async () => {
    const pattern = { text: 'dd/MMM/yyyy:HH:mm:ss xx', tokens: 'cldr' as const };
    const columns = [{ column: { name: 'time' }, type: 'timestamp(s, UTC)', pattern }];
    const { report, target } = await run(
      { row: '{time} {status}' },
      new File([LINE.repeat(2)], 'a.log'),
      {
        columns,
      },
    );
    expect(report.error).toBeNull();
    expect(textOf([...target.files.values()][0])).toBe('2000-10-10T20:55:36Z 200\n'.repeat(2));
  });
});
