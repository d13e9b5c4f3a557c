// What a door brings to the engine.
import type { LanePool } from './lanes.ts';
import type { YieldMacrotask } from './meter.ts';
import type { Network } from './network.ts';
import type { OpenBytes } from './open-source.ts';
import type { Plugins } from './plugins.ts';
import type { Limits } from '../contract/config.ts';
import { memoryScratch, type RunScratch } from './scratch.ts';

/** What a door hands the engine. */
export interface EngineParts {
  plugins: Plugins;
  openBytes: OpenBytes;
  /** The pool for a job of so many source bytes (null = unknown): inline for small ones, made at first use. */
  lanes(jobBytes: number | null): LanePool;
  yieldMacrotask: YieldMacrotask;
  /** The way to the network; missing: origins are refused. */
  network?: Network;
  /** Room for one run to put things aside, `memoryBytes` of it in memory; missing: all of it in memory. */
  openScratch?(memoryBytes: number): RunScratch;
}

/** The scratch of a run: the door's, or one in memory. */
export function scratchOf(parts: EngineParts, { memoryBytes }: Limits): RunScratch {
  return parts.openScratch?.(memoryBytes) ?? memoryScratch(memoryBytes);
}
