// The options of the distinct step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { DISTINCT_TEXTS } from './texts.ts';

export const distinctOptions = defineOptions(
  z.object({
    by: z.array(columnSchema).nullable().default(null).meta({ kind: 'list' }),
    keep: z.enum(['first', 'last']).default('first'),
  }),
  DISTINCT_TEXTS,
);

export type DistinctOptions = typeof distinctOptions.defaults;
