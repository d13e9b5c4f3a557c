// The options of the cast step.
import { z } from 'zod';
import { COLUMN_READING_SHAPE } from '../../contract/column-edit.schema.ts';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { CAST_TEXTS } from './texts.ts';

const column = z
  .strictObject({ column: columnSchema, ...COLUMN_READING_SHAPE })
  .refine(
    ({ type, pattern, nullTexts }) => type !== undefined || pattern !== undefined || nullTexts,
    'needs a type, a pattern or texts for null',
  );

export type CastColumn = z.output<typeof column>;

/** A map of names to types is a short form of the list; entries() keeps hostile keys like `__proto__` as labels. */
function listOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([name, type]) =>
    typeof type === 'object' && type !== null
      ? { column: name, ...(type as object) }
      : { column: name, type: type as unknown },
  );
}

export const castOptions = defineOptions(
  z.object({
    columns: z.preprocess(listOfMap, z.array(column)).default([]).meta({ kind: 'json' }),
    onMisfit: z.enum(['reject', 'null', 'fail']).default('reject'),
  }),
  CAST_TEXTS,
);

export type CastOptions = typeof castOptions.defaults;
