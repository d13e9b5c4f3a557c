// What the Data step says, as the options of the steps select, filter and limit, and back again.
import type { ColumnRef } from '../../contract/filter.ts';
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

export function limitStep(limit: number | null, offset: number): Options {
  return { limit, offset };
}
