// The options of the JSON source: where the records are, how they stand there, and what happens to odd ones.
import { z } from 'zod';
import { JSON_RECORD_SHAPE } from '../../contract/json-source.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { JSON_OPTION_TEXTS, WRONG_POINTER } from './texts.ts';

const schema = z.object({
  path: z
    .string()
    .refine((path) => /^(?:\/(?:[^~]|~[01])*)?$/s.test(path), WRONG_POINTER)
    .nullable()
    .default(null),
  layout: z.enum(['auto', 'list', 'entries', 'columns', 'single', 'sequence']).default('auto'),
  keyColumn: z
    .string()
    .default('key')
    .meta({ showIf: { option: 'layout', equals: ['auto', 'entries'] } }),
  ...JSON_RECORD_SHAPE,
});

export type JsonOptions = z.output<typeof schema>;

export const jsonOptions = defineOptions(schema, JSON_OPTION_TEXTS);
