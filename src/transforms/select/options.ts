// Options of the select step.
import { z } from 'zod';
import { columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { texts } from './texts.ts';

const columns = z.array(columnSchema).nullable().default(null).meta({ kind: 'list' });

/** A map of names is a short form of the list; entries() keeps hostile keys like `__proto__` as labels. */
function listOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([column, name]) => ({ column, name: name as unknown }));
}

export const selectOptions = defineOptions(
  z.object({
    include: columns,
    exclude: columns,
    order: columns,
    rename: z
      .preprocess(listOfMap, z.array(z.strictObject({ column: columnSchema, name: z.string() })))
      .default([])
      .meta({ kind: 'json' }),
    headers: z.array(z.string()).nullable().default(null).meta({ kind: 'list' }),
  }),
  texts,
);

export type SelectOptions = typeof selectOptions.defaults;
