// Values of finished files, read by other code than wrote them: alike for every format, other after one flipped byte.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConfig, type OutputConfig, type PartConfig } from '../contract/config.ts';
import type { FormatCard, FormatModule } from '../contract/format-plugin.ts';
import { csvFormat } from '../formats/csv/format.ts';
import { createEngine } from './engine.ts';
import { memoryTarget, testEngine, testPlugins, type MemoryTarget } from './engine.suite.ts';
import { openBlob } from '../sources/bytes/blob.ts';
import { inlineLanes } from './lanes.ts';
import { COMPARE_TEXTS } from './texts.ts';

const engine = testEngine();
const csv = `id,name,price,day,at,ok,note
007,"a, b",1.10,2026-11-21,2026-11-21T08:30:00Z,true,=1+1
1,,2,2026-11-22,2026-11-21T08:30:00.5Z,false,""
2,"say ""hi""",-30.5,2026-11-23,,true,x
`;
const many = `id,name,amount\n${Array.from({ length: 5_000 }, (_, i) => `${i},name ${i % 97},${(i * 7) / 4}`).join('\n')}\n`;

const kinds = `id,kind\n${Array.from({ length: 1_500 }, (_, i) => `${i},${'abc'[i % 3]}`).join('\n')}\n`;

const configOf = (format: PartConfig, output: Partial<OutputConfig>) =>
  createConfig({
    source: {
      kind: 'csv',
      from: { binding: 'input' },
      options: { skipLines: 0, skipLastLines: 0 },
    },
    format,
    delivery: { id: 'memory', options: {} },
    output: {
      ...output,
      verify: { checksum: 'sha256', readBack: true, values: 'full', ...output.verify },
    },
  });

async function run(
  format: PartConfig,
  output: Partial<OutputConfig> = {},
  text = csv,
  target: MemoryTarget = memoryTarget(),
) {
  const { report } = await engine.run(configOf(format, output), {
    bytes: { input: new File([text], 'orders.csv') },
    targets: { output: target },
  });
  return { report, target };
}

const on = { checksum: 'sha256', readBack: true } as const;
const jsonSource = createConfig({
  source: { kind: 'json', from: { binding: 'input' } },
  format: { id: 'csv', options: {} },
  delivery: { id: 'memory', options: {} },
}).sources;

/** Options without which the values of a format are not told apart. */
const TOLD: Record<string, Record<string, unknown>> = { text: { target: 'json' } };

const part = (id: string, options: Record<string, unknown> = {}): PartConfig => ({
  id,
  options: { ...TOLD[id], ...options },
});

/** Formats that a source reads. */
const READ = [
  'csv',
  'json',
  'ndjson',
  'xml',
  'html',
  'markdown',
  'parquet',
  'arrow',
  'avro',
  'sqlite',
  'excel',
  'sql',
  'text',
];

describe('the values of finished files', () => {
  it.each(READ)('%s: come back', async (id) => {
    const { report } = await run(part(id));
    expect(report.error).toBeNull();
    expect(report.values).toMatchObject({ outcome: 'same', level: 'full' });
    expect(report.values!.fingerprint).toMatchObject({ rows: 3 });
    const sample = await run(
      part(id),
      { verify: { checksum: 'none', readBack: false, values: 'sample' } },
      many,
    );
    expect(sample.report.error).toBeNull();
    expect(sample.report.values).toMatchObject({ outcome: 'same', level: 'sample' });
    expect(sample.report.values!.fingerprint).toMatchObject({ rows: 5_000 });
  });

  it.each([
    ['rows of nulls, the last one too', {}, 'a,b\n1,2\n,\n3,\n,\n', 4],
    ['nothing but rows of nulls', {}, 'a,b\n,\n,\n', 2],
    ['the same without names', { headers: false }, 'a,b\n,\n,\n', 2],
    ['no row and no name', { headers: false }, 'a,b\n', 0],
    ['a column without a name', {}, '""\n1\n2\n', 2],
    ['rows on several sheets', { rowsPerSheet: 1_001 }, many, 5_000],
    ['rows on several sheets, by value', { sheetBy: 'kind' }, kinds, 1_500],
    [
      'above totals',
      { totals: [{ column: 'id' }, { column: 'amount', function: 'max' }] },
      many,
      5_000,
    ],
    [
      'above totals on each sheet, without names',
      { totals: [{ column: 'id' }], rowsPerSheet: 1_001, headers: false },
      many,
      5_000,
    ],
    [
      'above totals of all columns',
      { totals: [{ column: 'a' }, { column: 'b' }] },
      'a,b\n1,2\n,\n',
      2,
    ],
    ['nothing but totals', { totals: [{ column: 'id' }] }, 'id,name\n', 0],
    [
      'beside and before what is made of them',
      {
        rowsPerSheet: 1_001,
        charts: [{ values: ['id'] }, { category: 'name', values: ['id'], sheet: 'Drawn' }],
        pivots: [{ rows: ['name'], values: [{ column: 'id' }] }],
        formulas: [{ name: 'twice', formula: '{id}*2' }],
        notes: [{ column: 'id', text: 'the number' }],
        columns: [{ column: 'id', hidden: true, width: 30 }],
      },
      many,
      5_000,
    ],
  ])('excel: come back: %s', async (_what, options, text, rows) => {
    for (const values of ['full', 'sample'] as const) {
      const verify = { checksum: 'sha256' as const, readBack: true, values };
      const { report } = await run(part('excel', options), { verify }, text);
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'same', fingerprint: { rows } });
    }
  });

  it('excel: what cannot be told is not told wrongly', async () => {
    const output = { archive: part('zip'), split: { rows: 2_000 } as never };
    const pivots = [{ rows: ['name'], values: [{ column: 'id' }] }];
    for (const [options, settings] of [
      [{}, output],
      [{ pivots }, { split: output.split }],
    ] as const) {
      const { report } = await run(
        part('excel', { rowsPerSheet: 1_001, ...options }),
        settings,
        many,
      );
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'not-possible' });
    }
    const parts = await run(part('excel', { pivots }), { split: output.split }, many);
    expect(parts.report.error).toBeNull();
    expect(parts.report.values).toMatchObject({ outcome: 'same', fingerprint: { rows: 5_000 } });
  });

  it('of every format come back', () => {
    expect(READ.toSorted()).toEqual(testPlugins.formats.map(({ id }) => id).toSorted());
  });

  it('that nothing here reads are not compared, and that is said', async () => {
    const formats = testPlugins.formats.map((card) =>
      card.id === 'avro' ? { ...card, readBack: undefined } : card,
    );
    const lanes = inlineLanes(formats);
    const other = createEngine({
      plugins: { ...testPlugins, formats },
      openBytes: async (binding) => openBlob(binding as Blob),
      lanes: () => lanes,
      yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
    });
    const { report } = await other.run(configOf(part('avro'), {}), {
      bytes: { input: new File([csv], 'orders.csv') },
      targets: { output: memoryTarget() },
    });
    expect(report.error).toBeNull();
    expect(report.values).toMatchObject({
      outcome: 'not-possible',
      reason: COMPARE_TEXTS.format,
    });
  });

  it.each(READ)('%s: no rows come back as none', async (id) => {
    const forms: Record<string, Record<string, unknown>[]> = {
      csv: [{ headers: false }],
      json: [{ shape: 'arrays' }, { structure: 'columnar' }, { rootKey: '' }],
      ndjson: [{ shape: 'arrays' }],
      text: [
        { suffix: '' },
        { prefix: '[', suffix: ']', separator: ',', row: '[{*}]' },
        { prefix: '{@columns}', row: '\n{*}', separator: '' },
      ],
    };
    for (const options of [{}, ...(forms[id] ?? [])])
      for (const values of ['full', 'sample'] as const) {
        const { report } = await run(part(id, options), { verify: { ...on, values } }, 'id,name\n');
        expect(report.error).toBeNull();
        expect(report.values).toMatchObject({ outcome: 'same', fingerprint: { rows: 0 } });
      }
  });

  it.each<Record<string, unknown>>([
    { rootKey: '' },
    { rootKey: 'a/b~c' },
    { includeMetadata: true },
    { includeMetadata: true, metadataPlace: 'before', prettyPrint: true, indent: 'tab' },
    { shape: 'arrays' },
    { structure: 'columnar' },
    { structure: 'columnar', rootKey: '', asciiOnly: true },
  ])('of JSON come back wherever its records stand: %j', async (options) => {
    for (const text of [csv, 'id\n1\n']) {
      const { report } = await run(part('json', options), {}, text);
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'same' });
    }
  });

  it.each(READ)(
    '%s: names like formulas, nulls in rows and columns alike, and escapes come back',
    async (id) => {
      const hostile =
        'a b,=x,first,at,"",last\n,,,,"",\n,2,,03:04:05,"",_x0041_\n1,30,,,"x",=1\n,,,,,\n,,,,"",\n';
      for (const values of ['full', 'sample'] as const) {
        const { report } = await run(part(id), { verify: { ...on, values } }, hostile);
        expect(report.error).toBeNull();
        expect(report.values).toMatchObject({ outcome: 'same', fingerprint: { rows: 5 } });
      }
    },
  );

  it.each(READ)('%s: a NUL in a text comes back or was said to be changed', async (id) => {
    const { report } = await engine.run(
      { ...configOf(part(id), {}), sources: jsonSource },
      {
        bytes: { input: new File(['[{"a":"x\\u0000y","b":1}]'], 'a.json') },
        targets: { output: memoryTarget() },
      },
    );
    expect(report.error).toBeNull();
    if (report.losses.length === 0) expect(report.values).toMatchObject({ outcome: 'same' });
    else if (report.values!.outcome !== 'same')
      expect(report.values!.reason).toBe(COMPARE_TEXTS.losses);
  });

  it.each<[string, Partial<OutputConfig>]>([
    ['gzip', { compression: part('gzip') }],
    ['zstd', { compression: part('zstd') }],
    ['brotli', { compression: part('brotli') }],
    ['zip', { archive: part('zip') }],
    ['parts of rows', { split: { rows: 1_200 } as never }],
    ['parts of rows in a zip', { archive: part('zip'), split: { rows: 1_200 } as never }],
    ['utf-16', { charset: { id: 'utf-16le', bom: true, onLoss: 'fail', replacement: '?' } }],
    ['koi8-r', { charset: { id: 'koi8-r', bom: false, onLoss: 'fail', replacement: '?' } }],
  ])('come back out of %s', async (_what, output) => {
    for (const values of ['full', 'sample'] as const) {
      const verify = { checksum: 'sha256' as const, readBack: true, values };
      const { report } = await run(part('csv'), { ...output, verify }, many);
      expect(report.error).toBeNull();
      expect(report.values).toMatchObject({ outcome: 'same' });
    }
  });

  it('are told from others: one flipped bit is found in 100 of 100 files', async () => {
    let found = 0;
    for (let k = 0; k < 100; k++) {
      const target = memoryTarget();
      const at = (k * 7919) % many.length;
      target.flip = { at, bit: k % 8 };
      const { report } = await run(
        part('csv', { formulaGuard: false }),
        { verify: { checksum: 'none', readBack: false, values: 'full' } },
        many,
        target,
      );
      if (report.outcome === 'failed' && /^verify\./.test(report.error!.code)) found++;
      expect(target.committed, `bit ${k % 8} of byte ${at}`).toBe(false);
    }
    expect(found).toBe(100);
  });

  it('an encoder that writes another value is found, which no checksum sees', async () => {
    const broken: FormatCard = {
      ...csvFormat,
      async load() {
        const module = (await csvFormat.load()) as FormatModule<unknown>;
        return {
          ...module,
          openEncoder(context) {
            const encoder = module.openEncoder(context as never);
            return {
              ...encoder,
              begin: () => encoder.begin(),
              end: (totals) => encoder.end(totals),
              encodeBatch(batch, at) {
                const encoded = encoder.encodeBatch(batch, at);
                for (const { bytes } of encoded.segments) {
                  const digit = bytes.lastIndexOf(0x37);
                  if (digit >= 0) bytes[digit] = 0x38;
                }
                return encoded;
              },
            };
          },
        };
      },
    };
    const formats = testPlugins.formats.map((card) => (card.id === 'csv' ? broken : card));
    const lanes = inlineLanes(formats);
    const other = createEngine({
      plugins: { ...testPlugins, formats },
      openBytes: async (binding) => openBlob(binding as Blob),
      lanes: () => lanes,
      yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
    });
    const outcome = async (values?: 'full') => {
      const verify = { checksum: 'sha256' as const, readBack: true, ...(values && { values }) };
      const { report } = await other.run(configOf(part('csv'), { verify: verify as never }), {
        bytes: { input: new File([many], 'orders.csv') },
        targets: { output: memoryTarget() },
      });
      return report.error?.code ?? report.outcome;
    };
    const unchecked = await other.run(
      {
        ...configOf(part('csv'), {}),
        outputs: [
          {
            ...configOf(part('csv'), {}).outputs[0]!,
            verify: { checksum: 'sha256', readBack: true },
          },
        ],
      },
      { bytes: { input: new File([many], 'orders.csv') }, targets: { output: memoryTarget() } },
    );
    expect(unchecked.report.outcome).toBe('completed');
    expect(await outcome('full')).toBe('verify.values');
  });

  it('come back whatever the texts', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '"',
        ',',
        '=1',
        "'=1",
        "'",
        ' a ',
        'é😀',
        '007',
        '1.10',
        'NaN',
        'null',
        '2026-11-21',
      ),
      fc.string({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const quoted = rows.map((row) =>
            row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
          );
          const text = `"a","b"\n${quoted.join('\n')}\n`;
          for (const id of ['csv', 'ndjson', 'parquet']) {
            const { report } = await run(part(id), {}, text);
            expect(report.error).toBeNull();
            expect(report.values!.outcome).toBe('same');
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('cannot be compared where the output is encrypted, and that is said', async () => {
    const archive = part('zip', { password: { secret: 'p' } });
    const { report } = await engine
      .run(configOf(part('csv'), { archive }), {
        bytes: { input: new File([csv], 'orders.csv') },
        targets: { output: memoryTarget() },
        secrets: { p: 'secret' },
      })
      .then((result) => result);
    expect(report.values).toMatchObject({
      outcome: 'not-possible',
      reason: expect.stringContaining('encrypted'),
    });
  });
});
