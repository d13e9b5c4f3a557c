// The shape of conditional formats and validations in the options of the excel format.
import { z } from 'zod';
import { columnSchema } from '../../../contract/column-ref.schema.ts';
import { cellStyle, color } from '../style/options.ts';
import { LONGEST_FORMULA } from '../row-formulas.ts';

/** A number, a text, a day (`2026-11-21`), or a formula that begins with `=`. */
const value = z.union([z.number(), z.boolean(), z.string().max(255)]).meta({ kind: 'value' });
export type RuleValue = z.output<typeof value>;

const comparison = z
  .enum(['>', '>=', '<', '<=', '=', '<>', 'between', 'not between'])
  .meta({ begins: '>' });
const second = value
  .optional()
  .meta({ showIf: { option: 'is', equals: ['between', 'not between'] }, begins: 0 });
/** Missing or empty: all columns. One stands for a list of it. */
const columns = z
  .preprocess(
    (given) => (given === undefined || Array.isArray(given) ? (given ?? []) : [given]),
    z.array(columnSchema).max(1000),
  )
  .default([]);
const someColumns = z.preprocess(
  (given) => (Array.isArray(given) ? given : [given]),
  z.array(columnSchema).min(1, 'names no column').max(1000),
);
const formula = z.string().min(1).max(LONGEST_FORMULA).meta({ kind: 'formula' });
const style = cellStyle
  .pick({ bold: true, italic: true, underline: true, color: true, fill: true })
  .default({ fill: 'FFE699' })
  .meta({ kind: 'object' });

const ICONS = [
  '3Arrows',
  '3TrafficLights1',
  '3Flags',
  '3Symbols',
  '4Arrows',
  '4Rating',
  '5Arrows',
  '5Rating',
  '5Quarters',
] as const;

const hasBoth = (rule: { is?: unknown; and?: unknown }): boolean =>
  (rule.is === 'between' || rule.is === 'not between') === (rule.and !== undefined);
const BOTH = 'needs “and” with between and not between, and only there';

/** Cells that stand out by their values. */
export const conditionalFormat = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('cell'),
      columns,
      is: comparison,
      value,
      and: second,
      style,
    })
    .refine(hasBoth, BOTH),
  z.strictObject({
    kind: z.literal('text'),
    columns,
    is: z.enum(['contains', 'not contains', 'begins', 'ends']).default('contains'),
    value: z.string().min(1).max(255),
    style,
  }),
  z.strictObject({
    kind: z.literal('top'),
    columns,
    count: z.int().min(1).max(1000).default(10),
    percent: z.boolean().default(false),
    bottom: z.boolean().default(false),
    style,
  }),
  z.strictObject({ kind: z.literal('average'), columns, below: z.boolean().default(false), style }),
  z.strictObject({ kind: z.literal('repeated'), columns, is: z.boolean().default(true), style }),
  z.strictObject({ kind: z.literal('blank'), columns, is: z.boolean().default(true), style }),
  z.strictObject({
    kind: z.literal('colors'),
    columns,
    colors: z
      .array(color)
      .min(2)
      .max(3)
      .meta({ kind: 'colors', begins: ['F8696B', 'FFEB84', '63BE7B'] }),
  }),
  z.strictObject({ kind: z.literal('bars'), columns, color: color.default('7FA7E0') }),
  z.strictObject({ kind: z.literal('icons'), columns, icons: z.enum(ICONS).default('3Arrows') }),
  z.strictObject({ kind: z.literal('formula'), columns, formula, style }),
]);

export type ConditionalFormat = z.output<typeof conditionalFormat>;

const rare = { advanced: true };
const words = {
  columns: someColumns,
  allowBlank: z.boolean().default(true).meta(rare),
  onError: z.enum(['stop', 'warning', 'information']).default('stop').meta(rare),
  errorTitle: z.string().max(32).default('').meta(rare),
  error: z.string().max(225).default('').meta(rare),
  promptTitle: z.string().max(32).default('').meta(rare),
  prompt: z.string().max(255).default('').meta(rare),
};
const compared = { is: comparison, value, and: second };

/** What may be put into cells by hand. */
export const validation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('list'),
    ...words,
    /** The values, or a range (`=Lists!$A$1:$A$9`). */
    values: z
      .union([
        z
          .array(z.string().regex(/^[^,]*$/, 'may hold no comma'))
          .min(1)
          .refine((list) => list.join(',').length <= 255, 'has more than 255 characters in all'),
        z.string().startsWith('=', 'is a list, or a range that begins with =').max(LONGEST_FORMULA),
      ])
      .meta({ kind: 'list-or-text' }),
  }),
  z.strictObject({ kind: z.literal('whole'), ...words, ...compared }).refine(hasBoth, BOTH),
  z.strictObject({ kind: z.literal('decimal'), ...words, ...compared }).refine(hasBoth, BOTH),
  z.strictObject({ kind: z.literal('length'), ...words, ...compared }).refine(hasBoth, BOTH),
  z.strictObject({ kind: z.literal('date'), ...words, ...compared }).refine(hasBoth, BOTH),
  z.strictObject({ kind: z.literal('formula'), ...words, formula }),
]);

export type Validation = z.output<typeof validation>;
