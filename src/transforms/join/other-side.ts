// The other side of a join as it is read: in memory by key, or, when that does not hold it, sorted by key on scratch files.
import type { Scratch } from '../../contract/scratch.ts';
import type { OtherDataset } from '../../contract/transform-plugin.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import { createExternalSorter, type ExternalSorter } from '../../spill/external-sorter.ts';
import { batchBytes, selectedCount, type Batch } from '../../table/batch.ts';
import { giveBlock } from '../../table/buffer-pool.ts';
import { batchOf } from '../../table/builders.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { Schema } from '../../table/data-type.ts';
import { compact, concatBatches } from '../../table/gather.ts';
import type { KeyedRows } from '../../table/keyed-rows.ts';
import { createKeyTable, type KeyTable } from '../../table/key-table.ts';
import type { SideKeys } from './join-keys.ts';

/** The rows that are held of the other side. */
export interface HeldRows {
  /** All of them, in the order they came. */
  batch: Batch;
  keys: KeyTable;
  /** Rows of key n: `rows` from `starts[n]` to `starts[n + 1]`; null: each key has one row, that of its number. */
  byKey: { starts: Uint32Array; rows: Uint32Array } | null;
}

export interface OtherSide {
  /** Reads it; null: it did not fit, and its rows are in the sorter. */
  read(): Promise<HeldRows | null>;
  /** Ordered by key, equal keys as they came. Made when the memory is full. */
  sorter: ExternalSorter | null;
  close(): Promise<void>;
}

interface OtherSideContext {
  other: OtherDataset;
  keys: SideKeys;
  /** Columns that are taken from there, and the schema they come in. */
  taken: readonly number[];
  schema: Schema;
  /** Bytes that may be held. */
  memoryBytes: number;
  scratch: Scratch;
  signal: AbortSignal;
  onRead(rowCount: number): void;
}

export function openOtherSide(context: OtherSideContext): OtherSide {
  const { other, keys, taken, schema, memoryBytes, scratch, signal, onRead } = context;
  const table = createKeyTable();
  let held: Batch[] = [];
  let heldBytes = 0;
  /** Number of the key of each row. */
  let keyOf = new Int32Array(1024);
  let rowCount = 0;
  /** Keys of the rows that are about to be put aside. */
  let block: Pick<KeyedRows, 'bytes' | 'ends'>;

  const side: OtherSide = {
    sorter: null,
    async read() {
      for await (const batch of other.open()) {
        signal.throwIfAborted();
        onRead(selectedCount(batch));
        const keyed = keys.of(batch);
        const rows: Batch = {
          ...batch,
          schema,
          columns: taken.map((column) => batch.columns[column]!),
          selection: keyed.rows,
        };
        if (side.sorter === null) {
          hold(rows, keyed);
          if (heldBytes + keyOf.byteLength + table.memoryBytes > memoryBytes) await putAside();
        } else await add(rows, keyed);
      }
      return side.sorter === null ? allHeld() : null;
    },
    async close() {
      await side.sorter?.close();
    },
  };
  return side;

  function hold(rows: Batch, { bytes, ends }: KeyedRows): void {
    if (ends.length === 0) return;
    if (rowCount + ends.length > keyOf.length) {
      const grown = new Int32Array(Math.max(keyOf.length * 2, rowCount + ends.length));
      grown.set(keyOf);
      keyOf = grown;
    }
    table.findOrAddAll(bytes, ends, keyOf.subarray(rowCount, rowCount + ends.length));
    rowCount += ends.length;
    // Without columns the keys say it all.
    if (taken.length === 0) {
      giveBlock(rows);
      return;
    }
    const own = compact(rows);
    if (own.block !== rows.block) giveBlock(rows);
    held.push(own);
    heldBytes += batchBytes(own);
  }

  function allHeld(): HeldRows {
    const batch =
      held.length === 0 ? batchOf(schema, []) : concatBatches(schema, held, failOnMisfit);
    held = [];
    return { batch, keys: table, byKey: table.size === rowCount ? null : rowsByKey() };
  }

  function rowsByKey(): { starts: Uint32Array; rows: Uint32Array } {
    const starts = new Uint32Array(table.size + 1);
    for (let row = 0; row < rowCount; row++) starts[keyOf[row]! + 1]!++;
    for (let key = 0; key < table.size; key++) starts[key + 1]! += starts[key]!;
    const next = starts.slice();
    const rows = new Uint32Array(rowCount);
    for (let row = 0; row < rowCount; row++) rows[next[keyOf[row]!]!++] = row;
    return { starts, rows };
  }

  async function add(rows: Batch, keyed: Pick<KeyedRows, 'bytes' | 'ends'>): Promise<void> {
    block = keyed;
    await side.sorter!.add(rows);
  }

  async function putAside(): Promise<void> {
    const write = (row: number, out: ByteWriter): void =>
      out.put(block.bytes, row === 0 ? 0 : block.ends[row - 1]!, block.ends[row]!);
    side.sorter = createExternalSorter(schema, { begin() {}, write }, scratch, signal);
    const all = held.length === 0 ? [{ ...batchOf(schema, []), rowCount }] : held;
    held = [];
    let at = 0;
    for (const batch of all) {
      await add(batch, keysAgain(at, batch.rowCount));
      at += batch.rowCount;
    }
    table.clear();
    keyOf = new Int32Array(0);
  }

  function keysAgain(from: number, count: number): Pick<KeyedRows, 'bytes' | 'ends'> {
    const ends = new Uint32Array(count);
    let size = 0;
    for (let i = 0; i < count; i++) {
      size += table.keyAt(keyOf[from + i]!).length;
      ends[i] = size;
    }
    const bytes = new Uint8Array(size);
    for (let i = 0; i < count; i++)
      bytes.set(table.keyAt(keyOf[from + i]!), i === 0 ? 0 : ends[i - 1]!);
    return { bytes, ends };
  }
}
