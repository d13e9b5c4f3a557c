// The options of the sample step.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { SAMPLE_TEXTS } from './texts.ts';

const method = (...equals: string[]) => ({ showIf: { option: 'method', equals } });

export const sampleOptions = defineOptions(
  z.object({
    method: z.enum(['percent', 'count', 'every']).default('percent'),
    percent: z
      .number()
      .min(0)
      .max(100)
      .default(10)
      .meta({ unit: '%', ...method('percent') }),
    count: z
      .int()
      .min(0)
      .default(1_000)
      .meta({ unit: 'rows', ...method('count') }),
    every: z
      .int()
      .min(1)
      .default(10)
      .meta({ unit: 'rows', ...method('every') }),
    seed: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .meta({ advanced: true, ...method('percent', 'count') }),
  }),
  SAMPLE_TEXTS,
);

export type SampleOptions = typeof sampleOptions.defaults;
