// Plans of several sources and data sets: every reading counted, cycles and second readings refused, every reader closed.
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Bindings, RowsBinding } from '../contract/bindings.ts';
import {
  createConfig,
  createTablesConfig,
  type ExportConfig,
  type StepConfig,
} from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import { defineOptions } from '../contract/options.schema.ts';
import type { TransformCard } from '../contract/transform-plugin.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { INT64, UTF8, type Schema } from '../table/data-type.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testPlugins, textOf } from './engine.suite.ts';
import { inlineLanes } from './lanes.ts';

/** The rows of its own data set, then those of the others; all of the same columns. */
const stack: TransformCard<{ with: string[] }> = {
  id: 'stack',
  title: 'Stack',
  purpose: 'Puts data sets under each other.',
  options: defineOptions(z.object({ with: z.array(z.string()).default([]) }), {
    'with.title': 'With',
    'with.help': 'Data sets.',
  }),
  takes: (options) => options.with,
  load: async () => ({
    open: ({ schema, others }) => ({
      schema,
      async *apply(batches) {
        for await (const batch of batches) yield batch;
        for (const other of others)
          for await (const batch of other.open()) yield { ...batch, schema };
      },
    }),
  }),
};

/** Takes the first batch of each other data set before its own, and leaves the readers open. */
const careless: TransformCard<{ with: string[] }> = {
  ...stack,
  id: 'careless',
  load: async () => ({
    open: ({ schema, others, merged }) => ({
      schema,
      async *apply(batches) {
        for (const other of others) {
          const next = await other.open()[Symbol.asyncIterator]().next();
          if (next.done !== true) merged(next.value.rowCount);
        }
        yield* batches;
      },
    }),
  }),
};

const lanes = inlineLanes(testPlugins.formats);
const engine = createEngine({
  plugins: { ...testPlugins, transforms: [...testPlugins.transforms, stack, careless] },
  openBytes: async (binding) => openBlob(binding as Blob),
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
});

const step = (kind: string, options: Record<string, unknown>, id = kind): StepConfig => ({
  id,
  kind,
  enabled: true,
  options,
});

function configOf(
  sources: string[],
  datasets: [id: string, from: string, ...steps: StepConfig[]][],
  format: 'csv' | 'json' = 'csv',
): ExportConfig {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: '' } },
    format: { id: format, options: {} },
    delivery: { id: 'memory', options: {} },
  });
  config.sources = sources.map((id) => ({
    id,
    kind: 'csv',
    from: { binding: id },
    options: {},
  }));
  config.datasets = datasets.map(([id, from, ...steps]) => ({ id, from, steps }));
  config.outputs[0]!.datasets = [datasets.at(-1)![0]];
  return config;
}

const csv = (text: string): File => new File([text], 'a.csv');
const ab: Bindings['bytes'] = { a: csv('x,y\n1,p\n2,q\n3,r\n'), b: csv('x,y\n4,s\n5,t\n') };

async function run(config: ExportConfig, bindings: Bindings) {
  const target = memoryTarget();
  const { report } = await engine.run(config, { ...bindings, targets: { output: target } });
  return { report, target, text: textOf([...target.files.values()][0]) };
}

it('reads several sources into one output, with a line for each', async () => {
  const config = configOf(
    ['a', 'b'],
    [
      ['big', 'b', step('filter', { where: 'x > 4' })],
      ['all', 'a', step('stack', { with: ['big'] }), step('limit', { limit: 10 })],
    ],
  );
  const { report, text } = await run(config, { bytes: ab });
  expect(report.error).toBeNull();
  expect(text).toBe('x,y\n1,p\n2,q\n3,r\n5,t\n');
  expect(report.ledger).toMatchObject([
    { id: 'a', kind: 'csv', in: 3, out: 3 },
    { id: 'b', kind: 'csv', in: 2, out: 2 },
    { id: 'filter', dataset: 'big', in: 2, out: 1, filtered: 1 },
    { id: 'stack', dataset: 'all', in: 4, beside: 1, out: 4 },
    { id: 'limit', dataset: 'all', in: 4, out: 4 },
    { id: 'output', in: 4, out: 4 },
  ]);
  expect(report.audit).toEqual({
    rowsIn: 5,
    rowsOut: 4,
    filtered: 1,
    rejected: 0,
    merged: 0,
    added: 0,
    balances: true,
  });
  expect(report.sources).toMatchObject([
    { id: 'a', rowsRead: 3, bytesRead: 16, exhausted: true },
    { id: 'b', rowsRead: 2, bytesRead: 12, exhausted: true },
  ]);
});

it('blames the step for what is wrong with other data it takes, at planning and in the middle', async () => {
  const config = configOf(
    ['a', 'b'],
    [['all', 'a', step('stack', { with: ['b'] }, 'puts'), step('limit', { limit: 9 })]],
  );
  const missing = await engine.check(config, { bytes: { a: ab['a']! } });
  expect(missing.issues).toMatchObject([{ code: 'config.binding-missing', step: 'puts' }]);
  const bytes = { ...ab, b: csv('x,y\n4,s\n5,t,u\n') };
  const { report } = await run(config, { bytes });
  expect(report.error).toMatchObject({ step: 'puts' });
  const { error } = await engine.preview(config, { bytes });
  expect(error).toMatchObject({ code: report.error!.code, step: 'puts' });
  const own = await run(config, { bytes: { a: bytes.b, b: ab['b']! } });
  expect(own.report.error).toMatchObject({ code: report.error!.code });
  expect(own.report.error!.step).toBeUndefined();
});

it('reads a data set once for each use', async () => {
  const config = configOf(
    ['a'],
    [
      ['d', 'a', step('filter', { where: 'x != 2' })],
      ['all', 'd', step('stack', { with: ['d', 'a'] })],
    ],
  );
  const { report, text } = await run(config, { bytes: ab });
  expect(text).toBe('x,y\n1,p\n3,r\n1,p\n3,r\n1,p\n2,q\n3,r\n');
  expect(report.ledger).toMatchObject([
    { id: 'a', in: 9, out: 9 },
    { id: 'filter', in: 6, out: 4, filtered: 2 },
    { id: 'stack', in: 7, out: 7 },
    { id: 'output', in: 7 },
  ]);
  expect(report.audit.balances).toBe(true);
  expect(report.sources).toMatchObject([{ rowsRead: 9, bytesRead: 48, exhausted: true }]);
  expect(await engine.rehearse(config, { bytes: ab })).toMatchObject({ audit: report.audit });
});

it('shows graphs in preview and check', async () => {
  const config = configOf(['a', 'b'], [['all', 'a', step('stack', { with: ['b'] })]]);
  const preview = await engine.preview(config, { bytes: ab });
  expect(preview).toMatchObject({ rowsRead: 5, rowsOut: 5, isWhole: true, error: null });
  expect(textOf(preview.head)).toBe('x,y\n1,p\n2,q\n3,r\n4,s\n5,t\n');
  expect(await engine.check(config, { bytes: ab })).toMatchObject({
    issues: [],
    columns: [{ name: 'x', type: 'int64' }, { name: 'y' }],
  });
});

it('names a cycle, whatever it goes through', async () => {
  const config = configOf(
    ['a'],
    [
      ['one', 'two'],
      ['two', 'a', step('stack', { with: ['one'] })],
    ],
  );
  const { report } = await run(config, { bytes: ab });
  expect(report.error).toMatchObject({ code: 'config.invalid' });
  expect(ExportError.from(report.error!).message).toContain(
    '“two” comes from itself: two ← one ← two',
  );
});

it('names a data set that is not there', async () => {
  const config = configOf(['a'], [['all', 'a', step('stack', { with: ['nobody'] })]]);
  const { issues } = await engine.check(config, { bytes: ab });
  expect(issues).toMatchObject([{ code: 'config.invalid', path: 'datasets.0.steps.0.options' }]);
  expect(issues[0]!.sentence).toContain('“nobody”');
});

it('refuses to read twice what can be read once', async () => {
  const config = configOf(['a'], [['all', 'a', step('stack', { with: ['a'] })]]);
  config.sources[0]!.kind = 'rows';
  const schema = schemaOf([['x', INT64]]);
  const rows = {
    name: 'r',
    schema,
    rowCount: 1,
    once: true,
    async *open() {
      yield batchOf(schema, [[1n]]);
    },
  };
  const refused = (await run(config, { rows: { a: rows } })).report;
  expect(refused.error).toMatchObject({ code: 'config.conflict' });
  expect(ExportError.from(refused.error!).message).toContain('can be read only once');
  const { report, text } = await run(config, { rows: { a: { ...rows, once: false } } });
  expect(report.error).toBeNull();
  expect(text).toBe('x\n1\n1\n');
});

it('reads a column as text in the source it comes from, in every cut of the others', async () => {
  const filler = 'p'.repeat(500);
  const late = (value: string): File => csv(`x,y\n${`1,${filler}\n`.repeat(1_200)}${value},p\n`);
  const config = configOf(
    ['a', 'b', 'c'],
    [['all', 'a', step('stack', { with: ['b', 'c'] })]],
    'json',
  );
  config.datasets[0]!.steps.push(step('filter', { where: "y != 'q'" }));
  const { report, text } = await run(config, {
    bytes: { a: csv('x,y\n1,q\n'), b: late('word'), c: csv('x,y\n2,q\n') },
  });
  expect(report.error).toBeNull();
  expect(report.retyped).toEqual([
    { source: 'b', column: 'x', from: 'int64', value: 'word', line: 1_202 },
    // The step gives the rows of all the first one's types.
    { source: 'a', column: 'x', from: 'int64', value: 'word', line: 1_202 },
  ]);
  expect(report.ledger[1]).toMatchObject({ in: 1_201 });
  expect(text.slice(-60)).toContain('"word"');
});

it('closes every reader when the run ends, fails or is cancelled', async () => {
  const schema = schemaOf([
    ['x', INT64],
    ['y', UTF8],
  ]);
  for (const end of ['ends', 'fails', 'is cancelled'] as const) {
    let open = 0;
    let opened = 0;
    const cancel = new AbortController();
    const rows = (isMain: boolean) => ({
      name: 'r',
      schema,
      rowCount: null,
      once: false,
      async *open() {
        open++;
        opened++;
        try {
          for (let i = 0; i < 5; i++) {
            if (isMain && i === 3 && end === 'fails') throw new Error('broken');
            if (isMain && i === 3 && end === 'is cancelled') cancel.abort();
            yield batchOf(schema, [[1n, 'a']]);
          }
        } finally {
          open--;
        }
      },
    });
    const config = configOf(
      ['a', 'b', 'c'],
      [
        ['beside', 'c', step('careless', { with: ['b'] }, 'inner')],
        ['all', 'a', step('careless', { with: ['beside', 'b'] })],
      ],
    );
    for (const source of config.sources) source.kind = 'rows';
    const { report } = await engine.run(
      config,
      {
        rows: { a: rows(true), b: rows(false), c: rows(false) },
        targets: { output: memoryTarget() },
      },
      { signal: cancel.signal },
    );
    expect(report.outcome).toBe(
      end === 'ends' ? 'completed' : end === 'fails' ? 'failed' : 'cancelled',
    );
    expect(opened).toBe(4);
    expect(open).toBe(0);
    if (end === 'ends') {
      expect(report.audit.balances).toBe(true);
      expect(report.capped).toBe(true);
    }
  }
});

it('tells formats of one table from those of several', async () => {
  const config = configOf(['a', 'b'], [['all', 'a']]);
  config.outputs[0]!.datasets = ['all', 'b'];
  const { report } = await run(config, { bytes: ab });
  expect(report.error).toMatchObject({ code: 'config.not-here' });
  expect(ExportError.from(report.error!).message).toContain('2 data sets');
});

it('puts several data sets into one file, whole in run and preview', async () => {
  const config = configOf(
    ['a', 'b'],
    [
      ['rest', 'b', step('filter', { where: 'x > 4' })],
      ['all', 'a', step('stack', { with: ['b'] })],
    ],
    'json',
  );
  const output = config.outputs[0]!;
  output.datasets = ['all', 'rest'];
  output.format.options = { structure: 'normalized' };
  const { report, text } = await run(config, { bytes: ab });
  expect(report.error).toBeNull();
  expect(JSON.parse(text)).toEqual({
    all: [...'pqrst'].map((y, i) => ({ x: i + 1, y })),
    rest: [{ x: 5, y: 't' }],
    relationships: {},
  });
  expect(report.audit).toMatchObject({ rowsIn: 7, rowsOut: 6, filtered: 1, balances: true });
  expect(report.columns).toMatchObject([
    { table: 'all', name: 'x' },
    { table: 'all', name: 'y' },
    { table: 'rest', name: 'x' },
    { table: 'rest', name: 'y' },
  ]);
  const preview = await engine.preview(config, { bytes: ab });
  expect(preview).toMatchObject({ isWhole: true, rowsOut: 6, error: null });
  expect(textOf(preview.head)).toBe(text);
  const cut = await engine.preview(config, { bytes: ab }, { rows: 2, bytes: 200 });
  expect(cut).toMatchObject({ isWhole: false, error: null });
  expect(textOf(cut.tail)).toMatch(/"relationships":\{\}\}\n$/);
  const check = await engine.check(config, { bytes: ab });
  expect(check.issues).toEqual([]);
  expect(check.columns).toHaveLength(4);
  output.split = { rows: 2 };
  expect((await run(config, { bytes: ab })).report.error).toMatchObject({
    code: 'config.conflict',
  });
  output.split = null;
  output.format.options = {};
  const flat = (await run(config, { bytes: ab })).report.error!;
  expect(ExportError.from(flat).hint).toContain('“structure” to “normalized”');
});

it('merges the further rows of an entity in the ledger', async () => {
  const config = configOf(['a'], [['all', 'a', step('stack', { with: ['a'] })]], 'json');
  config.outputs[0]!.format.options = {
    structure: 'normalized',
    entities: [{ name: 'ys', key: 'y' }],
  };
  const { report, text } = await run(config, { bytes: ab });
  expect(JSON.parse(text)).toMatchObject({ ys: { p: { x: 1, y: 'p' } } });
  expect(report.audit).toMatchObject({ rowsIn: 6, rowsOut: 3, merged: 3, balances: true });
});

it('takes several named row sets of a host as tables', async () => {
  const agents = schemaOf([['agent', UTF8]]);
  const commands = schemaOf([
    ['id', INT64],
    ['agent', UTF8],
  ]);
  const bind = (name: string, schema: Schema, values: Value[][]): RowsBinding => ({
    name,
    schema,
    rowCount: values.length,
    once: true,
    async *open() {
      yield { ...batchOf(schema, values), schema };
    },
  });
  const config = createTablesConfig({
    sources: ['agents', 'commands'].map((id) => ({ id, kind: 'rows', from: { binding: id } })),
    format: { id: 'json', options: { structure: 'normalized' } },
    delivery: { id: 'memory', options: {} },
  });
  const rows = (): Bindings['rows'] => ({
    agents: bind('agents', agents, [['a-1'], ['a-2']]),
    commands: bind('commands', commands, [[1n, 'a-1']]),
  });
  const { report, text } = await run(config, { rows: rows() });
  expect(report.error).toBeNull();
  expect(JSON.parse(text)).toEqual({
    agents: [{ agent: 'a-1' }, { agent: 'a-2' }],
    commands: [{ id: 1, agent: 'a-1' }],
    relationships: {},
  });
  config.outputs[0]!.format = { id: 'csv', options: {} };
  const refused = ExportError.from((await run(config, { rows: rows() })).report.error!);
  expect(refused.message).toContain('holds one data set in a file');
  expect(refused.hint).toContain('JSON');
});

it('starts again for a misfit in a nested document', async () => {
  const config = configOf(['a'], [['all', 'a']], 'json');
  config.outputs[0]!.format.options = { structure: 'nested', levels: { y: 'ys' } };
  const filler = `1,${'p'.repeat(500)}\n`.repeat(1_200);
  const { report, text } = await run(config, { bytes: { a: csv(`x,y\n${filler}word,q\n`) } });
  expect(report.error).toBeNull();
  expect(report.retyped).toMatchObject([{ column: 'x', value: 'word' }]);
  expect(Object.keys((JSON.parse(text) as { ys: object }).ys)).toHaveLength(2);
  expect(report.audit.balances).toBe(true);
});
