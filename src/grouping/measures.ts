// The measures there are: which types each takes, what comes out, and the state it needs; measures that need the same share it.
import { ExportError, shorten } from '../contract/errors.ts';
import { INT64, typeName, type DataType, type Schema } from '../table/data-type.ts';
import type { Accumulator, Measure } from './accumulator.ts';
import { Counts } from './counts.ts';
import { ExactSums } from './exact-sums.ts';
import { createExtremes } from './extremes.ts';
import { FloatSums } from './float-sums.ts';

/** Ids of the measures: they stand in users' configs. */
export const MEASURE_OPS = ['count', 'sum', 'avg', 'min', 'max'] as const;
export type MeasureOp = (typeof MEASURE_OPS)[number];

/** A measure over column `column` (position in the schema); null: over the rows. */
export interface MeasureSpec {
  op: MeasureOp;
  column: number | null;
}

/** What an accumulator looks at: values, only whether they are null, or rows alone. */
export type Reads = 'values' | 'nulls' | 'rows';

/** State, and where it comes from. */
export interface FilledState {
  accumulator: Accumulator;
  column: number | null;
  reads: Reads;
}

export interface Measures {
  /** Parallel to the specs. */
  results: Measure[];
  states: FilledState[];
}

const NEEDS = {
  numbers: 'a column of numbers',
  order: 'a column whose values have an order (no list, struct or map)',
} as const;

const isNumeric = ({ kind }: DataType): boolean =>
  kind === 'int' || kind === 'decimal' || kind === 'float' || kind === 'null';
const isOrdered = ({ kind }: DataType): boolean =>
  kind !== 'list' && kind !== 'struct' && kind !== 'map';

function needed(op: MeasureOp): keyof typeof NEEDS | null {
  switch (op) {
    case 'count':
      return null;
    case 'min':
    case 'max':
      return 'order';
    default:
      return 'numbers';
  }
}

/** The type of a column's values; `op` can take them, or `aggregate.wrong-type` is thrown. */
function takenType(schema: Schema, { op, column }: MeasureSpec): DataType {
  if (column === null) return { kind: 'null' };
  const field = schema.fields[column]!;
  const type = field.type.kind === 'dictionary' ? field.type.value : field.type;
  const need = needed(op);
  const fits = need === null || (need === 'numbers' ? isNumeric(type) : isOrdered(type));
  if (!fits)
    throw new ExportError('aggregate.wrong-type', {
      op,
      column: shorten(field.name),
      type: typeName(type),
      needs: NEEDS[need],
    });
  return type;
}

/** The type a measure's values have. Throws `aggregate.wrong-type`. */
export function measureType(schema: Schema, spec: MeasureSpec): DataType {
  return createMeasures(schema, [spec]).results[0]!.type;
}

/** State and results of measures over batches of `schema`. Throws `aggregate.wrong-type`. */
export function createMeasures(schema: Schema, specs: readonly MeasureSpec[]): Measures {
  const states = new Map<string, FilledState>();
  const stateOf = <A extends Accumulator>(
    name: string,
    column: number | null,
    reads: Reads,
    create: () => A,
  ): A => {
    const key = `${name}:${column}`;
    let state = states.get(key);
    if (state === undefined) {
      state = { accumulator: create(), column, reads };
      states.set(key, state);
    }
    return state.accumulator as A;
  };
  const results = specs.map((spec): Measure => {
    const { op, column } = spec;
    const type = takenType(schema, spec);
    switch (op) {
      case 'count': {
        const counts = stateOf(
          'count',
          column,
          column === null ? 'rows' : 'nulls',
          () => new Counts(),
        );
        return { type: INT64, finish: (n) => counts.finish(n) };
      }
      case 'sum':
      case 'avg': {
        const sums = stateOf('sum', column, 'values', () =>
          type.kind === 'float'
            ? new FloatSums()
            : new ExactSums(type, schema.fields[column!]!.name),
        );
        return op === 'sum'
          ? { type: sums.sumType, finish: (n) => sums.sums(n) }
          : { type: sums.averageType, finish: (n) => sums.averages(n) };
      }
      default: {
        const extremes = stateOf(op, column, 'values', () => createExtremes(type, op === 'min'));
        return { type, finish: (n) => extremes.finish(n) };
      }
    }
  });
  return { results, states: [...states.values()] };
}
