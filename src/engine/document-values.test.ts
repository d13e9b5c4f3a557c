// Tables in documents for people, compared after writing: alike whatever the texts and options, other after one flipped bit.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createConfig } from '../contract/config.ts';
import type { Report } from '../contract/report.ts';
import { batchOf, schemaOf } from '../table/builders.ts';
import { UTF8 } from '../table/data-type.ts';
import { naughtyStrings } from '../formats/format.suite.ts';
import { memoryTarget, testEngine, textOf, type MemoryTarget } from './engine.suite.ts';

vi.setConfig({ testTimeout: 60_000 });

const engine = testEngine();

type Cell = string | null;

/** Writes texts, and compares what was written. */
async function written(
  format: string,
  options: Record<string, unknown>,
  names: readonly string[],
  rows: readonly Cell[][],
  target: MemoryTarget = memoryTarget(),
): Promise<Report> {
  const schema = schemaOf(names.map((name) => [name, UTF8]));
  const batch = batchOf(
    schema,
    rows.map((row) => [...row]),
  );
  const config = createConfig({
    source: { kind: 'rows', from: { binding: 'input' } },
    format: { id: format, options },
    delivery: { id: 'memory', options: {} },
    output: { verify: { checksum: 'none', readBack: false, values: 'full' } },
  });
  const { report } = await engine.run(config, {
    rows: {
      input: {
        name: 'rows',
        schema,
        rowCount: rows.length,
        once: false,
        async *open() {
          yield batch;
        },
      },
    },
    targets: { output: target },
  });
  return report;
}

/** Half characters have no bytes in any charset. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

const PIECES = [
  ...['', ' ', '\n', '\r', '\r\n', '\t', '\f', '\u00a0', '\u0085', '\u2028', '\ufeff', '\0', '-'],
  ...['&', '&amp;', '&nbsp', '&nbsp;', '&#13;', '&#x41;', '&lt', '&&', '&amp', ';', '#', '–', '"'],
  ...['<', '>', '</td>', '<td>', '</table>', '<!--', '-->', '<br>', '<br/>', '<script>', '<b>'],
  ...['|', '\\', '\\|', '\\\\', '`', '``', '*', '_', '~', '[', ']', '$', ':---', '---', '!['],
  ...['https://a.example/?x=1&y=2', 'www.a.example', 'a_b', 'null', '007', '1.10', 'é😀', 'x'],
];
const text = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 8, unit: 'binary' }).map(wellFormed),
);
const cell = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) });
const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.array(text, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }),
  }),
);

const nullText = fc.constantFrom('', '–', 'NULL', '<null>', 'a|b', '\\', '\\N', '*none*', ' ', '0');
const OPTIONS: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  html: fc.record(
    {
      content: fc.constantFrom('document', 'fragment'),
      styling: fc.constantFrom('block', 'inline', 'classes', 'none'),
      caption: text.map((given) => given.replaceAll('\0', '')),
      headers: fc.boolean(),
      footer: fc.constantFrom('none', 'count', 'headers'),
      rowNumbers: fc.boolean(),
      nullText,
      lineBreaks: fc.constantFrom('keep', 'br'),
      links: fc.boolean(),
      title: text.map((given) => given.replaceAll('\0', '')),
      align: fc.boolean(),
      stripes: fc.boolean(),
      prettyPrint: fc.boolean(),
      tableClass: fc.constantFrom('', 'data', 'null', 'a b'),
      tableId: fc.constantFrom('', 'x', '"'),
      lang: fc.constantFrom('', 'de'),
      dir: fc.constantFrom('unset', 'ltr', 'rtl', 'auto'),
    },
    { requiredKeys: [] },
  ),
  markdown: fc.record(
    {
      layout: fc.constantFrom('compact', 'aligned'),
      align: fc.boolean(),
      nullText,
      heading: text.map((given) => given.replaceAll(/[\0\r\n]/g, '')),
      rowNumbers: fc.boolean(),
      lineBreaks: fc.constantFrom('br', 'space'),
      escape: fc.constantFrom('markup', 'pipes'),
      widest: fc.constantFrom(3, 10),
    },
    { requiredKeys: [] },
  ),
};

/** What these options write cannot come back, and that is said. */
const CANNOT: Record<string, (options: Record<string, unknown>) => boolean> = {
  html: () => false,
  markdown: ({ escape, nullText: given }) =>
    escape === 'pipes' && /[^A-Z0–]/.test(String(given ?? '')),
};

describe.each(Object.entries(OPTIONS))('values of %s', (id, anyOptions) => {
  it('come back alike whatever the texts and options', async () => {
    await fc.assert(
      fc.asyncProperty(table, anyOptions, async ({ names, rows }, options) => {
        const report = await written(id, options, names, rows);
        expect(report.error).toBeNull();
        expect(report.values).toMatchObject(
          CANNOT[id]!(options)
            ? { outcome: 'not-possible', reason: expect.stringContaining('nullText') }
            : { outcome: 'same', fingerprint: { rows: rows.length } },
        );
      }),
      { numRuns: 400 },
    );
  });

  it.skipIf(naughtyStrings() === null)('come back alike, naughty ones too', async () => {
    const rows = naughtyStrings()!.map((naughty, i) => [String(i), wellFormed(naughty), null]);
    for (const options of [{}, { nullText: '–' }]) {
      const report = await written(id, options, ['n', 'text', 'none'], rows);
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'same', fingerprint: { rows: rows.length } });
    }
  });

  it('are told from others after one flipped bit of a value', async () => {
    const names = ['n', 'text'];
    const rows = Array.from({ length: 40 }, (_, i) => [String(1000 + i * 7), `word${i}word`]);
    const target = memoryTarget();
    expect((await written(id, {}, names, rows, target)).values).toMatchObject({ outcome: 'same' });
    const whole = textOf([...target.files.values()][0]);
    for (const [n, [number, word]] of rows.entries())
      for (const value of [number!, word!]) {
        const flipped = memoryTarget();
        // The lowest bit: another digit or letter stands there.
        flipped.flip = { at: whole.indexOf(value) + (n % 4), bit: 0 };
        const report = await written(id, {}, names, rows, flipped);
        expect(report.error?.code, value).toBe('verify.values');
        expect(flipped.committed).toBe(false);
      }
  });
});
