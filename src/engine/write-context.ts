// What the files of an output are packed and written with, and what was written.
import type { DeliveryHandover, DeliveryWriter } from '../contract/delivery-plugin.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { Loss, OutputFile, ValueCheck } from '../contract/report.ts';
import type { FinishedFile } from './check-values.ts';
import type { ExistsAnswer } from '../contract/verbs.ts';
import type { LanePool } from './lanes.ts';
import type { Meter } from './meter.ts';
import type { OutputNames } from './output-names.ts';
import type { PlannedOutput } from './plan.ts';

export interface WriteContext {
  output: PlannedOutput;
  delivery: DeliveryWriter;
  lanes: LanePool;
  meter: Meter;
  signal: AbortSignal;
  startedAtMs: number;
  /** Compares the values of the finished files. */
  values?: (files: FinishedFile[]) => Promise<ValueCheck>;
  /** The value of a secret that packing needs. */
  secret(id: string): string;
  scratch: Scratch;
  names: OutputNames;
  /** What old files that rows are appended to must begin with. */
  head(): Promise<Uint8Array>;
  /** Asked where a file lies under the name and the output says `ask`. */
  ask: ((name: string) => Promise<ExistsAnswer>) | null;
  onLoss(loss: Loss): void;
  /** Told each file's wanted name before it is opened and the name it got after, for the clean-up after a dead worker. */
  onFile?(name: string, isOpen: boolean): void;
}

export interface Written {
  values?: ValueCheck | undefined;
  files: OutputFile[];
  handover: DeliveryHandover | null;
  encodedBytes: number;
  deliveredBytes: number;
}
