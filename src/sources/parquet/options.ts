// The options of the Parquet source: what columns mean whose type the file leaves open.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { PARQUET_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  bareBytes: z.enum(['binary', 'text']).default('binary'),
  invalidText: z.enum(['fail', 'replace']).default('fail').meta({ advanced: true }),
  int96: z.enum(['ns', 'us', 'ms']).default('ns').meta({ advanced: true }),
});

export type ParquetOptions = z.output<typeof schema>;

export const parquetOptions = defineOptions(schema, PARQUET_OPTION_TEXTS);
