// Scripts for PostgreSQL, run by psql in a real server.
import { describe } from 'vitest';
import { loadingSuite } from './loading.suite.ts';
import { isMissing, startPostgres } from './servers.suite.ts';

describe.skipIf(isMissing('postgresql'))('a script in PostgreSQL', () => {
  loadingSuite({
    dialect: 'postgresql',
    start: startPostgres,
    ofText: (text) => text.replaceAll('\0', '\ufffd'),
    // MERGE came with version 15.
    changing: ['upsert', 'merge', 'update'],
    isWhole: true,
    edges: [
      [
        { kind: 'bool' },
        [
          [true, 't'],
          [false, 'f'],
        ],
      ],
      [
        { kind: 'int', bits: 64, signed: true },
        [
          [-(2n ** 63n), '-9223372036854775808'],
          [2n ** 63n - 1n, '9223372036854775807'],
        ],
      ],
      [{ kind: 'int', bits: 64, signed: false }, [[2n ** 64n - 1n, '18446744073709551615']]],
      [
        { kind: 'int', bits: 8, signed: false },
        [
          [0, '0'],
          [255, '255'],
        ],
      ],
      [{ kind: 'int', bits: 32, signed: false }, [[4_294_967_295, '4294967295']]],
      [
        { kind: 'float', bits: 64 },
        [
          [0.1, '0.1'],
          [-0, '-0'],
          [5e-324, '5e-324'],
          [1.7976931348623157e308, '1.7976931348623157e+308'],
          [1e21, '1e+21'],
          [Number.NaN, 'NaN'],
          [-Infinity, '-Infinity'],
        ],
      ],
      [{ kind: 'float', bits: 32 }, [[Math.fround(0.1), '0.1']]],
      [
        { kind: 'decimal', precision: 38, scale: 2 },
        [
          [-5n, '-0.05'],
          [10n ** 38n - 1n, `${'9'.repeat(36)}.99`],
        ],
      ],
      [
        { kind: 'binary' },
        [
          [Uint8Array.of(), '\\x'],
          [Uint8Array.of(0, 255, 16, 92, 39), '\\x00ff105c27'],
        ],
      ],
      [
        { kind: 'json' },
        [
          ['{"b":[1.10,"\\u00e9\\\\x\'"],"a":null}', '{"b":[1.10,"\\u00e9\\\\x\'"],"a":null}'],
          ['"x"', '"x"'],
        ],
      ],
      [
        { kind: 'date' },
        [
          [0, '1970-01-01'],
          [-719_528, '0001-01-01 BC'],
          [-719_529, '0002-12-31 BC'],
          [2_932_897, '10000-01-01'],
        ],
      ],
      [{ kind: 'time', unit: 'us' }, [[86_399_999_999n, '23:59:59.999999']]],
      [
        { kind: 'timestamp', unit: 'ns', zone: null },
        [
          [-1n, '1969-12-31 23:59:59.999999'],
          [1000n, '1970-01-01 00:00:00.000001'],
        ],
      ],
      [
        { kind: 'timestamp', unit: 'ms', zone: 'Europe/Berlin' },
        [
          [1_700_000_000_007n, '2023-11-14 22:13:20.007+00'],
          [-62_198_755_200_000n, '0002-01-01 00:00:00+00 BC'],
        ],
      ],
    ],
  });
});
