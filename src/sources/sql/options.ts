// The options of the SQL source: how its texts are escaped, which statements are rows, and what happens to rows without values.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { DIALECT_NAMES } from './dialect.ts';
import { SQL_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  dialect: z.enum(['auto', ...DIALECT_NAMES]).default('auto'),
  statements: z.enum(['auto', 'inserts', 'updates']).default('auto').meta({ advanced: true }),
  badRows: z.enum(['fail', 'reject']).default('fail'),
});

export type SqlScriptOptions = z.output<typeof schema>;

export const sqlOptions = defineOptions(schema, SQL_OPTION_TEXTS);
