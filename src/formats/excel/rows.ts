// Writes the rows of a batch into a sheet, and counts what cells could not hold.
import type { Loss } from '../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { putWhole } from '../../table/put-digits.ts';
import { createCellWriter } from './cells.ts';
import type { SheetLayout } from './layout.ts';
import type { ExcelOptions } from './options.ts';
import { type CountedLoss, LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();
const ROW = encoder.encode('<row r="');
const ROW_OPEN = encoder.encode('">');
const ROW_END = encoder.encode('</row>');

/** Rows are handed on in pieces of about this size, whose buffers are used again. */
const PIECE_BYTES = 240 * 1024;

/** Rows of one batch. */
export interface BatchRows {
  rowCount: number;
  /** The selected rows [from, to) into the sheet's rows from `row` on, in pieces; `given` rows of the table came before. */
  write(from: number, to: number, row: number, given: number): Uint8Array[];
  /** Losses since the last call. */
  losses(): Loss[];
}

/** A writer that is used for one batch after the other. */
export function createRowWriter(options: ExcelOptions) {
  const out = new ByteWriter(256 * 1024);
  const number = new Uint8Array(16);
  let losses = new Map<string, Loss>();
  let currentRow = 0;
  return {
    of(batch: Batch, { columns }: SheetLayout): BatchRows {
      const count = (code: CountedLoss, column: number): void => {
        const key = `${code} ${column}`;
        const loss = losses.get(key);
        if (loss) loss.count++;
        else {
          const { name } = batch.schema.fields[column]!;
          losses.set(key, { code, sentence: LOSS_TEXTS[code], column: name, count: 1 });
        }
      };
      const tools = { options, out, count, row: () => currentRow };
      const cells = columns.map((column, position) =>
        createCellWriter(batch, position, column, tools),
      );
      return {
        rowCount: selectedCount(batch),
        write(from, to, row, given) {
          out.clear();
          const pieces: Uint8Array[] = [];
          for (let i = from; i < to; i++) {
            currentRow = given + i - from + 1;
            const digits = number.subarray(0, putWhole(number, 0, row + i - from));
            const physical = selectedRow(batch, i);
            out.put(ROW);
            out.put(digits);
            out.put(ROW_OPEN);
            for (const cell of cells) cell(physical, digits);
            out.put(ROW_END);
            if (out.length > PIECE_BYTES) pieces.push(out.take());
          }
          pieces.push(out.take());
          return pieces;
        },
        losses() {
          const taken = [...losses.values()];
          losses = new Map();
          return taken;
        },
      };
    },
  };
}
