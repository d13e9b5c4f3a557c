// Sends batches from sources through the steps of a plan and keeps each step's line of the ledger.
import { ExportError } from '../contract/errors.ts';
import type { Loss, Reject } from '../contract/report.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import type { PlannedStep, PlannedStream } from './graph.ts';
import { createRejectRecords } from './reject-records.ts';

/** How long readers that nobody needs any more may take to close before the run ends without them. */
const LATE_CLOSING_MS = 200;

export interface FlowHooks {
  /** One reading of the stream's source. */
  read(stream: PlannedStream): AsyncIterable<Batch>;
  onReject(reject: Reject): void;
  onLoss(loss: Loss): void;
}

export interface Flow {
  /** The rows of a stream, behind all its steps. Each stream once. */
  open(stream: PlannedStream): AsyncIterable<Batch>;
  /** Closes every reader that a step opened and left open. */
  close(): Promise<void>;
}

export function createFlow(hooks: FlowHooks): Flow {
  const opened = new Set<PlannedStream>();
  const beside: AsyncGenerator<Batch>[] = [];
  const open = (stream: PlannedStream): AsyncIterable<Batch> => {
    if (opened.has(stream)) throw new TypeError(`the data set ${stream.id} was opened twice`);
    opened.add(stream);
    let current = hooks.read(stream);
    for (const step of stream.steps) {
      const { ledger, others } = step;
      const records = createRejectRecords();
      Object.assign(step.hooks, {
        reject(reject: Reject) {
          ledger.rejected++;
          hooks.onReject(records.complete(reject));
        },
        lose: hooks.onLoss,
        open(other: number) {
          const rows = besides(open(others[other]!), step);
          beside.push(rows);
          return rows;
        },
      });
      current = throughStep(records.watch(current), step);
    }
    return current;
  };
  return {
    open,
    async close() {
      if (beside.length === 0) return;
      const closing = Promise.allSettled(beside.map((rows) => rows.return(undefined)));
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LATE_CLOSING_MS);
      });
      await Promise.race([closing, late]);
      clearTimeout(timer);
    },
  };
}

/** Errors that a step met in what it takes: they are not its own. */
const fromBefore = new WeakSet<ExportError>();

/** Counts what a step takes of another data set; what is wrong with that is settled where it is taken. */
async function* besides(batches: AsyncIterable<Batch>, step: PlannedStep): AsyncGenerator<Batch> {
  const { ledger } = step;
  try {
    for await (const batch of taken(batches, step)) {
      ledger.beside = (ledger.beside ?? 0) + selectedCount(batch);
      yield batch;
    }
  } catch (thrown) {
    if (thrown instanceof ExportError) thrown.step ??= ledger.id;
    throw thrown;
  }
}

/** Counts what a step takes. */
async function* taken(
  batches: AsyncIterable<Batch>,
  { ledger }: PlannedStep,
): AsyncGenerator<Batch> {
  try {
    for await (const batch of batches) {
      ledger.in += selectedCount(batch);
      yield batch;
    }
  } catch (thrown) {
    if (thrown instanceof ExportError) fromBefore.add(thrown);
    throw thrown;
  }
}

/** Counts what goes in and out of a step. */
async function* throughStep(
  batches: AsyncIterable<Batch>,
  step: PlannedStep,
): AsyncGenerator<Batch> {
  const { ledger } = step;
  let isLeft = true;
  try {
    for await (const batch of step.transform.apply(taken(batches, step))) {
      ledger.out += selectedCount(batch);
      yield batch;
    }
    isLeft = false;
  } catch (thrown) {
    isLeft = false;
    if (thrown instanceof ExportError && !fromBefore.has(thrown)) thrown.step ??= ledger.id;
    throw thrown;
  } finally {
    // A reader that needs no more rows, as a limit, leaves out those that the step holds.
    if (isLeft) {
      const { out, filtered, rejected, merged, added } = ledger;
      ledger.filtered += Math.max(0, ledger.in + added - out - filtered - rejected - merged);
    }
  }
}
