// JSON Schema of one line.
import { propertyColumns } from '../../contract/geojson.ts';
import {
  featureNode,
  namesNode,
  node,
  recordNode,
  type SchemaNode,
} from '../../contract/json-schema.ts';
import { jsonTimes } from '../../contract/json-times.ts';
import type { Schema } from '../../table/data-type.ts';
import type { NdjsonOptions } from './options.ts';

/** The schema that each line of an output keeps to. */
export function lineSchema(options: NdjsonOptions, schema: Schema): SchemaNode {
  if (options.structure === 'geojson') {
    const positions = propertyColumns(options, schema);
    const times = jsonTimes(options, schema);
    const properties = recordNode(
      { fields: positions.map((position) => schema.fields[position]!) },
      options,
      positions.map((position) => times[position]!),
    );
    return featureNode(properties, options.idColumn !== '');
  }
  const record = recordNode(schema, options);
  return options.shape === 'arrays' && options.headers
    ? node({ anyOf: [namesNode(schema, options), record] })
    : record;
}
