// A lane across threads: buffers go there and come back by transfer.
import * as Comlink from 'comlink';
import type { DeflatedBlock } from '../contract/deflate-jobs.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import {
  createLane,
  createLanePool,
  inlineLanes,
  type Lane,
  type LaneEncoded,
  type LanePool,
} from '../engine/lanes.ts';
import { batchBuffers } from '../table/batch.ts';
import { adoptBuffer, keepBuffer } from '../table/buffer-pool.ts';
import { GuardedWorker, type SpawnedWorker } from './guarded-worker.ts';

/** A lane that says when its death can be noticed. */
interface ServedLane extends Lane {
  ready(): Promise<void>;
  /** The input's buffer comes back too, to be filled again. */
  deflate(block: Uint8Array, level: number): Promise<DeflatedBlock & { spare?: ArrayBuffer }>;
  /** `writeFile`, and the piece's buffer back. */
  moveToFile(id: number, bytes: Uint8Array): Promise<{ count: number; spare: ArrayBuffer }>;
}

/** Small pieces may be parts of something larger: they are copied, not moved. */
const SMALL_BYTES = 64 * 1024;

/** Serves a lane on this thread's endpoint; `alive` resolves once this thread holds its life lock. */
export function exposeLane(
  endpoint: Comlink.Endpoint,
  formats: readonly FormatCard[],
  alive: Promise<void>,
): void {
  const lane = createLane(formats);
  const served: ServedLane = {
    ...lane,
    ready: () => alive,
    async moveToFile(id, bytes) {
      const count = await lane.writeFile(id, bytes);
      const spare = bytes.buffer as ArrayBuffer;
      return Comlink.transfer({ count, spare }, [spare]);
    },
    async deflate(block, level) {
      const done = await lane.deflate(block, level);
      const spare = block.buffer as ArrayBuffer;
      return Comlink.transfer({ ...done, spare }, [done.bytes.buffer as ArrayBuffer, spare]);
    },
    async readSlice(blob, from, to) {
      const bytes = await lane.readSlice(blob, from, to);
      return Comlink.transfer(bytes, [bytes.buffer as ArrayBuffer]);
    },
    async encode(id, batch, at) {
      const encoded = await lane.encode(id, batch, at);
      if (!('segments' in encoded)) return encoded;
      const buffers = new Set(
        encoded.segments.map((segment) => segment.bytes.buffer as ArrayBuffer),
      );
      return Comlink.transfer(encoded, [...buffers]);
    },
  };
  Comlink.expose(served, endpoint);
}

/** A lane whose thread starts when it gets its first work; all its work fails once that thread is dead. */
function remoteLane(spawn: () => SpawnedWorker): { lane: Lane; terminate(): void } {
  let worker: GuardedWorker<ServedLane> | undefined;
  const call = <T>(work: (lane: Comlink.Remote<ServedLane>) => Promise<T>): Promise<T> =>
    (worker ??= new GuardedWorker<ServedLane>(spawn, () => {})).call(work);
  /** Both kinds of bytes that come here stand in a buffer of their own. */
  const move = (bytes: Uint8Array): Uint8Array =>
    Comlink.transfer(bytes, [bytes.buffer as ArrayBuffer]);
  return {
    lane: {
      async deflate(block, level) {
        const { spare, ...done } = await call((lane) => lane.deflate(move(block), level));
        if (spare !== undefined) adoptBuffer(spare);
        return done;
      },
      openEncoder: (id, spec) => call((lane) => lane.openEncoder(id, spec)),
      encode: (id, batch, at) =>
        call(
          (lane) =>
            lane.encode(
              id,
              Comlink.transfer(batch, batchBuffers(batch)),
              at,
            ) as Promise<LaneEncoded>,
        ),
      closeEncoder: (id) => call((lane) => lane.closeEncoder(id)),
      openFile: (id, handle) => call((lane) => lane.openFile(id, handle)),
      async writeFile(id, bytes) {
        // At once: the message may leave later, and the caller goes on after this call.
        const own = bytes.length < SMALL_BYTES ? bytes.slice() : bytes;
        keepBuffer(own.buffer);
        const { count, spare } = await call((lane) => lane.moveToFile(id, move(own)));
        adoptBuffer(spare);
        return count;
      },
      closeFile: (id) => call((lane) => lane.closeFile(id)),
      openHash: (id) => call((lane) => lane.openHash(id)),
      hash: (id, bytes) => call((lane) => lane.hash(id, move(bytes))),
      digest: (id) => call((lane) => lane.digest(id)),
      closeHash: (id) => call((lane) => lane.closeHash(id)),
      readSlice: (blob, from, to) => call((lane) => lane.readSlice(blob, from, to)),
    },
    terminate: () => worker?.close(),
  };
}

/** `count` lanes in threads of their own; 0 = inline. `isEager`: they take work of any size. */
export function spawnLanes(
  count: number,
  spawn: () => SpawnedWorker,
  formats: readonly FormatCard[],
  isEager: boolean,
): LanePool {
  if (count === 0) return inlineLanes(formats);
  const lanes = Array.from({ length: count }, () => remoteLane(spawn));
  const pool = createLanePool(
    lanes.map(({ lane }) => lane),
    false,
    () => lanes.forEach((lane) => lane.terminate()),
  );
  return { ...pool, isEager };
}
