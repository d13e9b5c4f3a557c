// What a door brings to the engine.
import type { LanePool } from './lanes.ts';
import type { YieldMacrotask } from './meter.ts';
import type { OpenBytes } from './open-source.ts';
import type { Plugins } from './plugins.ts';

/** What a door hands the engine. */
export interface EngineParts {
  plugins: Plugins;
  openBytes: OpenBytes;
  /** The pool for a job of so many source bytes (null = unknown): inline for small ones, made at first use. */
  lanes(jobBytes: number | null): LanePool;
  yieldMacrotask: YieldMacrotask;
}
