// One schema for several files: which columns they have in common by name, and where each stands in each file.
import type { FilesConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { DataType, Field, Schema } from '../table/data-type.ts';
import { widen } from './widen-types.ts';

/** One file's schema, and the places of the common columns in it; -1 = it has none. */
export interface FileColumns {
  name: string;
  schema: Schema;
}

export interface UnitedSchema {
  fields: Field[];
  /** Per file, per field of the common schema: the column's place in the file, or -1. */
  places: number[][];
  /** Per file: names of columns that are left out. */
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

const nameOf = (key: string): string => shorten(key.slice(key.indexOf(' ') + 1));

/**
 * Unites by the rule of `FilesConfig.columns`; types widen (see `widen`), a column that a file lacks may be null. Throws
 * `read.files.differ` for the first file of another table under `same`. Every field has a type object of its own.
 */
export function uniteSchemas(
  files: readonly FileColumns[],
  rule: FilesConfig['columns'],
): UnitedSchema {
  const keys = files.map(({ schema }) => keysOf(schema));
  const known = new Map<string, number>();
  const order: string[] = [];
  for (const [i, own] of keys.entries()) {
    if (i > 0 && rule === 'same') compare(files[0]!.name, keys[0]!, files[i]!.name, own);
    if (i > 0 && rule !== 'union') continue;
    for (const key of own) {
      if (known.has(key)) continue;
      known.set(key, order.length);
      order.push(key);
    }
  }
  const fields: (Field | null)[] = order.map(() => null);
  const places = files.map(() => order.map(() => -1));
  const leftOut: string[][] = files.map(() => []);
  for (const [i, own] of keys.entries())
    for (const [c, key] of own.entries()) {
      const at = known.get(key);
      const field = files[i]!.schema.fields[c]!;
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
      type: { ...field!.type } as DataType,
    })),
    places,
    leftOut,
  };
}

function both(known: Field | null, field: Field): Field {
  if (known === null) return field;
  const type = widen(known.type, field.type);
  // A proposal of one file is one for all; a type that no file has any more is nobody's own.
  const origin =
    known.origin === 'inferred' || field.origin === 'inferred' ? 'inferred' : known.origin;
  return { ...known, type, origin, nullable: known.nullable || field.nullable };
}

function compare(
  firstName: string,
  first: readonly string[],
  name: string,
  own: readonly string[],
): void {
  const missing = first.find((key) => !own.includes(key));
  const further = own.find((key) => !first.includes(key));
  const differs = missing ?? further;
  if (differs === undefined) return;
  throw new ExportError('read.files.differ', {
    name: shorten(name),
    column: nameOf(differs),
    verb: missing !== undefined ? 'lacks' : 'has',
    first: shorten(firstName),
    other: missing !== undefined ? 'has' : 'lacks',
  });
}
