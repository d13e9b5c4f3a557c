// Holds rows against rules: first those about a row alone, then that keys come once.
import { resolveColumn } from '../../contract/columns.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import type { ValidateOptions } from './options.ts';
import { tell, type Verdict } from './outcome.ts';
import { createRules } from './rules.ts';
import { keepUnique, without } from './unique.ts';

export function open(context: TransformContext<ValidateOptions>): Transform {
  const { schema, options, signal } = context;
  const rules = createRules(context);
  const keys = options.unique.map((key) => key.map((ref) => resolveColumn(schema, ref)));
  const removes = options.action === 'reject';

  async function* byRow(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    let rowsBefore = 0;
    for await (const batch of batches) {
      signal.throwIfAborted();
      const first = batch.block?.firstRow ?? rowsBefore;
      rowsBefore += batch.rowCount;
      const broken = brokenRules(batch);
      tell(batch, broken, (row) => first + row, context);
      const rows = broken.map(({ row }) => row);
      const kept = removes ? without(batch, rows) : batch;
      if (selectedCount(kept) > 0) yield kept;
    }
  }

  /** Rows with the rules they break, ascending by row; a row that is left out breaks one, which is enough. */
  function brokenRules(batch: Batch): { row: number; verdict: Verdict }[] {
    const all = batch.selection ?? Uint32Array.from({ length: batch.rowCount }, (_, row) => row);
    const found: { row: number; verdict: Verdict }[] = [];
    const gone = new Set<number>();
    /** By column, rows whose text is no value of its type. */
    const unfit = new Map<number, Set<number>>();
    for (const rule of rules) {
      const unread = rule.looksAt.flatMap((column) => unfit.get(column) ?? []);
      const isRead = (row: number): boolean => !unread.some((rows) => rows.has(row));
      const rows =
        gone.size + unread.length === 0 ? all : all.filter((row) => !gone.has(row) && isRead(row));
      const broken = rule.broken(batch, rows);
      for (const row of broken) {
        found.push({ row, verdict: rule });
        if (removes) gone.add(row);
      }
      if (rule.isTypeRule && broken.length > 0) unfit.set(rule.looksAt[0]!, new Set(broken));
    }
    return found.sort((a, b) => a.row - b.row);
  }

  return {
    schema,
    needs: (wanted) =>
      new Set([...wanted, ...rules.flatMap(({ looksAt }) => looksAt), ...keys.flat()]),
    async *apply(batches) {
      let rows: AsyncIterable<Batch> = rules.length === 0 ? batches : byRow(batches);
      for (const key of options.unique) rows = keepUnique(rows, key, context);
      yield* rows;
    },
  };
}
