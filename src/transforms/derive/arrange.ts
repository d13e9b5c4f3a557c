// Compiles the derived columns one after the other, each against the columns as they stand when its turn comes.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { parseExpression } from '../../contract/expression-text.ts';
import { columnsOf, type Expression } from '../../contract/expression.ts';
import {
  compileExpression,
  type CompiledExpression,
  type ExpressionContext,
} from '../../expression/compile.ts';
import type { Field, Schema } from '../../table/data-type.ts';
import type { DerivedColumn } from './options.ts';

/** A derived column on its way into the batch. */
export interface DerivedStep {
  name: string;
  compiled: CompiledExpression;
  /** The columns its expression sees. */
  before: Schema;
  /** Where it goes, and how many columns it takes the place of. */
  at: number;
  replaced: 0 | 1;
}

export interface Arrangement {
  steps: DerivedStep[];
  schema: Schema;
  /** Incoming column behind each outgoing one; -1 for derived ones. */
  origins: number[];
  /** Incoming columns that expressions use. */
  used: Set<number>;
}

/** The same error, with the column it is about. */
function about(thrown: unknown, name: string): unknown {
  if (!(thrown instanceof ExportError) || !thrown.code.startsWith('expression.')) return thrown;
  const of = ` of “${shorten(name, 40)}”`;
  return new ExportError(thrown.code, { ...thrown.parameters, of }, { cause: thrown.cause });
}

function placeOf(column: DerivedColumn, schema: Schema): { at: number; replaced: 0 | 1 } {
  if (column.replace) {
    const replaced = column.replace === true ? { name: column.name } : column.replace;
    return { at: resolveColumn(schema, replaced), replaced: 1 };
  }
  if (column.before) return { at: resolveColumn(schema, column.before), replaced: 0 };
  if (column.after) return { at: resolveColumn(schema, column.after) + 1, replaced: 0 };
  return { at: schema.fields.length, replaced: 0 };
}

/** Throws for expressions that cannot be read or compiled, and for places that there are not. */
export function arrange(
  columns: readonly DerivedColumn[],
  incoming: Schema,
  contextOf: (name: string) => ExpressionContext,
): Arrangement {
  const steps: DerivedStep[] = [];
  const used = new Set<number>();
  let schema = incoming;
  let origins = incoming.fields.map((_, at) => at);
  for (const column of columns) {
    const { name, expression } = column;
    let tree: Expression;
    let compiled: CompiledExpression;
    try {
      tree = typeof expression === 'string' ? parseExpression(expression) : expression;
      compiled = compileExpression(tree, schema, contextOf(name));
    } catch (thrown) {
      throw about(thrown, name);
    }
    for (const ref of columnsOf(tree)) {
      const origin = origins[resolveColumn(schema, ref)]!;
      if (origin >= 0) used.add(origin);
    }
    const { at, replaced } = placeOf(column, schema);
    steps.push({ name, compiled, before: schema, at, replaced });
    const field: Field = { name, type: compiled.type, nullable: true, origin: 'native' };
    schema = { fields: schema.fields.toSpliced(at, replaced, field) };
    origins = origins.toSpliced(at, replaced, -1);
  }
  return { steps, schema, origins, used };
}
