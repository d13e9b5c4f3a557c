// The options of the Arrow source.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { ARROW_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  invalidText: z.enum(['fail', 'replace']).default('fail').meta({ advanced: true }),
});

export type ArrowOptions = z.output<typeof schema>;

export const arrowOptions = defineOptions(schema, ARROW_OPTION_TEXTS);
