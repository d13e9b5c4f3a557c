// Replaces known values of columns; what stays keeps its spelling, and its type as long as the new values are of it.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { stepRefused } from '../../contract/step-misfit.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { blockBatch, BlockWriter } from '../../table/block-writer.ts';
import { cellText } from '../../table/cell-text.ts';
import { UTF8, withoutMeaning, type Schema } from '../../table/data-type.ts';
import { gatherBeside } from '../../table/gather.ts';
import { createTypeCheck } from '../../table/type-check.ts';
import { createMatcher, type Matcher } from './match-values.ts';
import type { ReplacedColumn, ReplaceOptions } from './options.ts';
import { REPLACE_SAYS } from './texts.ts';

interface Replaced extends ReplacedColumn {
  position: number;
  name: string;
  matcher: Matcher;
}

const KEPT = -1;
const NULLED = -2;

export function open(context: TransformContext<ReplaceOptions>): Transform {
  const { schema, options, signal, lose } = context;
  const encoder = new TextEncoder();
  const fields = [...schema.fields];
  const replaced: Replaced[] = [];
  for (const column of options.columns) {
    const position = resolveColumn(schema, column.column);
    const field = schema.fields[position]!;
    if (replaced.some((other) => other.position === position))
      throw new ExportError('config.conflict', {
        detail: REPLACE_SAYS.twice(shorten(field.name)),
        remedy: REPLACE_SAYS.twiceRemedy,
      });
    const matcher = createMatcher(schema, position, column);
    replaced.push({ ...column, position, name: field.name, matcher });
    const isOfType = createTypeCheck(field.type);
    const stays = column.values.every(({ to }) => {
      if (to === null) return true;
      const bytes = encoder.encode(to);
      return isOfType(bytes, 0, bytes.length);
    });
    fields[position] = {
      ...field,
      nullable: true,
      type: stays ? withoutMeaning(field.type) : UTF8,
    };
  }
  if (replaced.length === 0) return { schema, apply: (batches) => batches };
  const out: Schema = { fields };

  /** What becomes of the selected rows: numbers of new values, {@link KEPT} or {@link NULLED}; null: all stay. */
  function fatesOf(batch: Batch, { position, name, matcher, other }: Replaced): Int32Array | null {
    const fates = new Int32Array(selectedCount(batch)).fill(KEPT);
    let changes = 0;
    let nulled = 0;
    let example = '';
    matcher.begin(batch);
    for (let i = 0; i < fates.length; i++) {
      const row = selectedRow(batch, i);
      const number = matcher.find(row);
      if (number >= 0) {
        fates[i] = number;
        changes++;
        continue;
      }
      if (other === 'keep') continue;
      const text = cellText(batch, row, position);
      if (text === null) continue;
      if (other === 'fail')
        throw stepRefused(batch, row, REPLACE_SAYS.other(shorten(text, 40), shorten(name)));
      fates[i] = NULLED;
      if (nulled++ === 0) example = shorten(text);
    }
    if (nulled > 0)
      lose({
        code: 'replace-values.other-null',
        sentence: REPLACE_SAYS.otherNull,
        column: name,
        count: nulled,
        example,
      });
    return changes + nulled === 0 ? null : fates;
  }

  /** The column as text, with its new values. */
  function written(batch: Batch, column: Replaced, fates: Int32Array): Batch {
    const { position, values } = column;
    const writer = new BlockWriter(1);
    for (let i = 0; i < fates.length; i++) {
      const fate = fates[i]!;
      const text =
        fate >= 0
          ? values[fate]!.to
          : fate === KEPT
            ? cellText(batch, selectedRow(batch, i), position)
            : null;
      if (text === null) writer.addNull();
      else writer.addString(text);
      writer.endRow();
    }
    return blockBatch({ fields: [fields[position]!] }, writer.take());
  }

  function replace(batch: Batch): Batch {
    const made = new Map<number, Batch>();
    for (const column of replaced) {
      const fates = fatesOf(batch, column);
      const isTyped = batch.columns[column.position]!.storage === 'typed';
      // A typed column under another type has to be written anew; text is text.
      const mustWrite =
        isTyped && fields[column.position]!.type !== schema.fields[column.position]!.type;
      if (fates !== null) made.set(column.position, written(batch, column, fates));
      else if (mustWrite)
        made.set(
          column.position,
          written(batch, column, new Int32Array(selectedCount(batch)).fill(KEPT)),
        );
    }
    if (made.size === 0) return { ...batch, schema: out };
    const rest = batch.columns.filter((_, position) => !made.has(position));
    const count = selectedCount(batch);
    const all = Uint32Array.from({ length: count }, (_, i) => i);
    const beside = gatherBeside(out, [
      {
        batch: { ...batch, columns: rest },
        rows: Uint32Array.from({ length: count }, (_, i) => selectedRow(batch, i)),
      },
      ...[...made.values()].map((column) => ({ batch: column, rows: all })),
    ]);
    const kept = beside.columns.slice(0, rest.length);
    const positions = [...made.keys()];
    return {
      ...beside,
      columns: batch.columns.map((_, position) => {
        const at = positions.indexOf(position);
        return at < 0 ? kept.shift()! : beside.columns[rest.length + at]!;
      }),
    };
  }

  return {
    schema: out,
    needs: (wanted) => new Set([...wanted, ...replaced.map(({ position }) => position)]),
    async *apply(batches) {
      for await (const batch of batches) {
        signal.throwIfAborted();
        if (selectedCount(batch) > 0) yield replace(batch);
      }
    },
  };
}
