// Avro files for tests, as avsc writes them, and their reading: slices of memory, and every cell as text.
import { spawnSync } from 'node:child_process';
import { deflateRawSync } from 'node:zlib';
import avro from 'avsc';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import type { Loss } from '../../contract/report.ts';
import type { ByteInput } from '../../contract/source-input.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { crc32 } from '../../kernels/crc32.ts';
import { packSnappy } from '../../kernels/pack-blocks.ts';
import type { Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import type { Schema } from '../../table/data-type.ts';
import { inspectAvro } from './inspect.ts';
import { avroOptions, type AvroOptions } from './options.ts';
import { readAvro } from './read.ts';

type Pack = (block: Buffer) => Buffer;

const PACKS: Readonly<Record<string, Pack>> = {
  deflate: (block) => deflateRawSync(block),
  snappy(block) {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(block));
    return Buffer.concat([packSnappy(block), sum]);
  },
  // From a pipe, so that the frame does not say its size, as those of Java do not.
  zstandard: (block) => spawnSync('zstd', ['-c', '-q'], { input: block }).stdout,
};

/** 64-bit numbers without loss. */
const long = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer(value: bigint) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => Number(a > b) - Number(a < b),
});

export interface Written {
  codec?: string;
  blockBytes?: number;
  metadata?: Record<string, Buffer>;
}

/** A container file of these records; longs are bigint. */
export function writeAvro(
  schema: object | string,
  records: readonly unknown[],
  more: Written = {},
) {
  const { codec = 'null', blockBytes = 65_536, metadata = {} } = more;
  const type = avro.Type.forSchema(
    schema as never,
    {
      registry: { long },
      // The head says what the schema is, logical types and docs included.
      wrapUnions: true,
    } as never,
  );
  const codecs = Object.fromEntries(
    ['null', ...Object.keys(PACKS)].map((id) => [
      id,
      (block: Buffer, done: (error: null, packed: Buffer) => void) =>
        done(null, PACKS[id]?.(block) ?? block),
    ]),
  );
  return new Promise<Uint8Array>((resolve, reject) => {
    const pieces: Buffer[] = [];
    const encoder = new avro.streams.BlockEncoder(type, {
      codec,
      codecs,
      blockSize: blockBytes,
      metadata,
      writeHeader: true,
    } as never);
    encoder.on('data', (piece: Buffer) => pieces.push(piece));
    encoder.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces))));
    encoder.on('error', reject);
    for (const record of records) encoder.write(record);
    encoder.end();
  });
}

/** The file with another schema of the same encoding in its head: avsc leaves what it does not know out. */
export function withSchema(file: Uint8Array, before: object, after: object): Uint8Array {
  const bytes = Buffer.from(file);
  const old = Buffer.from(JSON.stringify(before));
  const at = bytes.indexOf(old);
  if (at < 0) throw new Error('the head has no such schema');
  const own = Buffer.from(JSON.stringify(after));
  const sizeBefore = longBytes(old.length);
  return new Uint8Array(
    Buffer.concat([
      bytes.subarray(0, at - sizeBefore.length),
      longBytes(own.length),
      own,
      bytes.subarray(at + old.length),
    ]),
  );
}

function longBytes(value: number): Buffer {
  const bytes: number[] = [];
  let left = value * 2;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return Buffer.from([...bytes, left]);
}

export function inputOf(bytes: Uint8Array): ByteInput {
  return {
    kind: 'bytes',
    name: 'test.avro',
    sizeBytes: bytes.length,
    once: false,
    open: () => {
      throw new Error('not to be read from the start');
    },
    slices: {
      sizeBytes: bytes.length,
      async read(from, to) {
        await Promise.resolve();
        if (from < 0 || to > bytes.length || from > to)
          throw new RangeError(`no slice ${from}–${to}`);
        return bytes.slice(from, to);
      },
    },
  };
}

export interface ReadAll {
  schema: Schema;
  estimatedRows: number | null;
  evidence: string[];
  batches: Batch[];
  rows: (string | null)[][];
  losses: Loss[];
}

export async function readAll(
  bytes: Uint8Array,
  options: Partial<AvroOptions> = {},
  more: Partial<ReadContext<AvroOptions>> = {},
): Promise<ReadAll> {
  const input = inputOf(bytes);
  const { schema, estimatedRows, evidence } = await inspectAvro({
    given: options,
    columns: [],
    input,
    sample: bytes.subarray(0, 0),
    isWhole: false,
    profiles: false,
    sizeBytes: bytes.length,
    name: input.name,
    limits: DEFAULT_LIMITS,
  });
  const losses: Loss[] = [];
  const batches: Batch[] = [];
  const rows: (string | null)[][] = [];
  for await (const batch of readAvro({
    input,
    options: { ...avroOptions.defaults, ...options },
    schema,
    columns: [],
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    reject: () => {
      throw new Error('nothing is rejected');
    },
    lose: (loss) => losses.push(loss),
    ...more,
  })) {
    batches.push(batch);
    for (let row = 0; row < batch.rowCount; row++)
      rows.push(schema.fields.map((_, column) => cellText(batch, row, column)));
  }
  return {
    schema,
    estimatedRows,
    evidence: evidence.map(({ sentence }) => sentence),
    batches,
    rows,
    losses,
  };
}
