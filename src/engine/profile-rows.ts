// Looks at the first of a host's rows for what inspect says of their columns, where they can be read again.
import { createProfileCounter, spreadOfType } from '../contract/column-profile.ts';
import { asExportError } from '../contract/errors.ts';
import type { BatchInput, ColumnProfile } from '../contract/plugins.ts';
import {
  decimalAt,
  isNullValue,
  selectedCount,
  selectedRow,
  type Batch,
  type TypedColumn,
} from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { cellText } from '../table/cell-text.ts';
import { createValueWriter } from '../table/write-value.ts';
import { INSPECT_TEXTS } from './texts.ts';

const MOST_ROWS = 4_096;
const EXAMPLE_BYTES = 200;

type Counter = ReturnType<typeof createProfileCounter>;

/** What is known of the columns, parallel to the schema; empty, with the reason, when nothing was looked at. */
export interface RowsProfile {
  columns: ColumnProfile[];
  sentence: string;
  sampledRows: number;
  isWhole: boolean;
}

export async function profileRows(input: BatchInput): Promise<RowsProfile> {
  const nothing = { columns: [], sampledRows: 0, isWhole: false };
  if (input.once) return { ...nothing, sentence: INSPECT_TEXTS.readOnce };
  const counters = input.schema.fields.map(() => createProfileCounter());
  let sampledRows = 0;
  let isWhole = true;
  try {
    for await (const batch of input.open()) {
      const count = Math.min(selectedCount(batch), MOST_ROWS - sampledRows);
      for (const [c, counter] of counters.entries()) countColumn(batch, c, count, counter);
      sampledRows += count;
      isWhole = count === selectedCount(batch);
      if (sampledRows === MOST_ROWS) {
        isWhole &&= sampledRows === input.rowCount;
        break;
      }
    }
  } catch (thrown) {
    return { ...nothing, sentence: INSPECT_TEXTS.unread(asExportError(thrown).message) };
  }
  return {
    columns: counters.map((counter, c) =>
      counter.profile(INSPECT_TEXTS.given, spreadOfType(input.schema.fields[c]!.type.kind)),
    ),
    sentence: INSPECT_TEXTS.given,
    sampledRows,
    isWhole,
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Counts the first `count` selected rows of a column. */
function countColumn(batch: Batch, c: number, count: number, counter: Counter): void {
  const column = batch.columns[c]!;
  if (column.storage === 'text') {
    for (let i = 0; i < count; i++) {
      const text = cellText(batch, selectedRow(batch, i), c);
      if (text === null) counter.addNull();
      else counter.add([...text].length, () => text);
    }
    return;
  }
  const out = new ByteWriter(64);
  const write = createValueWriter(column);
  const placeOf = createPlace(column);
  for (let i = 0; i < count; i++) {
    const row = selectedRow(batch, i);
    if (isNullValue(column, row)) {
      counter.addNull();
      continue;
    }
    out.clear();
    write(row, out);
    const bytes = out.written();
    let characters = 0;
    for (const byte of bytes) if ((byte & 0xc0) !== 0x80) characters++;
    const text = (): string => decoder.decode(bytes.subarray(0, EXAMPLE_BYTES));
    counter.add(characters, text);
    if (placeOf !== null) counter.place(placeOf(row), text);
  }
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
