// The options of the CSV source: the dialect of the file and what happens to records that break it.
import { z } from 'zod';
import { character, defineOptions } from '../../contract/options.schema.ts';
import { CSV_OPTION_TEXTS } from './texts.ts';

const separator = (): z.ZodString =>
  character()
    .refine(
      (s) => s.length === 1 && s > '\0' && s < '\x7f' && s !== '\n' && s !== '\r',
      'must be a single ASCII character, not a line break; delimiters of several bytes are not read',
    )
    .meta({ kind: 'character' });

const schema = z.object({
  delimiter: separator().default(','),
  quote: separator().nullable().default('"'),
  header: z.enum(['auto', 'present', 'absent']).default('auto'),
  nullText: z.string().default(''),
  raggedRows: z.enum(['fail', 'reject', 'pad', 'fit']).default('fail'),
  escape: separator().nullable().default(null).meta({ advanced: true }),
  comment: separator().nullable().default(null).meta({ advanced: true }),
  skipEmptyLines: z.enum(['auto', 'always', 'never']).default('auto').meta({ advanced: true }),
  lineEnd: z.enum(['auto', 'lf', 'any']).default('auto').meta({ advanced: true }),
  quoteRules: z
    .enum(['standard', 'strict', 'lenient'])
    .default('standard')
    .meta({ advanced: true }),
});

export type CsvOptions = z.output<typeof schema>;

export const csvOptions = defineOptions(schema, CSV_OPTION_TEXTS);
