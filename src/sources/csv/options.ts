// The options of the CSV source: the dialect of the file and what happens to records that break it.
import { z } from 'zod';
import { character, defineOptions } from '../../contract/options.schema.ts';
import { CSV_OPTION_TEXTS } from './texts.ts';

/** Characters a delimiter or the beginning of a comment may have. */
const MOST_CHARACTERS = 16;

const separator = (): z.ZodString =>
  character()
    .refine(
      (s) => s.length === 1 && s > '\0' && s < '\x7f' && s !== '\n' && s !== '\r',
      'must be a single ASCII character, not a line break',
    )
    .meta({ kind: 'character' });

const separators = (): z.ZodString =>
  z
    .string()
    .refine(
      (s) => s !== '' && [...s].length <= MOST_CHARACTERS && !/[\0\r\n]|\p{Cs}/u.test(s),
      `must be 1 to ${MOST_CHARACTERS} characters, none of them a line break`,
    )
    .meta({ kind: 'character', longest: MOST_CHARACTERS });

const ofHeader = { option: 'header', equals: ['auto', 'present'] };

const schema = z.object({
  delimiter: separators().default(','),
  quote: separator().nullable().default('"'),
  header: z.enum(['auto', 'present', 'absent']).default('auto'),
  headerRows: z.number().int().min(1).max(10).default(1).meta({ advanced: true, showIf: ofHeader }),
  headerJoin: z.string().max(100).default(' ').meta({ advanced: true, showIf: ofHeader }),
  skipLines: z.number().int().min(0).max(1_000_000).default(0).meta({ unit: 'lines' }),
  skipLastLines: z.number().int().min(0).max(10_000).default(0).meta({ unit: 'lines' }),
  nullText: z.string().default(''),
  raggedRows: z.enum(['fail', 'reject', 'pad', 'fit']).default('fail'),
  escape: separator().nullable().default(null).meta({ advanced: true }),
  comment: separators().nullable().default(null).meta({ advanced: true }),
  skipEmptyLines: z.enum(['auto', 'always', 'never']).default('auto').meta({ advanced: true }),
  lineEnd: z.enum(['auto', 'lf', 'any']).default('auto').meta({ advanced: true }),
  quoteRules: z
    .enum(['standard', 'strict', 'lenient'])
    .default('standard')
    .meta({ advanced: true }),
  nulCharacters: z.enum(['fail', 'keep']).default('fail').meta({ advanced: true }),
});

export type CsvOptions = z.output<typeof schema>;

export const csvOptions = defineOptions(schema, CSV_OPTION_TEXTS);
