// The measures there are: which types each takes, what comes out, and the state it needs; measures that need the same share it.
import { ExportError, shorten } from '../contract/errors.ts';
import type { MeasureOp } from '../contract/measure.ts';
import type { Scratch } from '../contract/scratch.ts';
import { FLOAT64, INT64, typeName, type DataType, type Schema } from '../table/data-type.ts';
import type { Accumulator, Measure } from './accumulator.ts';
import { Counts } from './counts.ts';
import { DistinctCounts, Modes } from './distinct-values.ts';
import { ExactSums } from './exact-sums.ts';
import { createExtremes } from './extremes.ts';
import { FloatSums } from './float-sums.ts';
import { EndValues, Lists } from './kept-values.ts';
import { Moments } from './moments.ts';
import { Percentiles } from './percentiles.ts';
import { DistinctSketches, PercentileSketches } from './sketches.ts';

/** A measure over column `column` (position in the schema); null: over the rows. */
export interface MeasureSpec {
  op: MeasureOp;
  column: number | null;
  /** Of percentiles: 0 to 100. */
  p?: number;
  /** Only over rows of this one of the values that rows are parted by; missing = all rows. */
  part?: number;
}

/** What an accumulator looks at: values, only whether they are null, or rows alone. */
export type Reads = 'values' | 'nulls' | 'rows';

/** State, and where it comes from. */
export interface FilledState {
  accumulator: Accumulator;
  column: number | null;
  reads: Reads;
  part: number | null;
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
    case 'count-distinct':
    case 'approx-count-distinct':
    case 'first':
    case 'last':
    case 'list':
      return null;
    case 'min':
    case 'max':
    case 'mode':
      return 'order';
    default:
      return 'numbers';
  }
}

/** Whether the measure of no rows is 0; of the others it is null. */
export function isCount(op: MeasureOp): boolean {
  return op === 'count' || op === 'count-distinct' || op === 'approx-count-distinct';
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
  const type = takenType(schema, spec);
  switch (spec.op) {
    case 'count':
    case 'count-distinct':
    case 'approx-count-distinct':
      return INT64;
    case 'sum':
      return type.kind === 'float' ? FLOAT64 : new ExactSums(type, '').sumType;
    case 'avg':
      return type.kind === 'float' ? FLOAT64 : new ExactSums(type, '').averageType;
    case 'min':
    case 'max':
    case 'first':
    case 'last':
    case 'mode':
      return type;
    case 'list':
      return { kind: 'list', item: type };
    default:
      return FLOAT64;
  }
}

/** States by name and column, each made once. */
class States {
  readonly all = new Map<string, FilledState>();

  of<A extends Accumulator>(
    name: string,
    { column, part = null }: { column: number | null; part?: number | null },
    create: () => A,
    reads: Reads = 'values',
  ): A {
    const key = `${name}:${column}:${part}`;
    let state = this.all.get(key);
    if (state === undefined) {
      state = { accumulator: create(), column, reads, part };
      this.all.set(key, state);
    }
    return state.accumulator as A;
  }
}

/**
 * State and results of measures over batches of `schema`; those that keep values put aside what is more than
 * `scratch.memoryBytes` together. Throws `aggregate.wrong-type`.
 */
export function createMeasures(
  schema: Schema,
  specs: readonly MeasureSpec[],
  scratch: Scratch,
  signal: AbortSignal,
): Measures {
  const states = new States();
  const keeping = specs.filter(({ op }) => KEEPING.has(op)).length;
  const share = { ...scratch, memoryBytes: scratch.memoryBytes / Math.max(1, keeping) };
  const results = specs.map((spec) => ({
    type: measureType(schema, spec),
    finish: finisher(schema, spec, states, share, signal),
  }));
  return { results, states: [...states.all.values()] };
}

/** Those that keep something of every value. */
const KEEPING: ReadonlySet<MeasureOp> = new Set([
  'count-distinct',
  'percentile',
  'median',
  'mode',
  'list',
] as const);

function finisher(
  schema: Schema,
  spec: MeasureSpec,
  states: States,
  scratch: Scratch,
  signal: AbortSignal,
): Measure['finish'] {
  const { op, column } = spec;
  const type = takenType(schema, spec);
  const name = column === null ? '' : schema.fields[column]!.name;
  switch (op) {
    case 'count': {
      const reads = column === null ? 'rows' : 'nulls';
      const counts = states.of('count', spec, () => new Counts(), reads);
      return (n) => counts.finish(n);
    }
    case 'sum':
    case 'avg': {
      const sums = states.of('sum', spec, () =>
        type.kind === 'float' ? new FloatSums() : new ExactSums(type, name),
      );
      return (n) => (op === 'sum' ? sums.sums(n) : sums.averages(n));
    }
    case 'min':
    case 'max': {
      const extremes = states.of(op, spec, () => createExtremes(type, op === 'min'));
      return (n) => extremes.finish(n);
    }
    case 'count-distinct': {
      const distinct = states.of(op, spec, () => new DistinctCounts(scratch, signal));
      return (n) => distinct.finish(n);
    }
    case 'approx-count-distinct': {
      const sketches = states.of(op, spec, () => new DistinctSketches());
      return (n) => sketches.finish(n);
    }
    case 'median':
    case 'percentile': {
      const percentiles = states.of('percentile', spec, () => new Percentiles(scratch, signal));
      const asked = percentiles.ask(op === 'median' ? 50 : spec.p!);
      return (n) => percentiles.finish(n, asked);
    }
    case 'approx-percentile': {
      const sketches = states.of(op, spec, () => new PercentileSketches());
      return (n) => sketches.finish(n, spec.p!);
    }
    case 'stddev':
    case 'stddev-pop':
    case 'variance':
    case 'variance-pop': {
      const moments = states.of('moments', spec, () => new Moments());
      return (n) => moments.finish(n, !op.endsWith('-pop'), op.startsWith('stddev'));
    }
    case 'first':
    case 'last': {
      const ends = states.of(op, spec, () => new EndValues(type, op === 'first'));
      return (n) => ends.finish(n);
    }
    case 'mode': {
      const modes = states.of(op, spec, () => new Modes(type, scratch, signal));
      return (n) => modes.finish(n);
    }
    default: {
      const lists = states.of(op, spec, () => new Lists(type, name, scratch.memoryBytes));
      return (n) => lists.finish(n);
    }
  }
}
