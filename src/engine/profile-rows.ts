// Looks at the first rows of a source that tells nothing of its values, for what inspect says of their columns.
import {
  createProfileCounter,
  spreadOfType,
  type ColumnProfile,
} from '../contract/column-profile.ts';
import { asExportError } from '../contract/errors.ts';
import type { BatchInput } from '../contract/source-input.ts';
import type { SampleOrigin } from '../contract/profile.ts';
import type { Schema } from '../table/data-type.ts';
import {
  decimalAt,
  isNullValue,
  selectedCount,
  selectedRow,
  sliceSelected,
  type Batch,
  type TypedColumn,
} from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { cellText } from '../table/cell-text.ts';
import { materialise } from '../table/materialise.ts';
import { createValueWriter } from '../table/write-value.ts';
import type { PlannedSource, SpreadSample } from './plan-source.ts';
import { INSPECT_TEXTS, PROFILE_TEXTS } from './texts.ts';

const MOST_ROWS = 4_096;
/** Few, as each is a reading of its own in the file. */
const PLACES = 4;
/** Of tables of thousands of columns fewer rows are looked at, but not fewer than these. */
const MOST_CELLS = 2_000_000;
const LEAST_ROWS = 100;
/** Longer values that begin alike count as one. */
const TEXT_BYTES = 4_096;

type Counter = ReturnType<typeof createProfileCounter>;

/** What is known of the columns, parallel to the schema; empty, with the reason, when nothing was looked at. */
export interface RowsProfile {
  columns: ColumnProfile[];
  sentence: string;
  sampledRows: number;
  isWhole: boolean;
  sample: SampleOrigin;
}

/** Rows that can be looked at, and what is said of them. */
interface SampledRows {
  schema: Schema;
  rowCount: number | null;
  once: boolean;
  open(signal: AbortSignal): AsyncIterable<Batch>;
  /** Rows from several places; null where they only come from the start. */
  spread?(signal: AbortSignal, rows: number): Promise<SpreadSample | null>;
  words: { given: string; readOnce: string; unread(why: string): string };
}

/** A host's rows. */
export function profileHostRows(input: BatchInput): Promise<RowsProfile> {
  return profileRows({ ...input, open: () => input.open(), words: INSPECT_TEXTS.host });
}

/** Rows of a source that holds its types itself. */
export function profileSource(source: PlannedSource): Promise<RowsProfile> {
  const { schema, input, inspection } = source;
  const hooks = { reject() {}, lose() {}, filtered() {} };
  return profileRows({
    schema,
    rowCount: null,
    once: input.once,
    open: (signal) => source.read({ ...hooks, signal }),
    async spread(signal, rows) {
      if ((inspection?.estimatedRows ?? Infinity) <= rows) return null;
      const found = await source.spread?.({ ...hooks, signal }, { rows, places: PLACES });
      return found && found.places > 1 ? found : null;
    },
    words: INSPECT_TEXTS.file,
  });
}

async function profileRows({
  schema,
  rowCount,
  once,
  open,
  spread,
  words,
}: SampledRows): Promise<RowsProfile> {
  const originOf = (from: 'whole' | 'start', word: 'none' | typeof from = from): SampleOrigin => {
    return { from, places: 1, sentence: PROFILE_TEXTS.sample[word] };
  };
  const nothing = {
    columns: [],
    sampledRows: 0,
    isWhole: false,
    sample: originOf('start', 'none'),
  };
  if (once) return { ...nothing, sentence: words.readOnce };
  const counters = schema.fields.map(() => createProfileCounter());
  const mostRows = Math.max(
    LEAST_ROWS,
    Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, counters.length))),
  );
  const abort = new AbortController();
  let sampledRows = 0;
  let isWhole = true;
  let places: SpreadSample | null = null;
  try {
    places = (await spread?.(abort.signal, mostRows)) ?? null;
    if (places !== null) isWhole = false;
    for await (const batch of places?.batches ?? open(abort.signal)) {
      const count = Math.min(selectedCount(batch), mostRows - sampledRows);
      const sampled = sliceSelected(batch, 0, count);
      for (const [c, counter] of counters.entries()) countColumn(sampled, c, counter);
      sampledRows += count;
      isWhole &&= count === selectedCount(batch);
      if (sampledRows === mostRows) {
        isWhole &&= sampledRows === rowCount;
        break;
      }
    }
  } catch (thrown) {
    return { ...nothing, sentence: words.unread(asExportError(thrown).message) };
  } finally {
    abort.abort();
  }
  return {
    columns: counters.map((counter, c) =>
      counter.profile(words.given, spreadOfType(schema.fields[c]!.type.kind)),
    ),
    sentence: words.given,
    sampledRows,
    isWhole,
    sample:
      places === null
        ? originOf(isWhole ? 'whole' : 'start')
        : { from: 'spread', places: places.places, sentence: places.sentence },
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Counts the selected rows of a column. */
function countColumn(batch: Batch, c: number, counter: Counter): void {
  const column = batch.columns[c]!;
  const count = selectedCount(batch);
  if (column.storage === 'text') {
    const isPlaced = spreadOfType(batch.schema.fields[c]!.type.kind).endsWith('range');
    const typed = isPlaced ? materialise(batch, c, 'null') : null;
    const placeOf = typed && createPlace(typed);
    for (let i = 0; i < count; i++) {
      const row = selectedRow(batch, i);
      const text = cellText(batch, row, c);
      if (text === null) {
        counter.addNull();
        continue;
      }
      counter.add([...text].length, () => text);
      // What does not fit the type has no place either.
      if (placeOf) counter.place(isNullValue(typed!, row) ? NaN : placeOf(row), () => text);
    }
    return;
  }
  if (column.type.kind === 'null') {
    for (let i = 0; i < count; i++) counter.addNull();
    return;
  }
  const out = new ByteWriter(64);
  const write = createValueWriter(column);
  const placeOf = createPlace(column);
  for (let i = 0; i < count; i++) {
    const row = selectedRow(batch, i);
    if (isNullCell(column, row)) {
      counter.addNull();
      continue;
    }
    out.clear();
    write(row, out);
    const bytes = out.written();
    let characters = 0;
    for (const byte of bytes) if ((byte & 0xc0) !== 0x80) characters++;
    const text = (): string => decoder.decode(bytes.subarray(0, TEXT_BYTES));
    counter.add(characters, text);
    if (placeOf !== null) counter.place(placeOf(row), text);
  }
}

/** Whether there is no value, be it by way of a dictionary. */
function isNullCell(column: TypedColumn, row: number): boolean {
  if (isNullValue(column, row)) return true;
  const { dictionary, values } = column;
  return dictionary !== null && isNullValue(dictionary, Number(values![row]));
}

/** Where the values of a column stand on the line of their kind; null for those that have no such place. */
function createPlace(column: TypedColumn): ((row: number) => number) | null {
  const { type, values } = column;
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'date':
    case 'time':
    case 'timestamp':
      return (row) => Number(values![row]);
    case 'decimal':
      return (row) => Number(decimalAt(column, row)) / 10 ** type.scale;
    default:
      return null;
  }
}
