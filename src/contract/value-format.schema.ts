// The options that say how text formats write values, to be spread into a format's own.
import { z } from 'zod';
import { columnSchema } from './column-ref.schema.ts';

const sign = z.string().refine((s) => [...s].length === 1, 'must be exactly one character');
const signOrNone = z.string().refine((s) => [...s].length <= 1, 'must be one character, or empty');
const decimals = z.int().min(0).max(30);

/** How one column is written. */
const columnFormat = z.strictObject({
  column: columnSchema,
  pattern: z
    .strictObject({ text: z.string().min(1), tokens: z.enum(['cldr', 'moment', 'strftime']) })
    .optional(),
  zone: z.string().optional(),
  decimals: decimals.optional(),
  decimalSign: sign.optional(),
  groupSign: signOrNone.optional(),
  trueText: z.string().optional(),
  falseText: z.string().optional(),
  width: z.int().min(1).max(10_000).optional(),
  align: z.enum(['left', 'right', 'center']).optional(),
});

const RARE = { advanced: true, section: 'values' };

/** Options as in `ValueFormatOptions`, with their words in value-format-texts.ts. */
export const VALUE_FORMAT_SHAPE = {
  decimalSign: sign.default('.').meta({ kind: 'character' }),
  columns: z.array(columnFormat).default([]).meta({ kind: 'column-formats' }),
  groupSign: sign
    .nullable()
    .default(null)
    .meta({ kind: 'character', ...RARE }),
  decimals: decimals.nullable().default(null).meta(RARE),
  datePattern: z.string().default('').meta(RARE),
  timePattern: z.string().default('').meta(RARE),
  timestampPattern: z.string().default('').meta(RARE),
  patternTokens: z.enum(['cldr', 'moment', 'strftime']).default('cldr').meta(RARE),
  zone: z.string().default('').meta(RARE),
  trueText: z.string().default('true').meta(RARE),
  falseText: z.string().default('false').meta(RARE),
};
