// Reads the sources of a run: counted in their ledger lines, watched by the meter, closed whatever happens.
import { selectedCount, type Batch } from '../table/batch.ts';
import type { Plan, PlannedStream, SourceUse } from './graph.ts';
import type { Meter } from './meter.ts';
import { pushDown } from './pushdown.ts';
import type { FieldOrigins } from './source-misfit.ts';
import type { Tally } from './tally.ts';

/** The readings of one source in a run. */
interface Readings {
  begun: number;
  /** Those that came to the source's end. */
  exhausted: number;
  /** Most bytes that were seen read: concurrent readings share one count, which may fall back. */
  bytesRead: number;
}

export interface Reader {
  read(stream: PlannedStream): AsyncIterable<Batch>;
  bytesRead(sourceId: string): number;
  isExhausted(sourceId: string): boolean;
}

export function createReader(
  { sources }: Plan,
  meter: Meter,
  signal: AbortSignal,
  tally: Tally,
  origins: FieldOrigins,
): Reader {
  const readings = new Map<string, { use: SourceUse; counts: Readings }>(
    sources.map((use) => [use.id, { use, counts: { begun: 0, exhausted: 0, bytesRead: 0 } }]),
  );
  const bytesRead = (id: string): number => {
    const { use, counts } = readings.get(id)!;
    const { opened, input } = use.planned;
    if (opened === null) return 0;
    const before =
      input.kind === 'bytes' ? Math.max(0, counts.begun - 1) * (input.sizeBytes ?? 0) : 0;
    counts.bytesRead = Math.max(counts.bytesRead, before + opened.bytesRead());
    return counts.bytesRead;
  };
  meter.rowsIn = 0;
  meter.bytesIn = () => sources.reduce((sum, { id }) => sum + bytesRead(id), 0);
  meter.bytesTotal = sizeOf(sources);

  const read = async function* (stream: PlannedStream): AsyncGenerator<Batch> {
    const { source } = stream;
    const { planned, ledger } = source;
    const { counts } = readings.get(source.id)!;
    counts.begun++;
    let isLookingAhead = false;
    const pushed = pushDown(stream, (rowCount) => {
      meter.rowsIn += rowCount;
    });
    const { skipped } = pushed;
    const batches = planned.read({
      ...pushed,
      ...(skipped && {
        skipped(rowCount: number) {
          if (!isLookingAhead) skipped(rowCount);
        },
      }),
      signal,
      reject: (reject) => {
        ledger.rejected++;
        ledger.in++;
        meter.rowsIn++;
        tally.reject(reject);
      },
      lose: (loss) => tally.lose(loss),
      filtered: (rowCount) => {
        ledger.filtered += rowCount;
        ledger.in += rowCount;
        meter.rowsIn += rowCount;
      },
    });
    const iterator = batches[Symbol.asyncIterator]();
    let isWaiting = false;
    let isLeft = false;
    try {
      for (;;) {
        isWaiting = true;
        const next = await meter.within(iterator.next());
        isWaiting = false;
        if (next.done === true) {
          counts.exhausted++;
          return;
        }
        const count = selectedCount(next.value);
        ledger.in += count;
        ledger.out += count;
        meter.rowsIn += count;
        origins.note(next.value, source);
        await meter.tick();
        await tally.settle();
        isLeft = true;
        yield next.value;
        isLeft = false;
      }
    } finally {
      // A limit stopped here: one look ahead tells whether it left anything out.
      if (isLeft && !signal.aborted) {
        isWaiting = true;
        isLookingAhead = true;
        const isDone = await meter.within(iterator.next()).then(
          (next) => {
            isWaiting = false;
            return next.done === true;
          },
          () => false,
        );
        if (isDone) counts.exhausted++;
      }
      const closed = iterator.return?.();
      // A source that never answers cannot be waited for to close either.
      if (isWaiting) closed?.catch(() => {});
      else await closed;
    }
  };
  return {
    read,
    bytesRead,
    isExhausted: (id) => readings.get(id)!.counts.exhausted === readings.get(id)!.use.readings,
  };
}

/** Bytes of all readings of all sources; null when one of them is unknown. */
function sizeOf(sources: Plan['sources']): number | null {
  let total: number | null = null;
  for (const { planned, readings } of sources) {
    if (planned.input.kind !== 'bytes') continue;
    if (planned.input.sizeBytes === null) return null;
    total = (total ?? 0) + planned.input.sizeBytes * readings;
  }
  return total;
}
