// The options of the unpivot step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { UNPIVOT_TEXTS } from './texts.ts';

const columns = z.array(columnSchema).nullable().default(null).meta({ kind: 'list' });

export const unpivotOptions = defineOptions(
  z.object({
    columns,
    keep: columns,
    name: z.string().default('name'),
    value: z.string().default('value'),
    nulls: z.enum(['keep', 'drop']).default('keep'),
  }),
  UNPIVOT_TEXTS,
);

export type UnpivotOptions = typeof unpivotOptions.defaults;
