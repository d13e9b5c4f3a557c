// The options of the aggregate step.
import { z } from 'zod';
import { filterSchema } from '../../contract/filter.schema.ts';
import { groupsSchema, measuresSchema } from '../../contract/measures.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { AGGREGATE_TEXTS } from './texts.ts';

export const aggregateOptions = defineOptions(
  z.object({
    groups: groupsSchema,
    measures: measuresSchema,
    having: filterSchema,
    subtotals: z.enum(['none', 'total', 'rollup']).default('none'),
    fillEmpty: z.boolean().default(false),
  }),
  AGGREGATE_TEXTS,
);

export type AggregateOptions = typeof aggregateOptions.defaults;
