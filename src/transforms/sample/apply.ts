// Draws rows: each by itself, every nth, or a given number of them with equal chances for every choice.
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { createExternalSorter } from '../../spill/external-sorter.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { createRandom } from '../../table/random.ts';
import type { SampleOptions } from './options.ts';

export function open(context: TransformContext<SampleOptions>): Transform {
  const { schema, options } = context;
  const apply =
    options.method === 'count'
      ? (batches: AsyncIterable<Batch>) => drawCount(context, batches)
      : (batches: AsyncIterable<Batch>) => drawEach(context, batches);
  return { schema, needs: (wanted) => wanted, apply };
}

const randomOf = ({ options, seed }: TransformContext<SampleOptions>): (() => number) =>
  createRandom(options.seed ?? seed);

async function* drawEach(
  context: TransformContext<SampleOptions>,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<Batch> {
  const { options, filtered } = context;
  const random = randomOf(context);
  let next = 0;
  const isDrawn =
    options.method === 'every'
      ? () => next++ % options.every === 0
      : () => random() * 100 < options.percent;
  for await (const batch of batches) {
    const drawn = selectedRows(batch, isDrawn);
    filtered(selectedCount(batch) - drawn.length);
    if (drawn.length > 0) yield { ...batch, selection: drawn };
  }
}

function selectedRows(batch: Batch, isWanted: () => boolean): Uint32Array {
  const count = selectedCount(batch);
  const rows = new Uint32Array(count);
  let n = 0;
  for (let i = 0; i < count; i++) if (isWanted()) rows[n++] = selectedRow(batch, i);
  return rows.subarray(0, n);
}

/**
 * Each row draws a number, and those with the least numbers stay: a row whose number is above the greatest of as many as are
 * wanted cannot be among them, so that few rows are put aside however many go by.
 */
async function* drawCount(
  context: TransformContext<SampleOptions>,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<Batch> {
  const { options, schema, scratch, signal, filtered } = context;
  const random = randomOf(context);
  const least = new LeastNumbers(options.count);
  // Both hold rows at the same time.
  const half = { ...scratch, memoryBytes: scratch.memoryBytes / 2 };
  let drawn: number[] = [];
  let places: number[] = [];
  const byNumber = createExternalSorter(
    schema,
    {
      begin() {},
      write(row, out) {
        putDouble(drawn[row]!, out);
        putDouble(places[row]!, out);
      },
    },
    half,
    signal,
  );
  const byPlace = createExternalSorter(
    schema,
    { begin() {}, write: (row, out) => putDouble(places[row]!, out) },
    half,
    signal,
  );
  try {
    let place = 0;
    for await (const batch of batches) {
      const rows: number[] = [];
      drawn = [];
      places = [];
      for (let i = 0; i < selectedCount(batch); i++, place++) {
        const number = random();
        if (!least.take(number)) continue;
        rows.push(selectedRow(batch, i));
        drawn.push(number);
        places.push(place);
      }
      filtered(selectedCount(batch) - rows.length);
      if (rows.length > 0) await byNumber.add({ ...batch, selection: Uint32Array.from(rows) });
    }
    let left = options.count;
    for await (const { batch, keys } of byNumber.sorted()) {
      const kept = sliceSelected(batch, 0, left);
      const count = selectedCount(kept);
      filtered(selectedCount(batch) - count);
      left -= count;
      if (count === 0) continue;
      const view = new DataView(keys.bytes.buffer, keys.bytes.byteOffset);
      places = Array.from({ length: count }, (_, i) => view.getFloat64(keys.ends[i]! - 8));
      await byPlace.add(kept);
    }
    yield* byPlace.sortedRows();
  } finally {
    await byNumber.close();
    await byPlace.close();
  }
}

/** Doubles that are not negative order as their bytes do. */
function putDouble(value: number, out: ByteWriter): void {
  out.reserve(8);
  out.view.setFloat64(out.length, value);
  out.length += 8;
}

/** The least of the numbers it was shown, at most so many: a heap with the greatest of them on top. */
class LeastNumbers {
  readonly #most: number;
  #heap: Float64Array;
  #size = 0;

  constructor(most: number) {
    this.#most = most;
    this.#heap = new Float64Array(Math.min(most, 1024));
  }

  /** Whether the number is, so far, one of them. */
  take(number: number): boolean {
    if (this.#size < this.#most) {
      if (this.#size === this.#heap.length) {
        const grown = new Float64Array(Math.min(this.#most, this.#size * 2));
        grown.set(this.#heap);
        this.#heap = grown;
      }
      let at = this.#size++;
      const heap = this.#heap;
      for (; at > 0; at = (at - 1) >> 1) {
        const parent = heap[(at - 1) >> 1]!;
        if (parent >= number) break;
        heap[at] = parent;
      }
      heap[at] = number;
      return true;
    }
    const heap = this.#heap;
    if (this.#size === 0 || number >= heap[0]!) return false;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && heap[child + 1]! > heap[child]!) child++;
      if (heap[child]! <= number) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = number;
    return true;
  }
}
