// What the Data step says, as the options of the steps select, filter and limit, and back again.
import { formatFilter } from '../../contract/filter-text.ts';
import type { ColumnRef, FilterExpression } from '../../contract/filter.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';

/** One column as the plan has it: whether it goes out, and under which name. */
export interface ColumnChoice {
  ref: ColumnRef;
  /** 0-based position in the source. */
  place: number;
  isOut: boolean;
  /** null keeps the source's name. */
  newName: string | null;
}

type Options = Record<string, unknown>;

/** The columns of the source as they are: all out, in their order. */
export function sourceColumns(columns: readonly InspectedColumn[]): ColumnChoice[] {
  // A bare name stands for every column of that name.
  const repeated = new Set(columns.filter((column) => column.nth > 0).map((column) => column.name));
  return columns.map((column, place) => ({
    ref: repeated.has(column.name) ? { name: column.name, nth: column.nth } : { name: column.name },
    place,
    isOut: true,
    newName: null,
  }));
}

/**
 * The columns as a select step has them, left-out ones behind the one before them in the source. Columns the step names and
 * the source lacks are not among them.
 */
export function columnsOf(
  columns: readonly InspectedColumn[],
  select: Options | undefined,
): ColumnChoice[] {
  const all = sourceColumns(columns);
  if (select === undefined) return all;
  const key = (ref: ColumnRef): string => `${ref.nth ?? 0} ${ref.name}`;
  const refsOf = (value: unknown): ColumnRef[] | null =>
    Array.isArray(value)
      ? value.map((ref: unknown) => (typeof ref === 'string' ? { name: ref } : (ref as ColumnRef)))
      : null;
  const include = refsOf(select.include);
  const included = include && new Set(include.map(key));
  const excluded = new Set(refsOf(select.exclude)?.map(key));
  const names = new Map(
    (Array.isArray(select.rename)
      ? (select.rename as { column: ColumnRef | string; name: string }[])
      : []
    ).map(({ column, name }) => [
      key(typeof column === 'string' ? { name: column } : column),
      name,
    ]),
  );
  const chosen = all.map((column) => ({
    ...column,
    isOut: (included?.has(key(column.ref)) ?? true) && !excluded.has(key(column.ref)),
    newName: names.get(key(column.ref)) ?? null,
  }));
  const order = refsOf(select.order) ?? include;
  if (order === null) return chosen;
  const rank = new Map(order.map((ref, i) => [key(ref), i]));
  const ranked: ColumnChoice[] = chosen
    .filter((column) => rank.has(key(column.ref)))
    .sort((a, b) => rank.get(key(a.ref))! - rank.get(key(b.ref))!);
  for (const column of chosen) {
    if (rank.has(key(column.ref))) continue;
    const before = ranked.findIndex((each) => each.place === column.place - 1);
    ranked.splice(before + 1, 0, column);
  }
  return ranked;
}

/** null when the columns go out as the source has them. */
export function selectStep(columns: readonly ColumnChoice[]): Options | null {
  const out = columns.filter((column) => column.isOut);
  const options: Options = {};
  if (out.length < columns.length)
    options.exclude = columns.filter((column) => !column.isOut).map((column) => column.ref);
  if (out.some((column, i) => i > 0 && column.place < out[i - 1]!.place))
    options.order = out.map((column) => column.ref);
  const renamed = out.filter((column) => column.newName !== null);
  if (renamed.length > 0)
    options.rename = renamed.map((column) => ({ column: column.ref, name: column.newName }));
  return Object.keys(options).length === 0 ? null : options;
}

/** The filter as its text, which the engine reads as well. */
export function filterStep(text: string): Options {
  return { where: text };
}

/** The text of a stored filter, which may be a tree too. */
export function filterTextOf(options: Options | undefined): string {
  const where = options?.where;
  if (where === undefined || where === null) return '';
  return typeof where === 'string' ? where : formatFilter(where as FilterExpression);
}

export function limitStep(limit: number | null, offset: number): Options {
  return { limit, offset };
}
