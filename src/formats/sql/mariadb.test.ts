// Scripts for MariaDB, run by its client in a real server.
import { describe } from 'vitest';
import { loadingSuite } from './loading.suite.ts';
import { isMissing, startMariaDb } from './servers.suite.ts';

describe.skipIf(isMissing('mariadbd'))('a script in MariaDB', () => {
  loadingSuite({
    dialect: 'mariadb',
    start: startMariaDb,
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
      [{ kind: 'int', bits: 64, signed: false }, [[2n ** 64n - 1n, '18446744073709551615']]],
      [{ kind: 'int', bits: 8, signed: false }, [[255, '255']]],
      [
        { kind: 'float', bits: 64 },
        [
          [0.1, '0.1'],
          // It keeps no sign of zero.
          [-0, '0'],
          [1.7976931348623157e308, '1.7976931348623157e308'],
          [0.30000000000000004, '0.30000000000000004'],
          [1e21, '1e21'],
          [Number.NaN, null],
          [-Infinity, null],
        ],
      ],
      [{ kind: 'float', bits: 32 }, [[Math.fround(3.4028234663852886e38), '3.4028235e38']]],
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
          [Uint8Array.of(), ''],
          [Uint8Array.of(0, 255, 16, 92, 39), '00FF105C27'],
        ],
      ],
      [
        { kind: 'json' },
        [['{"b":[1.10,"\\u00e9\\\\x\'"],"a":null}', '{"b":[1.10,"\\u00e9\\\\x\'"],"a":null}']],
      ],
      [
        { kind: 'date' },
        [
          [0, '1970-01-01'],
          [-719_162, '0001-01-01'],
          [2_932_896, '9999-12-31'],
          // Years that it cannot hold.
          [-719_528, null],
          [2_932_897, null],
        ],
      ],
      [{ kind: 'time', unit: 'us' }, [[86_399_999_999n, '23:59:59.999999']]],
      [{ kind: 'time', unit: 's' }, [[0n, '00:00:00']]],
      [
        { kind: 'timestamp', unit: 'ns', zone: null },
        [
          [-1n, '1969-12-31 23:59:59.999999'],
          [1000n, '1970-01-01 00:00:00.000001'],
        ],
      ],
      [
        { kind: 'timestamp', unit: 'ms', zone: 'Europe/Berlin' },
        [[1_700_000_000_007n, '2023-11-14 22:13:20.007']],
      ],
    ],
  });
});
