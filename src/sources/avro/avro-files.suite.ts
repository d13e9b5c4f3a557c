// Avro files for tests, as avsc writes them.
import { spawnSync } from 'node:child_process';
import { deflateRawSync } from 'node:zlib';
import avro from 'avsc';
import { avroLong } from '../../contract/avro-long.suite.ts';
import { crc32 } from '../../kernels/crc32.ts';
import { packSnappy } from '../../kernels/pack-blocks.ts';

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
      registry: { long: avroLong },
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
