// Puts the parts of a column's texts where the column stood.
import { resolveColumn } from '../../contract/columns.ts';
import { shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import { stepRefused } from '../../contract/step-misfit.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { createBuilder } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { UTF8, type Field, type Schema } from '../../table/data-type.ts';
import { createLines } from '../../table/source-lines.ts';
import { createCut } from './cut.ts';
import type { SplitOptions } from './options.ts';
import { SPLIT_SAYS } from './texts.ts';

export function open(context: TransformContext<SplitOptions>): Transform {
  const { schema, options, signal } = context;
  const { names, rest, trim, keep } = options;
  if (options.column === null) return { schema, apply: (batches) => batches };
  const position = resolveColumn(schema, options.column);
  const column = schema.fields[position]!.name;
  const cut = createCut(options);
  const made = names.map((name): Field => ({ name, type: UTF8, nullable: true, origin: 'native' }));
  const first = position + Number(keep);
  const removed = Number(!keep);
  const split: Schema = { fields: schema.fields.toSpliced(first, removed, ...made) };

  function cutBatch(batch: Batch, rowsBefore: number): Batch {
    const builders = names.map(() => createBuilder(UTF8, batch.rowCount));
    const gone = new Set<number>();
    const lineOf = createLines(batch.block);
    const losses = new Map<string, Loss>();
    const lose = (code: string, sentence: string, example: string): void => {
      const loss = losses.get(code) ?? { code, sentence, column, count: 0, example };
      loss.count++;
      losses.set(code, loss);
    };

    /** The parts of a text by the policy for what is left over. */
    const partsOf = (row: number, text: string): (string | null)[] => {
      const found = cut(text);
      if (found !== null && found.withRest === null) return found.parts;
      const shown = shorten(text, 40);
      const sentence = (found === null ? SPLIT_SAYS.noMatch : SPLIT_SAYS.leftOver)(
        shown,
        shorten(column),
      );
      const line = lineOf(row);
      if (rest === 'fail') throw stepRefused(batch, row, sentence);
      if (rest === 'reject') {
        gone.add(row);
        context.reject({
          row: (batch.block?.firstRow ?? rowsBefore) + row,
          line,
          column,
          code: 'step.refused',
          sentence,
          value: shorten(text),
        });
        return [];
      }
      if (found === null) {
        lose('split.no-match', SPLIT_SAYS.unmatched, shown);
        return [];
      }
      if (rest === 'last') return [...found.parts.slice(0, -1), found.withRest];
      lose('split.rest-dropped', SPLIT_SAYS.dropped, shown);
      return found.parts;
    };

    let next = 0;
    const addNulls = (to: number): void => {
      for (; next < to; next++) for (const builder of builders) builder.append(null);
    };
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      addNulls(row);
      const text = cellText(batch, row, position);
      const parts = text === null ? [] : partsOf(row, text);
      for (let k = 0; k < builders.length; k++) {
        const part = parts[k] ?? null;
        builders[k]!.append(trim && part !== null ? part.trim() : part);
      }
      next = row + 1;
    }
    addNulls(batch.rowCount);
    for (const loss of losses.values()) context.lose(loss);
    const columns = batch.columns.toSpliced(first, removed, ...builders.map((b) => b.finish()));
    const cutOne: Batch = { ...batch, schema: split, columns };
    if (gone.size > 0) {
      const rows = batch.selection ?? Uint32Array.from({ length: batch.rowCount }, (_, r) => r);
      cutOne.selection = rows.filter((row) => !gone.has(row));
    }
    return cutOne;
  }

  return {
    schema: split,
    needs: (wanted) =>
      new Set([
        position,
        ...[...wanted].flatMap((at) =>
          at < first ? [at] : at < first + names.length ? [] : [at - names.length + removed],
        ),
      ]),
    async *apply(batches) {
      let rowsBefore = 0;
      for await (const batch of batches) {
        signal.throwIfAborted();
        const done = cutBatch(batch, rowsBefore);
        rowsBefore += batch.rowCount;
        if (selectedCount(done) > 0) yield done;
      }
    },
  };
}
