// Files that are packages of parts: workbooks through the whole engine, split and in archives.
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { createConfig, type ExportConfig } from '../contract/config.ts';
import { loadWorkbook, rowsOf } from '../formats/excel/workbook-reader.suite.ts';
import { memoryTarget, testEngine, textOf } from './engine.suite.ts';

const ROWS = Array.from({ length: 5_000 }, (_, i) => [String(i), `text ${i % 7} & more`]);
const CSV = `number,text\n${ROWS.map((row) => row.join(',')).join('\n')}\n`;

const engine = testEngine();

async function run(change: Partial<ExportConfig['outputs'][number]>) {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'in' } },
    format: { id: 'excel', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  Object.assign(config.outputs[0]!, change);
  const target = memoryTarget();
  const bindings = {
    bytes: { in: new File([CSV], 'in.csv') },
    targets: { output: target },
    clock: () => 1_700_000_000_000,
    jobId: '0123456789',
  };
  const { report } = await engine.run(config, bindings);
  expect(report.error).toBeNull();
  expect(report.audit).toMatchObject({ rowsIn: 5_000, rowsOut: 5_000, balances: true });
  return { files: target.files, report, preview: await engine.preview(config, bindings) };
}

const rowsIn = async (bytes: Uint8Array): Promise<unknown[][]> =>
  rowsOf(await loadWorkbook(bytes), 2, true).rows;

it('is one file of parts, of which the preview shows the one with the rows', async () => {
  const { files, report, preview } = await run({});
  expect([...files.keys()]).toEqual(['in.xlsx']);
  const bytes = files.get('in.xlsx')!;
  expect(await rowsIn(bytes)).toEqual(ROWS);
  expect(report.files).toMatchObject([{ rows: 5_000, sizeBytes: bytes.length, verified: true }]);
  const parts = unzipSync(bytes);
  expect(Object.keys(parts)[0]).toBe('_rels/.rels');
  expect(preview).toMatchObject({ part: 'xl/worksheets/sheet1.xml', isWhole: false, error: null });
  expect(textOf(parts['xl/worksheets/sheet1.xml']).startsWith(textOf(preview.head))).toBe(true);
  expect(preview.head.length).toBeGreaterThan(1_000);
});

it('is a whole workbook in each part of a split output, and in an archive', async () => {
  const { files } = await run({
    split: { rows: 2_000 },
    archive: { id: 'zip', options: {} },
  });
  const workbooks = unzipSync([...files.values()][0]!);
  expect(Object.keys(workbooks)).toEqual(['in-001.xlsx', 'in-002.xlsx', 'in-003.xlsx']);
  const found = await Promise.all(Object.values(workbooks).map(rowsIn));
  expect(found.map((rows) => rows.length)).toEqual([2_000, 2_000, 1_000]);
  expect(found.flat()).toEqual(ROWS);
});
