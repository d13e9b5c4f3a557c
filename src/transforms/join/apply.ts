// Looks each row up in another data set by key: that one is held in memory by key, or both are sorted when it does not fit.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { cellText } from '../../table/cell-text.ts';
import type { Schema } from '../../table/data-type.ts';
import { lineOfRow } from '../../table/text-block.ts';
import { createJoinKeys } from './join-keys.ts';
import { joinHeld } from './join-held.ts';
import { joinSorted } from './join-sorted.ts';
import type { JoinPlan } from './join-plan.ts';
import type { JoinOptions } from './options.ts';
import { openOtherSide } from './other-side.ts';
import { JOIN_SAYS } from './texts.ts';

export function open(context: TransformContext<JoinOptions>): Transform {
  const { options, others, schema: left, scratch, signal, merged } = context;
  const { kind, many } = options;
  const other = others[0];
  if (other === undefined) return { schema: left, apply: (batches) => batches };
  if (options.on.length === 0)
    throw new ExportError('config.conflict', {
      detail: JOIN_SAYS.noKey(shorten(other.id)),
      remedy: JOIN_SAYS.noKeyRemedy,
    });
  const keys = createJoinKeys(left, other.schema, other.id, options.on);
  const isTest = kind === 'semi' || kind === 'anti';
  const taken = isTest ? [] : takenColumns(options, other.schema, keys.right.columns);
  const names = new Set(left.fields.map(({ name }) => name));
  const takenSchema: Schema = {
    fields: taken.map((column) => {
      const field = other.schema.fields[column]!;
      const nullable = field.nullable || kind === 'left';
      const name = options.prefix + field.name;
      return { ...field, name: names.has(name) ? name + options.suffix : name, nullable };
    }),
  };
  const plan: JoinPlan = {
    kind,
    many,
    schema: isTest ? left : { fields: [...left.fields, ...takenSchema.fields] },
    takenSchema,
    refuseMany: (batch, row) =>
      new ExportError('step.join.many-matches', {
        value: shorten(keys.left.columns.map((column) => cellText(batch, row, column)).join(', ')),
        line: batch.block === null ? 0 : lineOfRow(batch.block, row),
        other: shorten(other.id),
      }),
  };

  return {
    schema: plan.schema,
    needs: (wanted) =>
      new Set([...wanted, ...keys.left.columns].filter((column) => column < left.fields.length)),
    async *apply(batches) {
      const side = openOtherSide({
        other,
        keys: keys.right,
        taken,
        schema: takenSchema,
        memoryBytes: scratch.memoryBytes / 3,
        scratch: { ...scratch, memoryBytes: scratch.memoryBytes / 3 },
        signal,
        onRead: merged,
      });
      try {
        const held = await side.read();
        yield* held === null
          ? joinSorted(batches, side.sorter!, keys.left, plan, context)
          : joinHeld(batches, held, keys.left, plan, context);
      } finally {
        await side.close();
      }
    },
  };
}

/** Positions of the columns that are taken from the other side. */
function takenColumns(
  { columns }: JoinOptions,
  other: Schema,
  keyColumns: readonly number[],
): number[] {
  if (columns !== null) return columns.map((ref) => resolveColumn(other, ref));
  return other.fields.map((_, column) => column).filter((column) => !keyColumns.includes(column));
}
