// The options of the pivot step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { groupsSchema, measuresSchema } from '../../contract/measures.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { PIVOT_TEXTS } from './texts.ts';

export const pivotOptions = defineOptions(
  z.object({
    rows: groupsSchema,
    column: columnSchema.nullable().default(null).meta({ kind: 'text' }),
    measures: measuresSchema,
    values: z.array(z.string()).nullable().default(null).meta({ kind: 'list' }),
    order: z.enum(['first', 'sorted']).default('first'),
    most: z.int().min(1).max(100_000).default(500).meta({ unit: 'columns', advanced: true }),
  }),
  PIVOT_TEXTS,
);

export type PivotOptions = typeof pivotOptions.defaults;
