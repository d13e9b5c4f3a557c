// The shape of sort keys in options: a list, or the short form of SQL's ORDER BY.
import { z } from 'zod';
import { columnSchema } from './column-ref.schema.ts';

const key = z.strictObject({
  column: columnSchema,
  order: z.enum(['ascending', 'descending']).default('ascending'),
  nulls: z.enum(['first', 'last']).default('last'),
});

/** A column, and which of its values come first. */
export type SortKey = z.output<typeof key>;

/** A plain name is a whole key. */
const keyOrName = z.preprocess(
  (value) => (typeof value === 'string' ? { column: value } : value),
  key,
);

/**
 * `total desc nulls first, "last name"` as keys: the short form of SQL's ORDER BY. What is not so written comes back as one
 * name, which then is no column.
 */
function keysOfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const part =
    /\s*(?:"((?:[^"]|"")*)"|([^",]*?))(?:\s+(asc|desc)(?:ending)?)?(?:\s+nulls\s+(first|last))?\s*(?:,|$)/iy;
  const keys: unknown[] = [];
  while (part.lastIndex < value.length) {
    const [, quoted, plain, order, nulls] = part.exec(value) ?? [];
    if (quoted === undefined && !plain) return [value];
    keys.push({
      column: quoted?.replaceAll('""', '"') ?? plain,
      order: order?.toLowerCase() === 'desc' ? 'descending' : 'ascending',
      ...(nulls !== undefined && { nulls: nulls.toLowerCase() }),
    });
  }
  return keys;
}

/** Keys in order of weight; none by default. */
export const sortKeysSchema = z
  .preprocess(keysOfText, z.array(keyOrName))
  .default([])
  .meta({ kind: 'json' });
