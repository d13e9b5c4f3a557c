// The condition that groups must meet, over the columns of the result.
import { ExportError } from '../../contract/errors.ts';
import { expressionOfFilter, parseFilter } from '../../contract/filter-text.ts';
import type { FilterExpression } from '../../contract/filter.ts';
import { compileExpression, needCondition } from '../../expression/compile.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import type { Schema } from '../../table/data-type.ts';

/** Gives the batch with only those of its selected rows left that meet the condition. */
export type Having = (batch: Batch) => Batch;

/** A text of blanks, or null, lets everything pass. Throws for a condition that cannot be read or compiled. */
export function compileHaving(
  having: string | FilterExpression | null,
  schema: Schema,
  clock: { timeZone: string; startedAtMs: number },
): Having {
  if (having === null || (typeof having === 'string' && having.trim() === ''))
    return (batch) => batch;
  const filter = typeof having === 'string' ? parseFilter(having) : having;
  const expression = expressionOfFilter(filter);
  const compiled = compileExpression(expression, schema, {
    ...clock,
    onError(_batch, _row, sentence) {
      throw new ExportError('expression.failed', { detail: sentence, where: '' });
    },
  });
  needCondition(expression, compiled.type);
  return (batch) => {
    const count = selectedCount(batch);
    const rows = batch.selection ?? Uint32Array.from({ length: count }, (_, row) => row);
    const out = new Uint32Array(count);
    const kept = compiled.select(batch, rows, count, true, out);
    return kept === count ? batch : { ...batch, selection: out.slice(0, kept) };
  };
}
