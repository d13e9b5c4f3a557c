// How a function is defined: how many values it takes, and how a call of it is compiled.
import type { Expression } from '../contract/expression.ts';
import { INT64, UTF8, type DataType } from '../table/data-type.ts';
import { callPart, type Cell, type Part } from './cells.ts';
import { needConstant, wordOf, wrongType, type Scope } from './scope.ts';
import { isInt64, isNumber, needType } from './types.ts';

/** A call on its way to a part: its compiled values, read as what they should be. */
export interface Call {
  source: Expression & { op: 'call' };
  scope: Scope;
  parts: readonly Part[];
  /** The value at a place as text, as a whole number, as any number; throws `expression.wrong-type`. */
  text(at: number): Part;
  integer(at: number): Part;
  number(at: number): Part;
  /** A constant text or whole number; the default where it is left out. */
  constantText(at: number, what: string): string;
  constantInteger(at: number, what: string, otherwise: number): number;
  /** The part of the call: `step` gets the cells, none of them null. */
  map(type: DataType, parts: readonly Part[], step: Parameters<typeof callPart>[3]): Part;
}

export interface FunctionDefinition {
  least: number;
  most: number;
  compile(call: Call): Part;
}

/** The call of a function, opened for its definition. */
export function openCall(source: Expression & { op: 'call' }, scope: Scope): Call {
  const parts = source.of.map(scope.compile);
  return {
    source,
    scope,
    parts,
    text: (at) => needType(parts[at]!, UTF8, scope),
    integer(at) {
      const part = parts[at]!;
      if (part.type.kind === 'int' && isInt64(part.type)) return part;
      return needType(part, INT64, scope);
    },
    number(at) {
      const part = parts[at]!;
      if (part.type.kind === 'null') return needType(part, INT64, scope);
      if (!isNumber(part.type))
        throw wrongType(
          part.source,
          `A number is needed, but this is ${wordOf(part.type)}`,
          'Make it a number with cast(… as decimal(12,2)).',
        );
      return part;
    },
    constantText: (at, what) => String(needConstant(needType(parts[at]!, UTF8, scope), what)),
    constantInteger(at, what, otherwise) {
      const part = parts[at];
      if (part === undefined) return otherwise;
      return Number(needConstant(needType(part, INT64, scope), what));
    },
    map: (type, of, step) => callPart(source, type, of, step),
  };
}

/** A function of texts alone, whose result has one type. */
export function textFunction(
  count: number,
  type: DataType,
  step: (...texts: string[]) => Cell,
): FunctionDefinition {
  return {
    least: count,
    most: count,
    compile: (call) =>
      call.map(
        type,
        Array.from({ length: count }, (_, at) => call.text(at)),
        step,
      ),
  };
}
