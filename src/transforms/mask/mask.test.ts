// The mask step: known vectors, the same key the same mask, and nothing of the original left.
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransformContext } from '../../contract/transform-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import {
  DATE,
  FLOAT64,
  INT64,
  parseTypeName,
  typeName,
  UTF8,
  type DataType,
  type Schema,
} from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { transformContext } from '../transform.suite.ts';
import { open } from './apply.ts';
import { createDigests } from './digests.ts';
import { maskOptions, type MaskOptions } from './options.ts';

interface Masked {
  rows: (string | null)[][];
  types: string[];
  losses: Loss[];
}

function opened(
  schema: Schema,
  options: Record<string, unknown>,
  change: Partial<TransformContext<MaskOptions>> = {},
): ReturnType<typeof open> {
  const parsed = maskOptions.parse(options);
  if (parsed.issues) throw new Error(parsed.issues.map(({ sentence }) => sentence).join());
  return open(transformContext(parsed.value, schema, change));
}

async function masked(
  batches: Batch[],
  options: Record<string, unknown>,
  secret = 'a key',
): Promise<Masked> {
  const losses: Loss[] = [];
  const transform = opened(batches[0]!.schema, options, {
    secret: () => secret,
    lose: (loss) => losses.push(loss),
  });
  const rows: (string | null)[][] = [];
  const input = (async function* () {
    yield* batches;
  })();
  for await (const batch of transform.apply(input))
    for (let i = 0; i < selectedCount(batch); i++)
      rows.push(batch.columns.map((_, c) => cellText(batch, selectedRow(batch, i), c)));
  return { rows, types: transform.schema.fields.map(({ type }) => typeName(type)), losses };
}

/** One column `x` of text, masked. */
async function maskedTexts(
  texts: (string | null)[],
  method: Record<string, unknown>,
  secret?: string,
): Promise<(string | null)[]> {
  const batch = batchOf(
    schemaOf([['x', UTF8]]),
    texts.map((text) => [text]),
  );
  const { rows } = await masked([batch], { columns: { x: method } }, secret);
  return rows.map(([text]) => text!);
}

async function maskedColumn(
  type: DataType,
  values: Value[],
  method: Record<string, unknown>,
): Promise<(string | null)[]> {
  const batch = batchOf(
    schemaOf([['x', type]]),
    values.map((value) => [value]),
  );
  const { rows, types } = await masked([batch], { columns: { x: method } });
  expect(types).toEqual([typeName(type)]);
  return rows.map(([text]) => text!);
}

describe('digests', () => {
  // RFC 4231, section 4: test cases 2 and those with keys that are text.
  it.each([
    [
      'Jefe',
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      '\u000b'.repeat(20),
      'Hi There',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
  ])('are HMAC-SHA-256 as RFC 4231 has it', async (key, text, wanted) => {
    expect((await createDigests(key)).hmac(text)).toBe(wanted);
  });

  it('are what other implementations make of any text and key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }),
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
        async (key, texts) => {
          const digests = await createDigests(key);
          for (const text of texts) {
            expect(digests.hash(text)).toBe(createHash('sha256').update(text).digest('hex'));
            expect(digests.hmac(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('texts', () => {
  it.each([
    [{ method: 'redact' }, ['***', null, '***']],
    [{ method: 'redact', text: '' }, ['', null, '']],
    [{ method: 'redact', text: null }, [null, null, null]],
    [{ method: 'partial', first: 1, last: 2 }, ['é**😀x', null, '']],
    [{ method: 'partial', first: 3, last: 2, character: '•' }, ['•••••', null, '']],
    [{ method: 'partial', last: 1, keepLength: false }, ['****x', null, '****']],
    [{ method: 'partial' }, ['*****', null, '']],
  ])('with %j', async (method, wanted) => {
    expect(await maskedTexts(['éab😀x', null, ''], method)).toEqual(wanted);
  });

  it('are hashed to as many digits as asked for', async () => {
    const [whole] = await maskedTexts(['abc'], { method: 'hash' });
    expect(whole).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await maskedTexts(['abc'], { method: 'hash', length: 12 })).toEqual(['ba7816bf8f01']);
  });

  it('have one pseudonym each, of the wanted form, which the key decides', async () => {
    const texts = ['a', 'b', 'a', null, ''];
    const method = { method: 'pseudonym', prefix: 'Person ', digits: 6 };
    const one = await maskedTexts(texts, method, 'one');
    expect(one[0]).toMatch(/^Person \d{6}$/);
    expect(one[0]).toBe(one[2]);
    expect(new Set(one).size).toBe(4);
    expect(await maskedTexts(texts, method, 'one')).toEqual(one);
    const two = await maskedTexts(texts, method, 'two');
    expect(two.filter((text, i) => text !== null && text === one[i])).toEqual([]);
    expect(await maskedTexts(Array(3).fill('x'), { method: 'pseudonym' })).toHaveLength(3);
  });

  it('leave nothing of four characters or more', async () => {
    // Digits a digest may hold by chance are no trace of the value: each text has a letter beyond f.
    const anyText = fc
      .tuple(fc.string({ minLength: 3, maxLength: 30 }), fc.constantFrom('g', 'Z', 'é', '@'))
      .map(([text, letter]) => text + letter);
    const methods = [{ method: 'redact' }, { method: 'hash' }, { method: 'hmac', length: 40 }];
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 20 }), async (texts) => {
        for (const method of methods) {
          const out = await maskedTexts(texts, method);
          const all = out.join('\n');
          for (const [i, text] of texts.entries()) {
            expect(all).not.toContain(text);
            expect(out[i]).not.toBeNull();
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('dates', () => {
  const days = (text: string | null): number => Date.parse(text!) / 86_400_000;

  it('move by the same days wherever the other column is the same, and never stay', async () => {
    const schema = schemaOf([
      ['who', UTF8],
      ['day', DATE],
      ['at', parseTypeName('timestamp(us, UTC)')!],
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.option(fc.constantFrom('', 'ann', 'bob', 'cy')),
            fc.option(fc.integer({ min: -30_000, max: 30_000 })),
          ),
          { minLength: 1, maxLength: 30 },
        ),
        fc.integer({ min: 1, max: 400 }),
        async (cells, most) => {
          const rows = cells.map(([who, day]): Value[] => [
            who,
            day,
            day === null ? null : BigInt(day) * 86_400_000_000n + 7n,
          ]);
          const method = { method: 'shift', days: most, by: 'who' };
          const { rows: out } = await masked([batchOf(schema, rows)], {
            columns: { who: 'hmac', day: method, at: method },
          });
          const moved = new Map<string | null, number>();
          for (const [i, [who, day]] of cells.entries()) {
            if (day === null) {
              expect(out[i]!.slice(1)).toEqual([null, null]);
              continue;
            }
            const by = days(out[i]![1]!) - day;
            expect(by).not.toBe(0);
            expect(Math.abs(by)).toBeLessThanOrEqual(most);
            expect(by).toBe(moved.get(who) ?? by);
            moved.set(who, by);
            expect(out[i]![2]).toBe(`${out[i]![1]}T00:00:00.000007Z`);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('become the beginning of their month or year, as the type they are', async () => {
    const day = 20_778;
    const month = { method: 'generalise', unit: 'month' };
    expect(await maskedColumn(DATE, [day, null, -1], month)).toEqual([
      '2026-11-01',
      null,
      '1969-12-01',
    ]);
    const timestamp = parseTypeName('timestamp(ms)')!;
    expect(
      await maskedColumn(timestamp, [BigInt(day) * 86_400_000n + 5n], { ...month, unit: 'year' }),
    ).toEqual(['2026-01-01T00:00:00.000']);
  });
});

describe('numbers', () => {
  it.each([
    ['int64', [-7n, 0n, 19n, 10n, null], 10, ['-10', '0', '10', '10', null]],
    ['int64', [2n ** 62n + 3n], 4, [String(2n ** 62n)]],
    ['uint8', [0, 255], 100, ['0', '200']],
    ['decimal(9,2)', [1999n, -1n, null], 2.5, ['17.50', '-2.50', null]],
    ['decimal(9,2)', [1999n], 1000, ['0.00']],
    ['float64', [0.7, 0.75, -0.05, NaN, Infinity], 0.1, ['0.7', '0.7', '-0.1', 'NaN', 'Infinity']],
  ])('of type %s go down to a multiple (%#)', async (type, values, step, wanted) => {
    const method = { method: 'generalise', step };
    const out = await maskedColumn(parseTypeName(type)!, values as Value[], method);
    expect(out).toEqual(wanted);
  });

  it('that have no multiple in their type fail', async () => {
    const method = { method: 'generalise', step: 100 };
    await expect(maskedColumn(parseTypeName('int8')!, [-101], method)).rejects.toMatchObject({
      code: 'step.misfit',
    });
  });
});

it('counts what it masked by column, without a word of it', async () => {
  const batch = batchOf(
    schemaOf([
      ['a', UTF8],
      ['b', INT64],
    ]),
    [
      ['canary', 1n],
      [null, 4711n],
      ['canary', null],
      ['canary', 4711n],
    ],
  );
  batch.selection = Uint32Array.of(1, 2, 3);
  const { losses, rows, types } = await masked([batch], {
    columns: { a: 'redact', b: { method: 'partial', last: 1 } },
  });
  expect(rows).toEqual([
    [null, '***1'],
    ['***', null],
    ['***', '***1'],
  ]);
  expect(types).toEqual(['utf8', 'utf8']);
  expect(losses.map(({ column, count }) => [column, count])).toEqual([
    ['a', 2],
    ['b', 2],
  ]);
  expect(JSON.stringify(losses)).not.toMatch(/canary|4711/);
});

it('reads text columns of other types as what they are', async () => {
  const schema = schemaOf(
    [
      ['n', INT64],
      ['d', DATE],
    ],
    'inferred',
  );
  const batch: Batch = {
    schema,
    rowCount: 2,
    selection: null,
    columns: [
      { storage: 'text', index: 0 },
      { storage: 'text', index: 1 },
    ],
    block: textBlockOf(
      [
        ['007', '2026-11-21'],
        [null, null],
      ],
      2,
    ),
  };
  const { rows } = await masked([batch], {
    columns: {
      n: { method: 'generalise', step: 5 },
      d: { method: 'generalise', unit: 'quarter' },
    },
  });
  expect(rows).toEqual([
    ['5', '2026-10-01'],
    [null, null],
  ]);
});

it.each([
  [{ x: 'hmac', y: 'redact' }, {}, 'config.unknown-column'],
  [{ x: { method: 'shift' } }, {}, 'config.conflict'],
  [{ x: { method: 'generalise', step: 5 } }, {}, 'config.conflict'],
  [{ x: { method: 'generalise', unit: 'year' } }, {}, 'config.conflict'],
  [{ n: { method: 'generalise', step: 0.5 } }, {}, 'config.conflict'],
  [{ f: { method: 'generalise', unit: 'year' } }, {}, 'config.conflict'],
])('refuses %j', (columns, change, code) => {
  const schema = schemaOf([
    ['x', UTF8],
    ['n', INT64],
    ['f', FLOAT64],
  ]);
  expect(() => opened(schema, { columns }, change)).toThrow(expect.objectContaining({ code }));
});

it.each([
  [{ columns: { x: 'hide' } }],
  [{ columns: { x: { method: 'hash', last: 2 } } }],
  [{ columns: { x: { method: 'generalise' } } }],
  [{ columns: { x: { method: 'generalise', step: 2, unit: 'year' } } }],
  [{ columns: { x: 'hmac' }, key: 'in plain sight' }],
])('takes no %j', (options) => {
  expect(maskOptions.parse(options).issues).toBeDefined();
});

it('says what is not known of a column', () => {
  const { issues } = maskOptions.parse({ columns: { x: { method: 'hmac', key: 'k' } } });
  expect(issues).toEqual([{ option: 'columns.0', sentence: 'there is nothing called “key” here' }]);
});

it('asks for the key only where it is needed, under its name', () => {
  const schema = schemaOf([['x', UTF8]]);
  const asked: string[] = [];
  const change = {
    secret(id: string): string {
      asked.push(id);
      return 'k';
    },
  };
  opened(schema, { columns: { x: 'hash' } }, change);
  expect(asked).toEqual([]);
  opened(schema, { columns: { x: 'hmac' }, key: { secret: 'pepper' } }, change);
  expect(asked).toEqual(['pepper']);
});
