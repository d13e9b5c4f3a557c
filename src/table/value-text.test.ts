// The quick ways to write numbers and timestamps give what the exact ones give, on both sides of 2^53.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from './byte-writer.ts';
import { createFlatBuilder } from './flat-builder.ts';
import type { DataType } from './data-type.ts';
import { createFlatWriter, createTimestampText, decimalText } from './value-text.ts';

const decoder = new TextDecoder();

function texts(type: DataType, values: readonly bigint[]): string[] {
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
});
