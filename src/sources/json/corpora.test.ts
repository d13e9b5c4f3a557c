// JSONTestSuite: what is JSON is read, what is none is refused with its place, and nothing crashes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import { readRecords } from './testing.ts';

const folder = new URL('../../../../shared/corpora/json-test-suite/test_parsing/', import.meta.url);
const isThere = existsSync(folder);
if (!isThere && process.env.CI) throw new Error(`missing corpus: ${folder.pathname}`);

describe.skipIf(!isThere)('JSONTestSuite', () => {
  const files = isThere ? readdirSync(folder) : [];
  const read = (name: string) =>
    readRecords(readFileSync(new URL(encodeURIComponent(name), folder)));

  it('has all its files', () => {
    expect(files.filter((name) => name.startsWith('y_')).length).toBeGreaterThan(90);
    expect(files.filter((name) => name.startsWith('n_')).length).toBeGreaterThan(180);
  });

  it.each(files.filter((name) => name.startsWith('y_')))('%s is read', async (name) => {
    const { rows } = await read(name);
    const value = JSON.parse(
      readFileSync(new URL(encodeURIComponent(name), folder), 'utf8'),
    ) as unknown;
    expect(rows).toHaveLength(Array.isArray(value) ? value.length : 1);
  });

  it.each(files.filter((name) => name.startsWith('n_')))('%s is refused', async (name) => {
    const error: unknown = await read(name).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ExportError);
    const { code, parameters } = error as ExportError;
    if (
      readFileSync(new URL(encodeURIComponent(name), folder))
        .toString()
        .replace('\ufeff', '')
        .trim() === ''
    )
      expect(code).toMatch(/^read\.(empty|json\.syntax)$/);
    else {
      expect(code).toMatch(/^read\.json\.(syntax|too-deep)$/);
      expect(parameters).toMatchObject({
        line: expect.any(Number) as number,
        column: expect.any(Number) as number,
      });
    }
  });

  it.each(files.filter((name) => name.startsWith('i_')))('%s does no harm', async (name) => {
    const error: unknown = await read(name).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error !== null) expect(error).toBeInstanceOf(ExportError);
  });
});
