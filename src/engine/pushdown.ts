// What a source need not read: columns that nothing behind it looks at, rows that the first step leaves out anyway.
import type { PlannedStream } from './graph.ts';
import type { SourceReading } from './plan-source.ts';

/**
 * How a stream's source may be read. Rows that the source skips count in the line of the step that asked for it, so that
 * the ledger says the same as without.
 */
export function pushDown(
  { source, steps, schema }: PlannedStream,
  onSkipped: (rowCount: number) => void,
): Pick<SourceReading, 'wanted' | 'only' | 'screen' | 'skipped'> {
  const { fields } = source.planned.schema;
  // Whoever takes a stream, an output or a step beside its own, looks at all of it.
  let wanted: ReadonlySet<number> | null = new Set(schema.fields.keys());
  for (const { transform } of steps.toReversed())
    wanted = wanted === null || !transform.needs ? null : transform.needs(wanted);
  const reading: Pick<SourceReading, 'wanted' | 'only' | 'screen' | 'skipped'> = {};
  if (steps.length > 0 && wanted !== null) {
    const all = new Set(wanted);
    // A value that does not fit the type the user set rejects its row, whether anybody looks at it or not.
    for (const [i, { origin }] of fields.entries()) if (origin === 'declared') all.add(i);
    if (all.size < fields.length) reading.wanted = all;
  }
  const [first] = steps;
  if (first?.transform.only !== undefined) {
    reading.only = first.transform.only;
    if (first.transform.screen !== undefined) reading.screen = first.transform.screen;
    reading.skipped = (rowCount) => {
      source.ledger.in += rowCount;
      source.ledger.out += rowCount;
      first.ledger.in += rowCount;
      first.ledger.filtered += rowCount;
      onSkipped(rowCount);
    };
  }
  return reading;
}
