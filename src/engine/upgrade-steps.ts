// Columns and date range of the flat form as steps.
import type { FilterExpression } from '../contract/filter.ts';
import { parseFilter } from '../contract/filter-text.ts';
import { invalidAt, isRecord, namesAt, textAt } from './upgrade-checks.ts';

const ALIASES = new Map([
  ['dateFrom', 'date_from'],
  ['dateTo', 'date_to'],
  ['dateColumn', 'date_column'],
]);

/** `filters` as a tree: `{date_from, date_to, date_column}`, a filter's text form, or the tree itself. */
export function readDateRange(
  filters: unknown,
  dateColumn: unknown,
  notes: string[],
): FilterExpression | string | null {
  if (filters === undefined) {
    if (dateColumn !== undefined)
      throw invalidAt('date_column', 'has no range: give filters.date_from or filters.date_to');
    return null;
  }
  if (typeof filters === 'string') {
    parseFilter(filters);
    return filters;
  }
  if (!isRecord(filters))
    throw invalidAt('filters', 'must be an object or a filter in its text form');
  // The step checks the tree itself.
  if ('op' in filters) return filters as unknown as FilterExpression;
  const values = new Map<string, string>();
  for (const [given, value] of Object.entries(filters)) {
    const key = ALIASES.get(given) ?? given;
    if (!['date_from', 'date_to', 'date_column'].includes(key))
      throw invalidAt(`filters.${given}`, 'is not one of date_from, date_to, date_column');
    if (value !== null && value !== undefined) values.set(key, textAt(value, `filters.${given}`));
  }
  const from = values.get('date_from');
  const to = values.get('date_to');
  if (from === undefined && to === undefined) return null;
  const column =
    values.get('date_column') ??
    (dateColumn === undefined ? undefined : textAt(dateColumn, 'date_column'));
  if (column === undefined)
    throw invalidAt(
      'filters.date_column',
      'is missing: it names the column that date_from and date_to are held against',
    );
  const ends = [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(' and ');
  notes.push(
    `Rows whose “${column}” is ${ends} are exported; date_to itself is no longer included.`,
  );
  return { op: 'in-range', column: { name: column }, ...(from && { from }), ...(to && { to }) };
}

/** A list of names, or `{include, exclude, order, rename}`, as options of the select step. */
export function readColumns(columns: unknown): Record<string, unknown> | null {
  if (columns === undefined) return null;
  if (Array.isArray(columns)) {
    const names = namesAt(columns, 'columns');
    return { include: names, order: names };
  }
  if (!isRecord(columns)) throw invalidAt('columns', 'must be a list of names or an object');
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(columns)) {
    if (!['include', 'exclude', 'order', 'rename'].includes(key))
      throw invalidAt(`columns.${key}`, 'is not one of include, exclude, order, rename');
    if (value === null || value === undefined) continue;
    if (key !== 'rename') options[key] = namesAt(value, `columns.${key}`);
    else if (isRecord(value))
      // A list of pairs, as names such as __proto__ are no keys.
      options[key] = Object.entries(value).map(([column, name]) => ({
        column,
        name: textAt(name, `columns.rename.${column}`),
      }));
    else throw invalidAt('columns.rename', 'must map old names to new ones');
  }
  return Object.keys(options).length === 0 ? null : options;
}
