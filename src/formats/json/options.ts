// The options of the json format.
import { z } from 'zod';
import { JSON_VALUE_SHAPE } from '../../contract/json-values.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const JSON_OPTIONS = defineOptions(
  z.object({
    structure: z.enum(['flat']).default('flat'),
    rootKey: z.string().default('records'),
    includeMetadata: z.boolean().default(false),
    prettyPrint: z.boolean().default(false),
    ...JSON_VALUE_SHAPE,
  }),
  OPTION_TEXTS,
);

export type JsonOptions = (typeof JSON_OPTIONS)['defaults'];
