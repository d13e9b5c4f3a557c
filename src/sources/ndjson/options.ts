// The options of the NDJSON source.
import { z } from 'zod';
import { JSON_RECORD_SHAPE } from '../../contract/json-source.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { NDJSON_OPTION_TEXTS } from './texts.ts';

const schema = z.object(JSON_RECORD_SHAPE);

export type NdjsonOptions = z.output<typeof schema>;

export const ndjsonOptions = defineOptions(schema, NDJSON_OPTION_TEXTS);
