// Formulas of whole columns: a text with `{column}` for the cell of the same row, written into each row.
import type { Schema } from '../../table/data-type.ts';
import { cachedText } from './part-text.ts';
import { columnLetters } from './parts.ts';

/** What a formula is made of: text as it is, and columns whose cell stands there. */
export type FormulaPiece = { text: string } | { letters: string };

/** Characters of a formula that Excel takes. */
export const LONGEST_FORMULA = 8192;

const TOKENS = /\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g;

/** The columns that a formula names. */
export function placeholders(formula: string): string[] {
  return Array.from(formula.matchAll(TOKENS)).flatMap(([, name]) => name ?? []);
}

/** Takes a formula apart; `{{` is a brace. A leading `=` may stand there. Names that are no column's are left out. */
export function parseFormula(formula: string, schema: Schema): FormulaPiece[] {
  const pieces: FormulaPiece[] = [];
  let text = '';
  for (const [whole, name] of formula.replace(/^\s*=/, '').matchAll(TOKENS)) {
    if (name === undefined) {
      text += whole === '{{' || whole === '}}' ? whole[0]! : whole;
      continue;
    }
    const position = schema.fields.findIndex((field) => field.name === name);
    if (position < 0) continue;
    if (text !== '') pieces.push({ text });
    text = '';
    pieces.push({ letters: columnLetters(position + 1) });
  }
  if (text !== '') pieces.push({ text });
  return pieces;
}

/** The formula for one row, escaped for XML. */
export function formulaOfRow(pieces: readonly FormulaPiece[], row: number): string {
  return cachedText(
    pieces.map((piece) => ('text' in piece ? piece.text : `${piece.letters}${row}`)).join(''),
  );
}
