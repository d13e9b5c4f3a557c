// The columns that an option can name, and how a given name is found among them.
import type { CheckResult } from '../../contract/verbs.ts';

/** How an option names a column: its name, or with its number among those of the name. */
export type Ref = string | { name: string; nth?: number };

/** A column that can be chosen. */
export interface ColumnChoice {
  name: string;
  /** Which of those of its name, 0 = first. */
  nth: number;
  type: string;
}

/** Columns of the output, those of `table` alone where one is named; what several tables have is there once. */
export function columnChoices(
  columns: CheckResult['columns'],
  isNumbered: boolean,
  table?: unknown,
): ColumnChoice[] {
  const isOther = typeof table === 'string' && columns.some((column) => column.table === table);
  const counts = new Map<string, number>();
  const found = new Map<string, ColumnChoice>();
  for (const { name, type, table: own } of columns) {
    if (isOther && own !== table) continue;
    const nth = counts.get(`${own} ${name}`) ?? 0;
    counts.set(`${own} ${name}`, nth + 1);
    const key = `${nth} ${name}`;
    if ((nth === 0 || isNumbered) && !found.has(key)) found.set(key, { name, nth, type });
  }
  return [...found.values()];
}

export function nameOf(ref: Ref): string {
  return typeof ref === 'string' ? ref : ref.name;
}

export function nthOf(ref: Ref): number {
  return typeof ref === 'string' ? 0 : (ref.nth ?? 0);
}

export function refOf({ name, nth }: Pick<ColumnChoice, 'name' | 'nth'>): Ref {
  return nth === 0 ? name : { name, nth };
}

/** Its place among the choices; -1: there is no such column. */
export function placeOf(choices: readonly ColumnChoice[], ref: Ref): number {
  return choices.findIndex(({ name, nth }) => name === nameOf(ref) && nth === nthOf(ref));
}

/** Columns in an option's value: one, a list of them, or none. */
export function refsOf(value: unknown): Ref[] {
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return list.filter(isRef);
}

function isRef(value: unknown): value is Ref {
  if (typeof value === 'string') return true;
  return (
    typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
  );
}
