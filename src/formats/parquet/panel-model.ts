// What the form of the schema shows of its entries, and what becomes of them when it is used.

/** A column of the output as the panel gets it. */
export interface PanelColumn {
  name: string;
  type: string;
}

/** An entry of the option `schema`; what else stands in it is kept. */
export interface Entry {
  column: string | { name: string; nth?: number };
  type?: string;
  required?: boolean;
  [other: string]: unknown;
}

/** A column by its place, with what the schema says of it. */
export interface Line {
  name: string;
  /** The type that it has. */
  own: string;
  /** Lists and structures stay as they are. */
  isNested: boolean;
  type: string;
  isRequired: boolean;
}

export const TYPES = [
  'string',
  'enum',
  'uuid',
  'json',
  'binary',
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
  'decimal(18,2)',
  'decimal(38,10)',
  'date',
  'time(ms)',
  'time(us)',
  'timestamp(ms)',
  'timestamp(us)',
  'timestamp(ns)',
  'timestamp(ms, UTC)',
  'timestamp(us, UTC)',
  'timestamp(ns, UTC)',
] as const;

/** The entries of a value; none where it is no list. */
export function entriesOf(value: unknown): Entry[] {
  return Array.isArray(value) ? (value as Entry[]) : [];
}

/** How often the name of the column at `at` came before. */
function nthOf(columns: readonly PanelColumn[], at: number): number {
  return columns.slice(0, at).filter(({ name }) => name === columns[at]!.name).length;
}

function placeOf(entries: readonly Entry[], name: string, nth: number): number {
  return entries.findIndex(({ column }) =>
    typeof column === 'string'
      ? column === name && nth === 0
      : column.name === name && (column.nth ?? 0) === nth,
  );
}

/** A line for each column, in order. */
export function linesOf(value: unknown, columns: readonly PanelColumn[]): Line[] {
  const entries = entriesOf(value);
  return columns.map(({ name, type }, at): Line => {
    const entry = entries[placeOf(entries, name, nthOf(columns, at))];
    return {
      name,
      own: type,
      isNested: /^(list|struct|map)</.test(type),
      type: entry?.type ?? '',
      isRequired: entry?.required === true,
    };
  });
}

/** The entries after a change of the column at `at`; an entry that says nothing any more goes. */
export function withLine(
  value: unknown,
  columns: readonly PanelColumn[],
  at: number,
  change: { type?: string; isRequired?: boolean },
): Entry[] {
  const entries = entriesOf(value);
  const { name } = columns[at]!;
  const nth = nthOf(columns, at);
  const place = placeOf(entries, name, nth);
  const { type, required, ...rest } = entries[place] ?? {
    column: nth === 0 ? name : { name, nth },
  };
  const nextType = change.type ?? type ?? '';
  const isRequired = change.isRequired ?? required === true;
  const entry: Entry = {
    ...(rest as Entry),
    ...(nextType !== '' && { type: nextType }),
    ...(isRequired && { required: true }),
  };
  const isEmpty = Object.keys(entry).length === 1;
  if (place < 0) return isEmpty ? entries : [...entries, entry];
  return isEmpty ? entries.toSpliced(place, 1) : entries.with(place, entry);
}
