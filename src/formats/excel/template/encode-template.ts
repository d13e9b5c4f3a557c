// Fills a workbook that the user made: rows go where it says, in the look of the row that stands there, all else is copied.
import { ExportError } from '../../../contract/errors.ts';
import type {
  EncoderContext,
  EncoderRoom,
  Segment,
  StreamEncoder,
} from '../../../contract/encoder.ts';
import type { FileRef } from '../../../contract/file-ref.ts';
import type { ScratchFile } from '../../../contract/scratch.ts';
import type { ColumnRef } from '../../../contract/filter.ts';
import type { Loss } from '../../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../../table/batch.ts';
import { ByteWriter } from '../../../table/byte-writer.ts';
import type { Schema } from '../../../table/data-type.ts';
import { putWhole } from '../../../table/put-digits.ts';
import { createCellWriter } from '../cells.ts';
import type { ExcelOptions } from '../options.ts';
import { type CountedLoss, LOSS_TEXTS } from '../texts.ts';
import {
  moveAround,
  moveChart,
  moveDrawing,
  moveFormulas,
  movePivotCache,
  movePivotPlace,
  moveLinks,
  moveTable,
  moveWorkbook,
  refuseNotes,
  type SheetRow,
  splitSheet,
  writeRows,
} from './fill-sheet.ts';
import { openFilled, type Opened, type Slot, within } from './open-filled.ts';
import { attribute, escapeXml } from './part-xml.ts';
import type { PivotFunction } from '../pivot/model.ts';
import { createTally, emptyMeasured, resultOf } from '../pivot/tally.ts';
import { fillRows, type PlaceholderCell, summedColumns, valueOf } from './placeholders.ts';
import type { RowMove } from './row-move.ts';

const MOST_ROWS = 1_048_576;
const PIECE_BYTES = 1024 * 1024;
const HELD_BYTES = 240 * 1024;

const encoder = new TextEncoder();

/** Sums of the columns that placeholders name, as doubles like those of Excel. */
function sumsOf(facts: readonly PlaceholderCell[], schema: Schema) {
  const positions = summedColumns(facts, schema);
  const values = positions.map((position): ColumnRef => {
    const { name } = schema.fields[position]!;
    return { name };
  });
  const tally = values.length > 0 ? createTally({ rows: [], columns: [], values }, schema) : null;
  return {
    add: (batch: Batch): void => tally?.add(batch, selectedCount(batch)),
    result(called: PivotFunction, column: string): number | null {
      const at = values.findIndex(({ name }) => name === column);
      return resultOf(called, tally?.take()?.groups[0]?.measured[at] ?? emptyMeasured());
    },
  };
}

/** Rows are put aside until their number is known, which formulas above them may need. */
export function openTemplateEncoder(
  context: EncoderContext<ExcelOptions>,
  file: FileRef,
  room: EncoderRoom,
): StreamEncoder {
  const out = new ByteWriter(256 * 1024);
  const digits = new Uint8Array(16);
  let sums = sumsOf([], context.schema);
  let opened: Opened | null = null;
  let aside: ScratchFile | null = null;
  let rowCount = 0;

  const writeFrame = ({ rowTag }: Opened, row: number): void => {
    out.text(`<row r="${row}"${rowTag}`);
  };
  const plainCell = (letters: string, row: number, style: number): string =>
    `<c r="${letters}${row}"${style === 0 ? '' : ` s="${style}"`}`;
  const writeOther = (slot: Exclude<Slot, { kind: 'value' }>, row: number): void => {
    const cell = plainCell(slot.letters, row, slot.style);
    out.text(
      slot.kind === 'formula' ? `${cell}><f>${escapeXml(slot.write(row))}</f></c>` : `${cell}/>`,
    );
  };

  const addRows = async (batch: Batch): Promise<Loss[]> => {
    const { slots, options, target } = opened!;
    const losses = new Map<string, Loss>();
    let current = 0;
    const count = (code: CountedLoss, column: number): void => {
      const key = `${code} ${column}`;
      const loss = losses.get(key);
      if (loss) loss.count++;
      else {
        const { name } = batch.schema.fields[column]!;
        losses.set(key, { code, sentence: LOSS_TEXTS[code], column: name, count: 1 });
      }
    };
    const tools = { options, out, count, row: () => current };
    const cells = slots.map((slot) =>
      slot.kind === 'value'
        ? createCellWriter(batch, slot.position, { ...slot, styleOfBlank: slot.style > 0 }, tools)
        : slot,
    );
    const rows = selectedCount(batch);
    if (target.first + rowCount + rows - 1 > MOST_ROWS)
      throw new ExportError('encode.excel.too-many-rows', { limit: MOST_ROWS - target.first + 1 });
    for (let i = 0; i < rows; i++) {
      const row = target.first + rowCount + i;
      current = rowCount + i + 1;
      const number = digits.subarray(0, putWhole(digits, 0, row));
      const physical = selectedRow(batch, i);
      writeFrame(opened!, row);
      for (const cell of cells)
        if (typeof cell === 'function') cell(physical, number);
        else writeOther(cell as Exclude<Slot, { kind: 'value' }>, row);
      out.text('</row>');
      if (out.length > HELD_BYTES) await aside!.write(out.take());
    }
    rowCount += rows;
    sums.add(batch);
    return [...losses.values()];
  };

  return {
    // oxlint-disable-next-line require-yield -- the first bytes depend on the number of rows
    async *begin() {
      opened = await openFilled(context, file, room);
      sums = sumsOf(opened.facts, context.schema);
      aside = await room.scratch.create();
    },
    async encodeBatch(batch) {
      return { segments: [], losses: await addRows(batch) };
    },
    async *end() {
      const { target, slots, sheet } = opened!;
      if (rowCount === 0) {
        writeFrame(opened!, target.first);
        for (const { letters, style } of slots)
          out.text(`${plainCell(letters, target.first, style)}/>`);
        out.text('</row>');
      }
      await aside!.write(out.take());
      const { options, facts, shared } = opened!;
      const fill = (part: string, rows: readonly SheetRow[]): readonly SheetRow[] => {
        const own = facts.filter(({ sheet: on }) => on.part === part);
        if (own.length === 0) return rows;
        const styles = new Map(own.map((cell) => [`${cell.row} ${cell.column}`, cell.style]));
        return fillRows(
          rows,
          shared,
          (row, column) => styles.get(`${row} ${column}`),
          (name) => valueOf(name, context, options.dateSystem, { rowCount, sum: sums.result }),
        );
      };
      const move: RowMove = {
        sheet: target.sheet.name,
        first: target.first,
        last: target.last,
        count: Math.max(1, rowCount),
      };
      const below = sheet.rows.at(-1)?.number ?? 0;
      if (below > target.last && below + move.count - (target.last - target.first + 1) > MOST_ROWS)
        throw new ExportError('encode.excel.too-many-rows', { limit: MOST_ROWS - below });
      yield* writeParts(opened!, move, aside!, fill);
    },
    async close() {
      await aside?.close();
    },
  };
}

/** All parts in the order of the template. */
async function* writeParts(
  { template, book, target, sheet, styles }: Opened,
  move: RowMove,
  rows: ScratchFile,
  fill: (part: string, rows: readonly SheetRow[]) => readonly SheetRow[],
): AsyncGenerator<Segment> {
  const own = await template.relationships(target.sheet.part);
  const sheets = new Map(book.sheets.map(({ name, part }) => [part, name]));
  const tables = new Map(book.tables.map((table) => [table.part, table]));
  const calcChain = book.relationships.find(({ type }) => type === 'calcChain')?.part ?? null;
  const workbookRelationships = book.part.replace(/([^/]*)$/, '_rels/$1.rels');
  const isOwn = (part: string, type: string): boolean =>
    own.some((each) => each.part === part && each.type === type);

  for (const { type, part } of own)
    if (part !== null && /^(?:comments|threadedComment)$/.test(type)) {
      const notes = await template.read(part);
      within(template, () => refuseNotes(notes, move));
    }
  const edit = async (part: string, work: (xml: string) => string): Promise<Segment> => {
    const xml = await template.read(part);
    return { part, bytes: encoder.encode(within(template, () => work(xml))) };
  };
  for (const part of template.members.keys()) {
    if (part === calcChain) continue;
    if (part === target.sheet.part) {
      const { head, tail } = within(template, () => ({
        head: moveAround(sheet.head, move),
        tail: moveAround(sheet.tail, move),
      }));
      const above = sheet.rows.filter(({ number }) => number < move.first);
      const below = sheet.rows.filter(({ number }) => number > move.last);
      const write = (list: SheetRow[]): string =>
        within(template, () => writeRows(fill(part, list), move.sheet, move, true));
      yield { part, bytes: encoder.encode(head + write(above)) };
      for (let at = 0; at < rows.sizeBytes; at += PIECE_BYTES)
        yield { bytes: await rows.read(at, Math.min(rows.sizeBytes, at + PIECE_BYTES)) };
      yield { bytes: encoder.encode(write(below) + tail) };
    } else if (sheets.has(part)) {
      const name = sheets.get(part)!;
      yield await edit(part, (xml) => {
        const other = splitSheet(xml, name);
        const around = (text: string): string => moveLinks(moveFormulas(text, name, move), move);
        return (
          around(other.head) +
          writeRows(fill(part, other.rows), name, move, false) +
          around(other.tail)
        );
      });
    } else if (part === book.part) yield await edit(part, (xml) => moveWorkbook(xml, move));
    else if (part === styles?.part) yield { part, bytes: encoder.encode(styles.xml) };
    else if (tables.has(part)) {
      const { sheet: name } = tables.get(part)!;
      const isMoved = name === target.sheet.name;
      yield await edit(part, (xml) => {
        const moved = moveFormulas(xml, name, move);
        return isMoved ? moveTable(moved, move) : moved;
      });
    } else if (isOwn(part, 'drawing')) yield await edit(part, (xml) => moveDrawing(xml, move));
    else if (isOwn(part, 'pivotTable')) yield await edit(part, (xml) => movePivotPlace(xml, move));
    else if (/^xl\/charts\/chart[^/]*\.xml$|^xl\/charts\/chartEx[^/]*\.xml$/.test(part))
      yield await edit(part, (xml) => moveChart(xml, move));
    else if (/^xl\/pivotCache\/pivotCacheDefinition[^/]*\.xml$/.test(part))
      yield await edit(part, (xml) => movePivotCache(xml, move));
    else if (calcChain !== null && part === '[Content_Types].xml')
      yield await edit(part, (xml) =>
        xml.replaceAll(/<(?:\w+:)?Override\s[^>]*>/g, (tag) =>
          attribute(tag, 'PartName') === `/${calcChain}` ? '' : tag,
        ),
      );
    else if (calcChain !== null && part === workbookRelationships)
      yield await edit(part, (xml) =>
        xml.replaceAll(/<(?:\w+:)?Relationship\s[^>]*>/g, (tag) =>
          (attribute(tag, 'Type') ?? '').endsWith('/calcChain') ? '' : tag,
        ),
      );
    else {
      yield { part, bytes: new Uint8Array(0) };
      for await (const bytes of template.bytes(part)) yield { bytes };
    }
  }
}
