// Gives the rows of this data set, then those of the others, all under the columns they have together.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { uniteSchemas } from '../../contract/unite-schemas.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import { textColumn, underSchema } from '../../table/convert-columns.ts';
import { UTF8, type Field, type Schema } from '../../table/data-type.ts';
import type { UnionOptions } from './options.ts';
import { UNION_SAYS } from './texts.ts';

export function open(context: TransformContext<UnionOptions>): Transform {
  const { options, others, lose, signal, dataset } = context;
  const tables = [{ name: dataset, schema: context.schema }].concat(
    others.map(({ id, schema }) => ({
      name: id,
      schema: options.match === 'place' ? underNames(schema, context.schema) : schema,
    })),
  );
  const { fields, places, leftOut } = uniteSchemas(
    tables,
    options.columns,
    ({ table, column, lacks }) =>
      new ExportError('config.conflict', {
        detail: UNION_SAYS.differs(shorten(table), shorten(column), lacks, shorten(dataset)),
        remedy: UNION_SAYS.differsRemedy,
      }),
  );
  const nameField: Field[] =
    options.nameColumn === null
      ? []
      : [{ name: options.nameColumn, type: UTF8, nullable: false, origin: 'native' }];
  const rest: Schema = { fields };
  const schema: Schema = nameField.length === 0 ? rest : { fields: [...nameField, ...fields] };

  async function* under(batches: AsyncIterable<Batch>, at: number): AsyncGenerator<Batch> {
    const { name } = tables[at]!;
    for await (const batch of batches) {
      signal.throwIfAborted();
      const count = selectedCount(batch);
      if (count === 0) continue;
      for (const column of leftOut[at]!)
        lose({
          code: 'union.column-left-out',
          sentence: UNION_SAYS.leftOut(shorten(dataset)),
          column,
          count,
          example: shorten(name),
        });
      const moved = underSchema(batch, rest, places[at]!);
      yield nameField.length === 0
        ? moved
        : { ...moved, schema, columns: [textColumn(name, batch.rowCount), ...moved.columns] };
    }
  }

  return {
    schema,
    needs: (wanted) => {
      const isWanted = (place: number, k: number): boolean =>
        place >= 0 && wanted.has(k + nameField.length);
      return new Set(places[0]!.filter(isWanted));
    },
    async *apply(batches) {
      yield* under(batches, 0);
      for (const [i, other] of others.entries()) yield* under(other.open(), i + 1);
    },
  };
}

/** The columns under the names that `first` has at their places; those beyond keep their own. */
function underNames({ fields }: Schema, first: Schema): Schema {
  return {
    fields: fields.map((field, i) => ({ ...field, name: first.fields[i]?.name ?? field.name })),
  };
}
