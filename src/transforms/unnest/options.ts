// The options of the unnest step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { UNNEST_TEXTS } from './texts.ts';

export const unnestOptions = defineOptions(
  z.object({
    column: columnSchema.nullable().default(null).meta({ kind: 'text' }),
    empty: z.enum(['keep', 'drop']).default('keep'),
    indexColumn: z.string().nullable().default(null),
  }),
  UNNEST_TEXTS,
);

export type UnnestOptions = typeof unnestOptions.defaults;
