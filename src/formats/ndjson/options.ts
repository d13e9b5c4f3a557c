// The options of the ndjson format.
import { z } from 'zod';
import { JSON_VALUE_EXAMPLES } from '../../contract/json-values.examples.ts';
import { JSON_VALUE_SHAPE, JSON_VALUE_TEXTS } from '../../contract/json-values.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';

export const NDJSON_OPTIONS = defineOptions(
  z.object({ ...JSON_VALUE_SHAPE }),
  JSON_VALUE_TEXTS,
  JSON_VALUE_EXAMPLES,
);

export type NdjsonOptions = (typeof NDJSON_OPTIONS)['defaults'];
