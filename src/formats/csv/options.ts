// The options of the csv format.
import { z } from 'zod';
import { character, defineOptions } from '../../contract/options.schema.ts';
import { CSV_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const CSV_OPTIONS = defineOptions(
  z.object({
    delimiter: character().default(','),
    headers: z
      .union([z.boolean(), z.array(z.string())])
      .default(true)
      .meta({ kind: 'switch-or-list' }),
    quotes: z.enum(['preserve', 'minimal', 'all', 'none']).default('preserve'),
    lineTerminator: z.enum(['lf', 'crlf']).default('lf'),
    formulaGuard: z.boolean().default(true),
    nullText: z.string().default(''),
    emptyText: z.enum(['quoted', 'bare']).default('quoted').meta({ advanced: true }),
    quoteChar: character().default('"').meta({ kind: 'character', advanced: true }),
    escape: character().default('"').meta({ kind: 'character', advanced: true }),
    onUnquotable: z
      .enum(['fail', 'escape', 'replace'])
      .default('fail')
      .meta({ showIf: { option: 'quotes', equals: ['none'] } }),
    replacement: z
      .string()
      .default(' ')
      .meta({ showIf: { option: 'onUnquotable', equals: ['replace'] } }),
  }),
  OPTION_TEXTS,
  CSV_EXAMPLES,
);

export type CsvOptions = (typeof CSV_OPTIONS)['defaults'];
