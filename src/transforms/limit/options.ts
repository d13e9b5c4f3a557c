// Options of the limit step.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { texts } from './texts.ts';

export const limitOptions = defineOptions(
  z.object({
    limit: z.int().min(0).nullable().default(null).meta({ unit: 'rows' }),
    offset: z.int().min(0).default(0).meta({ unit: 'rows' }),
  }),
  texts,
);

export type LimitOptions = typeof limitOptions.defaults;
