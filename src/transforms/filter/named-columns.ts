// Which columns a filter looks at.
import { resolveColumn } from '../../contract/columns.ts';
import type { ColumnRef, FilterExpression } from '../../contract/filter.ts';
import type { Schema } from '../../table/data-type.ts';

/** Positions of the columns that a filter names anywhere. Throws `config.unknown-column`. */
export function namedColumns(filter: FilterExpression, schema: Schema): Set<number> {
  const found = new Set<number>();
  const waiting: unknown[] = [filter];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node))
      if (key === 'column') found.add(resolveColumn(schema, value as ColumnRef));
      else waiting.push(value);
  }
  return found;
}
