// From flags, files and environment to a configuration.
import { beforeAll, describe, expect, it } from 'vitest';
import { Command } from 'commander';
import type { ExportConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { deliveries } from '../../deliveries/registry.node.ts';
import { catalogue as makeCatalogue } from '../../engine/catalogue.ts';
import { builtInPlugins } from '../../engine/plugins.ts';
import { addConfigFlags, completeSwitches, configFlags } from './flags.ts';
import { makeConfig, type MadeConfig } from './make-config.ts';
import { optionFlags, parseFlagValue, splitList } from './option-flags.ts';

let catalogue: Catalogue;
beforeAll(() => {
  catalogue = makeCatalogue(builtInPlugins(deliveries));
});

/** What a command line and a configuration file come to. */
function made(
  args: string[],
  base?: unknown,
  environment: Record<string, string> = {},
): MadeConfig {
  const command = new Command('run').argument('[config]').exitOverride();
  command.configureOutput({ writeErr: () => {} });
  const flags = addConfigFlags(command, catalogue);
  command.parse(completeSwitches(args, flags), { from: 'user' });
  return makeConfig(base, configFlags(command.opts(), flags), catalogue, environment);
}

const configOf = (...args: Parameters<typeof made>): ExportConfig => made(...args).config;

function refusal(...args: Parameters<typeof made>): ExportError {
  try {
    made(...args);
  } catch (thrown) {
    if (thrown instanceof ExportError) return thrown;
    throw thrown;
  }
  throw new Error('was accepted');
}

const SOURCE = ['--source', 'in.csv'];

describe('without a file', () => {
  it('begins with a preset, over which other flags stand', () => {
    const { format, charset } = configOf([
      ...SOURCE,
      ...['--destination', 'out.csv', '--preset', 'semicolon', '--format.quotes', 'all'],
    ]).outputs[0]!;
    expect(format.options).toEqual({
      delimiter: ';',
      lineTerminator: 'crlf',
      decimalSign: ',',
      quotes: 'all',
    });
    expect(charset).toMatchObject({ id: 'utf-8', bom: true });
    const other = [...SOURCE, '--destination', '-', '--preset', 'excel', '--encoding', 'utf-16le'];
    expect(configOf(other).outputs[0]!.charset.id).toBe('utf-16le');
    expect(refusal([...SOURCE, '--destination', 'o.json', '--preset', 'excel']).code).toBe(
      'config.unknown-part',
    );
    for (const { id, presets } of catalogue.formats)
      for (const preset of presets)
        expect(
          configOf([...SOURCE, '--destination', '-', '--format', id, '--preset', preset.id])
            .outputs[0]!.format,
        ).toEqual({ id, options: preset.options });
  });

  it('says what becomes of characters that the charset lacks', () => {
    const args = [...SOURCE, '--destination', '-', '--encoding', 'ascii', '--encoding-loss'];
    expect(configOf([...args, 'transliterate']).outputs[0]!.charset).toEqual({
      id: 'ascii',
      bom: false,
      onLoss: 'transliterate',
      replacement: '?',
    });
    expect(refusal([...args, 'drop']).message).toContain('fail, replace, escape, transliterate');
  });

  it('makes a whole configuration of the seed’s flags', () => {
    const config = configOf([
      ...['--source', 'orders.csv', '--query', "region = 'EU'", '--format', 'json'],
      ...['--destination', 'out/', '--compression', 'gzip', '--encoding', 'utf-16'],
      ...['--columns', 'id,"a, b"', '--limit', '10', '--offset', '2', '--if-exists', 'rename'],
      ...['--split-rows', '1000', '--name', 'x{part}', '--time-zone', 'Europe/Berlin'],
      ...['--source-encoding', 'windows-1252'],
    ]);
    expect(config.sources[0]).toMatchObject({
      kind: 'auto',
      from: { path: 'orders.csv' },
      charset: { id: 'windows-1252', onInvalid: 'fail' },
    });
    expect(config.datasets[0]!.steps.map(({ kind, options }) => [kind, options])).toEqual([
      ['filter', { where: "region = 'EU'" }],
      ['select', { include: ['id', 'a, b'], order: ['id', 'a, b'] }],
      ['limit', { limit: 10, offset: 2 }],
    ]);
    expect(config.outputs[0]).toMatchObject({
      format: { id: 'json', options: {} },
      charset: { id: 'utf-16le', bom: true },
      compression: { id: 'gzip' },
      ifExists: 'rename',
      split: { rows: 1000 },
      naming: { pattern: 'x{part}' },
      delivery: { id: 'path', options: { path: 'out/' } },
    });
    expect(config.timeZone).toBe('Europe/Berlin');
  });

  it.each([
    ['out.csv', 'csv', null, null],
    ['out.ndjson.gz', 'ndjson', 'gzip', null],
    ['/a.json/out.jsonl', 'ndjson', null, null],
    ['OUT.JSON', 'json', null, null],
    ['out.csv.zip', 'csv', null, 'zip'],
    ['out', 'csv', null, null],
    ['-', 'csv', null, null],
  ])('reads format and packing from the name %s', (name, format, codec, archive) => {
    const [output] = configOf([...SOURCE, '--destination', name]).outputs;
    expect(output!.format.id).toBe(format);
    expect(output!.compression?.id ?? null).toBe(codec);
    expect(output!.archive?.id ?? null).toBe(archive);
  });

  it('reads format and options from every other extension that a format has', () => {
    for (const { id, alsoNamed } of catalogue.formats)
      for (const { extension, options } of alsoNamed) {
        const { format } = configOf([...SOURCE, '--destination', `out${extension}.gz`]).outputs[0]!;
        expect(format, extension).toEqual({ id, options });
        const own = ['--destination', `out${extension}`, '--format', 'xml'];
        expect(configOf([...SOURCE, ...own]).outputs[0]!.format.options, extension).toEqual({});
      }
  });

  it('knows no extension twice', () => {
    const all = catalogue.formats.flatMap(({ extension, alsoNamed }) => [
      extension,
      ...alsoNamed.map((named) => named.extension),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('lets flags win over the name', () => {
    const given = ['--destination', 'out.tsv', '--format.delimiter', ';'];
    expect(configOf([...SOURCE, ...given]).outputs[0]!.format.options).toEqual({ delimiter: ';' });
    const args = ['--destination', 'out.json.gz', '--format', 'csv', '--compression', 'none'];
    const [output] = configOf([...SOURCE, ...args]).outputs;
    expect(output!.format.id).toBe('csv');
    expect(output!.compression).toBeNull();
  });

  it('puts files into EXPORT_DEFAULT_PATH, else ./exports, and says so', () => {
    const { config, notes } = made(SOURCE, undefined, { EXPORT_DEFAULT_PATH: '/data' });
    expect(config.outputs[0]!.delivery.options).toEqual({ path: '/data/' });
    expect(notes.join()).toContain('/data/');
    expect(configOf(SOURCE).outputs[0]!.delivery.options).toEqual({ path: './exports/' });
  });

  it('takes a place that only an option of the delivery names for the destination', () => {
    const { config, notes } = made([...SOURCE, '--delivery.path', '/data/orders.json.gz']);
    expect(config).toEqual(configOf([...SOURCE, '-o', '/data/orders.json.gz']));
    expect(config.outputs[0]!.format.id).toBe('json');
    expect(config.outputs[0]!.compression).toMatchObject({ id: 'gzip' });
    expect(notes).toEqual(['From the name of the destination: compression gzip, format json.']);
    const address = configOf([...SOURCE, '--delivery.url', 'https://a.example/b.json']);
    expect(address.outputs[0]!.delivery).toMatchObject({
      id: 'http',
      options: { url: 'https://a.example/b.json' },
    });
  });

  it('asks for a source', () => {
    expect(refusal([])).toMatchObject({ code: 'config.binding-missing' });
  });

  it('joins --query and --filter', () => {
    const args = ['--query', 'a = 1 or b = 2', '--filter', 'c = 3'];
    expect(configOf([...SOURCE, ...args]).datasets[0]!.steps[0]!.options).toEqual({
      where: '(a = 1 or b = 2) and (c = 3)',
    });
  });
});

describe('over a file', () => {
  const file = {
    version: 1,
    sources: [{ id: 's', kind: 'csv', from: { path: 'old.csv' }, options: { delimiter: ';' } }],
    datasets: [
      {
        id: 'd',
        from: 's',
        steps: [
          { id: 'f', kind: 'filter', options: { where: 'a = 1' } },
          { id: 'l', kind: 'limit', options: { limit: 5, offset: 1 } },
        ],
      },
    ],
    outputs: [
      {
        id: 'o',
        datasets: ['d'],
        format: { id: 'csv', options: { quotes: 'all' } },
        compression: { id: 'gzip', options: { level: 9 } },
        delivery: { id: 'path', options: { path: 'old.csv.gz' } },
      },
    ],
  };

  it('changes nothing without flags', () => {
    const config = configOf([], file);
    expect(config).toMatchObject(file);
    expect(config).toEqual(configOf([], structuredClone(config)));
  });

  it('overrides what flags name, and keeps the rest', () => {
    const config = configOf(
      [
        ...[
          '--source',
          'new.csv',
          '--destination',
          'new.csv.gz',
          '--query',
          'b = 2',
          '--limit',
          '7',
        ],
        ...['--columns', 'b', '--compression', 'gzip', '--format.lineTerminator', 'crlf'],
        ...['--source.comment', '#', '--set', 'limits.unpackRatio=2000', '--set', 'name=weekly'],
      ],
      file,
    );
    expect(config.sources[0]).toMatchObject({
      from: { path: 'new.csv' },
      options: { delimiter: ';', comment: '#' },
    });
    expect(config.datasets[0]!.steps.map(({ id, options }) => [id, options])).toEqual([
      ['f', { where: 'b = 2' }],
      ['select', { include: ['b'], order: ['b'] }],
      ['l', { limit: 7, offset: 1 }],
    ]);
    expect(config.outputs[0]).toMatchObject({
      format: { id: 'csv', options: { quotes: 'all', lineTerminator: 'crlf' } },
      compression: { id: 'gzip', options: { level: 9 } },
      delivery: { options: { path: 'new.csv.gz' } },
    });
    expect(config.limits.unpackRatio).toBe(2000);
    expect(config.name).toBe('weekly');
  });

  it('starts a format’s options afresh when the format changes', () => {
    expect(configOf(['--format', 'json'], file).outputs[0]!.format).toEqual({
      id: 'json',
      options: {},
    });
  });

  it('adds steps where an output takes a source directly', () => {
    const direct = { ...file, datasets: [], outputs: [{ ...file.outputs[0], datasets: ['s'] }] };
    const config = configOf(['--limit', '3'], direct);
    expect(config.outputs[0]!.datasets).toEqual([config.datasets[0]!.id]);
    expect(config.datasets[0]).toMatchObject({ from: 's' });
  });

  it('refuses a flag for one step where there are two', () => {
    const two = structuredClone(file);
    two.datasets[0]!.steps.push({ id: 'f2', kind: 'filter', options: { where: 'c = 3' } });
    expect(refusal(['--query', 'b = 2'], two).code).toBe('config.conflict');
  });

  it('takes several sources and data sets, and refuses flags that speak of one', () => {
    const two = {
      version: 1,
      sources: ['a', 'b'].map((id) => ({ id, kind: 'csv', from: { path: `${id}.csv` } })),
      outputs: [
        {
          id: 'out',
          datasets: ['a', 'b'],
          format: { id: 'json', options: { structure: 'normalized' } },
          delivery: { id: 'path', options: { path: 'out/' } },
        },
      ],
    };
    const config = configOf(['--if-exists', 'replace', '--format.prettyPrint', 'true'], two);
    expect(config.outputs[0]).toMatchObject({ datasets: ['a', 'b'], ifExists: 'replace' });
    expect(config.outputs[0]!.format.options).toMatchObject({ prettyPrint: true });
    for (const flags of [
      ['--limit', '1'],
      ['--source-kind', 'csv'],
      ['--source.header', 'absent'],
    ])
      expect(refusal(flags, two).code).toBe('config.conflict');
  });

  it('lets flags override a flat file before its source is judged', () => {
    const flat = { inputs: { source: 'postgresql://u:hunter2@h/db', destination: 'b.csv' } };
    expect(refusal([], flat).code).toBe('config.not-here');
    expect(configOf(SOURCE, flat).sources[0]!.from).toEqual({ path: 'in.csv' });
  });
});

describe('generated flags', () => {
  it('exist for every option of every part of this door', () => {
    const names = new Set(optionFlags(catalogue).map((flag) => flag.name));
    for (const card of catalogue.formats)
      for (const option of card.options) expect(names).toContain(`format.${option.id}`);
    for (const card of catalogue.transforms)
      for (const option of card.options) expect(names).toContain(`step.${card.id}.${option.id}`);
    expect(names).toContain('source.delimiter');
    expect(names).toContain('delivery.path');
  });

  it('give every option its own default back', () => {
    // Written as a flag would be, each default means itself.
    for (const { name, owners } of optionFlags(catalogue))
      for (const { field } of owners) {
        // Of a text, “none” is one; none at all is said by leaving it out.
        if (field.default === null && field.kind === 'text') continue;
        const text =
          field.default === null
            ? 'none'
            : typeof field.default === 'string'
              ? field.default
              : JSON.stringify(field.default);
        expect(parseFlagValue(name, text, field), name).toEqual(field.default);
      }
  });

  it('act on the part that was chosen', () => {
    const json = configOf([
      ...[
        ...SOURCE,
        '--format',
        'json',
        '--format.prettyPrint',
        '--format.nullHandling',
        'exclude',
      ],
    ]);
    expect(json.outputs[0]!.format.options).toEqual({ prettyPrint: true, nullHandling: 'exclude' });
    const text = configOf([...SOURCE, '--format', 'text', '--format.prefix', '# \\\\d\\n']);
    expect(text.outputs[0]!.format.options).toEqual({ prefix: '# \\d\n' });
    const csv = configOf([...SOURCE, '--format.headers', 'false', '--source.delimiter', '\\t']);
    expect(csv.outputs[0]!.format.options).toEqual({ headers: false });
    expect(csv.sources[0]!.options).toEqual({ delimiter: '\t' });
    const list = configOf([...SOURCE, '--format.headers', 'x,y']);
    expect(list.outputs[0]!.format.options).toEqual({ headers: ['x', 'y'] });
    const step = configOf([...SOURCE, '--step.select.exclude', 'a,b']);
    expect(step.datasets[0]!.steps[0]).toMatchObject({
      kind: 'select',
      options: { exclude: ['a', 'b'] },
    });
  });

  it.each([
    [['--format.prettyPrint'], 'config.conflict', /not an option of csv.*json/],
    [['--compression', 'none', '--compression.level', '3'], 'config.conflict', /no compression/],
    [['--format.quotes', 'al'], 'config.wrong-option', /did you mean all/],
    [['--limit', 'ten'], 'config.wrong-option', /--limit/],
    [['--format', 'cvs'], 'config.unknown-part', /csv/],
    [['--compression', 'gzpi'], 'config.unknown-part', /gzip/],
    [['--if-exists', 'overwrite'], 'config.invalid', /ifExists/],
    [['--columns', '"a'], 'config.wrong-option', /never closes/],
    [['--set', 'limits.rows=3'], 'config.invalid', /rows/],
    [['--set', 'nothing'], 'config.wrong-option', /path=value/],
    [['--set', '__proto__.a=3'], 'config.wrong-option', /__proto__/],
    [['--set', 'outputs.9.name=3'], 'config.wrong-option', /9/],
    [['--query', 'a ='], 'filter.syntax', /position/],
  ] as [string[], string, RegExp][])('refuse %j', (args, code, sentence) => {
    const error = refusal([...SOURCE, ...args]);
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.hint}`).toMatch(sentence);
  });

  it('name the nearest flag for an unknown one', () => {
    expect(() => made([...SOURCE, '--format.quots', 'all'])).toThrow(/format\.quotes/);
  });
});

describe('the environment', () => {
  it('sets a level where something is packed and says none', () => {
    const level = { EXPORT_COMPRESSION_LEVEL: '9' };
    const gzip = [...SOURCE, '--compression', 'gzip'];
    expect(configOf(gzip, undefined, level).outputs[0]!.compression!.options).toEqual({ level: 9 });
    expect(
      configOf([...gzip, '--compression.level', '1'], undefined, level).outputs[0]!.compression!
        .options,
    ).toEqual({ level: 1 });
    expect(configOf(SOURCE, undefined, level).outputs[0]!.compression).toBeNull();
    expect(refusal(gzip, undefined, { EXPORT_COMPRESSION_LEVEL: '12' }).message).toContain('12');
  });

  it('says which variables mean nothing here', () => {
    const { notes } = made(SOURCE, undefined, { EXPORT_BATCH_SIZE: '50', EXPORT_MAX_RETRIES: '3' });
    expect(notes.join(' ')).toMatch(
      /EXPORT_BATCH_SIZE is not used.*EXPORT_MAX_RETRIES is not used/,
    );
  });

  it('has page size and retries of an address that says neither', () => {
    const environment = { EXPORT_BATCH_SIZE: '50', EXPORT_MAX_RETRIES: '3' };
    const address = ['--source', 'https://example.org/orders.json', '--destination', '-'];
    const { config, notes } = made(address, undefined, environment);
    expect(config.sources[0]!.from).toEqual({
      origin: 'http',
      options: { url: 'https://example.org/orders.json', pageSize: 50, retries: 3 },
    });
    expect(notes.join()).not.toContain('EXPORT_');
  });
});

it.each([
  ['a,b', ['a', 'b']],
  [' a , b ', ['a', 'b']],
  ['"a, b",c', ['a, b', 'c']],
  ['"say ""hi""", " x "', ['say "hi"', ' x ']],
  ['["a","b,c"]', ['a', 'b,c']],
  ['', []],
  ['a,,b', ['a', '', 'b']],
])('splits %j', (text, items) => {
  expect(splitList(text)).toEqual(items);
});

describe('--step', () => {
  const steps = (args: string[], base?: unknown) =>
    configOf(args, base).datasets.flatMap((dataset) =>
      dataset.steps.map(({ id, kind, options }) => [id, kind, options]),
    );

  it('adds steps in the order given, between the filter and the columns and limit of flags', () => {
    expect(
      steps([
        ...[...SOURCE, '--limit', '9', '--query', 'a = 1', '--columns', 'id'],
        ...['--step', 'sort {"by": ["id"]}', '--step', 'distinct', '--step', 'limit.limit=5'],
        ...['--step', 'limit.offset=2', '--step', 'sort.by=name', '--step', 'sort.text=locale'],
        ...['--step', 'sort.text=code-point', '--step', "filter.where=b = '='"],
      ]),
    ).toEqual([
      ['filter-2', 'filter', { where: 'a = 1' }],
      ['sort', 'sort', { by: ['id'] }],
      ['distinct', 'distinct', {}],
      ['limit', 'limit', { limit: 5, offset: 2 }],
      ['sort-2', 'sort', { by: 'name', text: 'locale' }],
      ['sort-3', 'sort', { text: 'code-point' }],
      ['filter', 'filter', { where: "b = '='" }],
      ['select', 'select', { include: ['id'], order: ['id'] }],
      ['limit-2', 'limit', { limit: 9 }],
    ]);
  });

  it('comes behind the steps of a configuration file', () => {
    const base = configOf([...SOURCE, '--query', 'a = 1', '--limit', '3']);
    expect(steps(['--step', 'distinct', '--limit', '4'], base)).toEqual([
      ['filter', 'filter', { where: 'a = 1' }],
      ['limit', 'limit', { limit: 4 }],
      ['distinct', 'distinct', {}],
    ]);
  });

  it.each([
    ['sortt', 'config.unknown-part', /sort/],
    ['sort {by', 'config.wrong-option', /no JSON/],
    ['sort []', 'config.wrong-option', /kind, kind \{json\} or|object/],
    ['sort.bx=1', 'config.wrong-option', /“bx”/],
    ['limit.limit=x', 'config.wrong-option', /whole number/],
    ['', 'config.wrong-option', /kind/],
  ])('refuses %s', (text, code, sentence) => {
    const error = refusal([...SOURCE, '--step', text]);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
  });

  it('and the flags of a step’s options do not speak of the same kind', () => {
    const error = refusal([...SOURCE, '--step', 'sort', '--step.sort.by', 'id']);
    expect(error.code).toBe('config.conflict');
    expect(error.hint).toContain('--step sort.by=');
  });
});

describe('--verify', () => {
  const verifyOf = (level: string) => configOf([...SOURCE, '--verify', level]).outputs[0]!.verify;

  it('is one of four levels', () => {
    expect(verifyOf('off')).toEqual({ checksum: 'none', readBack: false });
    expect(verifyOf('checksum')).toEqual({ checksum: 'sha256', readBack: true });
    expect(verifyOf('sample')).toEqual({ checksum: 'sha256', readBack: true, values: 'sample' });
    expect(verifyOf('full')).toEqual({ checksum: 'sha256', readBack: true, values: 'full' });
    expect(refusal([...SOURCE, '--verify', 'all']).message).toContain(
      'off, checksum, sample, full',
    );
  });
});

describe('--split', () => {
  it('says rows, bytes, values and dates, together', () => {
    const ways = ['rows=1000', 'bytes=1.5MiB', 'by=country,"a, b"', 'date=created:month'];
    const config = configOf([
      ...SOURCE,
      ...[...ways, 'layout=names', 'keep-columns=no', 'most-values=7'].flatMap((way) => [
        '--split',
        way,
      ]),
      '--manifest',
    ]);
    expect(config.outputs[0]).toMatchObject({
      manifest: true,
      split: {
        rows: 1000,
        bytes: 1_572_864,
        columns: [{ name: 'country' }, { name: 'a, b' }, { name: 'created', part: 'month' }],
        layout: 'names',
        keepColumns: false,
        mostValues: 7,
      },
    });
  });

  it.each([
    'rows=0',
    'rows',
    'bytes=10XB',
    'bytes=-1',
    'date=a',
    'date=a:week',
    'layout=x',
    'foo=1',
    'layout=hive',
  ])('refuses %s', (way) => {
    expect(refusal([...SOURCE, '--split', way]).code).toBe('config.wrong-option');
  });
});
