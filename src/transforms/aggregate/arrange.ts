// Lays out an aggregation: which columns it takes, the buckets it makes of them, and which columns come out under which names.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError } from '../../contract/errors.ts';
import { groupName, measureName } from '../../contract/measure-names.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { createBuckets, type Buckets } from '../../grouping/buckets.ts';
import { measureType, type MeasureSpec } from '../../grouping/measures.ts';
import type { Batch, Column } from '../../table/batch.ts';
import { INT64, type DataType, type Field, type Schema } from '../../table/data-type.ts';
import { withoutDictionary } from '../../table/gather-column.ts';
import { materialise } from '../../table/materialise.ts';
import type { AggregateOptions } from './options.ts';

export interface Arrangement {
  /** Incoming columns that are looked at. */
  used: number[];
  /** Of a batch made ready: the used columns, then those of buckets. */
  input: Schema;
  ready(batch: Batch): Batch;
  /** Key columns and measures by position in `input`. */
  keys: number[];
  measures: MeasureSpec[];
  /** Key columns, then measures. */
  groups: Schema;
  /** That, with the column that tells groups from subtotals where there are any. */
  output: Schema;
  /** The one key that is a bucket of time, for filling. */
  bucket: { key: number; buckets: Buckets } | null;
}

const derived = (name: string, type: DataType): Field => ({
  name,
  type,
  nullable: true,
  origin: 'native',
});

/** Throws `config.unknown-column`, `aggregate.wrong-type`, `config.conflict`. */
export function arrange(schema: Schema, options: AggregateOptions, timeZone: string): Arrangement {
  const { groups, measures } = options;
  const used: number[] = [];
  const take = (column: number): number => {
    const at = used.indexOf(column);
    return at < 0 ? used.push(column) - 1 : at;
  };
  const groupColumns = groups.map(({ column }) => take(resolveColumn(schema, column)));
  const specs = measures.map(({ op, column, p }): MeasureSpec => ({
    op,
    column: column === undefined ? null : take(resolveColumn(schema, column)),
    ...(p !== undefined && { p }),
  }));
  const fields = used.map((column) => schema.fields[column]!);
  const made: { from: number; buckets: Buckets; key: number }[] = [];
  const keys = groups.map(({ bucket }, key) => {
    const from = groupColumns[key]!;
    if (bucket === undefined) return from;
    const buckets = createBuckets(fields[from]!, bucket, timeZone);
    return fields.length + made.push({ from, buckets, key }) - 1;
  });
  const input: Schema = {
    fields: [
      ...fields,
      ...made.map(({ from, buckets }) => derived(fields[from]!.name, buckets.type)),
    ],
  };
  const groupFields = groups.map((group, i) => ({
    ...input.fields[keys[i]!]!,
    name: groupName(group),
  }));
  const measureFields = measures.map((measure, i) =>
    derived(measureName(measure), measureType(input, specs[i]!)),
  );
  const out: Schema = { fields: [...groupFields, ...measureFields] };
  const hasSubtotals = options.subtotals !== 'none';
  return {
    used,
    input,
    ready: (batch) => {
      const columns = used.map((column) => batch.columns[column]!);
      const ready = { ...batch, schema: { fields }, columns };
      const starts = made.map(({ from, buckets }) => startsOf(ready, from, buckets));
      return { ...ready, schema: input, columns: [...columns, ...starts] };
    },
    keys,
    measures: specs,
    groups: out,
    output: hasSubtotals ? { fields: [...out.fields, derived('grouping', INT64)] } : out,
    bucket: options.fillEmpty ? onlyBucket(made) : null,
  };
}

function onlyBucket(made: { key: number; buckets: Buckets }[]): Arrangement['bucket'] {
  if (made.length === 1) return made[0]!;
  throw new ExportError('config.conflict', {
    detail: `Empty buckets can be filled when rows are grouped by one bucket of time, not by ${made.length}`,
    remedy: 'Group by one bucket, such as day(at), or leave empty buckets out.',
  });
}

function startsOf(batch: Batch, at: number, buckets: Buckets): Column {
  const column = withoutDictionary(
    materialise(batch, at, (row, text) => failOnMisfit(batch, at, row, text)),
  );
  const { selection, rowCount } = batch;
  return buckets.starts(
    column,
    selection ?? Uint32Array.from({ length: rowCount }, (_, row) => row),
  );
}
