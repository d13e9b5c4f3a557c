// Rows on a sheet for each value of a column: they are put aside, sheet by sheet, until all have come.
import { ExportError, shorten } from '../../contract/errors.ts';
import type {
  EncoderContext,
  EncoderRoom,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { findColumn, lastRowOf, type SheetLayout } from './layout.ts';
import { createSheetLinks, type SheetLinks } from './links.ts';
import type { ExcelOptions } from './options.ts';
import { createRowWriter } from './rows.ts';
import { CHECK_TEXTS } from './texts.ts';
import { type ClosedSheet, openWorkbook } from './workbook-writer.ts';

/** Bytes of a sheet that wait in memory, and of a piece that is read back. */
const HELD_BYTES = 64 * 1024;
const PIECE_BYTES = 1024 * 1024;

/** Rows of one value, as many as a sheet takes. */
interface ValueSheet {
  name: string;
  rowCount: number;
  links: SheetLinks | null;
  held: Uint8Array[];
  heldBytes: number;
  file: ScratchFile | null;
}

async function putAside(sheet: ValueSheet, scratch: Scratch): Promise<void> {
  sheet.file ??= await scratch.create();
  for (const piece of sheet.held) await sheet.file.write(piece);
  sheet.held = [];
  sheet.heldBytes = 0;
}

async function* rowsOf({ file, held }: ValueSheet): AsyncGenerator<Segment> {
  if (file !== null)
    for (let at = 0; at < file.sizeBytes; at += PIECE_BYTES)
      yield { bytes: await file.read(at, Math.min(file.sizeBytes, at + PIECE_BYTES)) };
  for (const bytes of held) yield { bytes };
}

/** Sheets in the order in which their values come first. Each table is put aside by itself. */
export function openSheetsByValue(
  context: EncoderContext<ExcelOptions>,
  room: EncoderRoom,
): StreamEncoder {
  const { options } = context;
  const { scratch } = room;
  const workbook = openWorkbook(context);
  const rows = createRowWriter(options);
  const closed: ClosedSheet[] = [];
  /** Of each value, in the order of their rows. */
  let sheets = new Map<string, ValueSheet[]>();
  let valueCount = 0;
  let given = 0;
  let ahead: unknown;

  const sheetOf = (value: string | null, layout: SheetLayout): ValueSheet => {
    // Null and the text that stands for it are told apart.
    const key = value === null ? 'null' : `=${value}`;
    const ofValue = sheets.get(key);
    const last = ofValue?.at(-1);
    if (last !== undefined && last.rowCount < layout.capacity) return last;
    if (last !== undefined && options.overflow === 'fail')
      throw new ExportError('encode.excel.too-many-rows', { limit: layout.capacity });
    if (last === undefined && ++valueCount > options.sheetsAtMost)
      throw new ExportError('encode.excel.too-many-sheets', {
        column: shorten(options.sheetBy),
        limit: options.sheetsAtMost,
      });
    const sheet: ValueSheet = {
      name:
        value === null ? CHECK_TEXTS.sheetOfNull : value === '' ? CHECK_TEXTS.sheetOfEmpty : value,
      rowCount: 0,
      links: options.links.length > 0 ? createSheetLinks() : null,
      held: [],
      heldBytes: 0,
      file: null,
    };
    if (ofValue === undefined) sheets.set(key, [sheet]);
    else ofValue.push(sheet);
    return sheet;
  };

  const open = (found: unknown): void => {
    ahead = found;
    sheets = new Map();
    given = 0;
  };
  const closeTable = async function* (table: number): AsyncGenerator<Segment> {
    const layout = workbook.layouts[table]!;
    if (sheets.size === 0) sheetOf(layout.name, layout);
    let position = 0;
    for (const sheet of [...sheets.values()].flat()) {
      const { name, rowCount, links } = sheet;
      const lastRow = lastRowOf(layout, 0, rowCount);
      yield workbook.openSheet(layout, position, ahead);
      yield* rowsOf(sheet);
      yield workbook.closeSheet(layout, position, lastRow, links);
      await sheet.file?.close();
      sheet.held = [];
      // What is known of the first rows of the table is of none of its sheets.
      closed.push({ layout, position, name, lastRow, links, points: new Map() });
      position++;
    }
    sheets = new Map();
  };

  return {
    async *begin(found) {
      await workbook.prepare(room);
      if (context.tables === undefined) open(found);
      yield* workbook.begin();
    },
    beginTable(_table, found) {
      open(found);
      return [];
    },
    async encodeBatch(batch, { table = 0 }) {
      const layout = workbook.layouts[table]!;
      const column = findColumn(layout.schema, { name: options.sheetBy });
      const writer = rows.of(batch, layout);
      const rowCount = selectedCount(batch);
      for (let i = 0; i < rowCount; i++) {
        const value = column < 0 ? layout.name : cellText(batch, selectedRow(batch, i), column);
        const sheet = sheetOf(value, layout);
        const place = { row: layout.firstRow + sheet.rowCount, given, links: sheet.links };
        for (const piece of writer.write(i, i + 1, place)) {
          sheet.held.push(piece);
          sheet.heldBytes += piece.length;
        }
        sheet.rowCount++;
        given++;
        if (sheet.heldBytes > HELD_BYTES) await putAside(sheet, scratch);
      }
      return { segments: [], losses: writer.losses() };
    },
    endTable: (table) => closeTable(table),
    async *end() {
      if (context.tables === undefined) yield* closeTable(0);
      yield* workbook.end(closed);
    },
    async close() {
      for (const { file } of [...sheets.values()].flat()) await file?.close();
    },
  };
}
