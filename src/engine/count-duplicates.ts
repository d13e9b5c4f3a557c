// Counts the rows that are like a row before them, exactly: their keys in memory while these fit, beyond that on scratch, in parts.
import type { Scratch } from '../contract/scratch.ts';
import { createPartitions } from '../spill/partitions.ts';
import {
  selectedCount,
  selectedRow,
  valueBytes,
  type Batch,
  type TypedColumn,
} from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { UTF8, type Schema } from '../table/data-type.ts';
import { hashBytes } from '../table/hash-bytes.ts';
import { createKeyTable } from '../table/key-table.ts';
import { createKeyWriter } from '../table/row-key.ts';

/** Keys put aside are parted by their hash: each part is then small enough for a table of its own. */
const PARTS = 128;
const KEYS: Schema = {
  fields: [{ name: 'key', type: { kind: 'binary' }, nullable: false, origin: 'native' }],
};

export interface DuplicateCounter {
  /** The same batches; their rows are noted before they go on. */
  watch(batches: AsyncIterable<Batch>): AsyncIterable<Batch>;
  /** Rows beyond the first of each kind. After the last batch. */
  count(): Promise<number>;
  close(): Promise<void>;
}

/** Texts are the same when they are spelled the same, whatever their column's type. */
export function createDuplicateCounter(scratch: Scratch): DuplicateCounter {
  const most = scratch.memoryBytes / 4;
  const table = createKeyTable();
  const partitions = createPartitions(KEYS, PARTS, scratch);
  const key = new ByteWriter(256);
  const aside = new ByteWriter(64 * 1024);
  const hash = new Uint32Array(2);
  let isFull = false;
  let duplicates = 0;

  const note = async (batch: Batch): Promise<void> => {
    const schema: Schema = {
      fields: batch.schema.fields.map((field, i) =>
        batch.columns[i]!.storage === 'text' ? { ...field, type: UTF8 } : field,
      ),
    };
    const places = schema.fields.map((_, i) => i);
    const keys = createKeyWriter(schema, places, { mode: 'equal' });
    keys.begin({ ...batch, schema });
    const count = selectedCount(batch);
    const parts = new Uint8Array(count);
    const offsets = new Int32Array(count + 1);
    let late = 0;
    aside.clear();
    for (let i = 0; i < count; i++) {
      key.clear();
      keys.write(selectedRow(batch, i), key);
      if (!isFull) {
        const size = table.size;
        if (table.findOrAdd(key.bytes, 0, key.length) < size) duplicates++;
        isFull = table.memoryBytes > most;
        continue;
      }
      if (table.find(key.bytes, 0, key.length) >= 0) {
        duplicates++;
        continue;
      }
      hashBytes(key.bytes, 0, key.length, hash);
      parts[late++] = hash[1]! % PARTS;
      aside.put(key.bytes, 0, key.length);
      offsets[late] = aside.length;
    }
    if (late === 0) return;
    const column: TypedColumn = {
      storage: 'typed',
      type: { kind: 'binary' },
      length: late,
      validity: null,
      values: null,
      offsets: offsets.slice(0, late + 1),
      bytes: aside.take(),
      children: [],
      dictionary: null,
    };
    await partitions.add(
      { schema: KEYS, rowCount: late, selection: null, columns: [column], block: null },
      parts,
    );
  };

  return {
    async *watch(batches) {
      for await (const batch of batches) {
        await note(batch);
        yield batch;
      }
    },
    async count() {
      table.clear();
      for (let part = 0; part < PARTS; part++) {
        if (partitions.rowCount(part) === 0) continue;
        const seen = createKeyTable();
        for await (const batch of partitions.read(part)) {
          const column = batch.columns[0] as TypedColumn;
          for (let row = 0; row < batch.rowCount; row++) {
            const bytes = valueBytes(column, row);
            const size = seen.size;
            if (seen.findOrAdd(bytes, 0, bytes.length) < size) duplicates++;
          }
        }
        await partitions.drop(part);
      }
      return duplicates;
    },
    close: () => partitions.close(),
  };
}
