// JSON Schema (2020-12) of what JSON formats write: each column's values, and the records made of them.
import type { DataType, Field, Schema } from '../table/data-type.ts';
import { jsonTimes } from './json-times.ts';
import { type JsonValueOptions, writtenNames } from './json-values.ts';
import type { JsonTime } from '../table/write-json.ts';
import type { Encoder, Segment, StreamEncoder } from './encoder.ts';

/** A schema, or a part of one. Maps are objects, whose keys may be any text. */
export type SchemaNode = string | number | boolean | SchemaNode[] | Map<string, SchemaNode>;

/** A node with these members. */
export function node(members: Readonly<Record<string, SchemaNode | undefined>>): SchemaNode {
  const present = Object.entries(members).filter(
    (member): member is [string, SchemaNode] => member[1] !== undefined,
  );
  return new Map(present);
}

/** An object that has exactly these members; those that are not required may be missing. */
export function objectNode(
  properties: readonly (readonly [string, SchemaNode])[],
  required: readonly string[] = properties.map(([name]) => name),
): SchemaNode {
  return node({
    type: 'object',
    properties: new Map(properties),
    required: [...required],
    additionalProperties: false,
  });
}

export const arrayNode = (items: SchemaNode): SchemaNode => node({ type: 'array', items });

/** Any other keys, each with such a value. */
export const mapNode = (values: SchemaNode): SchemaNode =>
  node({ type: 'object', additionalProperties: values });

const anything = (): SchemaNode => node({});
const anyOf = (...nodes: SchemaNode[]): SchemaNode => node({ anyOf: nodes });

/** Numbers written as text with all their digits. */
const DIGITS = String.raw`^-?\d+(\.\d+)?([eE][-+]?\d+)?$`;

function intNode(type: DataType & { kind: 'int' }, isSure: boolean, asText: boolean): SchemaNode {
  // A column that is only thought to hold whole numbers is written as it stands, whatever numbers come.
  if (!isSure) {
    const number = node({ type: 'number' });
    return asText ? anyOf(number, node({ type: 'string', pattern: DIGITS })) : number;
  }
  if (type.bits === 64) {
    const integer = node({ type: 'integer' });
    return asText ? anyOf(integer, node({ type: 'string', pattern: DIGITS })) : integer;
  }
  const size = 2 ** type.bits;
  const [minimum, maximum] = type.signed ? [-size / 2, size / 2 - 1] : [0, size - 1];
  return node({ type: 'integer', minimum, maximum });
}

function timeNode(type: DataType, time: JsonTime, isSure: boolean): SchemaNode {
  if (typeof time === 'function') return node({ type: 'string' });
  if (time !== 'iso' && type.kind !== 'time') return node({ type: 'number' });
  if (type.kind === 'date') return node({ type: 'string', format: 'date' });
  // RFC 3339 asks for seconds, which a source may leave out, and for an offset.
  const isInstant = type.kind === 'timestamp' && type.zone !== null && isSure;
  return node({ type: 'string', format: isInstant ? 'date-time' : undefined });
}

/** What a type's values are when they are there. `isSure`: the type is more than a guess, so that nested values are its own. */
function valueNode(
  type: DataType,
  options: JsonValueOptions,
  time: JsonTime,
  isSure: boolean,
): SchemaNode {
  const asText = options.bigNumbers === 'string';
  const inner = (of: DataType): SchemaNode =>
    anyOf(valueNode(of, options, time, isSure), node({ type: 'null' }));
  switch (type.kind) {
    case 'null':
      return node({ type: 'null' });
    case 'bool':
      return node({ type: 'boolean' });
    case 'int':
      return intNode(type, isSure, asText);
    case 'decimal':
      return asText ? node({ type: 'string', pattern: DIGITS }) : node({ type: 'number' });
    case 'float': {
      const number = node({ type: 'number' });
      return options.nonFinite === 'string'
        ? anyOf(number, node({ enum: ['NaN', 'Infinity', '-Infinity'] }))
        : number;
    }
    case 'utf8':
      return node({ type: 'string' });
    case 'binary':
      return node({ type: 'string', contentEncoding: 'base64' });
    case 'date':
    case 'time':
    case 'timestamp':
      return timeNode(type, time, isSure);
    case 'json':
      return anything();
    case 'list':
      return isSure ? arrayNode(inner(type.item)) : node({ type: 'array' });
    case 'struct':
      return isSure
        ? objectNode(type.fields.map((field) => [field.name, inner(field.type)]))
        : node({ type: 'object' });
    case 'map':
      return isSure ? arrayNode(node({ type: 'array', minItems: 2, maxItems: 2 })) : anything();
    case 'dictionary':
      return valueNode(type.value, options, time, isSure);
  }
}

/** A column's values, those that are null too. */
function columnNode(field: Field, options: JsonValueOptions, time: JsonTime): SchemaNode {
  const { type, origin } = field;
  const isSure = origin !== 'inferred';
  const isArray = type.kind === 'list' || (type.kind === 'map' && isSure);
  const missing = options.nullHandling === 'empty' ? node({ const: '' }) : node({ type: 'null' });
  if (type.kind === 'json' || type.kind === 'map') return anything();
  if (isArray && options.arrayHandling === 'stringify')
    return anyOf(node({ type: 'string' }), missing);
  if (type.kind === 'list' && options.arrayHandling === 'expand')
    return isSure ? anyOf(valueNode(type.item, options, time, isSure), missing) : anything();
  const value = valueNode(type, options, time, isSure);
  const isNullToo = options.nonFinite === 'null' && options.nullHandling === 'empty';
  return type.kind === 'float' && isNullToo
    ? anyOf(value, missing, node({ type: 'null' }))
    : anyOf(value, missing);
}

/** The columns by the names that they are written under. */
export function columnNodes(
  schema: Schema,
  options: JsonValueOptions,
  times: readonly JsonTime[] = jsonTimes(options, schema),
): [string, SchemaNode][] {
  return writtenNames(schema, options).map((name, position) => [
    name,
    columnNode(schema.fields[position]!, options, times[position]!),
  ]);
}

/** A record: an object, or an array of the values. */
export function recordNode(
  schema: Schema,
  options: JsonValueOptions,
  times?: readonly JsonTime[],
): SchemaNode {
  const columns = columnNodes(schema, options, times);
  if (options.shape === 'objects')
    return objectNode(columns, options.nullHandling === 'exclude' ? [] : undefined);
  return node({
    type: 'array',
    prefixItems: columns.length === 0 ? undefined : columns.map(([, value]) => value),
    items: false,
    minItems: columns.length,
  });
}

/** A GeoJSON feature with such properties. */
export function featureNode(properties: SchemaNode, hasId: boolean): SchemaNode {
  const geometry = node({
    type: ['object', 'null'],
    properties: node({ type: node({ type: 'string' }), coordinates: node({ type: 'array' }) }),
    required: ['type'],
  });
  return objectNode(
    [
      ['type', node({ const: 'Feature' })],
      ...(hasId ? [['id', node({ type: ['string', 'integer'] })] as const] : []),
      ['geometry', geometry],
      ['properties', properties],
    ],
    ['type', 'geometry', 'properties'],
  );
}

/** The names as the first array of the shape `arrays`. */
export const namesNode = (schema: Schema, options: JsonValueOptions): SchemaNode =>
  node({ const: writtenNames(schema, options) });

function stringify(value: SchemaNode, before: string): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${before}  `;
  const parts = Array.isArray(value)
    ? value.map((each) => stringify(each, inner))
    : Array.from(value, ([name, each]) => `${JSON.stringify(name)}: ${stringify(each, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${before}${close}`;
}

/** The file that describes an output, as one that stands beside it. */
export function schemaSegment(root: SchemaNode): Segment {
  const members = root as Map<string, SchemaNode>;
  const whole: SchemaNode = new Map<string, SchemaNode>([
    ['$schema', 'https://json-schema.org/draft/2020-12/schema'],
    ...members,
  ]);
  const bytes = new TextEncoder().encode(`${stringify(whole, '')}\n`);
  return { entry: { suffix: '.schema.json' }, bytes };
}

/** The encoder with such a file behind its own. */
export function withSchema(encoder: Encoder, beside: Segment): Encoder {
  return { ...encoder, end: (totals) => [...encoder.end(totals), beside] };
}

/** The same for one that takes its batches in one place. */
export function withSchemaStream(encoder: StreamEncoder, beside: Segment): StreamEncoder {
  return {
    ...encoder,
    async *end(totals) {
      yield* encoder.end(totals);
      yield beside;
    },
  };
}
