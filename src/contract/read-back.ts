// What formats share when they say how their values compare after they were read back.
import type { CompareRule } from '../table/canonical-cell.ts';
import type { DataType, Schema } from '../table/data-type.ts';
import type { EncodedTable } from './encoder.ts';
import type { ColumnMeasure } from '../table/fingerprint.ts';

/** What a format's files were made with. */
export interface ReadBackContext<O> {
  options: O;
  schema: Schema;
  /** Where a file holds several data sets: all of them, and at which place of them the one stands that is asked about. */
  among?: { tables: readonly EncodedTable[]; place: number };
}

/** How a source plug-in reads what a format's options wrote, and how its values compare with those that were written. */
export interface ReadBack {
  kind: string;
  options: Record<string, unknown>;
  /** As {@link SourceConfig.table} names it; missing = the only one, or that the options lead to it. */
  table?: string;
  /** Rows that one sheet of the file takes: more stand on further ones, all of them rows. 0: on any of them, in any order. */
  sheetRows?: number;
  /** Sheets without rows stand behind them. */
  addsSheets?: true;
  /** Parallel to the schema's fields. */
  columns: ColumnMeasure[];
  /** The names come back as they are, where each is another one. */
  hasNames?: true;
  /** Parallel to the columns, where names come back otherwise spelt than they are. */
  names?: readonly string[];
  /** Nulls are left out, names and all: columns stand in the order of their first values, or nowhere. */
  omitsNulls?: true;
  /** Rows of nulls at the end do not come back: nothing tells them from what lies below a table. */
  dropsLastNulls?: true;
}

/** How values of a type compare in a format that holds types, or texts that say the same. */
export function ruleOf({ kind }: DataType): CompareRule {
  switch (kind) {
    case 'int':
    case 'decimal':
    case 'float':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'date':
    case 'time':
    case 'timestamp':
      return 'instant';
    case 'json':
      return 'json';
    case 'list':
    case 'struct':
    case 'map':
      return 'nulls';
    default:
      return 'text';
  }
}

/** A measure of each column; `rule` says where a format holds less. */
export function measuresOf(
  { fields }: Schema,
  rule: (type: DataType) => CompareRule | undefined = () => undefined,
  more: (type: DataType) => Partial<ColumnMeasure> = () => ({}),
): ColumnMeasure[] {
  return fields.map(({ name, type }) => {
    const own = rule(type) ?? ruleOf(type);
    return {
      name,
      rule: own,
      // Sums of doubles depend on their order.
      ...(own === 'number' && type.kind !== 'float' && { hasSum: true }),
      ...more(type),
    };
  });
}

/** The first option that is not one of these and not at its default: what it writes is not read back. */
export function unreadOption(
  options: object,
  defaults: object,
  harmless: readonly string[],
): string | null {
  for (const [id, value] of Object.entries(options))
    if (
      !harmless.includes(id) &&
      JSON.stringify(value) !== JSON.stringify((defaults as Record<string, unknown>)[id])
    )
      return id;
  return null;
}

/** Why values are not compared where an option changes what is written. */
export const cannotRead = (option: string): { cannot: string } => ({
  cannot: `the option ${option} writes what cannot be read back as it was`,
});
