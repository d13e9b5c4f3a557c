// The fast loop for long delimiters gives what the strict one gives, or leaves the window to it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldText, lineOfRow, type TextBlock } from '../../table/text-block.ts';
import { csvDialect } from './dialect.ts';
import { csvOptions, type CsvOptions } from './options.ts';
import { rewritePlainRecords } from './plain-records.ts';
import { rewriteRecords } from './strict.ts';
import { utf8 } from './testing.ts';

const cellsOf = (block: TextBlock): (string | null | number)[][] =>
  Array.from({ length: block.rowCount }, (_, row) => [
    lineOfRow(block, row),
    ...Array.from({ length: block.columnCount }, (_unused, c) => fieldText(block, row, c)),
  ]);

it('gives the same rows, lines and places as the strict loop', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('||', '~|~', '¦', ';;'),
      fc.array(
        fc.constantFrom(
          'a',
          '"',
          '""',
          '|',
          ';',
          '~',
          ',',
          '||',
          '~|~',
          '¦',
          ';;',
          '"x"',
          '\n',
          '\r\n',
          '\r',
          '#',
        ),
        {
          maxLength: 24,
        },
      ),
      fc.record({
        quote: fc.constantFrom('"', null),
        comment: fc.constantFrom('#', null),
        quoteRules: fc.constantFrom('standard', 'strict'),
        skipEmptyLines: fc.constantFrom('auto', 'always', 'never'),
      }) as fc.Arbitrary<Partial<CsvOptions>>,
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      (delimiter, parts, given, isEnd, columnCount) => {
        const dialect = csvDialect({ ...csvOptions.defaults, ...given, delimiter });
        const bytes = utf8(parts.join(''));
        const place = { row: 7, line: 3 };
        const plain = rewritePlainRecords(
          bytes,
          0,
          bytes.length,
          isEnd,
          columnCount,
          dialect,
          place,
        );
        if (plain === null) return;
        const strict = rewriteRecords(bytes, 0, bytes.length, isEnd, columnCount, dialect, place)!;
        expect(cellsOf(plain.block!)).toEqual(cellsOf(strict.block!));
        expect(plain).toMatchObject({
          next: strict.next,
          line: strict.line,
          losses: strict.losses,
        });
        compared++;
      },
    ),
    { numRuns: 8_000, seed: 31 },
  );
  expect(compared).toBeGreaterThan(500);
});
