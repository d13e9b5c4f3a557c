// Scripts for DuckDB, run in this process.
import { describe } from 'vitest';
import { loadingSuite } from './loading.suite.ts';
import { startDuckDb } from './servers.suite.ts';

describe('a script in DuckDB', () => {
  loadingSuite({
    dialect: 'duckdb',
    start: startDuckDb,
    changing: ['upsert', 'replace', 'merge', 'update'],
    isWhole: true,
    edges: [
      [
        { kind: 'float', bits: 64 },
        [
          [0.30000000000000004, '0.30000000000000004'],
          [0.12345678901234566, '0.12345678901234566'],
          [-0, '-0'],
          [Number.NaN, 'NaN'],
          [Infinity, 'Infinity'],
        ],
      ],
      [
        { kind: 'date' },
        [
          [0, '1970-01-01'],
          [-719_529, '-000001-12-31'],
        ],
      ],
      [
        { kind: 'timestamp', unit: 'ms', zone: 'Europe/Berlin' },
        [[1_700_000_000_007n, '2023-11-14 22:13:20.007Z']],
      ],
    ],
  });
});
