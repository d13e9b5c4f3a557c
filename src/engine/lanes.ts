// Lanes: where work goes that costs more than moving it (deflate, hashing, typed encodes), and the inline lane.
import { ExportError, type ErrorData } from '../contract/errors.ts';
import { MisfitError } from '../contract/misfit.ts';
import type { DeflateJobs, DeflatedBlock } from '../contract/deflate-jobs.ts';
import type { StorageFile } from '../contract/delivery-plugin.ts';
import type { BatchPlace, EncodedBatch, Encoder, EncoderContext } from '../contract/encoder.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import { crc32 } from '../kernels/crc32.ts';
import { openDeflate } from '../kernels/deflate.ts';
import type { Batch } from '../table/batch.ts';
import { giveBuffer } from '../table/buffer-pool.ts';
import { createSHA256 } from 'hash-wasm';
import { readSliceHere, type ReadSlice } from '../sources/bytes/blob.ts';
import { createStorageLane, openStorageFile, type StorageLane } from './lane-storage.ts';

/** What an encoder in a lane is made from. Options are complete and valid already. */
export interface EncoderSpec {
  formatId: string;
  context: EncoderContext<any>;
}

/** A misfit or error in a lane, in a shape that survives the way back. */
export type LaneFailure =
  { misfit: { column: number; row: number; value: string } } | { error: ErrorData };

export type LaneEncoded = EncodedBatch | LaneFailure;

/** One lane's work. All buffers given are the lane's to keep; all buffers returned are the caller's. */
export interface Lane extends StorageLane {
  deflate(block: Uint8Array, level: number): Promise<DeflatedBlock>;
  openEncoder(id: number, spec: EncoderSpec): Promise<void>;
  encode(id: number, batch: Batch, at: BatchPlace): Promise<LaneEncoded>;
  closeEncoder(id: number): Promise<void>;
  openHash(id: number): Promise<void>;
  hash(id: number, bytes: Uint8Array): Promise<void>;
  digest(id: number): Promise<string>;
  /** Forgets a hash that nobody will ask for. */
  closeHash(id: number): Promise<void>;
  /** Bytes [from, to) of a blob. */
  readSlice: ReadSlice;
}

/** The work itself, in whatever thread this is called. */
export function createLane(formats: readonly FormatCard[]): Lane {
  const encoders = new Map<number, Encoder>();
  type Sha256 = Awaited<ReturnType<typeof createSHA256>>;
  /** Bytes may arrive while their hash is still being made. */
  const hashes = new Map<number, Sha256 | Promise<Sha256>>();
  let deflater: ReturnType<typeof openDeflate> | undefined;
  return {
    ...createStorageLane(),
    async deflate(block, level) {
      const deflate = await (deflater ??= openDeflate());
      return {
        bytes: deflate.deflateBlock(block, level),
        crc32: crc32(block),
        inputSize: block.length,
      };
    },
    async openEncoder(id, spec) {
      const card = formats.find((f) => f.id === spec.formatId);
      if (!card) throw new Error(`no format ${spec.formatId} in this lane`);
      encoders.set(id, (await card.load()).openEncoder(spec.context));
    },
    async encode(id, batch, at) {
      try {
        return encoders.get(id)!.encodeBatch(batch, at);
      } catch (thrown) {
        if (thrown instanceof MisfitError)
          return {
            misfit: { column: thrown.columnIndex, row: thrown.rowInBatch, value: thrown.valueText },
          };
        if (thrown instanceof ExportError) return { error: thrown.toJSON() };
        throw thrown;
      }
    },
    async closeEncoder(id) {
      encoders.delete(id);
    },
    readSlice: readSliceHere,
    async openHash(id) {
      const making = createSHA256();
      hashes.set(id, making);
      const made = await making;
      if (hashes.has(id)) hashes.set(id, made);
    },
    async hash(id, bytes) {
      const hash = hashes.get(id)!;
      // Inline, the bytes may be filled anew right after the call: a hash that is there takes them at once.
      if (hash instanceof Promise) (await hash).update(bytes);
      else hash.update(bytes);
    },
    async digest(id) {
      const value = (await hashes.get(id)!).digest();
      hashes.delete(id);
      return value;
    },
    async closeHash(id) {
      hashes.delete(id);
    },
  };
}

/** An encoder whose batches are encoded in lanes. */
export interface LaneEncoder {
  encode(batch: Batch, at: BatchPlace): Promise<EncodedBatch>;
  close(): Promise<void>;
}

/** Incremental SHA-256; `update` keeps no reference to the bytes once its promise is fulfilled. */
export interface Hasher {
  update(bytes: Uint8Array): Promise<void>;
  digest(): Promise<string>;
  /** Lets go of it when no digest is wanted any more. Safe behind a digest. */
  close(): void;
}

/** Some lanes as one: work goes to the least busy lane, what must stay together stays in one. */
export interface LanePool extends DeflateJobs {
  /** 0 = inline: work happens in the calling thread. */
  laneCount: number;
  openEncoder(spec: EncoderSpec): Promise<LaneEncoder>;
  openHash(): Promise<Hasher>;
  /** A file of the private storage, written in one of the lanes. Pieces are moved there. */
  openStorageFile(handle: FileSystemFileHandle): Promise<StorageFile>;
  /** They take work of any size: nobody waits until it is worth starting threads. */
  isEager?: boolean;
  /** Reads in one of the lanes; not there when they are inline. */
  readSlice?: ReadSlice;
  close(): void;
}

let lastId = 0;

function settled(result: LaneEncoded): EncodedBatch {
  if ('misfit' in result)
    throw new MisfitError(result.misfit.column, result.misfit.row, result.misfit.value);
  if ('error' in result) throw ExportError.from(result.error);
  return result;
}

/** A pool over lanes that work elsewhere, or one inline lane when `isInline`. */
export function createLanePool(
  lanes: readonly Lane[],
  isInline: boolean,
  close: () => void,
): LanePool {
  const load = lanes.map(() => 0);
  const leastBusy = (): number => load.indexOf(Math.min(...load));
  const during = async <T>(index: number, work: (lane: Lane) => Promise<T>): Promise<T> => {
    load[index]!++;
    try {
      return await work(lanes[index]!);
    } finally {
      load[index]!--;
    }
  };
  return {
    laneCount: isInline ? 0 : lanes.length,
    width: isInline ? 1 : lanes.length * 2,
    async deflate(block, level) {
      const done = await during(leastBusy(), (lane) => lane.deflate(block, level));
      if (isInline) giveBuffer(block.buffer);
      return done;
    },
    async openEncoder(spec) {
      const id = ++lastId;
      const opened = lanes.map((): Promise<void> | null => null);
      return {
        encode: (batch, at) =>
          during(leastBusy(), async (lane) => {
            const index = lanes.indexOf(lane);
            await (opened[index] ??= lane.openEncoder(id, spec));
            return settled(await lane.encode(id, batch, at));
          }),
        async close() {
          await Promise.all(
            lanes.filter((_, i) => opened[i] !== null).map((lane) => lane.closeEncoder(id)),
          );
        },
      };
    },
    ...(!isInline && {
      readSlice: (blob, from, to) => during(leastBusy(), (lane) => lane.readSlice(blob, from, to)),
    }),
    async openHash() {
      const id = ++lastId;
      const index = leastBusy();
      const opened = lanes[index]!.openHash(id);
      // Not awaited elsewhere: the lane's thread may only be starting. Its failure is the first update's too.
      if (isInline) await opened;
      else opened.catch(() => {});
      let isOpen = true;
      return {
        update: (bytes) => during(index, (lane) => lane.hash(id, isInline ? bytes : bytes.slice())),
        digest() {
          isOpen = false;
          return during(index, (lane) => lane.digest(id));
        },
        close() {
          if (isOpen) during(index, (lane) => lane.closeHash(id)).catch(() => {});
          isOpen = false;
        },
      };
    },
    async openStorageFile(handle) {
      // The last lane: hashing, which also stays in one lane, begins with the first.
      return openStorageFile(lanes.at(-1)!, ++lastId, handle);
    },
    close,
  };
}

/** Lanes of the calling thread itself: for small jobs and unit tests. */
export function inlineLanes(formats: readonly FormatCard[]): LanePool {
  return createLanePool([createLane(formats)], true, () => {});
}
