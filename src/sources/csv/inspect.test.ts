// Inspecting: the dialect, header and types that a person would have chosen, each with its evidence.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type ColumnEdit } from '../../contract/config.ts';
import type { SourceInspection } from '../../contract/source-plugin.ts';
import { typeName, type DataType } from '../../table/data-type.ts';
import { createTypeCheck } from '../../table/type-check.ts';
import { inspectCsv } from './inspect.ts';
import type { CsvOptions } from './options.ts';
import { utf8 } from './testing.ts';

function inspect(
  text: string | Uint8Array,
  given: Partial<CsvOptions> = {},
  more: { columns?: ColumnEdit[]; isWhole?: boolean; sizeBytes?: number | null } = {},
): SourceInspection<CsvOptions> {
  const sample = typeof text === 'string' ? utf8(text) : text;
  return inspectCsv({
    given,
    columns: more.columns ?? [],
    sample,
    profiles: true,
    isWhole: more.isWhole ?? true,
    sizeBytes: more.sizeBytes === undefined ? sample.length : more.sizeBytes,
    name: 'x.csv',
    limits: DEFAULT_LIMITS,
  });
}

const fitsText = (type: DataType, value: string): boolean =>
  createTypeCheck(type)(utf8(value), 0, utf8(value).length);

const typesOf = (text: string, given: Partial<CsvOptions> = {}): string[] =>
  inspect(text, given).schema.fields.map((field) => typeName(field.type));

/** The type proposed for a column of these values below a header. */
const typeOf = (...values: string[]): string =>
  typesOf(`name,k\n${values.map((v) => `${v},x`).join('\n')}\n`, {
    header: 'present',
    delimiter: ',',
  })[0]!;

describe('delimiter', { timeout: 60_000 }, () => {
  it.each([
    [',', 'a,b,c\n1,2,3\n'],
    [';', 'a;b;c\n1,5;2,5;x\n2,5;3,5;y\n'],
    [';', '1,5;2,5\n2,5;3,5\n'],
    ['\t', 'a\tb\n1, 2, 3\t4\n1, 2\t3\n'],
    ['|', 'a|b\n1|2\n'],
    [',', 'a,"b;c;d"\n1,"x;y;z"\n2,"u;v;w"\n'],
    [',', 'a\n1\n2\n'],
    [',', 'id,genres\n1,x|y\n2,u|v|w\n3,a\n'],
  ])('%j', (delimiter, text) => {
    const { options, evidence } = inspect(text);
    expect(options.delimiter).toBe(delimiter);
    expect(evidence.map((line) => line.option)).toContain('delimiter');
  });

  it('stays as given, without evidence', () => {
    const { options, evidence, schema } = inspect('a;b\n1;2\n', { delimiter: ',' });
    expect(options.delimiter).toBe(',');
    expect(schema.fields).toHaveLength(1);
    expect(evidence.map((line) => line.option)).not.toContain('delimiter');
  });
});

describe('characters that the user set', { timeout: 60_000 }, () => {
  it('are not taken for anything else', () => {
    expect(inspect('a;b\n1;2\n', { quote: ',' }).options.delimiter).toBe(';');
    expect(inspect('a;b\n1;2\n', { nullText: 'n,a' }).options.delimiter).toBe(';');
    expect(inspect('a\n1\n', { quote: ',' }).options.delimiter).not.toBe(',');
    expect(inspect("x;'a'\n1;'b'\n", { comment: "'" }).options.quote).toBe('"');
    expect(() => inspect('a,b\n', { delimiter: ',', comment: ',' })).toThrow('same character');
  });

  it('leave the rest to the file, also where the first record is long', () => {
    const header = Array.from({ length: 20_000 }, (_, i) => `"c\n${i}"`).join(';');
    const { options, schema } = inspect(`${header}\n${';'.repeat(19_999)}\n`);
    expect(options.delimiter).toBe(';');
    expect(schema.fields).toHaveLength(20_000);
  });
});

describe('quote, escape, comment, line ends', { timeout: 60_000 }, () => {
  it('single quotes only where they enclose fields', () => {
    expect(inspect("a,b\n'x,y',2\n'z,z',3\n").options.quote).toBe("'");
    expect(inspect("a,b\n'tis,2\nit's,3\n").options.quote).toBe('"');
    expect(inspect('a,b\n"it\'s",2\n').options.quote).toBe('"');
  });

  it('a backslash escape only where doubled quotes do not explain the file', () => {
    expect(inspect('a,b\n"x \\" y",2\n').options.escape).toBe('\\');
    expect(inspect('a,b\n"C:\\dir\\",2\n"D:\\",3\n').options.escape).toBe(null);
    expect(inspect('a,b\nC:\\dir,2\n').options.escape).toBe(null);
  });

  it('comments only where they would break the table', () => {
    expect(inspect('# made by hand\n#\nid,b\n1,2\n2,3\n').options.comment).toBe('#');
    expect(inspect('#id,b\n1,2\n').options.comment).toBe(null);
  });

  it('lone CR', () => {
    const { options, schema } = inspect('a,b\r1,2\r3,4\r');
    expect(options.lineEnd).toBe('any');
    expect(schema.fields.map((field) => field.name)).toEqual(['a', 'b']);
    expect(inspect('a,b\r\n1,2\r\n').options.lineEnd).toBe('lf');
  });
});

describe('header', { timeout: 60_000 }, () => {
  it.each([
    ['present', 'id,name\n1,x\n'],
    ['present', 'name,city\nx,y\n'],
    ['present', 'foo,bar,baz'],
    ['present', 'id,2024\n1,5\n'],
    ['absent', '1,x\n2,y\n'],
    ['absent', 'x,2026-01-01\ny,2026-01-02\n'],
    ['absent', 'x,1.5\ny,2.25\n'],
    ['absent', 'x,true\ny,false\n'],
  ])('%s: %j', (header, text) => {
    const { options, schema } = inspect(text);
    expect(options.header).toBe(header);
    if (header === 'absent')
      expect(schema.fields.map((f) => f.name)).toEqual(['column1', 'column2']);
  });
});

describe('types', { timeout: 60_000 }, () => {
  it.each([
    ['int64', ['1', '-20', '0', '9223372036854775807']],
    ['utf8', ['1', '9223372036854775808']],
    ['utf8', ['1', '12345678901234567890123456789012345678901234567890']],
    ['utf8', ['1', '007']],
    ['utf8', ['+1']],
    ['utf8', ['1', '-0']],
    ['decimal(18,2)', ['1.50', '-20.25']],
    ['decimal(38,4)', ['123456789012345.1234']],
    ['utf8', ['1.1', '1234567890123456789012345678901234567.12']],
    ['float64', ['1.5', '2.25']],
    ['float64', ['1', '2.5']],
    ['float64', ['1.5', '2']],
    ['float64', ['1e5', '2']],
    ['utf8', ['1', '1e999']],
    ['utf8', ['1.5', '12345678901234567.25']],
    ['utf8', ['1', '.5']],
    ['utf8', ['1', '1.']],
    ['utf8', ['NaN']],
    ['bool', ['true', 'FALSE']],
    ['utf8', ['true', '1']],
    ['date', ['2024-02-29', '1969-12-31']],
    ['utf8', ['2024-02-29', '2023-02-29']],
    ['timestamp(s)', ['2024-02-29T10:00', '2024-02-29 10:00:30']],
    ['timestamp(ms)', ['2024-02-29T10:00:00.1', '2024-02-29T10:00:00']],
    ['timestamp(us, UTC)', ['2024-02-29T10:00:00.123456Z', '2024-02-29T10:00:00+02:00']],
    ['timestamp(ns)', ['2024-02-29T10:00:00.123456789']],
    ['utf8', ['9999-02-28T10:00:00.123456789']],
    ['utf8', ['2024-02-29T10:00Z', '2024-02-29T10:00']],
    ['utf8', ['2024-02-29', '2024-02-29T10:00']],
    ['utf8', ['', '']],
    ['int64', ['', '3', '"4"']],
    ['utf8', ['3', '""']],
    ['utf8', [' 3']],
  ])('%s: %j', (type, values) => {
    expect(typeOf(...values)).toBe(type);
  });

  it('are numbers only where the JSON grammar says so', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789-+.eE'), minLength: 1, maxLength: 8 }),
        (text) => {
          const type = typeOf(text);
          if (type === 'utf8' || type === 'date') return;
          expect(JSON.stringify(JSON.parse(text))).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hold every value they were proposed from', () => {
    const number = fc.string({
      unit: fc.constantFrom(...'0123456789-.e'),
      minLength: 1,
      maxLength: 24,
    });
    const date = fc
      .tuple(fc.date({ noInvalidDate: true }), fc.constantFrom(10, 16, 19, 21, 23, 24))
      .map(([at, size]) =>
        at
          .toISOString()
          .replace(/^[+-]\d\d/, '')
          .slice(0, size),
      );
    const value = fc.oneof(number, fc.integer().map(String), fc.double().map(String), date);
    let typed = 0;
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
        const text = `name,k\n${values.map((v) => `${v},x`).join('\n')}\n`;
        const { type } = inspect(text, { header: 'present', delimiter: ',' }).schema.fields[0]!;
        if (type.kind !== 'utf8') typed++;
        for (const v of values) expect([type, v, fitsText(type, v)]).toEqual([type, v, true]);
      }),
      { numRuns: 1_500 },
    );
    expect(typed).toBeGreaterThan(200);
  });

  it('come with counts and a sentence', () => {
    const { columns, sampledRows, estimatedRows } = inspect('n,t,e\n1,é€,\n2,"",\n2,b,\n', {
      header: 'present',
    });
    expect(columns).toMatchObject([
      {
        sentence: 'All 3 values are whole numbers.',
        nullCount: 0,
        distinctCount: 2,
        longest: 1,
        examples: ['1', '2'],
      },
      { sentence: '“é€” is text.', nullCount: 0, distinctCount: 3, longest: 2 },
      {
        sentence: 'No value in the sample.',
        nullCount: 3,
        distinctCount: 0,
        longest: 0,
        examples: [],
      },
    ]);
    expect([sampledRows, estimatedRows]).toEqual([3, 3]);
    const sentenceOf = (...values: string[]): string =>
      inspect(['n,k', ...values.map((value) => `${value},x`), ''].join('\n'), { header: 'present' })
        .columns[0]!.sentence;
    expect(sentenceOf('1')).toBe('The one value is a whole number.');
    expect(sentenceOf('1.5')).toBe('The one value is a number with 1 digit after the point.');
    expect(sentenceOf('2026-01-01', '2026-01-02')).toBe('Both values are dates.');
    expect(sentenceOf(...Array.from({ length: 1234 }, (_, i) => `${i}`))).toBe(
      'All 1,234 values are whole numbers.',
    );
    expect(sentenceOf('1', 'x')).toBe('“x” does not fit: the value before is a whole number.');
    expect(sentenceOf('""')).toBe('A quoted value without content is text.');
    expect(inspect('z,k\n007,x\n', { header: 'present' }).columns[0]!.sentence).toContain(
      'begins with a zero',
    );
  });

  it('follow the user’s edits, by name and number', () => {
    const { schema } = inspect(
      'a,a\n1,2\n',
      {},
      { columns: [{ column: { name: 'a', nth: 1 }, type: 'decimal(9,2)' }] },
    );
    expect(schema.fields.map((f) => [typeName(f.type), f.origin])).toEqual([
      ['int64', 'inferred'],
      ['decimal(9,2)', 'declared'],
    ]);
    const edit = (name: string, type: string) => () =>
      inspect('a\n1\n', {}, { columns: [{ column: { name }, type }] });
    expect(edit('b', 'utf8')).toThrow('There is no column “b”');
    expect(edit('a', 'intt')).toThrow('not a type');
    expect(edit('a', 'binary')).toThrow('not a type');
  });
});

describe('samples', { timeout: 60_000 }, () => {
  it('cut anywhere count whole records only, and never fail where the whole would not', () => {
    const text = 'id,t\n1,"a\nb"\n2,"c ""d"""\n3,é\n';
    const bytes = utf8(text);
    for (let to = 6; to < bytes.length; to++) {
      const { sampledRows, isWhole, estimatedRows } = inspect(
        bytes.slice(0, to),
        { header: 'present' },
        { isWhole: false, sizeBytes: 1_000 },
      );
      expect(isWhole).toBe(false);
      expect(sampledRows).toBeLessThan(3);
      expect(estimatedRows === null).toBe(sampledRows === 0);
    }
    expect(inspect(text).sampledRows).toBe(3);
  });

  it('show a mistake below the first record as evidence; reading names it', () => {
    const ragged = inspect('a,b\n1,2\n3\n4,5\n');
    expect(ragged.sampledRows).toBe(2);
    expect(ragged.evidence.find((line) => line.option === 'raggedRows')!.sentence).toContain(
      'Line 3',
    );
    expect(inspect('a,b\n1,2\n"x"y,2\n').sampledRows).toBe(1);
  });

  it('give the same answer twice', () => {
    const text = 'a;b\n1;"x"\n2;\n';
    expect(inspect(text)).toEqual(inspect(text));
  });
});
