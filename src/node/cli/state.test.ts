// What the command line remembers from run to run: watermarks, in a file of the user's or beside the configuration.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createConfig } from '../../contract/config.ts';
import type { Report } from '../../contract/report.ts';
import { emptyReport, NO_CONFIG } from '../../engine/report.ts';
import { readWatermarks, stateFileOf, writeWatermarks } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configOf = (hasWatermark: boolean) =>
  createConfig({
    source: {
      kind: 'csv',
      from: { path: 'a.csv' },
      ...(hasWatermark && { watermark: { column: { name: 'id' } } }),
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'stdout', options: {} },
  });

const reportOf = (
  outcome: Report['outcome'],
  watermarks: Record<string, string | null>,
): Report => {
  const sources = Object.entries(watermarks).map(([id, watermark]) => ({ id, watermark }));
  return { ...emptyReport(NO_CONFIG, 'job', 0), outcome, sources: sources as Report['sources'] };
};

it('stands where it was said to, else beside the configuration', () => {
  const config = configOf(true);
  expect(stateFileOf(config, 's.json', 'orders.json', 't')).toBe('s.json');
  expect(stateFileOf(config, undefined, 'in/orders.yaml', 't')).toBe('in/orders.yaml.state');
  expect(stateFileOf(config, undefined, 'orders', 't')).toBe(join('t', 'orders.state'));
  expect(() => stateFileOf(config, undefined, undefined, 't')).toThrow(/nothing says where/);
  expect(stateFileOf(configOf(false), undefined, 'orders', 't')).toBeNull();
  expect(() => stateFileOf(configOf(false), 's.json', 'orders', 't')).toThrow(/no source has/);
});

it('keeps what completed runs have reached, of each source', async () => {
  const path = join(folder, 'state.json');
  expect(await readWatermarks(path)).toEqual({});
  await writeWatermarks(path, reportOf('completed', { a: '1', b: null }));
  await writeWatermarks(path, reportOf('failed', { a: '2' }));
  await writeWatermarks(path, reportOf('cancelled', { a: '3' }));
  expect(await readWatermarks(path)).toEqual({ a: '1' });
  await writeWatermarks(path, reportOf('completed', { b: '7' }));
  expect(await readWatermarks(path)).toEqual({ a: '1', b: '7' });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1 });
  expect(readdirSync(folder)).toEqual(['state.json']);
});

it.each(['', '{', '[]', '{"watermarks": {"a": 1}}'])(
  'refuses a file that holds %s',
  async (text) => {
    const path = join(folder, 'other.json');
    writeFileSync(path, text);
    await expect(readWatermarks(path)).rejects.toMatchObject({ code: 'config.invalid' });
    rmSync(path);
  },
);
