// One schema for several tables: which columns they have in common by name, and where each stands in each of them.
import type { Field, Schema } from '../table/data-type.ts';
import { widen } from '../table/widen-types.ts';

/** One of the tables: a file, a data set. */
export interface NamedSchema {
  name: string;
  schema: Schema;
}

/** `same`: the columns of the first, in any order; `union`: those of all; `first`: what the first lacks is left out. */
export type UniteRule = 'same' | 'union' | 'first';

/** A column that `table` lacks where the first table has it, or the other way round. */
export interface ColumnDifference {
  table: string;
  column: string;
  lacks: boolean;
}

export interface UnitedSchema {
  fields: Field[];
  /** Per table, per field of the common schema: the column's place in the table, or -1. */
  places: number[][];
  /** Per table: names of columns that are left out. */
  leftOut: string[][];
}

/** Tells columns of the same name apart by their turn. */
function keysOf(schema: Schema): string[] {
  const seen = new Map<string, number>();
  return schema.fields.map(({ name }) => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return `${nth} ${name}`;
  });
}

const nameOf = (key: string): string => key.slice(key.indexOf(' ') + 1);

/**
 * Unites tables (at least one) by the rule; types widen (see `widen`), a column that a table lacks may be null. Throws what
 * `refuse` makes of the first difference under `same`. Fields keep the type objects they had wherever a type did not change.
 */
export function uniteSchemas(
  tables: readonly NamedSchema[],
  rule: UniteRule,
  refuse: (difference: ColumnDifference) => Error,
): UnitedSchema {
  const keys = tables.map(({ schema }) => keysOf(schema));
  const known = new Map<string, number>();
  const order: string[] = [];
  for (const [i, own] of keys.entries()) {
    const difference = i > 0 && rule === 'same' ? differenceOf(keys[0]!, own) : null;
    if (difference !== null) throw refuse({ ...difference, table: tables[i]!.name });
    if (i > 0 && rule !== 'union') continue;
    for (const key of own) {
      if (known.has(key)) continue;
      known.set(key, order.length);
      order.push(key);
    }
  }
  const fields: (Field | null)[] = order.map(() => null);
  const places = tables.map(() => order.map(() => -1));
  const leftOut: string[][] = tables.map(() => []);
  for (const [i, own] of keys.entries())
    for (const [c, key] of own.entries()) {
      const at = known.get(key);
      const field = tables[i]!.schema.fields[c]!;
      if (at === undefined) leftOut[i]!.push(field.name);
      else {
        places[i]![at] = c;
        fields[at] = both(fields[at]!, field);
      }
    }
  return {
    fields: fields.map((field, at) => ({
      ...field!,
      nullable: field!.nullable || places.some((place) => place[at] === -1),
    })),
    places,
    leftOut,
  };
}

function both(known: Field | null, field: Field): Field {
  if (known === null) return field;
  const type = widen(known.type, field.type);
  // A proposal of one table is one for all; a type that no table has any more is nobody's own.
  const origin =
    known.origin === 'inferred' || field.origin === 'inferred' ? 'inferred' : known.origin;
  return { ...known, type, origin, nullable: known.nullable || field.nullable };
}

function differenceOf(
  first: readonly string[],
  own: readonly string[],
): { column: string; lacks: boolean } | null {
  const missing = first.find((key) => !own.includes(key));
  const differs = missing ?? own.find((key) => !first.includes(key));
  return differs === undefined ? null : { column: nameOf(differs), lacks: missing !== undefined };
}
