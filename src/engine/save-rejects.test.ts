// All rejects of a run in a file: as many as the audit says, each with its whole record, and nothing left when the run fails.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConfig, type ColumnEdit, type StepConfig } from '../contract/config.ts';
import type { RejectsFile } from '../contract/verbs.ts';
import { path } from '../deliveries/path/delivery.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { inlineLanes } from './lanes.ts';
import { builtInPlugins } from './plugins.ts';

const plugins = builtInPlugins([path]);
const lanes = inlineLanes(plugins.formats);
const engine = createEngine({
  plugins,
  openBytes: async (binding) => openBlob(binding as Blob),
  lanes: () => lanes,
  yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rejects-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const rejectsTo = (name = 'rejects.csv'): RejectsFile => ({
  delivery: { id: 'path', options: { path: join(folder, name) } },
  name,
  ifExists: 'replace',
});

function configOf(columns: ColumnEdit[], steps: StepConfig[] = [], options = {}) {
  return createConfig({
    source: { kind: 'csv', from: { binding: 'in' }, options, columns },
    steps,
    format: { id: 'csv', options: {} },
    delivery: { id: 'path', options: { path: join(folder, 'out.csv') } },
  });
}

const saved = (): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(
    readFileSync(join(folder, 'rejects.csv'), 'utf8').replace(/^\ufeff/, ''),
    { header: true, skipEmptyLines: true },
  ).data;

const cast: StepConfig = {
  id: 'cast',
  kind: 'cast',
  enabled: true,
  options: { columns: [{ column: { name: 'b' }, type: 'int64', onMisfit: 'reject' }] },
};

describe('rejects', () => {
  it('are all saved, more than are listed, with their records', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) =>
      i % 4 === 0 ? `x${i},"text, ""${i}"""` : `${i},"line\n${i}"`,
    );
    const bindings = { bytes: { in: new Blob([`a,b\n${rows.join('\n')}\n1,2,3\n`]) } };
    const config = configOf([{ column: { name: 'a' }, type: 'int64', onMisfit: 'reject' }], [], {
      raggedRows: 'reject',
    });
    const { report } = await engine.run(config, bindings, { rejects: rejectsTo() });
    expect(report).toMatchObject({ outcome: 'completed', audit: { rejected: 5_001 } });
    expect(report.rejects).toMatchObject({
      count: 5_001,
      file: { name: 'rejects.csv', path: join(folder, 'rejects.csv'), rows: 5_001 },
    });
    expect(report.rejects.listed).toHaveLength(1_000);
    expect(report.rejects.listed.every((reject) => !('record' in reject))).toBe(true);
    const found = saved();
    expect(found).toHaveLength(5_001);
    expect(found.find(({ row }) => row === '5')).toMatchObject({
      line: '9',
      row: '5',
      column: 'a',
      code: 'read.misfit',
      value: 'x4',
      record: 'x4,"text, ""4"""',
    });
    const ragged = found.filter(({ code }) => code === 'read.csv.ragged-row');
    expect(ragged).toMatchObject([{ row: '20001', record: '1,2,3' }]);
    expect(readFileSync(join(folder, 'rejects.csv')).length).toBe(report.rejects.file!.sizeBytes);
  });

  it('of steps and of edits with a spelling have their records too', async () => {
    const bindings = { bytes: { in: new Blob(['a,b,c\n1.5,7,=x\n2,no,y\n"3,5",8,z\nwhat,9,\n']) } };
    const config = configOf(
      [
        {
          column: { name: 'a' },
          type: 'float64',
          numbers: { decimalSign: ',' },
          onMisfit: 'reject',
        },
      ],
      [cast],
    );
    const { report } = await engine.run(config, bindings, { rejects: rejectsTo() });
    expect(report).toMatchObject({ outcome: 'completed', audit: { rejected: 3, rowsOut: 1 } });
    expect(saved().map(({ column, record }) => [column, record])).toEqual([
      ['a', '1.5,7,=x'],
      ['a', 'what,9,'],
      ['b', '2,no,y'],
    ]);
  });

  it('can be saved without the output', async () => {
    const bindings = { bytes: { in: new Blob(['a,b\n1,x\n2,3\n']) } };
    const config = configOf([], [cast]);
    const { report } = await engine.saveRejects(config, bindings, rejectsTo());
    expect(report).toMatchObject({
      outcome: 'completed',
      rejects: { count: 1, file: { rows: 1 } },
    });
    expect(readdirSync(folder)).toEqual(['rejects.csv']);
  });

  it('leave nothing where the run fails, and are all of a second attempt', async () => {
    const steps: StepConfig[] = [cast];
    const late = `${Array.from({ length: 60_000 }, (_, i) => `${i},${i}`).join('\n')}\nlate,x\n`;
    const again = await engine.run(
      configOf([], steps),
      { bytes: { in: new Blob([`a,b\n0,bad\n${late}`]) } },
      { rejects: rejectsTo() },
    );
    expect(again.report).toMatchObject({ outcome: 'completed', rejects: { file: { rows: 2 } } });
    expect(saved()).toHaveLength(2);
    rmSync(join(folder, 'rejects.csv'));
    rmSync(join(folder, 'out.csv'));
    const failing = await engine.run(
      configOf([], steps, { raggedRows: 'fail' }),
      { bytes: { in: new Blob([`a,b\n0,bad\n${late}1,2,3\n`]) } },
      { rejects: rejectsTo() },
    );
    expect(failing.report).toMatchObject({ outcome: 'failed' });
    expect(failing.report.rejects.file).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});
