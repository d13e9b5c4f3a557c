// Puts masks in the place of values; null stays null, everything else is counted by column.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { compileExpression } from '../../expression/compile.ts';
import {
  isNullValue,
  selectedCount,
  selectedRow,
  type Batch,
  type TypedColumn,
} from '../../table/batch.ts';
import { createBuilder } from '../../table/builders.ts';
import { typeName, UTF8, type Field, type Schema } from '../../table/data-type.ts';
import { nullColumn } from '../../table/null-column.ts';
import { createTextReader } from './cell-texts.ts';
import { createCoarser } from './coarser.ts';
import { createDigests, type Digests } from './digests.ts';
import type { MaskedColumn, MaskOptions } from './options.ts';
import { createShift } from './shift.ts';
import { createTextMask, type TextMask } from './text-masks.ts';
import { MASK_SAYS } from './texts.ts';

/** One masked column. */
interface Mask {
  position: number;
  field: Field;
  /** Another column that it looks at. */
  by: number | null;
  make(batch: Batch, digests: Digests): TypedColumn;
  /** All of it becomes null. */
  isGone?: true;
}

const KEYED: readonly MaskedColumn['method'][] = ['hmac', 'pseudonym', 'shift'];

function maskTexts(batch: Batch, at: number, mask: TextMask, digests: Digests): TypedColumn {
  const textAt = createTextReader(batch, at);
  const builder = createBuilder(UTF8, batch.rowCount);
  let next = 0;
  for (let i = 0; i < selectedCount(batch); i++) {
    const row = selectedRow(batch, i);
    for (; next < row; next++) builder.append(null);
    const text = textAt(row);
    builder.append(text === null ? null : mask(text, digests));
    next++;
  }
  for (; next < batch.rowCount; next++) builder.append(null);
  return builder.finish();
}

function countMade(batch: Batch, made: TypedColumn): number {
  let count = 0;
  for (let i = 0; i < selectedCount(batch); i++)
    if (!isNullValue(made, selectedRow(batch, i))) count++;
  return count;
}

function countValues(batch: Batch, at: number): number {
  const textAt = createTextReader(batch, at);
  let count = 0;
  for (let i = 0; i < selectedCount(batch); i++)
    if (textAt(selectedRow(batch, i)) !== null) count++;
  return count;
}

function createMask(
  options: MaskedColumn,
  position: number,
  { schema, timeZone, startedAtMs }: TransformContext<MaskOptions>,
): Mask {
  const field = schema.fields[position]!;
  const mask = { position, by: null };
  // What a value stands for is no longer what was found or declared of it.
  const made: Field = { ...field, nullable: true, origin: 'native' };
  if (options.method === 'redact' && options.text === null)
    return {
      ...mask,
      field: made,
      isGone: true,
      make: ({ rowCount }) => nullColumn(field.type, rowCount),
    };
  if (options.method === 'shift') {
    const by = options.by === undefined ? null : resolveColumn(schema, options.by);
    return { ...mask, by, field: made, make: createShift(field, position, options.days, by) };
  }
  if (options.method === 'generalise') {
    if (options.step !== undefined)
      return { ...mask, field: made, make: createCoarser(field, position, options.step) };
    if (field.type.kind !== 'date' && field.type.kind !== 'timestamp')
      throw new ExportError('config.conflict', {
        detail: MASK_SAYS.noTime(shorten(field.name), typeName(field.type)),
        remedy: MASK_SAYS.noTimeRemedy,
      });
    const { type, evaluate } = compileExpression(
      {
        op: 'call',
        name: 'date_trunc',
        of: [
          { op: 'text', value: options.unit! },
          { op: 'column', column: options.column },
        ],
      },
      schema,
      {
        timeZone,
        startedAtMs,
        onError(_batch, _row, sentence) {
          throw new ExportError('expression.failed', {
            detail: sentence,
            where: ` (column “${shorten(field.name)}”)`,
          });
        },
      },
    );
    return {
      ...mask,
      field: { ...made, type },
      make: (batch) => evaluate({ ...batch, schema }) as TypedColumn,
    };
  }
  const textMask = createTextMask(options)!;
  return {
    ...mask,
    field: { ...made, type: UTF8 },
    make: (batch, digests) => maskTexts(batch, position, textMask, digests),
  };
}

export function open(context: TransformContext<MaskOptions>): Transform {
  const { options, schema, signal } = context;
  const masks: Mask[] = [];
  const fields = [...schema.fields];
  for (const column of options.columns) {
    const position = resolveColumn(schema, column.column);
    if (masks.some((mask) => mask.position === position))
      throw new ExportError('config.conflict', {
        detail: MASK_SAYS.twice(shorten(column.column.name)),
        remedy: MASK_SAYS.twiceRemedy,
      });
    const mask = createMask(column, position, context);
    masks.push(mask);
    fields[position] = mask.field;
  }
  if (masks.length === 0) return { schema, apply: (batches) => batches, needs: (wanted) => wanted };
  const isKeyed = options.columns.some(({ method }) => KEYED.includes(method));
  const key = isKeyed ? context.secret(options.key.secret) : null;
  const masked: Schema = { fields };

  return {
    schema: masked,
    needs: (wanted) =>
      new Set([
        ...wanted,
        ...masks.flatMap(({ position, by }) => (by !== null && wanted.has(position) ? [by] : [])),
      ]),
    async *apply(batches) {
      const digests = await createDigests(key);
      for await (const batch of batches) {
        signal.throwIfAborted();
        const columns = [...batch.columns];
        for (const { position, make, field, isGone } of masks) {
          // All masks look at what came in, also where another column is masked too.
          const made = make(batch, digests);
          columns[position] = made;
          const count = isGone ? countValues(batch, position) : countMade(batch, made);
          if (count > 0)
            context.lose({
              code: 'mask.masked',
              sentence: MASK_SAYS.masked,
              column: field.name,
              count,
            });
        }
        yield { ...batch, schema: masked, columns };
      }
    },
  };
}
