// Fills a workbook that the user made: rows go where it says, in the look of the row that stands there, all else is copied.
import { ExportError } from '../../../contract/errors.ts';
import type {
  EncoderContext,
  EncoderRoom,
  FileRef,
  ScratchFile,
  Segment,
  StreamEncoder,
} from '../../../contract/plugins.ts';
import type { Loss } from '../../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../../table/batch.ts';
import { ByteWriter } from '../../../table/byte-writer.ts';
import { putWhole } from '../../../table/put-digits.ts';
import { cellKind, createCellWriter } from '../cells.ts';
import type { ExcelOptions } from '../options.ts';
import { columnLetters } from '../parts.ts';
import { type CountedLoss, LOSS_TEXTS } from '../texts.ts';
import { dateStyles } from './date-styles.ts';
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
  splitSheet,
  type SheetRow,
  type SplitSheet,
  writeRows,
} from './fill-sheet.ts';
import {
  findTarget,
  readBook,
  Template,
  type TemplateBook,
  type TemplateTarget,
} from './open-template.ts';
import { attribute, escapeXml } from './part-xml.ts';
import { repeatedPieces, type RowMove } from './row-move.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const PIECE_BYTES = 1024 * 1024;
const HELD_BYTES = 240 * 1024;

const encoder = new TextEncoder();

/** What a row is made of, in the order of its columns. */
type Slot =
  | { kind: 'value'; position: number; letters: string; style: number }
  | { kind: 'blank'; letters: string; style: number }
  | { kind: 'formula'; letters: string; style: number; write(row: number): string };

/** The template as it was opened. */
interface Opened {
  template: Template;
  book: TemplateBook;
  target: TemplateTarget;
  sheet: SplitSheet;
  /** What stands in a row's tag beside its number. */
  rowTag: string;
  slots: Slot[];
  /** The styles with those that dates needed; null where they needed none. */
  styles: { part: string; xml: string } | null;
  options: ExcelOptions;
}

/** Errors of the template's content, as the user is to read them. */
function within<T>(template: Template, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof ExportError) throw thrown;
    throw template.error(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function openFilled(
  context: EncoderContext<ExcelOptions>,
  file: FileRef,
  room: EncoderRoom,
): Promise<Opened> {
  const template = await Template.open(await room.openFile(file), room.limits);
  const book = await readBook(template);
  const { fields } = context.schema;
  const names = fields.map(({ name }) => name);
  const target = within(template, () =>
    findTarget(template, book, context.options.templateTarget, names),
  );
  const xml = await template.read(target.sheet.part);
  const sheet = within(template, () => splitSheet(xml, target.sheet.name));
  const is1904 = /<workbookPr\s[^>]*date1904="(?:1|true)"/.test(book.xml);
  const options: ExcelOptions = { ...context.options, dateSystem: is1904 ? '1904' : '1900' };
  const pattern = sheet.rows.find(({ number }) => number === target.first);
  const slots = within(template, () => slotsOf(sheet, pattern, target));
  const styled = book.relationships.find(({ type }) => type === 'styles')?.part;
  const wanted = slots.flatMap((slot) =>
    slot.kind === 'value' ? [{ slot, kind: cellKind(fields[slot.position]!.type, options) }] : [],
  );
  const made = styled ? dateStyles(await template.read(styled), wanted) : null;
  const rowTag = (pattern?.tag ?? '<row>').replaceAll(/\s(?:r|spans)="[^"]*"/g, '').slice(4);
  const styles = made === null ? null : { part: styled!, xml: made };
  return { template, book, target, sheet, rowTag, slots, styles, options };
}

/** Cells of a row: the data's columns, and what stands beside them in the row that is repeated. */
function slotsOf(sheet: SplitSheet, pattern: SheetRow | undefined, target: TemplateTarget): Slot[] {
  const { first, last, columns } = target;
  const own = new Set(columns);
  if (columns.some((column) => column > MOST_COLUMNS))
    throw new ExportError('encode.excel.template', {
      name: target.sheet.name,
      detail: TEMPLATE_TEXTS.tooNarrow(target.sheet.name, MOST_COLUMNS, columns.at(-1)!),
    });
  for (const { number, cells } of sheet.rows)
    if (number >= first && number <= last)
      for (const { column, xml, formula } of cells)
        if (
          !own.has(column) &&
          !target.mayDrop(column) &&
          formula === null &&
          /<v[\s>]|<is[\s>]/.test(xml)
        )
          throw new Error(TEMPLATE_TEXTS.beside(columnLetters(column) + number));
  const cells = new Map(pattern?.cells.map((cell) => [cell.column, cell]));
  const rowStyle = Number(attribute(pattern?.tag ?? '', 's') ?? 0);
  const columnStyle = (column: number): number => {
    for (const [tag] of sheet.head.matchAll(/<col\s[^>]*>/g))
      if (Number(attribute(tag, 'min')) <= column && column <= Number(attribute(tag, 'max')))
        return Number(attribute(tag, 'style') ?? 0);
    return 0;
  };
  return [...new Set([...columns, ...cells.keys()])]
    .sort((a, b) => a - b)
    .map((column): Slot => {
      const cell = cells.get(column);
      const letters = columnLetters(column);
      const tag = cell === undefined ? '' : /^<c[^>]*>/.exec(cell.xml)![0];
      const style = cell ? Number(attribute(tag, 's') ?? 0) : rowStyle || columnStyle(column);
      const position = columns.indexOf(column);
      if (position >= 0) return { kind: 'value', position, letters, style };
      const formula = cell?.formula;
      if (!formula) return { kind: 'blank', letters, style };
      if (formula.array !== null)
        throw new Error(TEMPLATE_TEXTS.arrayFormula(letters + String(first)));
      const write = repeatedPieces(formula.text, target.sheet.name, { first, last });
      if (write === null) throw new Error(TEMPLATE_TEXTS.patternFormula(letters + String(first)));
      return { kind: 'formula', letters, style, write };
    });
}

/** Rows are put aside until their number is known, which formulas above them may need. */
export function openTemplateEncoder(
  context: EncoderContext<ExcelOptions>,
  file: FileRef,
  room: EncoderRoom,
): StreamEncoder {
  const out = new ByteWriter(256 * 1024);
  const digits = new Uint8Array(16);
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
    return [...losses.values()];
  };

  return {
    // oxlint-disable-next-line require-yield -- the first bytes depend on the number of rows
    async *begin() {
      opened = await openFilled(context, file, room);
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
      const move: RowMove = {
        sheet: target.sheet.name,
        first: target.first,
        last: target.last,
        count: Math.max(1, rowCount),
      };
      const below = sheet.rows.at(-1)?.number ?? 0;
      if (below > target.last && below + move.count - (target.last - target.first + 1) > MOST_ROWS)
        throw new ExportError('encode.excel.too-many-rows', { limit: MOST_ROWS - below });
      yield* writeParts(opened!, move, aside!);
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
        within(template, () => writeRows(list, move.sheet, move, true));
      yield { part, bytes: encoder.encode(head + write(above)) };
      for (let at = 0; at < rows.sizeBytes; at += PIECE_BYTES)
        yield { bytes: await rows.read(at, Math.min(rows.sizeBytes, at + PIECE_BYTES)) };
      yield { bytes: encoder.encode(write(below) + tail) };
    } else if (sheets.has(part)) {
      const name = sheets.get(part)!;
      yield await edit(part, (xml) => {
        const other = splitSheet(xml, name);
        const around = (text: string): string => moveLinks(moveFormulas(text, name, move), move);
        return around(other.head) + writeRows(other.rows, name, move, false) + around(other.tail);
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
