// The options of the flatten step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { FLATTEN_TEXTS } from './texts.ts';

export const flattenOptions = defineOptions(
  z.object({
    columns: z.array(columnSchema).nullable().default(null).meta({ kind: 'list' }),
    separator: z.string().default('.'),
    depth: z.int().min(1).nullable().default(null),
  }),
  FLATTEN_TEXTS,
);

export type FlattenOptions = typeof flattenOptions.defaults;
