// The filter that a cell's value makes, joined to the filter there is.
import { formatFilter, parseFilter } from '../../contract/filter-text.ts';
import type { ColumnRef, FilterExpression, FilterValue } from '../../contract/filter.ts';
import type { PreviewCell } from '../../contract/verbs.ts';

/** The text of `filter and column = value`; the same text when it asks for that already. */
export function filterByValue(
  filter: string,
  column: ColumnRef,
  type: string,
  value: PreviewCell,
): string {
  const condition: FilterExpression =
    value === null
      ? { op: 'is-null', column }
      : { op: '=', column, value: constantOf(type, value) };
  const text = formatFilter(condition);
  if (filter.trim() === '') return text;
  const now = parseFilter(filter);
  const parts = now.op === 'and' ? now.of : [now];
  if (parts.some((part) => formatFilter(part) === text)) return filter;
  return now.op === 'or' ? `(${filter}) and ${text}` : `${filter} and ${text}`;
}

/** As the column's type: a number only where it loses nothing by being one. */
function constantOf(type: string, value: string): FilterValue {
  if (type === 'bool' && /^(true|false)$/.test(value)) return value === 'true';
  if (/^(u?int|float|decimal)/.test(type) && String(Number(value)) === value) return Number(value);
  return value;
}
