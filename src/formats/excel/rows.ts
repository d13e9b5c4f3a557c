// Writes the rows of a batch into a sheet, and counts what cells could not hold.
import type { Loss } from '../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createContentReader } from '../../table/cell-content.ts';
import { putWhole } from '../../table/put-digits.ts';
import { createCellWriter } from './cells.ts';
import type { SheetLayout } from './layout.ts';
import { linkAddress, type SheetLinks } from './links.ts';
import type { ExcelOptions } from './options.ts';
import { formulaOfRow } from './row-formulas.ts';
import { type CountedLoss, LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const ROW = encoder.encode('<row r="');
const ROW_OPEN = encoder.encode('">');
const ROW_END = encoder.encode('</row>');

/** Rows are handed on in pieces of about this size, whose buffers are used again. */
const PIECE_BYTES = 240 * 1024;

/** Where rows go. */
export interface RowPlace {
  /** Of the sheet, for the first of them. */
  row: number;
  /** Rows of the table that came before. */
  given: number;
  /** Takes the links of the sheet; null = there are none. */
  links: SheetLinks | null;
}

/** Rows of one batch. */
export interface BatchRows {
  rowCount: number;
  /** The selected rows [from, to), in pieces. */
  write(from: number, to: number, place: RowPlace): Uint8Array[];
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
    of(batch: Batch, { columns, formulas }: SheetLayout): BatchRows {
      const { fields } = batch.schema;
      const count = (code: CountedLoss, column: number): void => {
        const key = `${code} ${column}`;
        const loss = losses.get(key);
        if (loss) loss.count++;
        else {
          const { name } = fields[column]!;
          losses.set(key, { code, sentence: LOSS_TEXTS[code], column: name, count: 1 });
        }
      };
      const tools = { options, out, count, row: () => currentRow };
      const cells = columns.map((column, position) =>
        createCellWriter(batch, position, column, tools),
      );
      const linked = columns.flatMap(({ letters, isLink }, position) =>
        isLink ? [{ letters, position, read: createContentReader(batch, position) }] : [],
      );
      const link = (links: SheetLinks, physical: number, row: number): void => {
        for (const { letters, position, read } of linked) {
          const text = read(physical);
          const address = text === null ? null : linkAddress(decoder.decode(text));
          if (address !== null && !links.add(`${letters}${row}`, address))
            count('excel.link-left', position);
        }
      };
      return {
        rowCount: selectedCount(batch),
        write(from, to, { row: first, given, links }) {
          out.clear();
          const pieces: Uint8Array[] = [];
          for (let i = from; i < to; i++) {
            const row = first + i - from;
            currentRow = given + i - from + 1;
            const digits = number.subarray(0, putWhole(number, 0, row));
            const physical = selectedRow(batch, i);
            out.put(ROW);
            out.put(digits);
            out.put(ROW_OPEN);
            for (const cell of cells) cell(physical, digits);
            for (const { letters, style, pieces: parts } of formulas)
              out.text(
                `<c r="${letters}${row}"${style === 0 ? '' : ` s="${style}"`}><f>${formulaOfRow(parts, row)}</f></c>`,
              );
            out.put(ROW_END);
            if (links !== null) link(links, physical, row);
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
