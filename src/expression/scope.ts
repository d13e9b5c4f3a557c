// What compiling an expression needs beside it, and the errors it throws.
import { ExportError, shorten } from '../contract/errors.ts';
import { positionOf } from '../contract/expression-parser.ts';
import { formatExpression } from '../contract/expression-text.ts';
import type { Expression } from '../contract/expression.ts';
import { typeName, type DataType, type Schema } from '../table/data-type.ts';
import type { Cell, Part } from './cells.ts';

export interface Scope {
  schema: Schema;
  timeZone: string;
  startedAtMs: number;
  compile(expression: Expression): Part;
}

/** Where an expression stood in its text, for messages: its position, else its text. */
export function whereOf(expression: Expression): string {
  const position = positionOf(expression);
  const text = shorten(formatExpression(expression), 60);
  return position === undefined ? ` in “${text}”` : ` in “${text}” (position ${position})`;
}

/** `expression.wrong-type`: `detail` is a sentence without its full stop. */
export function wrongType(expression: Expression, detail: string, remedy: string): ExportError {
  const position = positionOf(expression);
  return new ExportError('expression.wrong-type', {
    detail,
    where: whereOf(expression),
    of: '',
    remedy,
    ...(position === undefined ? {} : { position }),
  });
}

/** The type as messages name it. */
export const wordOf = (type: DataType): string =>
  type.kind === 'utf8' ? 'text' : type.kind === 'null' ? 'null' : typeName(type);

/** A part that must be the same for every row: a unit, a pattern, a number of digits. */
export function needConstant(part: Part, what: string): Exclude<Cell, null> {
  if (part.constant === undefined || part.constant === null)
    throw wrongType(
      part.source,
      `${what} must be given as a constant`,
      `Write ${what} out, not as a column or a computation.`,
    );
  return part.constant;
}
