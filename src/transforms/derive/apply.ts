// Adds computed columns beside the ones that come in; rows that cannot be computed go by policy.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import { lineOfRow } from '../../table/text-block.ts';
import { arrange } from './arrange.ts';
import type { DeriveOptions } from './options.ts';

interface Failure {
  row: number;
  column: string;
  sentence: string;
}

/** 1-based source lines of rows asked for in ascending order; 0 where the rows have none. */
function lineReader({ block }: Batch): (row: number) => number {
  if (block === null) return () => 0;
  if (block.lines) return (row) => block.lines![row]!;
  let at = 0;
  let line = block.firstLine;
  return (row) => {
    const { bytes, ends, columnCount, start } = block;
    const from = at === 0 ? start : ends[at * columnCount - 1]! + 1;
    const to = row === 0 ? start : ends[row * columnCount - 1]! + 1;
    for (let i = from; i < to; i++) if (bytes[i] === 10) line++;
    at = row;
    return line;
  };
}

/** The batch without the rows that failed. */
function without(batch: Batch, failed: readonly Failure[]): Batch {
  const gone = new Set(failed.map(({ row }) => row));
  const rows = batch.selection ?? Uint32Array.from({ length: batch.rowCount }, (_, row) => row);
  return { ...batch, selection: rows.filter((row) => !gone.has(row)) };
}

export function open(context: TransformContext<DeriveOptions>): Transform {
  const { timeZone, startedAtMs, signal, options } = context;
  const { onError } = options;
  let failures: Failure[] = [];
  const { steps, schema, origins, used } = arrange(options.columns, context.schema, (name) => ({
    timeZone,
    startedAtMs,
    onError(batch, row, sentence) {
      const column = shorten(name);
      if (onError === 'fail') {
        const line = batch.block === null ? '' : ` on line ${lineOfRow(batch.block, row)}`;
        const where = ` (column “${column}”${line})`;
        throw new ExportError('expression.failed', { detail: sentence, where });
      }
      if (onError === 'null')
        context.lose({
          code: 'derive.failed',
          sentence: 'A value that could not be computed was left empty.',
          column: name,
          count: 1,
          example: sentence,
        });
      else failures.push({ row, column: name, sentence });
    },
  }));

  /** Rows of the batches before. */
  let rowsBefore = 0;
  const rejectAll = (batch: Batch): void => {
    const lineOf = lineReader(batch);
    for (const { row, column, sentence } of failures.toSorted((a, b) => a.row - b.row))
      context.reject({
        row: (batch.block?.firstRow ?? rowsBefore) + row,
        line: lineOf(row),
        column,
        code: 'expression.failed',
        sentence,
      });
  };

  if (steps.length === 0)
    return {
      schema: context.schema,
      apply: (batches) => batches,
      needs: (wanted) => wanted,
    };
  return {
    schema,
    needs: (wanted) =>
      new Set([...used, ...[...wanted].map((at) => origins[at]!).filter((origin) => origin >= 0)]),
    async *apply(batches) {
      for await (const batch of batches) {
        signal.throwIfAborted();
        let current = batch;
        for (const { compiled, before, at, replaced } of steps) {
          failures = [];
          const column = compiled.evaluate({ ...current, schema: before });
          if (failures.length > 0) {
            rejectAll(current);
            current = without(current, failures);
          }
          current = { ...current, columns: current.columns.toSpliced(at, replaced, column) };
          if (selectedCount(current) === 0) break;
        }
        rowsBefore += batch.rowCount;
        // A batch without rows is of no use to anyone behind.
        if (selectedCount(current) > 0) yield { ...current, schema };
      }
    },
  };
}
