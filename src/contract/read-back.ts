// What formats share when they say how their values compare after they were read back.
import type { CompareRule } from '../table/canonical-cell.ts';
import type { DataType, Schema } from '../table/data-type.ts';
import type { ColumnMeasure } from '../table/fingerprint.ts';

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
