// How a sample is spread over the parts of a source, and no more than so many rows taken of each.
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';

/** Which of `count` parts a sample of at most `places` comes from: 0-based, ascending, the first and the last among them. */
export function placesAmong(count: number, places: number): number[] {
  const taken = Math.max(0, Math.min(count, Math.floor(places)));
  if (taken < 2) return taken === 0 ? [] : [0];
  return Array.from({ length: taken }, (_, i) => Math.round((i * (count - 1)) / (taken - 1)));
}

/** The first `most` rows of what comes; reading ends with them. */
export async function* firstRows(
  batches: AsyncIterable<Batch>,
  most: number,
): AsyncGenerator<Batch> {
  let left = most;
  if (left <= 0) return;
  for await (const batch of batches) {
    yield sliceSelected(batch, 0, left);
    left -= selectedCount(batch);
    if (left <= 0) return;
  }
}
