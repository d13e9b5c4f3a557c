// The options of the Avro source.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { AVRO_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  invalidText: z.enum(['fail', 'replace']).default('fail').meta({ advanced: true }),
});

export type AvroOptions = z.output<typeof schema>;

export const avroOptions = defineOptions(schema, AVRO_OPTION_TEXTS);
