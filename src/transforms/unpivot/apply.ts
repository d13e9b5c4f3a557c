// Turns columns into rows: of each row one for each of the columns, in the order of rows and then of columns.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { compileExpression } from '../../expression/compile.ts';
import { selectedCount, sliceSelected, type Batch, type Column } from '../../table/batch.ts';
import { textColumn } from '../../table/convert-columns.ts';
import { typeName, UTF8, type DataType, type Field, type Schema } from '../../table/data-type.ts';
import { concatBatches, gatherRows } from '../../table/gather.ts';
import { nullColumn } from '../../table/null-column.ts';
import { locateFields } from '../../table/text-fields.ts';
import { commonType } from './common-type.ts';
import type { UnpivotOptions } from './options.ts';

/** Rows of an outgoing batch, more or less. */
const ROWS_AT_ONCE = 65_536;

interface Layout {
  keep: number[];
  turned: number[];
  schema: Schema;
  type: DataType;
}

/** Throws `config.unknown-column`, and `config.conflict` for columns that have no type in common. */
function layoutOf(incoming: Schema, options: UnpivotOptions): Layout {
  const positions = (refs: UnpivotOptions['keep']): number[] | null =>
    refs && refs.map((ref) => resolveColumn(incoming, ref));
  const others = (taken: readonly number[]): number[] =>
    incoming.fields.map((_, c) => c).filter((c) => !taken.includes(c));
  const given = positions(options.columns);
  const keep = positions(options.keep) ?? others(given ?? []);
  const turned = given ?? others(keep);
  const type = commonType(turned.map((c) => incoming.fields[c]!.type));
  if (type === null)
    throw new ExportError('config.conflict', {
      detail: `The columns ${turned.map((c) => `“${shorten(incoming.fields[c]!.name, 40)}” (${typeName(incoming.fields[c]!.type)})`).join(', ')} cannot stand in one`,
      remedy: 'Choose columns of one type, or change the types of some.',
    });
  const made = (name: string, of: DataType): Field => ({
    name,
    type: of,
    nullable: true,
    origin: 'inferred',
  });
  const fields = [
    ...keep.map((c) => incoming.fields[c]!),
    { ...made(options.name, UTF8), origin: 'native' as const },
    made(options.value, type),
  ];
  return { keep, turned, schema: { fields }, type };
}

export function open(context: TransformContext<UnpivotOptions>): Transform {
  const { schema: incoming, options, signal } = context;
  // A step that was not set up yet changes nothing.
  if (options.columns === null && options.keep === null)
    return { schema: incoming, needs: (wanted) => wanted, apply: (batches) => batches };
  const { keep, turned, schema, type } = layoutOf(incoming, options);
  const names = turned.map((c) => incoming.fields[c]!.name);
  const values = turned.map((c) => valueReader(context, c, type));

  /** The rows of a batch with the value of one column, those without one left out if wanted. */
  function partOf(batch: Batch, k: number): Batch {
    const c = turned[k]!;
    const column = values[k]!(batch);
    const fields = schema.fields.with(-1, {
      ...schema.fields.at(-1)!,
      name: incoming.fields[c]!.name,
    });
    return {
      ...batch,
      schema: { fields },
      selection: options.nulls === 'keep' ? batch.selection : present(batch, column),
      columns: [
        ...keep.map((other) => batch.columns[other]!),
        textColumn(names[k]!, batch.rowCount),
        column,
      ],
    };
  }

  function turn(batch: Batch): Batch | null {
    const parts = turned.map((_, k) => partOf(batch, k));
    const count = parts.reduce((sum, part) => sum + selectedCount(part), 0);
    const taken = selectedCount(batch);
    context.added(Math.max(0, taken * turned.length - taken));
    context.filtered(Math.max(0, taken - taken * turned.length) + taken * turned.length - count);
    if (count === 0) return null;
    const order = orderOf(batch, parts, count);
    return { ...gatherRows(concatBatches(schema, parts, failOnMisfit), order), schema };
  }

  return {
    schema,
    needs: (wanted) => new Set([...[...wanted].flatMap((c) => keep[c] ?? []), ...turned]),
    async *apply(batches) {
      const rowsAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / Math.max(1, turned.length)));
      for await (const batch of batches)
        for (let from = 0; from < selectedCount(batch); from += rowsAtOnce) {
          signal.throwIfAborted();
          const rows = gatherRowsOf(sliceSelected(batch, from, from + rowsAtOnce));
          const out = turn(rows);
          if (out !== null) yield out;
        }
    },
  };
}

/** Just the selected rows: what is made beside them is as long as they are. */
function gatherRowsOf(batch: Batch): Batch {
  return batch.selection === null ? batch : gatherRows(batch, batch.selection);
}

/** Where the rows of the parts, one part after the other, stand in the order of rows. */
function orderOf(batch: Batch, parts: readonly Batch[], count: number): Uint32Array {
  const order = new Uint32Array(count);
  const cursors = parts.map(() => 0);
  const offsets: number[] = [];
  let offset = 0;
  for (const part of parts) {
    offsets.push(offset);
    offset += selectedCount(part);
  }
  let n = 0;
  for (let row = 0; row < batch.rowCount; row++)
    for (let k = 0; k < parts.length; k++) {
      const { selection } = parts[k]!;
      const at = cursors[k]!;
      if (selection !== null && selection[at] !== row) continue;
      order[n++] = offsets[k]! + at;
      cursors[k] = at + 1;
    }
  return order;
}

/** The column's values as ones of the common type: texts stay as they are written. */
function valueReader(
  context: TransformContext<UnpivotOptions>,
  c: number,
  type: DataType,
): (batch: Batch) => Column {
  const field = context.schema.fields[c]!;
  const own = field.type.kind === 'dictionary' ? field.type.value : field.type;
  if (typeName(own) === typeName(type)) return (batch) => batch.columns[c]!;
  if (own.kind === 'null') return (batch) => nullColumn(type, batch.rowCount);
  let cast: ReturnType<typeof compileExpression> | undefined;
  return (batch) => {
    const column = batch.columns[c]!;
    if (column.storage === 'text') return column;
    cast ??= castOf(context, c, type);
    return cast.evaluate(batch);
  };
}

function castOf(
  { schema, timeZone, startedAtMs }: TransformContext<UnpivotOptions>,
  c: number,
  type: DataType,
) {
  const { name } = schema.fields[c]!;
  const nth = schema.fields.slice(0, c).filter((field) => field.name === name).length;
  return compileExpression(
    { op: 'cast', of: { op: 'column', column: { name, nth } }, to: typeName(type) },
    schema,
    {
      timeZone,
      startedAtMs,
      onError(_batch, _row, sentence) {
        throw new ExportError('expression.failed', {
          detail: sentence,
          where: ` (column “${shorten(name)}”)`,
        });
      },
    },
  );
}

/** Rows whose value is not null. */
function present(batch: Batch, column: Column): Uint32Array {
  const { rowCount } = batch;
  const validity =
    column.storage === 'text'
      ? locateFields(batch.block!, column.index, rowCount, null).validity
      : column.type.kind === 'null'
        ? new Uint8Array((rowCount + 7) >> 3)
        : column.validity;
  const rows = new Uint32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++)
    if (validity === null || ((validity[row >> 3]! >> (row & 7)) & 1) === 1) rows[count++] = row;
  return rows.subarray(0, count);
}
