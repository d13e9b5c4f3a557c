// Makes columns of the values of one column: rows are grouped, and each measure is taken for each value apart.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError } from '../../contract/errors.ts';
import { groupName, measureName } from '../../contract/measure-names.ts';
import type {
  SurveyContext,
  Transform,
  TransformContext,
} from '../../contract/transform-plugin.ts';
import { createGrouping } from '../../grouping/group-table.ts';
import { measureType, type MeasureSpec } from '../../grouping/measures.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import type { Field, Schema } from '../../table/data-type.ts';
import type { PivotOptions } from './options.ts';
import { foundValues, listedValues, type PivotValue } from './values.ts';

/** Looks for the values that become columns; null where there is nothing to look for. */
export function survey(context: SurveyContext<PivotOptions>): Promise<PivotValue[]> | null {
  const { column, measures, values } = context.options;
  return column === null || measures.length === 0 || values !== null ? null : foundValues(context);
}

export function open(context: TransformContext<PivotOptions>): Transform {
  const { schema, options, scratch, signal } = context;
  // A step that was not set up yet changes nothing.
  if (options.column === null || options.measures.length === 0)
    return { schema, needs: (wanted) => wanted, apply: (batches) => batches };
  const column = resolveColumn(schema, options.column);
  const values = valuesOf(context, column);
  const keys = options.rows.map((row) => {
    if (row.bucket === undefined) return resolveColumn(schema, row.column);
    throw new ExportError('config.conflict', {
      detail: 'Rows of a pivot cannot be buckets of time',
      remedy: 'Make a column of the bucket first (derive), and name that.',
    });
  });
  const specs = options.measures.map(({ op, column: of, p }): MeasureSpec => ({
    op,
    column: of === undefined ? null : resolveColumn(schema, of),
    ...(p !== undefined && { p }),
  }));
  const output: Schema = {
    fields: [
      ...options.rows.map((row, i) => ({ ...schema.fields[keys[i]!]!, name: groupName(row) })),
      ...measureFields(schema, options, specs, values),
    ],
  };
  const measures = values.flatMap((_, part) => specs.map((spec) => ({ ...spec, part })));
  const used = new Set([...keys, column, ...specs.flatMap((spec) => spec.column ?? [])]);

  async function* apply(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    const grouping = createGrouping(
      {
        input: schema,
        keys,
        measures,
        output,
        parting: {
          column,
          values: values.map(({ key }) => key),
          onOther: (count) =>
            context.lose({
              code: 'pivot.other-value',
              sentence: 'Rows whose value is none of those that are columns were measured nowhere.',
              column: schema.fields[column]!.name,
              count,
            }),
        },
      },
      scratch,
      signal,
    );
    let merged = 0;
    try {
      for await (const batch of batches) {
        merged += selectedCount(batch);
        await grouping.add(batch);
      }
      for await (const batch of grouping.results()) {
        merged -= selectedCount(batch);
        yield batch;
      }
      // Without columns for rows there is one row even when none came.
      if (merged < 0) context.added(-merged);
      else context.merged(merged);
    } finally {
      await grouping.close();
    }
  }

  return { schema: output, needs: () => used, apply };
}

function valuesOf(
  { schema, options, surveyed }: TransformContext<PivotOptions>,
  column: number,
): PivotValue[] {
  if (options.values !== null) return listedValues(schema, column, options.values);
  if (surveyed !== undefined) return surveyed as PivotValue[];
  throw new ExportError('config.conflict', {
    detail: 'The values that become columns have to be known here',
    remedy: 'List them in the option “values” of the pivot.',
  });
}

/** `paid`, or with several measures `paid_sum_amount`. */
function measureFields(
  schema: Schema,
  { measures }: PivotOptions,
  specs: readonly MeasureSpec[],
  values: readonly PivotValue[],
): Field[] {
  return values.flatMap(({ name }) =>
    measures.map((measure, m): Field => ({
      name: measures.length === 1 ? name : `${name}_${measureName(measure)}`,
      type: measureType(schema, specs[m]!),
      nullable: true,
      origin: 'native',
    })),
  );
}
