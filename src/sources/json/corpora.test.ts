// JSONTestSuite: what is JSON is read, what is none is refused with its place, and nothing crashes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
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

describe('changed documents', { timeout: 60_000 }, () => {
  const seeds = [
    '[{"a":1,"b":"x\\u00e9\\ud83d\\ude00"},{"a":-2.5e+3,"c":[true,null,{"d":[]}]}]',
    '{"meta":{"n":1},"data":{"items":[{"a":"1"},{"a":"2"}]},"z":[[],{}]}',
    '{"x":{"a":1},"y":{"a":2}}',
    '{"a":[1,2],"b":["x","y"]}',
    '[["a","b"],[1,2],[3]]',
    ' 12 ',
  ];
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '0',
    '-',
    '.',
    'e',
    'null',
    ' ',
    '\n',
    'é',
    '\0',
  ];

  it('are read if and only if they are JSON, in any chunks', async () => {
    const change = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      piece: fc.constantFrom('', ...pieces),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 20 }),
        async (seed, changes, chunkSize) => {
          let text = seed;
          for (const { at, cut, piece } of changes) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + piece + text.slice(from + cut);
          }
          const error: unknown = await readRecords(text, { chunkSize }).then(
            () => null,
            (thrown: unknown) => thrown,
          );
          let isJson = true;
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          if (error !== null) expect(error).toBeInstanceOf(ExportError);
          expect(error === null, text).toBe(isJson);
        },
      ),
      { numRuns: 4_000 },
    );
  });
});
