// Where rows of a sheet go when some of them are replaced by another number of rows, and references that follow them.
import { TEMPLATE_TEXTS } from './texts.ts';

/** Rows `first` to `last` of a sheet become `count` rows, at least one; what is below them moves. Rows count from 1. */
export interface RowMove {
  sheet: string;
  first: number;
  last: number;
  count: number;
}

const newLast = ({ first, count }: RowMove): number => first + count - 1;

/** Where a row is afterwards; one of those replaced stays where it is, if there are so many. */
export function movedRow(row: number, move: RowMove): number {
  if (row < move.first) return row;
  if (row > move.last) return row + newLast(move) - move.last;
  return Math.min(row, newLast(move));
}

/** Where a range is afterwards: one that ended with the replaced rows and held all of them ends with the new ones. */
export function movedRange(from: number, to: number, move: RowMove): [number, number] {
  const holdsAll = from <= move.first && to === move.last;
  return [movedRow(from, move), holdsAll ? newLast(move) : movedRow(to, move)];
}

const CELL = /^(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})$/;
const ROW = /^(\$?)([1-9]\d{0,6})$/;
const WORD = /[$\p{L}\p{N}_.\\?]+/uy;

/** One end of a reference: all but its row, and the row. */
interface End {
  before: string;
  isAbsolute: boolean;
  isColumnAbsolute: boolean;
  letters: string;
  row: number;
}

function endOf(word: string): End | null {
  const cell = CELL.exec(word);
  if (cell) {
    const [, column, letters, row, digits] = cell;
    return {
      before: `${column}${letters}${row}`,
      isAbsolute: row === '$',
      isColumnAbsolute: column === '$',
      letters: letters!.toUpperCase(),
      row: Number(digits),
    };
  }
  const rows = ROW.exec(word);
  return rows === null
    ? null
    : {
        before: rows[1]!,
        isAbsolute: rows[1] === '$',
        isColumnAbsolute: true,
        letters: '',
        row: Number(rows[2]),
      };
}

/** The cell that a plain reference is (`B5`), null for anything else. */
export function cellOfReference(reference: string): { letters: string; row: number } | null {
  const end = endOf(reference);
  return end === null || end.letters === '' ? null : end;
}

/** Text of a formula, and references among it. */
export type FormulaToken = string | { sheet: string; from: End; /** Of a range. */ to: End | null };

/**
 * The references of a formula to cells and rows; `sheet` is the one it stands on. References into other workbooks, to whole
 * columns and to tables are text. Throws an Error for references over several sheets.
 */
export function formulaTokens(formula: string, sheet: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let text = '';
  let named: { sheet: string | null; at: number } | null = null;
  let at = 0;
  const word = (from: number): string => {
    WORD.lastIndex = from;
    return WORD.exec(formula)?.[0] ?? '';
  };
  const skip = (to: number): void => {
    text += formula.slice(at, to);
    at = to;
  };
  const closing = (quote: string): number => {
    let end = at + 1;
    while (end < formula.length && (formula[end] !== quote || formula[end + 1] === quote))
      end += formula[end] === quote ? 2 : 1;
    return end + 1;
  };
  while (at < formula.length) {
    const c = formula[at]!;
    if (c === '"') skip(closing('"'));
    else if (c === "'") {
      const end = closing("'");
      const name = formula.slice(at + 1, end - 1).replaceAll("''", "'");
      skip(end);
      if (formula[at] !== '!') continue;
      skip(at + 1);
      named = { sheet: name.includes('[') ? null : name, at };
      if (!name.includes('[') && name.includes(':')) throw new Error(TEMPLATE_TEXTS.manySheets);
    } else if (c === '[') {
      let depth = 0;
      let end = at;
      do {
        if (formula[end] === "'") end++;
        else if (formula[end] === '[') depth++;
        else if (formula[end] === ']') depth--;
        end++;
      } while (depth > 0 && end < formula.length);
      skip(end);
      // Another workbook: [1]Sheet1!A1.
      const name = word(at);
      if (name !== '' && formula[at + name.length] === '!') {
        skip(at + name.length + 1);
        named = { sheet: null, at };
      }
    } else {
      const own = word(at);
      if (own === '') {
        skip(at + 1);
        continue;
      }
      const end = at + own.length;
      const second = formula[end] === ':' ? word(end + 1) : '';
      if (second !== '' && formula[end + 1 + second.length] === '!' && endOf(second) === null)
        throw new Error(TEMPLATE_TEXTS.manySheets);
      if (formula[end] === '!') {
        skip(end + 1);
        named = { sheet: own, at };
        continue;
      }
      const from = formula[end] === '(' || formula[end] === '[' ? null : endOf(own);
      const to = endOf(second);
      const isRange = from !== null && to !== null && (from.letters === '') === (to.letters === '');
      const of = named?.at === at ? named.sheet : sheet;
      if (from === null || of === null || (from.letters === '' && !isRange)) {
        skip(isRange ? end + 1 + second.length : end);
        continue;
      }
      if (text !== '') tokens.push(text);
      text = '';
      tokens.push({ sheet: of, from, to: isRange ? to : null });
      at = isRange ? end + 1 + second.length : end;
    }
  }
  if (text !== '') tokens.push(text);
  return tokens;
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A formula whose references follow the rows. With `grows` a single cell among rows of which there was one becomes all of them. */
export function movedFormula(formula: string, sheet: string, move: RowMove, grows = false): string {
  return formulaTokens(formula, sheet)
    .map((token) => {
      if (typeof token === 'string') return token;
      const { from, to } = token;
      if (!isSame(token.sheet, move.sheet)) return writeReference(token, from.row, to?.row ?? 0);
      if (to !== null) {
        const [first, last] = movedRange(from.row, to.row, move);
        return writeReference(token, first, last);
      }
      const isOnly = grows && move.count > 1 && from.row === move.first && from.row === move.last;
      if (isOnly) return `${from.before}${from.row}:${from.before}${newLast(move)}`;
      return writeReference(token, movedRow(from.row, move), 0);
    })
    .join('');
}

function writeReference({ from, to }: Exclude<FormulaToken, string>, first: number, last: number) {
  return `${from.before}${first}${to === null ? '' : `:${to.before}${last}`}`;
}

/** A list of ranges (`sqref`) that follows the rows; without `grows` single cells stay single. */
export function movedRanges(list: string, move: RowMove, grows: boolean): string {
  return list
    .split(/\s+/)
    .filter((range) => range !== '')
    .map((range) => movedFormula(range, move.sheet, move, grows))
    .join(' ');
}

/**
 * A formula of a row that is repeated, for any row; null where it refers to rows whose place is not known while rows are
 * written: several of them as a whole, or those below.
 */
export function repeatedPieces(
  formula: string,
  sheet: string,
  { first, last }: Pick<RowMove, 'first' | 'last'>,
): ((row: number) => string) | null {
  const tokens = formulaTokens(formula, sheet);
  for (const token of tokens) {
    if (typeof token === 'string' || !isSame(token.sheet, sheet)) continue;
    for (const { row, isAbsolute } of [token.from, token.to ?? token.from])
      if (isAbsolute ? row >= first : row > first && (row > last || first < last)) return null;
  }
  const moved = ({ before, row, isAbsolute }: End, by: number): string =>
    `${before}${isAbsolute ? row : row + by}`;
  return (row) =>
    tokens
      .map((token) => {
        if (typeof token === 'string') return token;
        const end = token.to === null ? '' : `:${moved(token.to, row - first)}`;
        return moved(token.from, row - first) + end;
      })
      .join('');
}
