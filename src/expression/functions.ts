// Finds the definition of a function and compiles a call of it.
import { ExportError, shorten } from '../contract/errors.ts';
import { positionOf } from '../contract/expression-parser.ts';
import { EXPRESSION_FUNCTIONS } from '../contract/expression-functions.ts';
import type { Expression } from '../contract/expression.ts';
import { nearestNames } from '../contract/nearest-names.ts';
import type { Part } from './cells.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { openCall } from './define-function.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { whereOf, wrongType, type Scope } from './scope.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

const DEFINITIONS = new Map([...TEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...DATE_FUNCTIONS]);

/** Names of the functions that have a definition (`if`, `coalesce` and `nullif` are the compiler's own). */
export const DEFINED_FUNCTIONS: readonly string[] = [...DEFINITIONS.keys()];

function unknownFunction(source: Expression & { op: 'call' }): ExportError {
  const names = EXPRESSION_FUNCTIONS.map(({ name }) => name);
  const near = nearestNames(source.name, names);
  const position = positionOf(source);
  return new ExportError('expression.unknown-function', {
    name: shorten(source.name, 40),
    where: whereOf(source),
    of: '',
    known:
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${names.join(', ')}.`,
    ...(position === undefined ? {} : { position }),
  });
}

/** Compiles a call. Throws `expression.unknown-function` and `expression.wrong-type`. */
export function functionPart(source: Expression & { op: 'call' }, scope: Scope): Part {
  const definition = DEFINITIONS.get(source.name);
  if (definition === undefined) throw unknownFunction(source);
  const { least, most } = definition;
  const count = source.of.length;
  if (count < least || count > most)
    throw wrongType(
      source,
      `${source.name} takes ${least === most ? least : most >= 1000 ? `at least ${least}` : `${least} to ${most}`} values, not ${count}`,
      `Write it as ${EXPRESSION_FUNCTIONS.find(({ name }) => name === source.name)!.signature}.`,
    );
  return definition.compile(openCall(source, scope));
}
