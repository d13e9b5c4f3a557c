// The Avro schema of a table (Avro 1.12 specification): its types, and names that can be read back.
import type { DataType, Schema, TimeUnit } from '../../table/data-type.ts';
import type { AvroOptions } from './options.ts';

/** How a column's values are written, beside what its schema says. */
export type AvroType =
  | { as: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'string' | 'bytes' }
  /** A wide number as text, or as a double of its text. */
  | { as: 'text' | 'number-text' }
  | { as: 'decimal'; isUnsignedInt: boolean }
  /** Units of the source times `times`, or divided by `by`. */
  | { as: 'time'; times: bigint; by: bigint; isInt: boolean }
  | { as: 'list'; item: AvroType }
  | { as: 'struct'; fields: AvroType[] }
  | { as: 'map'; value: AvroType }
  | { as: 'pairs'; key: AvroType; value: AvroType };

type Json = string | { [key: string]: unknown } | unknown[];

export interface PlannedSchema {
  json: Json;
  columns: AvroType[];
}

const PER_SECOND: Readonly<Record<TimeUnit, bigint>> = {
  s: 1n,
  ms: 1_000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
};

const CHARACTER = /[A-Za-z0-9_]/;

/**
 * A valid name for any: `_xHHHH_` for what may not stand there, as in XML, so that the true one can be read back. (It also
 * stands beside it, as the field's `doc`.)
 */
export function avroName(name: string): string {
  if (name === '') return '_xFFFF_';
  let text = '';
  for (const character of name) {
    const fits = CHARACTER.test(character) && !(text === '' && /\d/.test(character));
    const code = character.codePointAt(0)!;
    text += fits
      ? character
      : `_x${code
          .toString(16)
          .toUpperCase()
          .padStart(code > 0xffff ? 6 : 4, '0')}_`;
  }
  return text;
}

/** Names for fields of one record, each once. */
export function fieldNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const plain = avroName(name);
    let unique = plain;
    for (let n = 2; used.has(unique); n++) unique = `${plain}_${n}`;
    used.add(unique);
    return unique;
  });
}

/** The schema and the ways to write its columns. */
export function planSchema(options: AvroOptions, schema: Schema, dataset: string): PlannedSchema {
  const records = new Set<string>();
  /** Names of records are each defined once in a schema. */
  const recordName = (wanted: string): string => {
    let name = wanted;
    for (let n = 2; records.has(name); n++) name = `${wanted}_${n}`;
    records.add(name);
    return name;
  };

  const typeOf = (type: DataType, path: string, isUuid: boolean): [Json, AvroType] => {
    switch (type.kind) {
      case 'null':
        return ['null', { as: 'null' }];
      case 'bool':
        return ['boolean', { as: 'boolean' }];
      case 'int':
        if (type.bits < 32 || (type.bits === 32 && type.signed)) return ['int', { as: 'int' }];
        if (type.bits === 32 || type.signed) return ['long', { as: 'long' }];
        return [
          { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 0 },
          { as: 'decimal', isUnsignedInt: true },
        ];
      case 'float':
        return type.bits === 32 ? ['float', { as: 'float' }] : ['double', { as: 'double' }];
      case 'decimal': {
        const { precision, scale } = type;
        if (options.decimals === 'text') return ['string', { as: 'text' }];
        if (options.decimals === 'double') return ['double', { as: 'number-text' }];
        return [
          { type: 'bytes', logicalType: 'decimal', precision, scale },
          { as: 'decimal', isUnsignedInt: false },
        ];
      }
      case 'binary':
        return ['bytes', { as: 'bytes' }];
      case 'date':
        return [{ type: 'int', logicalType: 'date' }, { as: 'int' }];
      case 'time': {
        // There is no unit finer than a microsecond for times of day.
        const isMillis = type.unit === 's' || type.unit === 'ms';
        return [
          isMillis
            ? { type: 'int', logicalType: 'time-millis' }
            : { type: 'long', logicalType: 'time-micros' },
          timeType(type.unit, isMillis ? 'ms' : 'us', isMillis),
        ];
      }
      case 'timestamp': {
        const source = type.unit === 's' ? 'ms' : type.unit;
        const unit = options.timestampUnit === 'source' ? source : options.timestampUnit;
        const word = { s: 'millis', ms: 'millis', us: 'micros', ns: 'nanos' }[unit];
        const logicalType = `${type.zone === null ? 'local-' : ''}timestamp-${word}`;
        return [{ type: 'long', logicalType }, timeType(type.unit, unit, false)];
      }
      case 'dictionary':
        return typeOf(type.value, path, isUuid);
      case 'list':
      case 'struct':
      case 'map':
        return options.nested === 'json' ? ['string', { as: 'text' }] : nestedType(type, path);
      default:
        return [isUuid ? { type: 'string', logicalType: 'uuid' } : 'string', { as: 'string' }];
    }
  };

  const nestedType = (
    type: DataType & { kind: 'list' | 'struct' | 'map' },
    path: string,
  ): [Json, AvroType] => {
    switch (type.kind) {
      case 'list': {
        const [items, item] = typeOf(type.item, `${path}_item`, false);
        return [
          { type: 'array', items: orNull(items) },
          { as: 'list', item },
        ];
      }
      case 'map': {
        const [values, value] = typeOf(type.value, `${path}_value`, false);
        if (type.key.kind === 'utf8')
          return [
            { type: 'map', values: orNull(values) },
            { as: 'map', value },
          ];
        // Keys of maps are texts: others stand in records of key and value.
        const [keys, key] = typeOf(type.key, `${path}_key`, false);
        const fields = [
          { name: 'key', type: orNull(keys) },
          { name: 'value', type: orNull(values) },
        ];
        const items = { type: 'record', name: recordName(`${path}_entry`), fields };
        return [
          { type: 'array', items },
          { as: 'pairs', key, value },
        ];
      }
      case 'struct': {
        const name = recordName(path);
        const names = fieldNames(type.fields.map((field) => field.name));
        const planned = type.fields.map((field, i) =>
          typeOf(field.type, `${path}_${names[i]!}`, false),
        );
        const fields = planned.map(([json], i) => fieldOf(names[i]!, type.fields[i]!.name, json));
        return [
          { type: 'record', name, fields },
          { as: 'struct', fields: planned.map(([, each]) => each) },
        ];
      }
    }
  };

  const name = recordName(avroName(options.recordName === '' ? dataset : options.recordName));
  const uuids = new Set(options.uuidColumns);
  const names = fieldNames(schema.fields.map((field) => field.name));
  const planned = schema.fields.map((field, i) =>
    typeOf(field.type, `${name}_${names[i]!}`, uuids.has(field.name)),
  );
  return {
    json: {
      type: 'record',
      name,
      ...(options.namespace !== '' && { namespace: options.namespace }),
      fields: planned.map(([json], i) => fieldOf(names[i]!, schema.fields[i]!.name, json)),
    },
    columns: planned.map(([, type]) => type),
  };
}

const orNull = (type: Json): Json => (type === 'null' ? type : ['null', type]);

const fieldOf = (name: string, own: string, type: Json): Json => ({
  name,
  type: orNull(type),
  default: null,
  ...(own !== name && { doc: own }),
});

function timeType(from: TimeUnit, to: TimeUnit, isInt: boolean): AvroType {
  const [source, target] = [PER_SECOND[from], PER_SECOND[to]];
  return {
    as: 'time',
    times: target > source ? target / source : 1n,
    by: source > target ? source / target : 1n,
    isInt,
  };
}
