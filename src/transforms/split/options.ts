// The options of the split step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { SPLIT_TEXTS } from './texts.ts';

export const splitOptions = defineOptions(
  z.object({
    column: columnSchema.nullable().default(null).meta({ kind: 'text' }),
    names: z.array(z.string()).default([]),
    by: z.enum(['delimiter', 'pattern', 'groups', 'widths']).default('delimiter'),
    delimiter: z
      .string()
      .min(1)
      .default(',')
      .meta({ showIf: { option: 'by', equals: ['delimiter'] } }),
    pattern: z
      .string()
      .default('')
      .meta({ showIf: { option: 'by', equals: ['pattern', 'groups'] } }),
    widths: z
      .array(z.int().min(1))
      .default([])
      .meta({ kind: 'json', showIf: { option: 'by', equals: ['widths'] } }),
    rest: z.enum(['last', 'drop', 'reject', 'fail']).default('last'),
    trim: z.boolean().default(false),
    keep: z.boolean().default(false),
  }),
  SPLIT_TEXTS,
);

export type SplitOptions = typeof splitOptions.defaults;
