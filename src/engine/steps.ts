// Sends batches through the steps of a plan and keeps each step's line of the ledger.
import type { Loss, Reject } from '../contract/report.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import type { PlannedStep } from './plan.ts';

/** The batches behind all steps. Rejects of a step are counted in its line and told. */
export function throughSteps(
  batches: AsyncIterable<Batch>,
  steps: readonly PlannedStep[],
  onReject: (reject: Reject) => void,
  onLoss: (loss: Loss) => void,
): AsyncIterable<Batch> {
  let current = batches;
  for (const step of steps) {
    step.onReject.current = (reject) => {
      step.ledger.rejected++;
      onReject(reject);
    };
    step.onLoss.current = onLoss;
    current = throughStep(current, step);
  }
  return current;
}

/** Counts what goes in and out of a step. */
async function* throughStep(
  batches: AsyncIterable<Batch>,
  step: PlannedStep,
): AsyncGenerator<Batch> {
  const { ledger } = step;
  const counted = async function* (): AsyncGenerator<Batch> {
    for await (const batch of batches) {
      ledger.in += selectedCount(batch);
      yield batch;
    }
  };
  for await (const batch of step.transform.apply(counted())) {
    ledger.out += selectedCount(batch);
    yield batch;
  }
}
