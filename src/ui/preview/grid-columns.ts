// The columns of the rows grid: each one that goes out, with what is known of it from the source.
import type { InspectedColumn, Preview, PreviewCell } from '../../contract/verbs.ts';
import { columnsOf, type ColumnChoice } from '../plan/steps.ts';

export interface GridColumn {
  /** As it goes out. */
  name: string;
  type: string;
  /** Tells the column from the others, under whatever name it goes out. */
  key: string;
  /** Its choice in the plan and its column of the source; null while the preview is older than the plan. */
  choice: ColumnChoice | null;
  inspected: InspectedColumn | null;
}

/** The preview's columns side by side with those of the source they were made of. */
export function gridColumns(
  columns: Preview['columns'],
  inspected: readonly InspectedColumn[],
  select: Record<string, unknown> | undefined,
): GridColumn[] {
  const out = columnsOf(inspected, select).filter((choice) => choice.isOut);
  const nameOf = (choice: ColumnChoice) => choice.newName ?? choice.ref.name;
  const isSame =
    out.length === columns.length && out.every((each, i) => nameOf(each) === columns[i]!.name);
  const byName = new Map(isSame ? [] : out.map((choice) => [nameOf(choice), choice]));
  return columns.map(({ name, type }, i) => {
    const choice = (isSame ? out[i] : byName.get(name)) ?? null;
    const source = choice === null ? null : (inspected[choice.place] ?? null);
    const key = source === null ? `out ${name}` : `${source.nth} ${source.name}`;
    return { name, type, key, choice, inspected: source };
  });
}

const NUMBER = /^[+\-−]?[\d.,_' \u00a0\u202f]*\d[\d.,_' \u00a0\u202f]*(?:[eE][+-]?\d+)?$/;
const DATE = /^[+-]?\d{4,}-\d\d-\d\d$/;
const TIMESTAMP = /^[+-]?\d{4,}-\d\d-\d\d[ Tt]\d\d:\d\d/;
const BOOL = /^(?:true|false)$/i;
const NO_NUMBER = /^[+-]?(?:nan|inf(?:inity)?)$/i;

/**
 * Whether a cell that was only moved plainly is not of its column's type. Told by its form alone: numbers with
 * whatever signs for decimals and thousands, dates and times as ISO 8601 writes them; what the form allows, the engine reads.
 */
export function isMisfit(type: string, value: PreviewCell | undefined): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (/^u?int/.test(type)) return !NUMBER.test(value.trim());
  if (/^(float|decimal)/.test(type))
    return !NUMBER.test(value.trim()) && !NO_NUMBER.test(value.trim());
  if (type === 'bool') return !BOOL.test(value);
  if (type === 'date') return !DATE.test(value);
  return type.startsWith('timestamp') && !TIMESTAMP.test(value);
}

/** Cells longer than this come shortened, with … at their end. */
const MOST_CHARACTERS = 500;

export function isShortened(value: PreviewCell | undefined): boolean {
  return value?.length === MOST_CHARACTERS + 1 && value.endsWith('…');
}
