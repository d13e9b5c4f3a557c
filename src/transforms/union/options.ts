// The options of the union step.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { UNION_TEXTS } from './texts.ts';

/** One data set may stand without a list. */
const oneOrMany = (value: unknown): unknown => (typeof value === 'string' ? [value] : value);

export const unionOptions = defineOptions(
  z.object({
    with: z.preprocess(oneOrMany, z.array(z.string())).default([]).meta({ kind: 'list' }),
    match: z.enum(['name', 'place']).default('name'),
    columns: z.enum(['union', 'same', 'first']).default('union'),
    nameColumn: z.string().nullable().default(null),
  }),
  UNION_TEXTS,
);

export type UnionOptions = typeof unionOptions.defaults;
