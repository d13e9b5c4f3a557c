// The options of the sqlite format.
import { z } from 'zod';
import { columnNameSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { SQLITE_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const SQLITE_OPTIONS = defineOptions(
  z.object({
    table: z.string().default(''),
    decimals: z.enum(['text', 'real']).default('text'),
    dates: z.enum(['iso', 'unix', 'unix-ms']).default('iso'),
    rowId: columnNameSchema.default(''),
    indexes: z.array(columnNameSchema).default([]),
    strict: z.boolean().default(false),
    pageSize: z.enum(['1024', '4096', '16384', '65536']).default('4096').meta({ advanced: true }),
    userVersion: z
      .int()
      .min(-(2 ** 31))
      .max(2 ** 31 - 1)
      .default(0)
      .meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  SQLITE_EXAMPLES,
);

export type SqliteOptions = (typeof SQLITE_OPTIONS)['defaults'];
