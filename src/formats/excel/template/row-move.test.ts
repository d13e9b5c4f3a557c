// References that follow rows, in formulas as people write them.
import { describe, expect, it } from 'vitest';
import { movedFormula, movedRanges, movedRow, repeatedPieces, type RowMove } from './row-move.ts';

/** Row 5 of Data becomes rows 5 to 14. */
const MOVE: RowMove = { sheet: 'Data', first: 5, last: 5, count: 10 };

describe('formulas', () => {
  it.each([
    ['SUM(D5:D5)', 'SUM(D5:D14)'],
    ['SUM(D4:D6)', 'SUM(D4:D15)'],
    ['$B$4+B$7', '$B$4+B$16'],
    ['D5*2', 'D5*2'],
    ['\'Data\'!$A$5:$A$5&"Data!A9"', '\'Data\'!$A$5:$A$14&"Data!A9"'],
    ['Other!A9+data!A9', 'Other!A9+data!A18'],
    ["'It''s'!A9+[1]Data!A9+'[b.xlsx]Data'!A9", "'It''s'!A9+[1]Data!A9+'[b.xlsx]Data'!A9"],
    [
      'LOG10(A9)+Taxes2026+A9.x+T[[#This Row],[a9]]',
      'LOG10(A18)+Taxes2026+A9.x+T[[#This Row],[a9]]',
    ],
    ['SUM(A:A,9:10,$9:$9)+1E9', 'SUM(A:A,18:19,$18:$18)+1E9'],
    ['#REF!+A9', '#REF!+A18'],
    ['A1:INDEX(B9:B9,2)', 'A1:INDEX(B18:B18,2)'],
    ['IF(A9="""",1,A9)', 'IF(A18="""",1,A18)'],
  ])('%s becomes %s', (before, after) => {
    expect(movedFormula(before, 'Data', MOVE)).toBe(after);
  });

  it('refuse references over several sheets', () => {
    expect(() => movedFormula('SUM(Jan:Mar!A9)', 'Data', MOVE)).toThrow(/several sheets/);
    expect(() => movedFormula("SUM('Jan 1:Mar 1'!A9)", 'Data', MOVE)).toThrow(/several sheets/);
  });

  it('shrink where there are fewer rows than before', () => {
    const fewer = { sheet: 'Data', first: 5, last: 9, count: 2 };
    expect(movedFormula('SUM(A5:A9)+A10+A8', 'Data', fewer)).toBe('SUM(A5:A6)+A7+A6');
    expect([4, 5, 6, 9, 10].map((row) => movedRow(row, fewer))).toEqual([4, 5, 6, 6, 7]);
  });

  it('grow from a single cell in rules', () => {
    expect(movedRanges('D5 A1 F9:G9', MOVE, true)).toBe('D5:D14 A1 F18:G18');
    expect(movedRanges('D5', MOVE, false)).toBe('D5');
  });
});

describe('formulas that are repeated', () => {
  it('follow their row, but for what is fixed above', () => {
    expect(repeatedPieces('B5*$C$2+E4', 'Data', MOVE)!(7)).toBe('B7*$C$2+E6');
    expect(repeatedPieces('Other!B9+T[@a]', 'Data', MOVE)!(7)).toBe('Other!B11+T[@a]');
  });

  it.each(['B5/SUM($B$5:$B$5)', 'B6', 'B5/$B$9'])('cannot look at rows to come: %s', (formula) => {
    expect(repeatedPieces(formula, 'Data', MOVE)).toBeNull();
  });
});
