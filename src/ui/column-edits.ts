// What a person settled about a column of the source: found in the plan, given another type, and taken back.
import type { ColumnEdit, ExportConfig } from '../contract/config.ts';
import type { ColumnRef } from '../contract/filter.ts';
import type { InspectedColumn } from '../contract/verbs.ts';

/** What is settled about a column. */
export type Edit = Omit<ColumnEdit, 'column'>;

export function isSameColumn(a: ColumnRef, b: ColumnRef): boolean {
  return a.name === b.name && (a.nth ?? 0) === (b.nth ?? 0);
}

/** The edits with this one; an empty one is left out. */
export function withEdit(
  columns: readonly ColumnEdit[] | undefined,
  column: ColumnRef,
  edit: Edit,
): ColumnEdit[] {
  const before = columns ?? [];
  const at = before.findIndex((each) => isSameColumn(each.column, column));
  const isEmpty = Object.values(edit).every((value) => value === undefined);
  const next = isEmpty ? [] : [{ column, ...edit }];
  return at < 0 ? [...before, ...next] : before.toSpliced(at, 1, ...next);
}

/** The column as edits name it: by what the source calls it. */
export function ownRefOf({ name, nth, edited }: InspectedColumn): ColumnRef {
  const own = edited ?? { name, nth };
  return own.nth === 0 ? { name: own.name } : own;
}

/** What was settled about the column; empty where nothing was. */
export function editOf(columns: readonly ColumnEdit[] | undefined, column: ColumnRef): Edit {
  const found = columns?.find((each) => isSameColumn(each.column, column));
  if (found === undefined) return {};
  const { column: _, ...edit } = found;
  return edit;
}

/** The plan with another edit of this column of its first source, and no steps. */
export function withoutSteps(config: ExportConfig, column: ColumnRef, edit: Edit): ExportConfig {
  const [source, ...sources] = config.sources;
  const [dataset, ...datasets] = config.datasets;
  return {
    ...config,
    sources: [{ ...source!, columns: withEdit(source!.columns, column, edit) }, ...sources],
    datasets: [{ ...dataset!, steps: [] }, ...datasets],
  };
}

const isTime = (type: string): boolean => /^(date|time)/.test(type);
const isNumber = (type: string): boolean => /^(u?int|float|decimal)/.test(type);

/** How values stand in the text, as far as it says something of values of this type. */
export function spellingFor(
  type: string,
  { pattern, numbers }: { pattern?: unknown; numbers?: unknown },
): { pattern?: unknown; numbers?: unknown } {
  return {
    ...(pattern !== undefined && isTime(type) && { pattern }),
    ...(numbers !== undefined && isNumber(type) && { numbers }),
  };
}

/** The edit with another type; null: that of the proposal. What was said of its spelling goes where it says nothing of the new type. */
export function retyped(edit: Edit, type: string | null): Edit {
  const { type: _t, onMisfit, pattern, numbers, ...rest } = edit;
  if (type === null) return rest;
  return {
    ...rest,
    type,
    onMisfit: onMisfit ?? 'reject',
    ...(spellingFor(type, { pattern, numbers }) as Edit),
  };
}
