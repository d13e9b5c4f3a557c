// Lays out an aggregation: which columns it takes, and which come out under which names.
import { resolveColumn } from '../../contract/columns.ts';
import type { Field, Schema } from '../../table/data-type.ts';
import { measureType, type MeasureSpec } from '../../grouping/measures.ts';
import type { AggregateOptions, MeasureOption } from './options.ts';

export interface Arrangement {
  /** Incoming columns that are looked at. */
  used: Set<number>;
  /** Positions of the key columns among the incoming ones. */
  keys: number[];
  measures: MeasureSpec[];
  output: Schema;
}

const field = (name: string, type: Field['type']): Field => ({
  name,
  type,
  nullable: true,
  origin: 'native',
});

/** Throws `config.unknown-column` and `aggregate.wrong-type`. */
export function arrange(schema: Schema, { groups, measures }: AggregateOptions): Arrangement {
  const keys = groups.map(({ column }) => resolveColumn(schema, column));
  const specs = measures.map(({ op, column }): MeasureSpec => ({
    op,
    column: column === undefined ? null : resolveColumn(schema, column),
  }));
  const fields = [
    ...groups.map(({ column, as }, i) => {
      const taken = schema.fields[keys[i]!]!;
      return { ...taken, name: as ?? column.name };
    }),
    ...measures.map((measure, i) => field(nameOf(measure), measureType(schema, specs[i]!))),
  ];
  const used = new Set([...keys, ...specs.flatMap(({ column }) => column ?? [])]);
  return { used, keys, measures: specs, output: { fields } };
}

/** `count`, `sum_amount`. */
function nameOf({ op, column, as }: MeasureOption): string {
  if (as !== undefined) return as;
  const word = op.replaceAll('-', '_');
  return column === undefined ? word : `${word}_${column.name}`;
}
