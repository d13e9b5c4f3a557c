// Looks through the rows before a step while the plan is made, for steps whose columns depend on values.
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import { createFlow } from './flow.ts';
import type { PlannedStream, Surveyor } from './graph.ts';
import { pushDown } from './pushdown.ts';

/** Rows that are looked at where nothing is written. */
export const SURVEYED_ROWS = 20_000;

/** Reads streams up to `mostRows`, and tells when there may be more; what they reject and lose is told when they are read for good. */
export function createSurveyor(mostRows = Infinity, onCut: () => void = () => {}): Surveyor {
  return (stream, signal) => survey(stream, signal, mostRows, onCut);
}

async function* survey(
  stream: PlannedStream,
  signal: AbortSignal,
  mostRows: number,
  onCut: () => void,
): AsyncGenerator<Batch> {
  const flow = createFlow({
    read: (reading) =>
      reading.source.planned.read({
        ...pushDown(reading, () => {}),
        signal,
        reject() {},
        lose() {},
        filtered() {},
      }),
    onReject() {},
    onLoss() {},
  });
  let left = mostRows;
  try {
    for await (const batch of flow.open(stream)) {
      yield sliceSelected(batch, 0, left);
      left -= selectedCount(batch);
      if (left > 0) continue;
      onCut();
      return;
    }
  } finally {
    await flow.close();
  }
}
