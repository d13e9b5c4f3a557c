// The quick ways to write numbers and timestamps give what the exact ones give, on both sides of 2^53.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from './byte-writer.ts';
import type { DataType } from './data-type.ts';
import { createFlatBuilder } from './flat-builder.ts';
import { putPadded, putWhole } from './put-digits.ts';
import { createTimestampText, dateText, decimalText, float32Text, timeText } from './value-text.ts';
import { createFlatWriter } from './write-flat.ts';

const decoder = new TextDecoder();

function texts(type: DataType, values: readonly (bigint | number)[]): string[] {
  const builder = createFlatBuilder(type, values.length);
  for (const value of values) builder.append(value);
  const write = createFlatWriter(builder.finish());
  return values.map((_, row) => {
    const out = new ByteWriter(64);
    write(row, out);
    return decoder.decode(out.take());
  });
}

const edges = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n].flatMap((edge) =>
  [-1n, 0n, 1n].flatMap((step) => [edge + step, -edge + step]),
);
const within = (least: bigint, most: bigint): fc.Arbitrary<bigint[]> =>
  fc.array(
    fc.oneof(
      fc.constantFrom(...edges.filter((edge) => edge >= least && edge <= most)),
      fc.bigInt({ min: least, max: most }),
      fc.bigInt({ min: least > -(2n ** 54n) ? least : -(2n ** 54n), max: 2n ** 54n }),
    ),
    { minLength: 1, maxLength: 50 },
  );
const INT64 = within(-(2n ** 63n), 2n ** 63n - 1n);

describe('texts of values', () => {
  it.each([true, false])('integers of 64 bits, signed: %s', (signed) => {
    const values = signed ? INT64 : within(0n, 2n ** 64n - 1n);
    fc.assert(
      fc.property(values, (list) => {
        expect(texts({ kind: 'int', bits: 64, signed }, list)).toEqual(list.map(String));
      }),
    );
  });

  it.each([0, 2, 38])('decimals with %i digits after the point', (scale) => {
    const most = 10n ** 38n - 1n;
    fc.assert(
      fc.property(within(-most, most), (list) => {
        expect(texts({ kind: 'decimal', precision: 38, scale }, list)).toEqual(
          list.map((value) => decimalText(value, scale)),
        );
      }),
    );
  });

  it.each(['s', 'ms', 'us', 'ns'] as const)('timestamps in %s', (unit) => {
    const days = fc.array(
      fc
        .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(-1n, 0n, 1n))
        .map(
          ([day, step]) =>
            BigInt(day) *
              86_400n *
              { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n }[unit] +
            step,
        ),
      { minLength: 1, maxLength: 50 },
    );
    // Seconds beyond a few million years are no dates that have a text.
    const most = unit === 's' ? 2n ** 40n : 2n ** 54n;
    fc.assert(
      fc.property(
        fc.oneof(within(-most, most), days),
        fc.constantFrom(null, 'UTC'),
        (list, zone) => {
          const exact = createTimestampText(unit, zone);
          expect(texts({ kind: 'timestamp', unit, zone }, list)).toEqual(list.map(exact));
        },
      ),
    );
  });

  it.each([8, 16, 32] as const)('integers of %i bits', (bits) => {
    for (const signed of [true, false]) {
      const least = signed ? -(2 ** (bits - 1)) : 0;
      const numbers = fc.integer({ min: least, max: least + 2 ** bits - 1 });
      fc.assert(
        fc.property(fc.array(numbers, { minLength: 1 }), (list) => {
          expect(texts({ kind: 'int', bits, signed }, list)).toEqual(list.map(String));
        }),
      );
    }
  });

  it('dates, of years with four digits and of others', () => {
    const day = fc.oneof(
      fc.integer({ min: -720_000, max: 2_940_000 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.constantFrom(-719_529, -719_528, -1, 0, 11_016, 2_932_896, 2_932_897),
    );
    fc.assert(
      fc.property(fc.array(day, { minLength: 1 }), (list) => {
        expect(texts({ kind: 'date' }, list)).toEqual(list.map(dateText));
      }),
    );
    for (let at = -719_528; at <= 2_932_896; at += 97)
      expect(texts({ kind: 'date' }, [at])).toEqual([
        new Date(at * 86_400_000).toISOString().slice(0, 10),
      ]);
  });

  it.each(['s', 'ms', 'us', 'ns'] as const)('times in %s', (unit) => {
    const perSecond = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n }[unit];
    fc.assert(
      fc.property(within(0n, 200n * 3600n * perSecond), (list) => {
        expect(texts({ kind: 'time', unit }, list)).toEqual(
          list.map((units) => timeText(units, unit)),
        );
      }),
    );
  });
});

describe('digits', () => {
  it('of whole numbers', () => {
    const bytes = new Uint8Array(40);
    const edges = Array.from({ length: 16 }, (_, n) => 10 ** n).flatMap((n) => [n - 1, n, n + 1]);
    const whole = fc.oneof(fc.maxSafeNat(), fc.nat(), fc.constantFrom(...edges));
    fc.assert(
      fc.property(whole, fc.nat(20), (value, more) => {
        const text = String(value);
        expect(decoder.decode(bytes.subarray(3, putWhole(bytes, 3, value)))).toBe(text);
        const digits = text.length + more;
        const end = putPadded(bytes, 3, value, digits);
        expect(decoder.decode(bytes.subarray(3, end))).toBe(text.padStart(digits, '0'));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('floating-point numbers', () => {
  const float64: DataType = { kind: 'float', bits: 64 };
  const special = [0, -0, NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308];
  const edges = [1e-7, 1e-6, 1e15, 1e21, 2 ** 53, 0.1, 0.3, 1 / 3, 1e14, 123456.789].flatMap(
    (x) => [x, -x, x * (1 + 2 ** -52), x * (1 - 2 ** -53)],
  );
  /** Few digits after the point, as columns have them, and what arithmetic makes of such. */
  const measured = fc
    .tuple(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      fc.nat(22),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([digits, places, ulps]) => (digits / 10 ** places) * (1 + ulps * 2 ** -52));
  const long = fc
    .tuple(fc.maxSafeInteger(), fc.nat(22))
    .map(([digits, places]) => digits / 10 ** places);
  const double = fc.oneof(fc.double(), measured, long, fc.constantFrom(...special, ...edges));

  it('are what the runtime writes of doubles, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(double, { minLength: 1, maxLength: 60 }), (list) => {
        expect(texts(float64, list)).toEqual(
          list.map((value) => (Object.is(value, -0) ? '-0' : String(value))),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('are the shortest of floats', () => {
    const single = fc.oneof(
      fc.float(),
      fc.oneof(measured, long).map(Math.fround),
      fc.constantFrom(...special, ...edges).map(Math.fround),
    );
    fc.assert(
      fc.property(fc.array(single, { minLength: 1, maxLength: 40 }), (list) => {
        const written = texts({ kind: 'float', bits: 32 }, list);
        expect(written).toEqual(list.map(float32Text));
        for (const [i, text] of written.entries()) expect(Math.fround(Number(text))).toBe(list[i]);
      }),
      { numRuns: 500 },
    );
  });
});
