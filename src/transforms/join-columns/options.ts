// The options of the join-columns step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { JOIN_COLUMNS_TEXTS } from './texts.ts';

export const joinColumnsOptions = defineOptions(
  z.object({
    columns: z.array(columnSchema).default([]).meta({ kind: 'list' }),
    name: z.string().default('joined'),
    separator: z.string().default(' '),
    nulls: z.enum(['skip', 'empty', 'null']).default('skip'),
    keep: z.boolean().default(false),
  }),
  JOIN_COLUMNS_TEXTS,
);

export type JoinColumnsOptions = typeof joinColumnsOptions.defaults;
