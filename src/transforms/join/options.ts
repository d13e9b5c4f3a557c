// The options of the join step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { JOIN_TEXTS } from './texts.ts';

const pair = z.strictObject({ left: columnSchema, right: columnSchema });

/** A plain name stands in both. */
const pairOrName = z.preprocess(
  (value) => (typeof value === 'string' ? { left: value, right: value } : value),
  pair,
);

/**
 * `customer_id = id, "a key"` as pairs; a name alone stands in both. What is not so written comes back as one name, which then
 * is no column.
 */
function pairsOfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const part =
    /\s*(?:"((?:[^"]|"")*)"|([^",=]*?))(?:\s*=\s*(?:"((?:[^"]|"")*)"|([^",=]*?)))?\s*(?:,|$)/y;
  const nameOf = (quoted?: string, plain?: string): string | undefined =>
    quoted?.replaceAll('""', '"') ?? plain;
  const pairs: unknown[] = [];
  while (part.lastIndex < value.length) {
    const found = part.exec(value);
    const left = found === null ? undefined : nameOf(found[1], found[2] || undefined);
    if (left === undefined) return [value];
    pairs.push({ left, right: nameOf(found![3], found![4]) ?? left });
  }
  return pairs;
}

export const joinOptions = defineOptions(
  z.object({
    with: z.string().nullable().default(null),
    on: z.preprocess(pairsOfText, z.array(pairOrName)).default([]).meta({ kind: 'json' }),
    kind: z.enum(['inner', 'left', 'semi', 'anti']).default('inner'),
    columns: z.array(columnSchema).nullable().default(null).meta({ kind: 'list' }),
    prefix: z.string().default('').meta({ advanced: true }),
    suffix: z.string().default(''),
    many: z.enum(['all', 'first', 'fail']).default('all'),
  }),
  JOIN_TEXTS,
);

export type JoinOptions = typeof joinOptions.defaults;
