// The plan as a command line: short where flags say it, quoted for a shell, a file of its own where they cannot.
import { expect, test } from 'vitest';
import { createConfig, type ExportConfig } from '../../contract/config.ts';
import type { OptionField } from '../../contract/options.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { commandLineOf } from './command-line.ts';
import { flagText, shellWord } from './flag-text.ts';

const field = (id: string, kind: OptionField['kind'], value: unknown): OptionField => ({
  id,
  kind,
  title: id,
  help: '',
  default: value,
});
const card = (id: string, options: OptionField[] = []) => ({ id, title: id, purpose: '', options });
const CATALOGUE = {
  sources: [{ ...card('csv', [field('delimiter', 'character', null)]) }],
  transforms: [
    card('filter', [field('where', 'json', null)]),
    card('select', [field('exclude', 'list', null), field('rename', 'json', [])]),
    card('limit', [field('limit', 'integer', null), field('offset', 'integer', 0)]),
  ],
  formats: [
    {
      ...card('csv', [field('delimiter', 'character', ','), field('nullText', 'text', '')]),
      isText: true,
    },
  ],
  archives: [card('zip')],
  codecs: [card('gzip', [field('level', 'integer', 6)])],
  charsets: [],
  deliveries: [],
} as unknown as Catalogue;

const plan = (part: Partial<Parameters<typeof createConfig>[0]> = {}): ExportConfig =>
  createConfig({
    name: 'orders',
    source: {
      kind: 'csv',
      from: { binding: 'source' },
      charset: { id: 'auto', onInvalid: 'fail' },
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'download', options: {} },
    ...part,
  });
const commandOf = (config: ExportConfig, sourceName = 'orders.csv') =>
  commandLineOf(
    { config, sourceName, fileNames: ['out.csv'], startedAtMs: 1_800_000_000_999 },
    CATALOGUE,
  );
const step = (kind: string, options: Record<string, unknown>) => ({
  id: kind,
  kind,
  enabled: true,
  options,
});

test('a plain plan is a plain line', () => {
  expect(commandOf(plan())).toEqual({
    line: 'export-studio run --source orders.csv --source-kind csv --format csv --compression none --destination out.csv --set name=orders',
    file: null,
  });
});

test('options, steps and values that a shell would take for its own', () => {
  const { line, file } = commandOf(
    plan({
      name: '2026',
      format: { id: 'csv', options: { delimiter: '\t', nullText: "it's $HOME" } },
      steps: [
        step('filter', { where: `status = 'failed' and "a b" > 1` }),
        step('limit', { limit: 10, offset: 0 }),
        step('select', {
          exclude: [{ name: 'a b' }, { name: 'c' }],
          rename: [{ column: { name: 'd' }, name: 'e' }],
        }),
      ],
    }),
    'my orders.csv',
  );
  expect(file).toBeNull();
  expect(line).toContain(`--source 'my orders.csv'`);
  expect(line).toContain(`--filter 'status = '\\''failed'\\'' and "a b" > 1'`);
  expect(line).toContain('--limit 10 ');
  expect(line).not.toContain('--offset');
  expect(line).toContain(`--step.select.exclude '["a b","c"]'`);
  expect(line).toContain(`--step.select.rename '[{"column":{"name":"d"},"name":"e"}]'`);
  expect(line).toContain(`--format.delimiter '\\t'`);
  expect(line).toContain(`--format.nullText 'it'\\''s $HOME'`);
  // A name that reads as a number stays a text.
  expect(line).toContain(`--set 'name="2026"'`);
});

test('the moment of the run is said where it stands in the bytes', () => {
  const zip = plan({ output: { archive: { id: 'zip', options: {} } } });
  expect(commandOf(zip).line).toMatch(
    /^SOURCE_DATE_EPOCH=1800000000 export-studio run .*--compression zip/,
  );
});

test.each([
  [
    'two filters',
    plan({
      steps: [
        step('filter', { where: 'a = 1' }),
        { ...step('filter', { where: 'b = 1' }), id: 'f2' },
      ],
    }),
  ],
  [
    'another order',
    plan({ steps: [step('limit', { limit: 1, offset: 0 }), step('filter', { where: 'a = 1' })] }),
  ],
  ['a step without flags', plan({ steps: [step('derive', {})] })],
  [
    'a column meant by its place',
    plan({ steps: [step('select', { exclude: [{ name: 'a', nth: 1 }] })] }),
  ],
  ['a filter that reads as a query', plan({ steps: [step('filter', { where: "select = 'x'" })] })],
  ['a very long one', plan({ steps: [step('filter', { where: `a = '${'x'.repeat(2000)}'` })] })],
])('%s goes into a file', (_, config) => {
  const { line, file } = commandOf(config);
  expect(line).toBe('export-studio run orders.export.json');
  const written = JSON.parse(file!.text) as ExportConfig;
  expect(file!.name).toBe('orders.export.json');
  expect(written.datasets).toEqual(config.datasets);
  expect(written.sources[0]!.from).toEqual({ path: 'orders.csv' });
  expect(written.outputs[0]!.delivery).toEqual({ id: 'path', options: { path: 'out.csv' } });
});

test('words for a shell', () => {
  expect(['a-b_c.csv', '', 'a b', "a'b", '$x', 'ü', '~'].map(shellWord)).toEqual([
    'a-b_c.csv',
    "''",
    "'a b'",
    `'a'\\''b'`,
    "'$x'",
    "'ü'",
    "'~'",
  ]);
});

test('texts of option values, and those that no flag can say', () => {
  expect(flagText(field('a', 'character', ','), '\\')).toBe('\\\\');
  expect(flagText(field('a', 'character', null), null)).toBe('none');
  const lines = { ...field('a', 'text', ''), multiline: true };
  expect(flagText(lines, '#\\d\n')).toBe('#\\\\d\\n');
  expect(flagText(field('a', 'text', ''), 'C:\\n')).toBe('C:\\n');
  expect(flagText(field('a', 'text', null), null)).toBeNull();
  expect(flagText(field('a', 'json', null), 5)).toBeNull();
  expect(flagText(field('a', 'json', null), 'x')).toBe('"x"');
  expect(flagText(field('a', 'list', null), ['a,b'])).toBe('["a,b"]');
  expect(flagText(field('a', 'list', null), [])).toBe('[]');
  expect(flagText(field('a', 'switch-or-list', true), ['a', 'b'])).toBe('a,b');
});

test('other data are paths in the plan, an address stays one, and nothing of it is written over', () => {
  const config = plan({ steps: [step('join', { with: 'b', on: 'k' })] });
  const http = { origin: 'http', options: { url: 'https://x/' } };
  config.sources.push(
    { id: 'b', kind: 'auto', from: { binding: 'other:b' }, options: { delimiter: ';' } },
    { id: 'c', kind: 'auto', from: http, options: {} },
  );
  const { file } = commandLineOf(
    {
      config,
      sourceName: 'orders.csv',
      otherNames: new Map([['b', 'b.csv']]),
      fileNames: ['b.csv'],
      startedAtMs: 0,
    },
    CATALOGUE,
  );
  const written = JSON.parse(file!.text) as ExportConfig;
  expect(written.sources.map(({ from }) => from)).toEqual([
    { path: 'orders.csv' },
    { path: 'b.csv' },
    http,
  ]);
  expect(written.outputs[0]!.delivery.options).toEqual({ path: './exports/' });
});

test('how the files are proved is one flag, and its place in the plan where it is no level', () => {
  const verified = (verify: ExportConfig['outputs'][number]['verify']): string =>
    commandOf(plan({ output: { verify } })).line;
  expect(verified({ checksum: 'sha256', readBack: true, values: 'full' })).toContain(
    ' --verify full ',
  );
  expect(verified({ checksum: 'none', readBack: false })).toContain(' --verify off ');
  expect(verified({ checksum: 'sha256', readBack: true })).not.toContain('verify');
  expect(verified({ checksum: 'sha256', readBack: false })).toContain(
    `--set 'outputs.0.verify={"checksum":"sha256","readBack":false}'`,
  );
});
