// The options of the sql format.
import { z } from 'zod';
import { columnNameSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { DIALECT_IDS, MODES } from './dialect.ts';
import { SQL_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

/** Modes whose statements hold several rows. */
const MANY_ROWS = { option: 'mode', equals: ['insert', 'upsert', 'replace', 'merge'] };

export const SQL_OPTIONS = defineOptions(
  z.object({
    dialect: z.enum(DIALECT_IDS).default('postgresql'),
    table: z.string().default(''),
    mode: z.enum(MODES).default('insert'),
    keyColumns: z.array(columnNameSchema).default([]),
    create: z.enum(['none', 'if-missing', 'replace']).default('if-missing'),
    transaction: z.boolean().default(true),
    rowsPerStatement: z.int().min(1).nullable().default(null).meta({ showIf: MANY_ROWS }),
    maxStatementBytes: z
      .int()
      .min(100)
      .nullable()
      .default(null)
      .meta({ unit: 'bytes', advanced: true, showIf: MANY_ROWS }),
    quoteIdentifiers: z
      .enum(['always', 'needed', 'never'])
      .default('always')
      .meta({ advanced: true }),
    identifierCase: z
      .enum(['keep', 'lower', 'upper', 'snake'])
      .default('keep')
      .meta({ advanced: true }),
    columnTypes: z
      .record(z.string(), z.string())
      .default({})
      .meta({ kind: 'column-map', advanced: true }),
    textLength: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .meta({ unit: 'characters', advanced: true }),
    emptyText: z.enum(['keep', 'null']).default('keep').meta({ advanced: true }),
    booleans: z.enum(['native', 'numbers']).default('native').meta({ advanced: true }),
    zonedTimes: z.enum(['native', 'utc', 'text']).default('native').meta({ advanced: true }),
    nested: z.enum(['json', 'text']).default('json').meta({ advanced: true }),
    unheldValues: z.enum(['null', 'fail']).default('null').meta({ advanced: true }),
    nulCharacters: z
      .enum(['replace', 'remove', 'fail'])
      .default('replace')
      .meta({ advanced: true, showIf: { option: 'dialect', equals: ['postgresql'] } }),
    backslashes: z
      .enum(['escape', 'literal'])
      .default('escape')
      .meta({ advanced: true, showIf: { option: 'dialect', equals: ['mysql', 'mariadb'] } }),
    multiRow: z
      .enum(['all', 'values', 'none'])
      .default('all')
      .meta({ advanced: true, showIf: { option: 'dialect', equals: ['oracle'] } }),
    terminator: z
      .enum(['semicolon', 'batch'])
      .default('semicolon')
      .meta({ advanced: true, showIf: { option: 'dialect', equals: ['sqlserver', 'oracle'] } }),
    session: z
      .boolean()
      .default(true)
      .meta({
        advanced: true,
        showIf: {
          option: 'dialect',
          equals: ['postgresql', 'mysql', 'mariadb', 'sqlserver', 'oracle'],
        },
      }),
    comments: z.boolean().default(false).meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  SQL_EXAMPLES,
);

export type SqlOptions = (typeof SQL_OPTIONS)['defaults'];
