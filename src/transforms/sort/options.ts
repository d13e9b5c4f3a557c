// The options of the sort step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { SORT_TEXTS } from './texts.ts';

const key = z.strictObject({
  column: columnSchema,
  order: z.enum(['ascending', 'descending']).default('ascending'),
  nulls: z.enum(['first', 'last']).default('last'),
});

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

const isLocale = (tag: string): boolean => {
  try {
    return Intl.Collator.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
};

export const sortOptions = defineOptions(
  z.object({
    by: z.preprocess(keysOfText, z.array(keyOrName)).default([]).meta({ kind: 'json' }),
    text: z.enum(['code-point', 'locale']).default('code-point'),
    locale: z
      .string()
      .refine(isLocale, 'is no language that is known here')
      .default('en')
      .meta({ showIf: { option: 'text', equals: ['locale'] } }),
    numeric: z
      .boolean()
      .default(false)
      .meta({ showIf: { option: 'text', equals: ['locale'] } }),
  }),
  SORT_TEXTS,
);

export type SortOptions = typeof sortOptions.defaults;
