// The verb upgrade: short forms, refusals, and that it changes nothing twice.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConfig, DEFAULT_LIMITS } from '../contract/config.ts';
import { parseConfig } from '../contract/config.schema.ts';
import { ExportError } from '../contract/errors.ts';
import { upgrade } from './upgrade.ts';

function refusal(input: unknown): ExportError {
  try {
    upgrade(input);
  } catch (thrown) {
    if (thrown instanceof ExportError) return thrown;
    throw thrown;
  }
  throw new Error('was accepted');
}

const minimal = {
  version: 1,
  sources: [{ id: 'source', kind: 'csv', from: { path: 'a.csv' } }],
  outputs: [
    {
      id: 'output',
      datasets: ['source'],
      format: { id: 'csv' },
      delivery: { id: 'path', options: { path: 'b.csv' } },
    },
  ],
};

describe('parseConfig', () => {
  it('fills what may be left out', () => {
    const config = parseConfig(minimal);
    expect(config.limits).toEqual(DEFAULT_LIMITS);
    expect(config.timeZone).toBe('UTC');
    expect(config.outputs[0]).toEqual({
      id: 'output',
      datasets: ['source'],
      format: { id: 'csv', options: {} },
      charset: { id: 'utf-8', bom: false, onLoss: 'fail', replacement: '?' },
      archive: null,
      compression: null,
      encryption: null,
      split: null,
      naming: { pattern: '{name}{part}' },
      ifExists: 'fail',
      delivery: { id: 'path', options: { path: 'b.csv' } },
      verify: { checksum: 'sha256', readBack: true },
    });
  });

  it('gives back a whole configuration as it is', () => {
    const whole = createConfig({
      source: { kind: 'csv', from: { binding: 'file' } },
      format: { id: 'json', options: { prettyPrint: true } },
      delivery: { id: 'download', options: {} },
      steps: [{ id: 'x', kind: 'limit', enabled: false, options: { limit: 3 } }],
    });
    expect(parseConfig(whole)).toEqual(whole);
  });

  const wrong: [string, unknown, string][] = [
    ['no object', null, 'the configuration'],
    ['no version', { ...minimal, version: undefined }, 'version'],
    ['a version as text', { ...minimal, version: '1' }, 'version'],
    ['an unknown key', { ...minimal, surces: [] }, 'the configuration'],
    ['no source', { ...minimal, sources: [] }, 'sources'],
    [
      'a wrong origin',
      { ...minimal, sources: [{ id: 'a', kind: 'csv', from: {} }] },
      'sources.0.from',
    ],
    ['an unknown zone', { ...minimal, timeZone: 'Mars/Base' }, 'timeZone'],
    ['an unknown reference', { ...minimal, datasets: [{ id: 'd', from: 'x' }] }, 'datasets.0.from'],
    [
      'a repeated id',
      { ...minimal, datasets: [{ id: 'source', from: 'source' }] },
      'datasets.0.id',
    ],
    [
      'a limit of zero rows a part',
      { ...minimal, outputs: [{ ...minimal.outputs[0], split: { rows: 0 } }] },
      'outputs.0.split.rows',
    ],
    [
      'a type that is none',
      {
        ...minimal,
        sources: [
          { ...minimal.sources[0], columns: [{ column: { name: 'a' }, type: 'integer!' }] },
        ],
      },
      'sources.0.columns.0.type',
    ],
    [
      'options that are a list',
      { ...minimal, outputs: [{ ...minimal.outputs[0], format: { id: 'csv', options: [] } }] },
      'outputs.0.format.options',
    ],
  ];
  it.each(wrong)('refuses %s, naming the place', (_, input, path) => {
    expect(() => parseConfig(input)).toThrow(ExportError);
    try {
      parseConfig(input);
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'config.invalid', parameters: { path } });
      expect((thrown as Error).message).toContain(path);
    }
  });

  it('refuses a later version by its number', () => {
    expect(refusal({ ...minimal, version: 2 })).toMatchObject({
      code: 'config.newer-version',
      parameters: { version: 2, known: 1 },
    });
  });

  it('keeps a hostile option for its plug-in to refuse', () => {
    const options: unknown = JSON.parse('{"__proto__": {"a": 1}}');
    const config = parseConfig({
      ...minimal,
      outputs: [{ ...minimal.outputs[0], format: { id: 'csv', options } }],
    });
    expect(Object.hasOwn(config.outputs[0]!.format.options, '__proto__')).toBe(true);
  });
});

describe('the flat form', () => {
  it('takes all ten inputs of the data-export template', () => {
    const { config, notes } = upgrade({
      template: 'data-export',
      inputs: {
        source: './orders.csv',
        query: "region = 'EU' and amount > 10",
        format: 'csv',
        destination: '/exports/',
        encoding: 'ISO-8859-1',
        compression: 'gzip',
        batch_size: 1000,
        include_headers: false,
        date_format: 'ISO8601',
        null_values: 'NULL',
      },
    });
    expect(config.sources[0]).toMatchObject({ kind: 'auto', from: { path: './orders.csv' } });
    expect(config.datasets[0]!.steps).toEqual([
      {
        id: 'filter-1',
        kind: 'filter',
        enabled: true,
        options: { where: "region = 'EU' and amount > 10" },
      },
    ]);
    expect(config.outputs[0]).toMatchObject({
      format: { id: 'csv', options: { headers: false, nullText: 'NULL' } },
      charset: { id: 'iso-8859-1', bom: false },
      compression: { id: 'gzip' },
      archive: null,
      delivery: { id: 'path', options: { path: '/exports/' } },
    });
    expect(notes.join(' ')).toContain('batch_size');
  });

  it('takes the spelling of the export service', () => {
    const { config } = upgrade({
      format: 'csv',
      options: {
        delimiter: ';',
        headers: ['a', 'b'],
        quotes: 'all',
        escape: '"',
        lineTerminator: '\r\n',
        encoding: 'utf-16',
        columns: { include: ['x', 'y'], rename: { x: 'z' }, order: ['y', 'x'] },
      },
      compression: true,
    });
    const output = config.outputs[0]!;
    expect(output.format.options).toEqual({
      delimiter: ';',
      headers: ['a', 'b'],
      quotes: 'all',
      escape: '"',
      lineTerminator: 'crlf',
    });
    expect(output.charset).toMatchObject({ id: 'utf-16le', bom: true });
    expect(output.compression).toEqual({ id: 'gzip', options: {} });
    expect(config.datasets[0]!.steps[0]).toMatchObject({
      kind: 'select',
      options: { include: ['x', 'y'], order: ['y', 'x'], rename: [{ column: 'x', name: 'z' }] },
    });
    expect(config.sources[0]!.from).toEqual({ binding: 'rows' });
  });

  it.each([
    ['unix_ms', { dateFormat: 'unix-ms' }],
    ['dd.MM.yyyy', { dateFormat: 'pattern', datePattern: 'dd.MM.yyyy' }],
    ['%d/%m/%Y', { dateFormat: 'pattern', datePattern: '%d/%m/%Y', dateTokens: 'strftime' }],
    ['YYYY-MM-DD', { dateFormat: 'pattern', datePattern: 'YYYY-MM-DD', dateTokens: 'moment' }],
  ])('takes dates as %s for JSON', (date_format, options) => {
    const { config } = upgrade({ source: 'a.csv', destination: 'b', format: 'json', date_format });
    expect(config.outputs[0]!.format).toEqual({ id: 'json', options });
  });

  it('takes GeoJSON for JSON with features', () => {
    const { config } = upgrade({ source: 'a.csv', destination: 'b', format: 'geojson' });
    expect(config.outputs[0]!.format).toEqual({ id: 'json', options: { structure: 'geojson' } });
  });

  it('takes a job with columns, row limit, date range and compress', () => {
    const { config, notes } = upgrade({
      source: 'series.csv',
      destination: 'out.json',
      format: 'json',
      columns: ['date', 'value'],
      row_limit: 10000,
      filters: { date_from: '2025-01-01', date_to: '2025-02-01', date_column: 'date' },
      compress: false,
      date_format: 'unix',
    });
    expect(config.datasets[0]!.steps.map((step) => step.kind)).toEqual([
      'filter',
      'select',
      'limit',
    ]);
    expect(config.datasets[0]!.steps[0]!.options).toEqual({
      where: { op: 'in-range', column: { name: 'date' }, from: '2025-01-01', to: '2025-02-01' },
    });
    expect(config.datasets[0]!.steps[2]!.options).toEqual({ limit: 10000, offset: 0 });
    expect(config.outputs[0]!.format).toEqual({ id: 'json', options: { dateFormat: 'unix' } });
    expect(config.outputs[0]!.compression).toBeNull();
    expect(notes.join(' ')).toContain('date_to itself is no longer included');
  });

  it.each([
    ['ISO8601', {}],
    ['unix', { patternTokens: 'moment', datePattern: 'X', timestampPattern: 'X' }],
    [
      'DD.MM.YYYY HH:mm',
      {
        patternTokens: 'moment',
        datePattern: 'DD.MM.YYYY HH:mm',
        timestampPattern: 'DD.MM.YYYY HH:mm',
      },
    ],
    [
      '%Y-%m-%d',
      { patternTokens: 'strftime', datePattern: '%Y-%m-%d', timestampPattern: '%Y-%m-%d' },
    ],
  ])('writes dates of CSV as date_format %s says', (date_format, wanted) => {
    const { config } = upgrade({ source: 'a.csv', destination: 'b', date_format });
    expect(config.outputs[0]!.format.options).toEqual(wanted);
  });

  it('writes numbers of CSV as numberFormat says', () => {
    const of = (numberFormat: unknown) =>
      upgrade({ source: 'a.csv', destination: 'b', options: { numberFormat } }).config.outputs[0]!
        .format.options;
    expect(of({ decimals: 2, separator: ',', thousandsSeparator: '.' })).toEqual({
      decimals: 2,
      decimalSign: ',',
      groupSign: '.',
    });
    expect(of({ thousandsSeparator: '' })).toEqual({ groupSign: null });
    expect(() => of({ digits: 2 })).toThrow(/digits is not known/);
    expect(() => upgrade({ source: 'a.csv', destination: 'b', date_format: '%Q' })).toThrow(
      /is no date pattern/,
    );
  });

  it.each([
    ['none', null, null],
    ['gzip', null, 'gzip'],
    ['zip', 'zip', null],
    [true, null, 'gzip'],
    [false, null, null],
  ])('reads compression %j', (compression, archive, codec) => {
    const { config } = upgrade({ source: 'a.csv', destination: 'b', compression });
    expect(config.outputs[0]!.archive?.id ?? null).toBe(archive);
    expect(config.outputs[0]!.compression?.id ?? null).toBe(codec);
  });

  it('reads time-outs, standard streams and file addresses', () => {
    const { config, notes } = upgrade({
      inputs: { source: '-', destination: '-' },
      options: { timeout: '60m', debug: true, log_level: 'trace' },
    });
    expect(config.sources[0]!.from).toEqual({ binding: 'stdin' });
    expect(config.outputs[0]!.delivery.id).toBe('stdout');
    expect(config.limits.timeoutMs).toBe(3_600_000);
    expect(notes.join(' ')).toContain('--log trace');
    expect(upgrade({ source: 'file:///a%20b/c.csv' }).config.sources[0]!.from).toEqual({
      path: '/a b/c.csv',
    });
  });

  const refused: [string, object, string, RegExp][] = [
    ['an unknown key', { sorce: 'a' }, 'config.invalid', /did you mean source/],
    ['another batch size', { batch_size: 500 }, 'config.not-here', /constant memory/],
    ['a batch size that is none', { batch_size: 'many' }, 'config.invalid', /batch_size/],
    ['SQL', { query: 'SELECT * FROM a' }, 'config.not-here', /database/],
    ['find', { query: "orders.find({status: 'x'})" }, 'config.not-here', /database/],
    ['a broken filter', { query: 'a = ' }, 'filter.syntax', /position/],
    [
      'a date range without a column',
      { filters: { date_from: '2025-01-01' } },
      'config.invalid',
      /date_column/,
    ],
    ['a schedule', { trigger: { type: 'schedule' } }, 'config.not-here', /schedule/i],
    ['another template', { template: 'backup' }, 'config.unknown-part', /backup/],
    ['one key twice', { compress: true, compression: 'gzip' }, 'config.invalid', /second time/],
  ];
  it.each(refused)('refuses %s', (_, input, code, sentence) => {
    const error = refusal({ source: 'a.csv', destination: 'b.csv', ...input });
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.hint}`).toMatch(sentence);
  });

  it.each([
    'postgresql://user:hunter2@localhost:5432/mydb',
    'mongodb://user:hunter2@localhost:27017',
    'https://user:hunter2@api.example.com/data?token=hunter2',
    's3://key:hunter2@bucket/exports/',
    'ftp://user:hunter2@partner.example.com/incoming/',
    'file://user:hunter2@elsewhere/data.csv',
  ])('refuses an address without repeating its password', (address) => {
    for (const input of [
      { source: address, destination: 'b.csv' },
      { source: 'a.csv', destination: address },
      { source: { type: address.split(':')[0], connection_string: address } },
    ]) {
      const error = refusal(input);
      expect(['config.not-here', 'config.invalid']).toContain(error.code);
      expect(JSON.stringify(error) + error.message + error.hint).not.toContain('hunter2');
    }
  });
});

it('takes partitionBy and partitionValues of the flat form for a split', () => {
  const flat = (options: Record<string, unknown>) => ({
    source: 'a.csv',
    destination: 'out/',
    format: 'parquet',
    options,
  });
  const output = (options: Record<string, unknown>) => upgrade(flat(options)).config.outputs[0]!;
  const both = output({ partitionBy: ['year', 'country'], partitionValues: { year: 2026 } });
  expect(both.split).toEqual({
    columns: [{ name: 'year', values: ['2026'] }, { name: 'country' }],
  });
  expect(both.format.options).toEqual({});
  expect(output({ partitionValues: { k: ['a', 'b'] } }).split).toEqual({
    columns: [{ name: 'k', values: ['a', 'b'] }],
  });
  expect(output({}).split).toBeNull();
  expect(refusal(flat({ partitionBy: ['a'], partitionValues: { b: 1 } })).code).toBe(
    'config.invalid',
  );
});

it('keeps older splits by rows', () => {
  const split = { by: 'rows', rows: 5 };
  const parsed = parseConfig({ ...minimal, outputs: [{ ...minimal.outputs[0], split }] });
  expect(parsed.outputs[0]!.split).toEqual({ rows: 5 });
});

it('changes nothing the second time', () => {
  const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(value, { nil: undefined });
  const flat = fc.record({
    source: some(fc.constantFrom('a.csv', '-', './x y.csv.gz', 'a.json')),
    destination: some(fc.constantFrom('b.csv', '-', 'out/')),
    format: some(fc.constantFrom('csv', 'json', 'ndjson', 'tsv', 'parquet')),
    encoding: some(fc.constantFrom('utf-8', 'UTF-16', 'ascii', 'cp1252', 'utf-8-sig')),
    compression: some(fc.constantFrom('none', 'gzip', 'zip', true, false)),
    include_headers: some(fc.constant(true)),
    null_values: some(fc.constant('')),
    limit: some(fc.nat()),
    columns: some(fc.array(fc.string())),
    query: some(fc.constantFrom('', 'a = 1', "b contains 'x'")),
    name: some(fc.string()),
  });
  fc.assert(
    fc.property(flat, (input) => {
      const first = upgrade(input);
      const second = upgrade(structuredClone(first.config));
      expect(second).toEqual({ config: first.config, notes: [] });
    }),
  );
});
