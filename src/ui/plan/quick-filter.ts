// Quick filters: a column's most frequent values, each one click to keep or leave, as one condition of the filter.
import { formatFilter, parseFilter } from '../../contract/filter-text.ts';
import type { ColumnRef, FilterExpression, FilterValue } from '../../contract/filter.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { isSameColumn } from '../column-edits.ts';
import { sourceColumns } from './steps.ts';

export interface QuickColumn {
  ref: ColumnRef;
  column: InspectedColumn;
  values: { text: string; value: FilterValue; count: number }[];
  /** Sampled values that are none of these. */
  others: number;
}

/** Columns with more values than these are not for choosing one. */
const MOST_VALUES = 50;

/** Columns that few values make up, fewest first. */
export function quickColumns(columns: readonly InspectedColumn[]): QuickColumn[] {
  const refs = sourceColumns(columns);
  return columns
    .flatMap((column, place): QuickColumn[] => {
      const { shape, type, distinctCount } = column;
      if (shape?.kind !== 'values' || distinctCount < 2 || distinctCount > MOST_VALUES) return [];
      const values = shape.values.flatMap((text, i) =>
        // A shortened text is not the value.
        text.endsWith('…')
          ? []
          : [{ text, value: type === 'bool' ? text === 'true' : text, count: shape.counts[i]! }],
      );
      return values.length < 2
        ? []
        : [{ ref: refs[place]!.ref, column, values, others: shape.others }];
    })
    .sort((a, b) => a.column.distinctCount - b.column.distinctCount);
}

/** The parts that all hold; null when the text cannot be read. */
function partsOf(text: string): FilterExpression[] | null {
  if (text.trim() === '') return [];
  try {
    const filter = parseFilter(text);
    return filter.op === 'and' ? filter.of : [filter];
  } catch {
    return null;
  }
}

/** Values of the list that the part keeps of the column; null when it is another kind of part. */
function keptBy(part: FilterExpression, column: ColumnRef): FilterValue[] | null {
  if (part.op !== 'in' && part.op !== '=') return null;
  if (!('column' in part) || !isSameColumn(part.column, column)) return null;
  if ('ignoreCase' in part || 'ignoreAccents' in part) return null;
  if (part.op === 'in') return 'values' in part ? [...part.values] : null;
  return 'value' in part ? [part.value] : null;
}

/** Values of the column that the filter keeps alone; empty when it leaves the choice open. */
export function keptValues(text: string, column: ColumnRef): FilterValue[] {
  return (partsOf(text) ?? []).flatMap((part) => keptBy(part, column) ?? []);
}

/** The filter with the value added to those kept of the column, or taken from them; null when it cannot be read. */
export function withQuickValue(text: string, column: ColumnRef, value: FilterValue): string | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const at = parts.findIndex((part) => keptBy(part, column) !== null);
  const kept = at < 0 ? [] : keptBy(parts[at]!, column)!;
  const values = kept.includes(value) ? kept.filter((each) => each !== value) : [...kept, value];
  const next: FilterExpression[] =
    values.length === 0 ? [] : [{ op: 'in', column, values } as FilterExpression];
  const all = at < 0 ? [...parts, ...next] : parts.toSpliced(at, 1, ...next);
  if (all.length === 0) return '';
  return formatFilter(all.length === 1 ? all[0]! : { op: 'and', of: all });
}
