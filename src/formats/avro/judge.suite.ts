// What avsc finds in an Avro file: its schema, its blocks, and values as texts.
import { inflateRawSync } from 'node:zlib';
import avro, { type Schema as AvroSchema, type Type } from 'avsc';
import { decompress } from 'fzstd';
import { compressors } from 'hyparquet-compressors';
import { avroLong } from '../../contract/avro-long.suite.ts';
import { crc32 } from '../../kernels/crc32.ts';
import { decimalText, float32Text, floatText } from '../../table/value-text.ts';
import type { Judge } from '../judge.suite.ts';

const { LogicalType } = avro.types;

const logical = (read: (value: never, schema: Record<string, number>) => string) =>
  class extends LogicalType {
    readonly own: Record<string, number>;
    constructor(schema: AvroSchema, options?: object) {
      super(schema, options);
      this.own = schema as unknown as Record<string, number>;
    }
    override _fromValue(value: never): string {
      return read(value, this.own);
    }
    override _toValue(): never {
      throw new Error('only read');
    }
  };

const NANOS: Readonly<Record<string, bigint>> = { millis: 1_000_000n, micros: 1_000n, nanos: 1n };

const logicalTypes = Object.fromEntries([
  ['uuid', logical((value) => value)],
  [
    'decimal',
    logical((value: Buffer, { scale }) => {
      const digits = BigInt(`0x${value.toString('hex')}`);
      return decimalText(BigInt.asIntN(value.length * 8, digits), scale!);
    }),
  ],
  ['date', logical((value: number) => `date ${value}`)],
  ...['millis', 'micros', 'nanos'].flatMap((unit) => {
    const nanos = (what: string) =>
      logical((value: bigint | number) => `${what} ${BigInt(value) * NANOS[unit]!}`);
    return [
      [`time-${unit}`, nanos('time')],
      [`timestamp-${unit}`, nanos('instant')],
      [`local-timestamp-${unit}`, nanos('local')],
    ] as const;
  }),
]);

const HEADER = avro.Type.forSchema({
  type: 'record',
  name: 'Header',
  fields: [
    { name: 'magic', type: { type: 'fixed', name: 'Magic', size: 4 } },
    { name: 'meta', type: { type: 'map', values: 'bytes' } },
    { name: 'sync', type: { type: 'fixed', name: 'Sync', size: 16 } },
  ],
});
const BLOCK = avro.Type.forSchema({
  type: 'record',
  name: 'Block',
  fields: [
    { name: 'count', type: 'long' },
    { name: 'data', type: 'bytes' },
    { name: 'sync', type: { type: 'fixed', name: 'Mark', size: 16 } },
  ],
});

interface RecordSchema {
  name: string;
  namespace?: string;
  fields: { name: string; doc?: string; type: unknown }[];
}

/** A whole file, its blocks unpacked. */
export function openAvro(bytes: Uint8Array) {
  const file = Buffer.from(bytes);
  const decode = (type: Type, from: number): { value: never; offset: number } => {
    const found = type.decode(file, from);
    if (found.offset < 0) throw new Error('the file ends too early');
    return found as { value: never; offset: number };
  };
  const head = decode(HEADER, 0);
  const { magic, meta, sync } = head.value as {
    magic: Buffer;
    meta: Record<string, Buffer>;
    sync: Buffer;
  };
  if (magic.toString('latin1') !== 'Obj\u0001') throw new Error('no Avro file');
  const codec = meta['avro.codec']!.toString();
  const blocks: { count: number; packedBytes: number; data: Buffer }[] = [];
  for (let at = head.offset; at < file.length;) {
    const block = decode(BLOCK, at);
    const {
      count,
      data,
      sync: mark,
    } = block.value as { count: number; data: Buffer; sync: Buffer };
    if (!mark.equals(sync)) throw new Error('another mark');
    blocks.push({ count, packedBytes: data.length, data: unpack(codec, data) });
    at = block.offset;
  }
  const schema = JSON.parse(meta['avro.schema']!.toString()) as RecordSchema;
  return { meta, codec, schema, blocks };
}

function unpack(codec: string, data: Buffer): Buffer {
  switch (codec) {
    case 'null':
      return data;
    case 'deflate':
      return inflateRawSync(data);
    case 'zstandard':
      return Buffer.from(decompress(data));
    case 'snappy': {
      let size = 0;
      for (let i = 0; ; i++) {
        size |= (data[i]! & 127) << (7 * i);
        if (data[i]! < 128) break;
      }
      const unpacked = Buffer.from(compressors.SNAPPY!(data.subarray(0, -4), size));
      if (crc32(unpacked) !== data.readUInt32BE(data.length - 4)) throw new Error('a wrong sum');
      return unpacked;
    }
    default:
      throw new Error(`no codec ${codec}`);
  }
}

function plain(value: unknown, type: unknown): unknown {
  const branch = Array.isArray(type) ? (type as unknown[]).at(-1) : type;
  if (value === null) return null;
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (typeof value === 'number')
    return branch === 'float'
      ? float32Text(value)
      : branch === 'double'
        ? floatText(value)
        : String(value);
  return typeof value === 'object' ? value : String(value);
}

/** Names as they were before Avro's rules, and values as texts. */
export function readAvro(bytes: Uint8Array) {
  const { schema, blocks } = openAvro(bytes);
  // Names that it would not take end here; what it reads has others, as not all of them are safe in objects.
  avro.Type.forSchema(schema as AvroSchema);
  const fields = schema.fields.map((field, at) => ({ ...field, name: `column${at}` }));
  const type = avro.Type.forSchema({ ...schema, fields } as AvroSchema, {
    logicalTypes,
    registry: { long: avroLong },
    omitRecordMethods: true,
  });
  const rows: unknown[][] = [];
  for (const { count, data } of blocks) {
    let at = 0;
    for (let i = 0; i < count; i++) {
      const { value, offset } = type.decode(data, at) as { value: object; offset: number };
      if (offset < 0) throw new Error('a block ends too early');
      rows.push(Object.values(value).map((each, c) => plain(each, schema.fields[c]!.type)));
      at = offset;
    }
    if (at !== data.length) throw new Error('a block has more than its records');
  }
  return { names: schema.fields.map(({ name, doc }) => doc ?? name), rows };
}

/** What stands in the header, and how large the blocks are. */
function describeAvro(bytes: Uint8Array): string {
  const { meta, codec, schema, blocks } = openAvro(bytes);
  return [
    `codec ${codec}`,
    `record ${schema.namespace ?? ''}/${schema.name}`,
    ...schema.fields.map((field) => `field ${JSON.stringify(field)}`),
    ...Object.entries(meta).flatMap(([key, value]) =>
      key.startsWith('avro.') ? [] : [`${key} = ${value.toString()}`],
    ),
    ...blocks.map(
      ({ count, data, packedBytes }) => `block of ${count} rows, ${packedBytes} of ${data.length}`,
    ),
  ].join('\n');
}

const DAY = 86_400n * 1_000_000_000n;

/** The texts of dates and times as whole units, all others as they are. */
function unitsOf(text: string): string {
  const clock = (hour: string, minute: string, second: string, fraction = ''): bigint =>
    (BigInt(hour) * 3600n + BigInt(minute) * 60n + BigInt(second)) * 1_000_000_000n +
    BigInt(fraction.padEnd(9, '0'));
  const time = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?$/.exec(text);
  if (time) return `time ${clock(time[1]!, time[2]!, time[3]!, time[4])}`;
  const found =
    /^([-+]?\d{4,6}-\d\d-\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|([-+])(\d\d):(\d\d))?)?$/.exec(
      text,
    );
  if (!found) return text;
  const [, day, hour, minute, second, fraction, zone, sign, zoneHour, zoneMinute] = found;
  const days = BigInt(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  if (hour === undefined) return `date ${days}`;
  let nanos = days * DAY + clock(hour, minute!, second!, fraction);
  if (sign !== undefined) {
    const offset = clock(zoneHour!, zoneMinute!, '0');
    nanos += sign === '-' ? offset : -offset;
  }
  return `${zone === undefined ? 'local' : 'instant'} ${nanos}`;
}

export const avroJudge: Judge = {
  exact: {},
  ofCell: (cell) => cell,
  ofValue: unitsOf,
  read: (_text, _options, _names, bytes) => readAvro(bytes),
  describe: describeAvro,
};
