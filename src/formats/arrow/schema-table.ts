// The schema of an Arrow file as a FlatBuffers table (Schema.fbs).
import type { DataType, Schema, TimeUnit } from '../../table/data-type.ts';
import type { FlatField, FlatTable } from './flatbuffer.ts';

const UNITS: Record<TimeUnit, number> = { s: 0, ms: 1, us: 2, ns: 3 };

const i8 = (value: number): FlatField => ({ kind: 'i8', value });
const i16 = (value: number): FlatField => ({ kind: 'i16', value });
const i32 = (value: number): FlatField => ({ kind: 'i32', value });
const text = (value: string): FlatField => ({ kind: 'text', value });

/** A column as it will stand in the file. */
export interface ArrowColumn {
  name: string;
  /** Without dictionaries. */
  type: DataType;
  /** Number of the dictionary that its texts stand in; null = in the column itself. */
  dictionary: number | null;
}

/** Number of a type in the union `Type`, and the table that says more. */
function typeTable(type: DataType): [number, FlatTable] {
  switch (type.kind) {
    case 'null':
      return [1, []];
    case 'int':
      return [2, [i32(type.bits), i8(type.signed ? 1 : 0)]];
    case 'float':
      return [3, [i16(type.bits === 32 ? 1 : 2)]];
    case 'binary':
      return [4, []];
    case 'utf8':
    case 'json':
      return [5, []];
    case 'bool':
      return [6, []];
    case 'decimal':
      return [7, [i32(type.precision), i32(type.scale), i32(128)]];
    case 'date':
      return [8, [i16(0)]];
    case 'time':
      return [9, [i16(UNITS[type.unit]), i32(isShortTime(type) ? 32 : 64)]];
    case 'timestamp':
      return [10, [i16(UNITS[type.unit]), type.zone === null ? null : text(type.zone)]];
    case 'list':
      return [12, []];
    case 'struct':
      return [13, []];
    case 'map':
      return [17, [i8(0)]];
    case 'dictionary':
      return typeTable(type.value);
  }
}

/** Times in seconds and milliseconds stand in four bytes. */
export function isShortTime(type: DataType): boolean {
  return type.kind === 'time' && (type.unit === 's' || type.unit === 'ms');
}

function childrenOf(type: DataType): FlatTable[] {
  switch (type.kind) {
    case 'list':
      return [fieldTable('item', type.item, true)];
    case 'struct':
      return type.fields.map((field) => fieldTable(field.name, field.type, true));
    case 'map': {
      const entry: DataType = {
        kind: 'struct',
        fields: [
          { name: 'key', type: type.key, nullable: false, origin: 'native' },
          { name: 'value', type: type.value, nullable: true, origin: 'native' },
        ],
      };
      const [id, own] = typeTable(entry);
      const parts = [fieldTable('key', type.key, false), fieldTable('value', type.value, true)];
      return [fieldOf('entries', false, id, own, null, parts, [])];
    }
    case 'dictionary':
      return childrenOf(type.value);
    default:
      return [];
  }
}

function fieldOf(
  name: string,
  isNullable: boolean,
  typeId: number,
  type: FlatTable,
  dictionary: number | null,
  children: readonly FlatTable[],
  metadata: readonly (readonly [string, string])[],
): FlatTable {
  return [
    text(name),
    i8(isNullable ? 1 : 0),
    i8(typeId),
    { kind: 'table', value: type },
    dictionary === null
      ? null
      : {
          kind: 'table',
          value: [
            { kind: 'i64', value: dictionary },
            { kind: 'table', value: [i32(32), i8(1)] },
            i8(0),
          ],
        },
    { kind: 'tables', value: children },
    metadata.length === 0 ? null : { kind: 'tables', value: metadata.map(pairTable) },
  ];
}

function fieldTable(
  name: string,
  type: DataType,
  isNullable: boolean,
  dictionary: number | null = null,
): FlatTable {
  const [id, own] = typeTable(type);
  // Readers that know the extension see JSON, all others text.
  const metadata: (readonly [string, string])[] =
    type.kind === 'json'
      ? [
          ['ARROW:extension:name', 'arrow.json'],
          ['ARROW:extension:metadata', ''],
        ]
      : [];
  return fieldOf(name, isNullable, id, own, dictionary, childrenOf(type), metadata);
}

const pairTable = ([key, value]: readonly [string, string]): FlatTable => [text(key), text(value)];

/** The columns with the metadata in the order given. */
export function schemaTable(
  columns: readonly ArrowColumn[],
  metadata: readonly (readonly [string, string])[],
): FlatTable {
  const fields = columns.map(({ name, type, dictionary }) =>
    fieldTable(name, type, true, dictionary),
  );
  return [
    i16(0),
    { kind: 'tables', value: fields },
    metadata.length === 0 ? null : { kind: 'tables', value: metadata.map(pairTable) },
  ];
}

/** The columns of a table; texts that stand in dictionaries are numbered. */
export function arrowColumns({ fields }: Schema, withDictionaries: boolean): ArrowColumn[] {
  let dictionaries = 0;
  return fields.map(({ name, type: own }): ArrowColumn => {
    let type = own;
    while (type.kind === 'dictionary') type = type.value;
    const dictionary = withDictionaries && type.kind === 'utf8' ? dictionaries++ : null;
    return { name, type, dictionary };
  });
}
