// The options of the SQLite source.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { SQLITE_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  query: z.string().default(''),
});

export type SqliteOptions = z.output<typeof schema>;

export const sqliteOptions = defineOptions(schema, SQLITE_OPTION_TEXTS);
