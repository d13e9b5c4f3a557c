// What a pivot table is made of once its source is known: the description that its parts are written from.

export const PIVOT_FUNCTIONS = ['sum', 'count', 'average', 'min', 'max'] as const;

export type PivotFunction = (typeof PIVOT_FUNCTIONS)[number];

export const PIVOT_LAYOUTS = ['compact', 'outline', 'tabular'] as const;

export type PivotLayout = (typeof PIVOT_LAYOUTS)[number];

/** Grand totals of each row, of each column. */
export const PIVOT_TOTALS = ['both', 'rows', 'columns', 'none'] as const;

/** The cells that pivot tables read, and what their columns are called. */
export interface PivotSource {
  sheet: string;
  /** `A1:D201`, the header with it. */
  range: string;
  /** One per column of the range, unique whatever the case. */
  fields: readonly string[];
}

export interface PivotValue {
  field: number;
  function: PivotFunction;
  /** Shown as the heading; none of the fields' names. */
  name: string;
  /** Code of its number format; empty = General. */
  format: string;
}

/** A pivot table; fields are positions in its source. */
export interface Pivot {
  name: string;
  rows: readonly number[];
  columns: readonly number[];
  filters: readonly number[];
  values: readonly PivotValue[];
  layout: PivotLayout;
  subtotals: boolean;
  /** A last column that sums each row up; a last row for each column. */
  grandTotals: (typeof PIVOT_TOTALS)[number];
  style: string;
}

/** Where a pivot table stands on its sheet and how much of that is headings; rows and columns count from 1. */
export interface PivotPlace {
  firstRow: number;
  /** Rows from the first to the names of columns, and to the first value. */
  headerRow: number;
  dataRow: number;
  dataColumn: number;
}

/** The filters stand above, with a row between. */
export function placePivot({ rows, columns, filters, values, layout }: Pivot): PivotPlace {
  const isSpread = values.length > 1;
  const across = columns.length + (isSpread ? 1 : 0);
  return {
    firstRow: Math.max(3, filters.length > 0 ? filters.length + 2 : 0),
    headerRow: columns.length === 0 && isSpread ? 0 : 1,
    dataRow: columns.length === 0 ? 1 : across + 1,
    dataColumn: layout === 'compact' ? 1 : Math.max(1, rows.length),
  };
}

/** The names as a spreadsheet tells columns of the same name apart: the second “a” is “a2”. */
export function pivotFields(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; taken.has(own.toLowerCase()); n++) own = `${name}${n}`;
    taken.add(own.toLowerCase());
    return own;
  });
}
