// A lane across threads: buffers go there and come back by transfer.
import * as Comlink from 'comlink';
import type { FormatCard } from '../contract/plugins.ts';
import {
  createLane,
  createLanePool,
  inlineLanes,
  type Lane,
  type LanePool,
} from '../engine/lanes.ts';
import { batchBuffers } from '../table/batch.ts';

/** Serves a lane on this thread's endpoint. */
export function exposeLane(endpoint: Comlink.Endpoint, formats: readonly FormatCard[]): void {
  const lane = createLane(formats);
  const served: Lane = {
    ...lane,
    async deflate(block, level) {
      const done = await lane.deflate(block, level);
      return Comlink.transfer(done, [done.bytes.buffer as ArrayBuffer]);
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

/** Takes a view's bytes as a buffer that may be moved away: its own when it is all of it, else a copy. */
function movable(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

function wrapLane(endpoint: Comlink.Endpoint): Lane {
  const remote = Comlink.wrap<Lane>(endpoint);
  const move = (bytes: Uint8Array): Uint8Array => {
    const own = movable(bytes);
    return Comlink.transfer(own, [own.buffer as ArrayBuffer]);
  };
  return {
    deflate: (block, level) => remote.deflate(move(block), level),
    openEncoder: (id, spec) => remote.openEncoder(id, spec),
    encode: (id, batch, at) => remote.encode(id, Comlink.transfer(batch, batchBuffers(batch)), at),
    closeEncoder: (id) => remote.closeEncoder(id),
    openHash: (id) => remote.openHash(id),
    hash: (id, bytes) => remote.hash(id, move(bytes)),
    digest: (id) => remote.digest(id),
  };
}

/** Starts one lane's thread. */
export type SpawnLane = () => { endpoint: Comlink.Endpoint; terminate(): void };

/** A lane whose thread starts when it gets its first work. */
function lazyLane(spawn: SpawnLane): { lane: Lane; terminate(): void } {
  let worker: ReturnType<SpawnLane> | undefined;
  let lane: Lane | undefined;
  const started = (): Lane => {
    worker ??= spawn();
    return (lane ??= wrapLane(worker.endpoint));
  };
  return {
    lane: {
      deflate: (block, level) => started().deflate(block, level),
      openEncoder: (id, spec) => started().openEncoder(id, spec),
      encode: (id, batch, at) => started().encode(id, batch, at),
      closeEncoder: (id) => started().closeEncoder(id),
      openHash: (id) => started().openHash(id),
      hash: (id, bytes) => started().hash(id, bytes),
      digest: (id) => started().digest(id),
    },
    terminate: () => worker?.terminate(),
  };
}

/** `count` lanes in threads of their own; 0 = inline. */
export function spawnLanes(
  count: number,
  spawn: SpawnLane,
  formats: readonly FormatCard[],
): LanePool {
  if (count === 0) return inlineLanes(formats);
  const lanes = Array.from({ length: count }, () => lazyLane(spawn));
  return createLanePool(
    lanes.map(({ lane }) => lane),
    false,
    () => lanes.forEach((lane) => lane.terminate()),
  );
}
