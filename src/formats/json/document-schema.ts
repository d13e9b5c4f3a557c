// JSON Schema of a whole document, whatever its structure.
import { propertyColumns } from '../../contract/geojson.ts';
import {
  arrayNode,
  columnNodes,
  featureNode,
  mapNode,
  namesNode,
  node,
  objectNode,
  recordNode,
  type SchemaNode,
} from '../../contract/json-schema.ts';
import type { EncodedTable } from '../../contract/encoder.ts';
import type { Schema } from '../../table/data-type.ts';
import { metadataKeys } from './metadata.ts';
import type { JsonOptions } from './options.ts';
import {
  partOf,
  readEntities,
  readLevels,
  readRecordKey,
  timesOf,
  type Part,
} from './structure.ts';

type Member = [string, SchemaNode];

const metadata = (): SchemaNode =>
  node({
    type: 'object',
    properties: node({
      generated: node({ type: 'string', format: 'date-time' }),
      source: node({ type: 'string' }),
      rowCount: node({ type: 'integer', minimum: 0 }),
      columns: node({ type: 'array' }),
    }),
    required: ['generated', 'source', 'columns'],
  });

/** The schema of what these options write of these tables. */
export function documentSchema(options: JsonOptions, tables: readonly EncodedTable[]): SchemaNode {
  const { schema } = tables[0]!;
  switch (options.structure) {
    case 'nested':
      return around(options, [nestedMember(options, schema, 0)]);
    case 'normalized':
      return around(options, normalizedMembers(options, tables));
    case 'geojson':
      return around(options, collectionMembers(options, schema));
    default: {
      const root = rootNode(options, schema);
      return options.rootKey === '' ? root : around(options, [[options.rootKey, root]]);
    }
  }
}

/** The outermost object, with the metadata where there is one. */
function around(options: JsonOptions, members: readonly Member[]): SchemaNode {
  const keys = metadataKeys(options).map((key): Member => [
    key,
    key === 'metadata' ? metadata() : node({ type: 'integer', minimum: 0 }),
  ]);
  return objectNode([...members, ...keys]);
}

/** What stands under the key of the records. */
function rootNode(options: JsonOptions, schema: Schema): SchemaNode {
  if (options.structure === 'columnar')
    return objectNode(
      columnNodes(schema, options).map(([name, value]): Member => [name, arrayNode(value)]),
    );
  if (options.structure === 'keyed')
    return mapNode(partNode(readRecordKey(options, schema).rest, options, schema));
  const records = recordNode(schema, options);
  if (options.shape === 'objects' || !options.headers) return arrayNode(records);
  return node({
    type: 'array',
    prefixItems: [namesNode(schema, options)],
    items: records,
    minItems: 1,
  });
}

function partNode(part: Part, options: JsonOptions, schema: Schema): SchemaNode {
  return recordNode(part.schema, options, timesOf(part, options, schema));
}

function nestedMember(options: JsonOptions, schema: Schema, level: number): Member {
  const { key } = options.levels[level]!;
  const inner =
    level + 1 < options.levels.length
      ? nestedMember(options, schema, level + 1)
      : ([
          options.childrenKey,
          arrayNode(partNode(readLevels(options, schema).rest, options, schema)),
        ] satisfies Member);
  return [key, mapNode(objectNode([inner]))];
}

function normalizedMembers(options: JsonOptions, tables: readonly EncodedTable[]): Member[] {
  const entities = readEntities(options, tables).map((entity): Member => {
    const record = partNode(entity, options, tables[entity.table]!.schema);
    return [entity.name, entity.key.length > 0 ? mapNode(record) : arrayNode(record)];
  });
  return [...entities, ['relationships', mapNode(mapNode(node({ type: 'string' })))]];
}

function collectionMembers(options: JsonOptions, schema: Schema): Member[] {
  const properties = partNode(partOf(schema, propertyColumns(options, schema)), options, schema);
  return [
    ['type', node({ const: 'FeatureCollection' })],
    ['features', arrayNode(featureNode(properties, options.idColumn !== ''))],
  ];
}
