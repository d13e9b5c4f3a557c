// The options of the text source: the template of a row, what stands around and between the rows, and what nulls look like.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { TARGET_IDS } from '../../contract/template-text.ts';
import { TEXT_OPTION_TEXTS } from './texts.ts';

/** What the text is: what a format may be told, and logs, whose values have backslashes before quotes. */
export const SOURCE_TARGETS = [...TARGET_IDS, 'log'] as const;

export type SourceTarget = (typeof SOURCE_TARGETS)[number];

const schema = z.object({
  row: z.string().default('{line}').meta({ multiline: true }),
  separator: z.string().default('\n').meta({ kind: 'character', longest: 1000 }),
  prefix: z.string().default('').meta({ multiline: true }),
  suffix: z.string().default('\n').meta({ multiline: true }),
  target: z.enum(SOURCE_TARGETS).default('none'),
  nullText: z.string().default(''),
  raggedRows: z.enum(['fail', 'reject']).default('fail'),
  columnNames: z.array(z.string()).max(100_000).default([]).meta({ advanced: true }),
  lineEnds: z.enum(['any', 'exact']).default('any').meta({ advanced: true }),
});

export type TextSourceOptions = z.output<typeof schema>;

export const textSourceOptions = defineOptions(schema, TEXT_OPTION_TEXTS);
