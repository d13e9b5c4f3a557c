// The options of the json format.
import { z } from 'zod';
import { GEO_SHAPE } from '../../contract/geojson.schema.ts';
import { JSON_VALUE_SHAPE } from '../../contract/json-values.schema.ts';
import { columnNameSchema, columnSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { JSON_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

/** One column stands for a list of it. */
const columns = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(columnSchema),
);

/** `{agent: 'agents'}` is short for `[{column: 'agent', key: 'agents'}]`. */
function levelsOfMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).map(([column, key]) => ({ column, key: key as unknown }));
}

export const JSON_OPTIONS = defineOptions(
  z.object({
    structure: z
      .enum(['flat', 'columnar', 'keyed', 'nested', 'normalized', 'geojson'])
      .default('flat'),
    rootKey: z
      .string()
      .default('records')
      .meta({ showIf: { option: 'structure', equals: ['flat', 'columnar', 'keyed'] } }),
    keyColumns: columns.default([]).meta({ showIf: { option: 'structure', equals: ['keyed'] } }),
    keepKey: z
      .boolean()
      .default(true)
      .meta({ showIf: { option: 'structure', equals: ['keyed'] } }),
    duplicateKeys: z
      .enum(['fail', 'first', 'number'])
      .default('fail')
      .meta({ showIf: { option: 'structure', equals: ['keyed'] } }),
    levels: z
      .preprocess(levelsOfMap, z.array(z.strictObject({ column: columnSchema, key: z.string() })))
      .default([])
      .meta({ showIf: { option: 'structure', equals: ['nested'] } }),
    childrenKey: z
      .string()
      .default('records')
      .meta({ showIf: { option: 'structure', equals: ['nested'] } }),
    entities: z
      .array(
        z.strictObject({
          name: z.string(),
          dataset: z.string().meta({ kind: 'dataset' }).optional(),
          key: columns.default([]),
          columns: columns.nullable().default(null),
        }),
      )
      .default([])
      .meta({ showIf: { option: 'structure', equals: ['normalized'] } }),
    references: z
      .array(z.strictObject({ from: z.string(), column: columnNameSchema, to: z.string() }))
      .default([])
      .meta({ showIf: { option: 'structure', equals: ['normalized'] } }),
    ...GEO_SHAPE,
    includeMetadata: z.boolean().default(false),
    metadataPlace: z
      .enum(['after', 'before'])
      .default('after')
      .meta({ advanced: true, showIf: { option: 'includeMetadata', equals: [true] } }),
    prettyPrint: z.boolean().default(false),
    indent: z
      .enum(['2', '4', '8', 'tab'])
      .default('2')
      .meta({ advanced: true, showIf: { option: 'prettyPrint', equals: [true] } }),
    finalNewline: z.boolean().default(true).meta({ advanced: true }),
    ...JSON_VALUE_SHAPE,
    shape: JSON_VALUE_SHAPE.shape.meta({ showIf: { option: 'structure', equals: ['flat'] } }),
  }),
  OPTION_TEXTS,
  JSON_EXAMPLES,
);

export type JsonOptions = (typeof JSON_OPTIONS)['defaults'];
