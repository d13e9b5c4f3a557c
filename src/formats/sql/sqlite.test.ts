// Scripts for SQLite, run by its own shell.
import { describe } from 'vitest';
import { loadingSuite } from './loading.suite.ts';
import { isMissing, startSqlite } from './servers.suite.ts';

describe.skipIf(isMissing('sqlite3'))('a script in SQLite', () => {
  loadingSuite({
    dialect: 'sqlite',
    start: startSqlite,
    changing: ['upsert', 'replace', 'update'],
    isWhole: true,
    edges: [
      [
        { kind: 'bool' },
        [
          [true, '1'],
          [false, '0'],
        ],
      ],
      [
        { kind: 'int', bits: 64, signed: true },
        [
          [-(2n ** 63n), '-9223372036854775808'],
          [2n ** 63n - 1n, '9223372036854775807'],
        ],
      ],
      // As text: numbers end at 2^63 there.
      [{ kind: 'int', bits: 64, signed: false }, [[2n ** 64n - 1n, '18446744073709551615']]],
      [
        { kind: 'float', bits: 64 },
        [
          [0.1, '0.1'],
          [1e21, '1e+21'],
          [0.30000000000000004, '0.30000000000000004'],
          [Number.NaN, null],
          [-Infinity, '-Infinity'],
        ],
      ],
      [{ kind: 'decimal', precision: 15, scale: 2 }, [[-5n, '-0.05']]],
      [{ kind: 'decimal', precision: 38, scale: 2 }, [[10n ** 38n - 1n, `${'9'.repeat(36)}.99`]]],
      [
        { kind: 'binary' },
        [
          [Uint8Array.of(), ''],
          [Uint8Array.of(0, 255, 16, 92, 39), '00FF105C27'],
        ],
      ],
      [{ kind: 'json' }, [['{"b":[1.10,"\\u00e9\\\\x\'"]}', '{"b":[1.10,"\\u00e9\\\\x\'"]}']]],
      [
        { kind: 'date' },
        [
          [0, '1970-01-01'],
          [2_932_897, '+010000-01-01'],
        ],
      ],
      [{ kind: 'time', unit: 'us' }, [[86_399_999_999n, '23:59:59.999999']]],
      [{ kind: 'timestamp', unit: 'ns', zone: null }, [[-1n, '1969-12-31 23:59:59.999999999']]],
      [
        { kind: 'timestamp', unit: 'ms', zone: 'Europe/Berlin' },
        [[1_700_000_000_007n, '2023-11-14 23:13:20.007+01:00']],
      ],
    ],
  });
});
