// The options of the ndjson format.
import { z } from 'zod';
import { GEO_SHAPE } from '../../contract/geojson.schema.ts';
import { JSON_VALUE_SHAPE } from '../../contract/json-values.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { NDJSON_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const NDJSON_OPTIONS = defineOptions(
  z.object({
    structure: z.enum(['records', 'geojson']).default('records'),
    ...GEO_SHAPE,
    ...JSON_VALUE_SHAPE,
    shape: JSON_VALUE_SHAPE.shape.meta({ showIf: { option: 'structure', equals: ['records'] } }),
    extension: z.enum(['ndjson', 'jsonl']).default('ndjson').meta({ advanced: true }),
    recordSeparator: z.boolean().default(false).meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  NDJSON_EXAMPLES,
);

export type NdjsonOptions = (typeof NDJSON_OPTIONS)['defaults'];
