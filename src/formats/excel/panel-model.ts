// What the forms for charts and pivot tables read and change: options as they were given, of which all but the columns may be missing.

/** A column of the output. */
export interface PanelColumn {
  name: string;
  type: string;
  /** Its data set, where there are several. */
  table?: string;
}

export type ColumnRef = string | { name: string; nth?: number };

export type Given = Readonly<Record<string, unknown>>;

/** Options as a list, however they were given. */
export function listOf(value: unknown): Given[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list.filter((one): one is Given => typeof one === 'object' && one !== null);
}

/** Columns in an option: one, a list, or things that have one. */
export function refsOf(value: unknown): ColumnRef[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list as ColumnRef[];
}

/** A column of a value: alone, or with what is said of it. */
export function valueOf(value: unknown): Given & { column: ColumnRef } {
  return typeof value === 'object' && value !== null && 'column' in value
    ? (value as Given & { column: ColumnRef })
    : { column: value as ColumnRef };
}

export function nameOf(ref: ColumnRef): string {
  return typeof ref === 'string' ? ref : ref.name;
}

/** Position of the column, -1 where there is none. */
export function placeOf(columns: readonly PanelColumn[], ref: ColumnRef): number {
  let left = typeof ref === 'string' ? 0 : (ref.nth ?? 0);
  return columns.findIndex(({ name }) => name === nameOf(ref) && left-- === 0);
}

/** How an option names the column. */
export function refOf(columns: readonly PanelColumn[], place: number): ColumnRef {
  const { name } = columns[place]!;
  const nth = columns.slice(0, place).filter((column) => column.name === name).length;
  return nth === 0 ? name : { name, nth };
}

export function labelOf(columns: readonly PanelColumn[], place: number): string {
  const ref = refOf(columns, place);
  return typeof ref === 'string' ? ref || '(no name)' : `${ref.name} #${ref.nth! + 1}`;
}

export function isNumber({ type }: PanelColumn): boolean {
  return /^(?:u?int|float|decimal)/.test(type);
}

/** Position of the column to group by: words first, of which there are few different ones as a rule; -1 where there is none. */
function findCategory(columns: readonly PanelColumn[], but: number): number {
  const find = (types: RegExp): number =>
    columns.findIndex(({ type }, i) => i !== but && types.test(type));
  const words = find(/^(?:utf8|dictionary|bool)/);
  return words >= 0 ? words : find(/^(?:date|timestamp)/);
}

/** Columns of one data set; the first's where none is named. */
export function columnsOf(
  columns: readonly PanelColumn[],
  dataset: unknown,
): readonly PanelColumn[] {
  const table = dataset ?? columns[0]?.table;
  return columns.filter((column) => column.table === table);
}

/** A chart to begin with; null where nothing can be drawn. */
export function newChart(columns: readonly PanelColumn[]): Given | null {
  const own = columnsOf(columns, undefined);
  const value = own.findLastIndex(isNumber);
  if (value < 0) return null;
  const category = findCategory(own, value);
  return {
    kind: 'column',
    ...(category >= 0 && { category: refOf(own, category) }),
    values: [refOf(own, value)],
    ...(category >= 0 && { combine: 'sum' }),
  };
}

/** A pivot table to begin with; null where there are no columns. */
export function newPivot(columns: readonly PanelColumn[]): Given | null {
  const own = columnsOf(columns, undefined);
  if (own.length === 0) return null;
  const field = Math.max(0, findCategory(own, -1));
  const value = own.findLastIndex((column, i) => i !== field && isNumber(column));
  return {
    rows: [refOf(own, field)],
    values:
      value < 0
        ? [{ column: refOf(own, field), function: 'count' }]
        : [{ column: refOf(own, value), function: 'sum' }],
  };
}

/** The options with others; what is undefined is taken out. */
export function withOptions(given: Given, changed: Given): Given {
  const entries = Object.entries({ ...given, ...changed });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
