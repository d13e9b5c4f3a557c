// The options of the csv format.
import { z } from 'zod';
import { columnNameSchema } from '../../contract/column-ref.schema.ts';
import { character, defineOptions } from '../../contract/options.schema.ts';
import { VALUE_FORMAT_SHAPE } from '../../contract/value-format.schema.ts';
import { CSV_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

/** Characters that a delimiter or a line end may have. */
const MOST_CHARACTERS = 16;

const characters = (): z.ZodString =>
  z
    .string()
    .refine(
      (s) => s !== '' && [...s].length <= MOST_CHARACTERS && !/\0|\p{Cs}/u.test(s),
      `must be 1 to ${MOST_CHARACTERS} characters`,
    )
    .meta({ kind: 'character', longest: MOST_CHARACTERS });

const characterRule = { advanced: true, section: 'characters' };
const around = { advanced: true, section: 'around' };
const layout = { advanced: true, section: 'layout' };
/** Options of lines whose values are told apart by delimiters and quotes, and of those that stand in columns of a width. */
const delimited = { showIf: { option: 'layout', equals: ['delimited'] } };
const inColumns = { ...layout, showIf: { option: 'layout', equals: ['fixed', 'aligned'] } };
const fixed = { ...layout, showIf: { option: 'layout', equals: ['fixed'] } };

export const CSV_OPTIONS = defineOptions(
  z.object({
    delimiter: characters()
      .default(',')
      .meta({ ...delimited, kind: 'character', longest: 16 }),
    headers: z
      .union([z.boolean(), z.array(z.string())])
      .default(true)
      .meta({ kind: 'switch-or-list' }),
    quotes: z
      .enum(['preserve', 'minimal', 'strings', 'non-numeric', 'non-null', 'all', 'columns', 'none'])
      .default('preserve')
      .meta(delimited),
    quotedColumns: z
      .array(columnNameSchema)
      .default([])
      .meta({ showIf: { option: 'quotes', equals: ['columns'] } }),
    onUnquotable: z
      .enum(['fail', 'escape', 'replace'])
      .default('fail')
      .meta({ showIf: { option: 'quotes', equals: ['none'] } }),
    replacement: z
      .string()
      .default(' ')
      .meta({ showIf: { option: 'onUnquotable', equals: ['replace'] } }),
    lineTerminator: z.enum(['lf', 'crlf', 'cr', 'custom']).default('lf'),
    customLineTerminator: characters()
      .default('\n')
      .meta({ showIf: { option: 'lineTerminator', equals: ['custom'] } }),
    formulaGuard: z.boolean().default(true),
    nullText: z.string().default(''),
    emptyText: z
      .enum(['quoted', 'bare'])
      .default('quoted')
      .meta({ ...characterRule, ...delimited }),
    quoteChar: character()
      .nullable()
      .default('"')
      .meta({ kind: 'character', ...characterRule, ...delimited }),
    escape: character()
      .default('"')
      .meta({ kind: 'character', ...characterRule, ...delimited }),
    ...VALUE_FORMAT_SHAPE,
    typesRow: z.boolean().default(false).meta(around),
    sepLine: z
      .boolean()
      .default(false)
      .meta({ ...around, ...delimited }),
    preamble: z
      .string()
      .default('')
      .meta({ ...around, multiline: true }),
    trailer: z
      .string()
      .default('')
      .meta({ ...around, multiline: true }),
    commentPrefix: z.string().default('# ').meta(around),
    rowPrefix: z.string().default('').meta(around),
    rowSuffix: z.string().default('').meta(around),
    layout: z.enum(['delimited', 'fixed', 'aligned']).default('delimited').meta(layout),
    width: z
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .meta({ ...fixed, unit: 'characters' }),
    onOverflow: z.enum(['fail', 'cut']).default('fail').meta(fixed),
    padding: character()
      .default(' ')
      .meta({ kind: 'character', ...inColumns }),
    gap: z.string().default(' ').meta(inColumns),
    onLineBreak: z.enum(['space', 'fail']).default('space').meta(inColumns),
  }),
  OPTION_TEXTS,
  CSV_EXAMPLES,
);

export type CsvOptions = (typeof CSV_OPTIONS)['defaults'];
