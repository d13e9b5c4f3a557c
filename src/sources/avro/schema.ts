// What an Avro schema says of the records (Avro 1.12, "Schema Declaration"): a column's type, and how its values are read.
import { ExportError, shorten } from '../../contract/errors.ts';
import { Fault, insist } from '../../contract/fault.ts';
import type { DataType, Field } from '../../table/data-type.ts';
import type { NestedValue } from '../../table/flat-builder.ts';
import type { Cursor } from './cursor.ts';

/** A type with the way to read its values; texts come as their bytes. */
export interface AvroType {
  type: DataType;
  nullable: boolean;
  /** Whether a value may take no byte. */
  isNothing: boolean;
  read(cursor: Cursor): NestedValue;
}

export interface AvroColumn extends AvroType {
  name: string;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const PRIMITIVES: Readonly<Record<string, Omit<AvroType, 'nullable' | 'isNothing'>>> = {
  boolean: { type: { kind: 'bool' }, read: (cursor) => cursor.readBoolean() },
  int: { type: { kind: 'int', bits: 32, signed: true }, read: (cursor) => cursor.readInt() },
  long: { type: { kind: 'int', bits: 64, signed: true }, read: (cursor) => cursor.readBigInt() },
  float: { type: { kind: 'float', bits: 32 }, read: (cursor) => cursor.readFloat() },
  double: { type: { kind: 'float', bits: 64 }, read: (cursor) => cursor.readDouble() },
  bytes: { type: { kind: 'binary' }, read: (cursor) => cursor.readSized() },
  string: { type: { kind: 'utf8' }, read: (cursor) => cursor.readSized() },
};

const NOTHING: AvroType = {
  type: { kind: 'null' },
  nullable: true,
  isNothing: true,
  read: () => null,
};

/** Logical types by the type below them; what is not here counts as the type below, as the specification has it. */
const LOGICAL: Readonly<Record<string, DataType>> = {
  'int date': { kind: 'date' },
  'int time-millis': { kind: 'time', unit: 'ms' },
  'long time-micros': { kind: 'time', unit: 'us' },
  'long timestamp-millis': { kind: 'timestamp', unit: 'ms', zone: 'UTC' },
  'long timestamp-micros': { kind: 'timestamp', unit: 'us', zone: 'UTC' },
  'long timestamp-nanos': { kind: 'timestamp', unit: 'ns', zone: 'UTC' },
  'long local-timestamp-millis': { kind: 'timestamp', unit: 'ms', zone: null },
  'long local-timestamp-micros': { kind: 'timestamp', unit: 'us', zone: null },
  'long local-timestamp-nanos': { kind: 'timestamp', unit: 'ns', zone: null },
};

/** Digits that a decimal of ours holds. */
const MOST_DIGITS = 38;
const MOST_DEPTH = 64;
/** Types in all: names let a short schema mean one without end. */
const MOST_TYPES = 100_000;
const UUID_BYTES = 16;

/**
 * The columns of a file: the fields of its records, or one column where the schema is of something else. Throws a Fault for a
 * schema that is none, `read.avro.unsupported` for what a table cannot hold.
 */
export function planColumns(text: string, name: string): AvroColumn[] {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    throw new Fault('its schema is no JSON');
  }
  const planner = new Planner(name);
  if (isObject(json) && json['type'] === 'record')
    return planner.fields(json, '', '').map(({ field, type }) => ({ ...type, name: field }));
  return [{ ...planner.plan(json, '', 'value', 0), name: 'value' }];
}

/** The columns' fields as a schema of ours has them. */
export const schemaFields = (columns: readonly AvroColumn[]): Field[] =>
  columns.map(({ name, type, nullable }) => fieldOf(name, type, nullable));

const fieldOf = (name: string, type: DataType, nullable: boolean): Field => ({
  name,
  type,
  nullable,
  origin: 'native',
});

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

class Planner {
  readonly #file: string;
  /** Named types by their full names. */
  readonly #named = new Map<string, { json: JsonObject; namespace: string }>();
  /** Full names that are being planned: one inside of itself has no end. */
  readonly #open = new Set<string>();
  #types = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** The fields of a record. */
  fields(
    json: JsonObject,
    namespace: string,
    path: string,
    depth = 0,
  ): { field: string; type: AvroType }[] {
    const { fields } = json;
    insist(Array.isArray(fields), 'a record of its schema has no fields');
    const full = this.#define(json, namespace);
    if (this.#open.has(full)) throw this.#unsupported('a record that holds itself', path);
    this.#open.add(full);
    const own = full.includes('.') ? full.slice(0, full.lastIndexOf('.')) : '';
    const planned = fields.map((each) => {
      insist(
        isObject(each) && typeof each['name'] === 'string' && each['type'] !== undefined,
        'a field of its schema has no name or type',
      );
      const field = each['name'];
      const place = path === '' ? field : `${path}.${field}`;
      return { field, type: this.plan(each['type'], own, place, depth + 1) };
    });
    this.#open.delete(full);
    return planned;
  }

  plan(json: Json, namespace: string, path: string, depth: number): AvroType {
    insist(depth <= MOST_DEPTH, 'its schema is nested too deeply');
    insist(++this.#types <= MOST_TYPES, 'its schema has too many types');
    if (Array.isArray(json)) return this.#union(json, namespace, path, depth);
    if (typeof json === 'string') return this.#byName(json, namespace, path, depth);
    insist(isObject(json), 'its schema holds a type that is none');
    const { type } = json;
    switch (type) {
      case 'record':
      case 'error':
        return structOf(
          this.fields(json, namespace, path, depth).map(({ field, type: part }) => ({
            ...part,
            name: field,
          })),
        );
      case 'enum':
        return this.#enum(json, namespace);
      case 'fixed':
        return this.#fixed(json, namespace);
      case 'array': {
        const item = this.plan(json['items'] ?? null, namespace, `${path}[]`, depth + 1);
        return {
          type: { kind: 'list', item: item.type },
          nullable: false,
          isNothing: false,
          read(cursor) {
            const items: NestedValue[] = [];
            for (const count of cursor.readCounts(item.isNothing))
              for (let i = 0; i < count; i++) items.push(item.read(cursor));
            return items;
          },
        };
      }
      case 'map': {
        const value = this.plan(json['values'] ?? null, namespace, `${path}{}`, depth + 1);
        return {
          type: { kind: 'map', key: { kind: 'utf8' }, value: value.type },
          nullable: false,
          isNothing: false,
          read(cursor) {
            const pairs: NestedValue[] = [];
            for (const count of cursor.readCounts(false))
              for (let i = 0; i < count; i++) pairs.push([cursor.readSized(), value.read(cursor)]);
            return pairs;
          },
        };
      }
      default:
        return typeof type === 'string'
          ? logical(json, this.#byName(type, namespace, path, depth), type)
          : this.plan(type ?? null, namespace, path, depth + 1);
    }
  }

  #byName(name: string, namespace: string, path: string, depth: number): AvroType {
    if (name === 'null') return NOTHING;
    const primitive = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
    if (primitive !== undefined) return { ...primitive, nullable: false, isNothing: false };
    const full = name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
    const named = this.#named.get(full) ?? this.#named.get(name);
    insist(named !== undefined, `its schema names a type “${shorten(name)}” that it does not have`);
    return this.plan(named.json, named.namespace, path, depth + 1);
  }

  /** Nulls beside one type make it nullable; several types stand in a struct with a field for each, of which one has a value. */
  #union(json: readonly Json[], namespace: string, path: string, depth: number): AvroType {
    const branches = json.map((each) => this.plan(each, namespace, path, depth + 1));
    const members = branches.filter(({ type }) => type.kind !== 'null');
    const branchOf = (cursor: Cursor): number => {
      const index = cursor.readNumber();
      insist(index >= 0 && index < branches.length, 'a value is of none of its types');
      return index;
    };
    if (members.length < 2)
      return {
        type: members[0]?.type ?? NOTHING.type,
        nullable: true,
        isNothing: false,
        read: (cursor) => branches[branchOf(cursor)]!.read(cursor),
      };
    const places = branches.map((branch) => members.indexOf(branch));
    return {
      type: {
        kind: 'struct',
        fields: members.map(({ type }, i) => fieldOf(`member${i}`, type, true)),
      },
      nullable: places.includes(-1),
      isNothing: false,
      read(cursor) {
        const index = branchOf(cursor);
        const value = branches[index]!.read(cursor);
        if (places[index] === -1) return null;
        return members.map((_, i) => (i === places[index] ? value : null));
      },
    };
  }

  #enum(json: JsonObject, namespace: string): AvroType {
    this.#define(json, namespace);
    const { symbols } = json;
    insist(
      Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === 'string'),
      'an enum of its schema has no symbols',
    );
    return {
      type: { kind: 'utf8', meaning: 'enum' },
      nullable: false,
      isNothing: false,
      read(cursor) {
        const symbol = symbols[cursor.readNumber()];
        insist(symbol !== undefined, 'a value is none of its enum');
        return symbol as string;
      },
    };
  }

  #fixed(json: JsonObject, namespace: string): AvroType {
    this.#define(json, namespace);
    const { size } = json;
    insist(Number.isSafeInteger(size) && (size as number) >= 0, 'a fixed type has no size');
    const fixed: AvroType = {
      type: { kind: 'binary' },
      nullable: false,
      isNothing: size === 0,
      read: (cursor) => cursor.readBytes(size as number),
    };
    if (size === UUID_BYTES && json['logicalType'] === 'uuid')
      return {
        ...fixed,
        type: { kind: 'utf8', meaning: 'uuid' },
        read: (cursor) => uuidOf(cursor.readBytes(UUID_BYTES)),
      };
    return logical(json, fixed, 'bytes');
  }

  /** The full name, which other places may call the type by. */
  #define(json: JsonObject, namespace: string): string {
    const { name, namespace: own } = json;
    insist(typeof name === 'string' && name !== '', 'a type of its schema has no name');
    const space = typeof own === 'string' ? own : namespace;
    const full = name.includes('.') || space === '' ? name : `${space}.${name}`;
    this.#named.set(full, { json, namespace });
    return full;
  }

  #unsupported(what: string, path: string): ExportError {
    return new ExportError('read.avro.unsupported', {
      name: this.#file,
      what,
      column: shorten(path),
    });
  }
}

function structOf(parts: readonly AvroColumn[]): AvroType {
  return {
    type: { kind: 'struct', fields: schemaFields(parts) },
    nullable: false,
    isNothing: parts.every(({ isNothing }) => isNothing),
    read: (cursor) => parts.map((part) => part.read(cursor)),
  };
}

function logical(json: JsonObject, below: AvroType, name: string): AvroType {
  const { logicalType } = json;
  if (logicalType === 'decimal' && name === 'bytes') return decimalOf(json, below);
  const type = LOGICAL[`${name} ${String(logicalType)}`];
  return type === undefined ? below : { ...below, type };
}

/** Whole numbers of two's complement, the highest byte first. What is no valid decimal counts as the bytes below. */
function decimalOf({ precision, scale = 0 }: JsonObject, below: AvroType): AvroType {
  const isValid =
    Number.isSafeInteger(precision) &&
    Number.isSafeInteger(scale) &&
    (precision as number) >= 1 &&
    (precision as number) <= MOST_DIGITS &&
    (scale as number) >= 0 &&
    (scale as number) <= (precision as number);
  if (!isValid) return below;
  const most = 10n ** BigInt(precision as number);
  return {
    ...below,
    type: { kind: 'decimal', precision: precision as number, scale: scale as number },
    read(cursor) {
      const value = bigIntOf(below.read(cursor) as Uint8Array);
      insist(value < most && value > -most, 'a decimal has more digits than its type');
      return value;
    },
  };
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function bigIntOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}
