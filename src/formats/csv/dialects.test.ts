// Dialects and value formats against readers that we did not write: Python's csv, Papa Parse and DuckDB.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { MisfitError } from '../../contract/misfit.ts';
import { type Batch, type Column } from '../../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import {
  BOOL,
  DATE,
  type DataType,
  FLOAT64,
  INT64,
  type Schema,
  UTF8,
} from '../../table/data-type.ts';
import { textBlockOf } from '../../table/text-block.ts';
import { askPython } from '../ask-python.suite.ts';
import { encodeAll } from '../format.suite.ts';
import { csvFormat } from './format.ts';

type Options = Record<string, unknown>;
type Cell = string | null;

/** A text batch whose columns were guessed to be of these types. */
function guessed(types: readonly DataType[], rows: readonly Cell[][]): Batch {
  const schema: Schema = {
    fields: types.map((type, i) => ({ name: `c${i}`, type, nullable: true, origin: 'inferred' })),
  };
  const columns = types.map((_type, index): Column => ({ storage: 'text', index }));
  const block = textBlockOf(rows, types.length);
  return { schema, rowCount: rows.length, selection: null, columns, block };
}

const write = (options: Options, batch: Batch) =>
  encodeAll(csvFormat, { formulaGuard: false, ...options }, batch.schema, [batch]);

const MIXED: readonly DataType[] = [
  INT64,
  UTF8,
  { kind: 'decimal', precision: 9, scale: 2 },
  DATE,
  BOOL,
];
const MIXED_ROWS: Cell[][] = [
  ['7', 'x', '1.10', '2026-11-21', 'true'],
  [null, '', null, null, null],
];
const MIXED_TYPED = batchOf(schemaOf(MIXED.map((type, i) => [`c${i}`, type])), [
  [7n, 'x', 110n, 20_778, true],
  [null, '', null, null, null],
]);

describe('quote policies', () => {
  it.each([
    ['strings', '"c0","c1","c2","c3","c4"\n7,"x",1.10,2026-11-21,true\n,"",,,\n'],
    ['non-numeric', '"c0","c1","c2","c3","c4"\n7,"x",1.10,"2026-11-21","true"\n,"",,,\n'],
    ['non-null', '"c0","c1","c2","c3","c4"\n"7","x","1.10","2026-11-21","true"\n,"",,,\n'],
    ['all', '"c0","c1","c2","c3","c4"\n"7","x","1.10","2026-11-21","true"\n"","","","",""\n'],
    ['columns', 'c0,c1,c2,c3,c4\n"7",x,"1.10",2026-11-21,true\n,"",,,\n'],
  ])('%s', async (quotes, wanted) => {
    const options = { quotes, quotedColumns: ['c0', 'c2'] };
    const { text } = await write(options, guessed(MIXED, MIXED_ROWS));
    expect(text).toBe(wanted);
    expect((await write(options, MIXED_TYPED)).text).toBe(wanted);
  });

  it('tell text from other values only where the guesses hold', async () => {
    const batch = guessed(
      [INT64, DATE],
      [
        ['1', '2026-11-21'],
        ['2', 'soon'],
      ],
    );
    await expect(write({ quotes: 'strings' }, batch)).rejects.toBeInstanceOf(MisfitError);
    await expect(write({ typesRow: true }, batch)).rejects.toMatchObject({
      columnIndex: 1,
      rowInBatch: 1,
      valueText: 'soon',
    });
    // Dates are in quotes whatever they are.
    expect((await write({ quotes: 'non-numeric' }, batch)).text).toContain('2,"soon"\n');
  });

  const ask = askPython<string, (string | number)[][]>(`
import csv,io
def answer(text):
    return list(csv.reader(io.StringIO(text, newline=""), quoting=csv.QUOTE_NONNUMERIC))[1:]
`);

  it('non-numeric is what Python reads numbers from', async () => {
    const schema = schemaOf([
      ['n', FLOAT64],
      ['t', UTF8],
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.double({ noNaN: true }), fc.string()), { minLength: 1 }),
        async (rows) => {
          // Python knows infinity as inf.
          const finite = rows.filter(([n]) => Number.isFinite(n));
          const { text } = await write({ quotes: 'non-numeric' }, batchOf(schema, finite));
          expect(await ask(text)).toEqual(finite);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('delimiters of several characters', () => {
  it.each(['||', 'aba', '<>', '::;', 'é|'])('%s', async (delimiter) => {
    const unit = fc.constantFrom(...new Set([...delimiter, 'x', '"', '\n', 'é']));
    const cells = fc.array(fc.tuple(fc.string({ unit }), fc.string({ unit })), { maxLength: 8 });
    const schema = schemaOf([
      ['l', UTF8],
      ['r', UTF8],
    ]);
    await fc.assert(
      fc.asyncProperty(cells, fc.constantFrom('minimal', 'non-null'), async (rows, quotes) => {
        const { text } = await write({ delimiter, quotes }, batchOf(schema, rows));
        const { data } = Papa.parse<string[]>(text.slice(0, -1), { delimiter, newline: '\n' });
        expect(data.slice(1)).toEqual(rows);
      }),
    );
  });
});

describe('value formats', () => {
  const TIME: DataType = { kind: 'timestamp', unit: 'ms', zone: 'UTC' };
  const TYPES: readonly DataType[] = [INT64, FLOAT64, TIME, BOOL];
  const rows: Cell[][] = [
    ['-1234567', '0.5', '2026-11-21T08:30:00.250Z', 'TRUE'],
    ['00012', '1234.5678', '2026-07-01T23:30:00Z', 'false'],
    [null, null, null, null],
  ];
  const typed = batchOf(schemaOf(TYPES.map((type, i) => [`c${i}`, type])), [
    [-1234567n, 0.5, 1_795_249_800_250n, true],
    [12n, 1234.5678, 1_782_948_600_000n, false],
    [null, null, null, null],
  ] as Value[][]);
  const options = {
    delimiter: ';',
    headers: false,
    decimalSign: ',',
    groupSign: '.',
    timestampPattern: 'dd.MM.yyyy HH:mm',
    zone: 'Europe/Berlin',
    trueText: 'ja',
    falseText: 'nein',
  };

  it('are the same from text and from typed values', async () => {
    const text = await write(options, guessed(TYPES, rows));
    expect(text.text).toBe(
      '-1.234.567;0,5;21.11.2026 09:30;ja\n00.012;1.234,5678;02.07.2026 01:30;nein\n;;;\n',
    );
    expect((await write(options, typed)).text).toBe(text.text.replace('00.012', '12'));
  });

  it('of one column stand over those of all', async () => {
    const columns = [
      { column: 'c1', decimals: 2, decimalSign: '.', groupSign: '' },
      { column: 'c2', pattern: { text: '%Y/%m/%d', tokens: 'strftime' }, zone: 'UTC' },
      { column: 'c3', trueText: '1' },
    ];
    const { text, losses } = await write({ ...options, columns }, typed);
    expect(text).toBe('-1.234.567;0.50;2026/11/21;1\n12;1234.57;2026/07/01;nein\n;;;\n');
    expect(losses).toMatchObject([{ code: 'csv.digits-cut', column: 'c1', count: 1 }]);
  });

  it('keep every digit of numbers that a double cannot hold', async () => {
    const batch = guessed(
      [{ kind: 'decimal', precision: 38, scale: 4 }],
      [['12345678901234567890.1230']],
    );
    const { text } = await write({ decimalSign: ',', delimiter: ';', headers: false }, batch);
    expect(text).toBe('12345678901234567890,1230\n');
  });

  it('give integers decimals only by name', async () => {
    const batch = guessed([INT64, FLOAT64, INT64], [['1', '1.25', '2']]);
    const columns = [{ column: 'c2', decimals: 1 }];
    const { text } = await write({ decimals: 1, columns, headers: false }, batch);
    expect(text).toBe('1,1.3,2.0\n');
  });

  it('quote numbers whose sign is the delimiter', async () => {
    const { text } = await write(
      { decimalSign: ',', headers: false },
      guessed([FLOAT64], [['1.5'], ['2']]),
    );
    expect(text).toBe('"1,5"\n2\n');
  });

  it('meet what does not fit a guess', async () => {
    const batch = guessed([FLOAT64], [['1.5'], ['n/a']]);
    await expect(write({ decimalSign: ',' }, batch)).rejects.toBeInstanceOf(MisfitError);
  });

  it.each([
    [{ datePattern: 'QQQQQQ' }, 'values.pattern'],
    [
      { timestampPattern: 'yyyy-MM-dd XXX', columns: [{ column: 'naive', zone: 'UTC' }] },
      'values.pattern',
    ],
    [{ zone: 'Moon/Base' }, 'values.zone'],
    [{ decimalSign: ',', groupSign: ',' }, 'values.signs'],
    [{ trueText: 'false' }, 'values.words'],
    [{ columns: [{ column: 'nobody', decimals: 1 }] }, 'values.unknown-column'],
    [{ columns: [{ column: 'n', pattern: { text: 'yyyy', tokens: 'cldr' } }] }, 'values.pattern'],
    [{ decimalSign: ',', quotes: 'none' }, 'csv.signs-break'],
  ])('refuses %j', (values, code) => {
    const schema = schemaOf([
      ['n', FLOAT64],
      ['naive', { kind: 'timestamp', unit: 'ms', zone: null }],
      ['b', BOOL],
    ]);
    const found = csvFormat.check!({
      options: csvFormat.options.parse(values).value!,
      schema,
      charset: 'utf-8',
    });
    expect(found.filter((f) => f.severity === 'error').map((f) => f.code)).toContain(code);
  });
});

describe('presets', () => {
  const schema = schemaOf([
    ['id', INT64],
    ['text', UTF8],
    ['paid', BOOL],
  ]);
  const rows: Value[][] = [
    [1n, 'plain', true],
    [2n, 'a,b "c"\td\\e\nf', false],
    [3n, '', null],
    [4n, null, true],
    [5n, '\\N', true],
    [6n, '=1+1', true],
  ];
  const readers: readonly [preset: string, reader: string][] = [
    ['rfc4180', "delim=',', quote='\"', escape='\"', new_line='\\r\\n'"],
    ['postgresql', "delim=',', quote='\"', escape='\"'"],
    ['bigquery', "delim=',', quote='\"', escape='\"', nullstr='\\N'"],
  ];

  it.each(readers)('%s is what DuckDB reads the same rows from', async (id, reader) => {
    const preset = csvFormat.presets.find((each) => each.id === id)!;
    const { text } = await encodeAll(csvFormat, preset.options, schema, [batchOf(schema, rows)]);
    const path = join(tmpdir(), `presets-${id}-${process.pid}.csv`);
    writeFileSync(path, text);
    try {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const sql = `select * from read_csv('${path}', header=true, auto_detect=false, allow_quoted_nulls=false, columns={id: 'bigint', text: 'varchar', paid: 'boolean'}, ${reader})`;
      const found = await connection.runAndReadAll(sql);
      expect(found.getRows()).toEqual(rows);
    } finally {
      rmSync(path);
    }
  });

  it('TSV has no quotes and says what it had to replace', async () => {
    const preset = csvFormat.presets.find(({ id }) => id === 'tsv')!;
    const { text, losses } = await encodeAll(csvFormat, preset.options, schema, [
      batchOf(schema, rows),
    ]);
    expect(text.split('\n')[2]).toBe('2\ta,b "c" d\\e f\tfalse');
    expect(losses.map(({ code, count }) => [code, count])).toEqual([
      ['csv.unquotable-replaced', 1],
      ['csv.empty-as-null', 1],
    ]);
    expect(csvFormat.fileKind!(csvFormat.options.parse(preset.options).value!)).toEqual({
      extension: '.tsv',
      mediaType: 'text/tab-separated-values',
    });
  });
});
