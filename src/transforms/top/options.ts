// The options of the top step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { sortKeysSchema } from '../../contract/sort-keys.schema.ts';
import { TOP_TEXTS } from './texts.ts';

export const topOptions = defineOptions(
  z.object({
    count: z.int().min(1).max(1_000_000_000).default(10).meta({ unit: 'rows' }),
    by: sortKeysSchema,
    groups: z.array(columnSchema).default([]).meta({ kind: 'list' }),
  }),
  TOP_TEXTS,
);

export type TopOptions = typeof topOptions.defaults;
