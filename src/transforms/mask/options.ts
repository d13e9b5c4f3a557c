// The options of the mask step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { character, defineOptions } from '../../contract/options.schema.ts';
import { MASK_SAYS, MASK_TEXTS } from './texts.ts';

const base = { column: columnSchema };
const digest = z.int().min(8).max(64).default(64);

/** Column and method, each with its own options. */
const masked = z.discriminatedUnion('method', [
  z.strictObject({
    ...base,
    method: z.literal('redact'),
    text: z.string().nullable().default('***'),
  }),
  z.strictObject({
    ...base,
    method: z.literal('partial'),
    first: z.int().min(0).default(0),
    last: z.int().min(0).default(0),
    character: character().default('*'),
    keepLength: z.boolean().default(true),
  }),
  z.strictObject({ ...base, method: z.literal('hash'), length: digest }),
  z.strictObject({ ...base, method: z.literal('hmac'), length: digest }),
  z.strictObject({
    ...base,
    method: z.literal('pseudonym'),
    prefix: z.string().default('P-'),
    digits: z.int().min(6).max(18).default(12),
  }),
  z.strictObject({
    ...base,
    method: z.literal('shift'),
    days: z.int().min(1).max(36_500).default(30),
    by: columnSchema.optional(),
  }),
  z
    .strictObject({
      ...base,
      method: z.literal('generalise'),
      step: z.number().min(1e-9).max(1e15).optional(),
      unit: z.enum(['week', 'month', 'quarter', 'year']).optional(),
    })
    .refine(({ step, unit }) => (step === undefined) !== (unit === undefined), MASK_SAYS.oneOf),
]);

export type MaskedColumn = z.output<typeof masked>;

/** A map of names to methods is a short form of the list; entries() keeps hostile keys like `__proto__` as labels. */
function listOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([name, method]) =>
    typeof method === 'object' && method !== null
      ? { column: name, ...(method as object) }
      : { column: name, method: method as unknown },
  );
}

export const maskOptions = defineOptions(
  z.object({
    columns: z.preprocess(listOfMap, z.array(masked)).default([]).meta({ kind: 'json' }),
    key: z
      .strictObject({ secret: z.string().min(1) }, MASK_SAYS.keyOnly)
      .default({ secret: 'mask' })
      .meta({ kind: 'json', secret: true }),
  }),
  MASK_TEXTS,
);

export type MaskOptions = typeof maskOptions.defaults;
