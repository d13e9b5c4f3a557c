// Opens a template and finds the row that is repeated: which of its cells take values, and which stay as they are.
import { indexColumns } from '../../../contract/columns.ts';
import { ExportError, shorten } from '../../../contract/errors.ts';
import type { EncoderContext, EncoderRoom } from '../../../contract/encoder.ts';
import type { FileRef } from '../../../contract/file-ref.ts';
import type { Field, Schema } from '../../../table/data-type.ts';
import { cellKind } from '../cells.ts';
import type { ExcelOptions } from '../options.ts';
import { columnLetters } from '../parts.ts';
import { dateStyles } from './date-styles.ts';
import { type SheetRow, type SplitSheet, splitSheet } from './fill-sheet.ts';
import {
  findTarget,
  readBook,
  Template,
  type TemplateBook,
  type TemplateTarget,
} from './open-template.ts';
import { attribute } from './part-xml.ts';
import {
  columnOf,
  dateKind,
  findPlaceholders,
  insistKnown,
  type PlaceholderCell,
  placeOf,
  readSharedTexts,
  repeatedCells,
  type SharedTexts,
} from './placeholders.ts';
import { repeatedPieces } from './row-move.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

const MOST_COLUMNS = 16_384;

/** What a row is made of, in the order of its columns. */
export type Slot =
  | { kind: 'value'; position: number; letters: string; style: number }
  | { kind: 'blank'; letters: string; style: number }
  | { kind: 'formula'; letters: string; style: number; write(row: number): string };

/** The template as it was opened. */
export interface Opened {
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
  /** Cells outside of the row that repeats which say something of the rows. */
  facts: PlaceholderCell[];
  shared: SharedTexts;
}

/** Errors of the template's content, as the user is to read them. */
export function within<T>(template: Template, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof ExportError) throw thrown;
    throw template.error(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

export async function openFilled(
  context: Pick<EncoderContext<ExcelOptions>, 'options' | 'schema'>,
  file: FileRef,
  room: Pick<EncoderRoom, 'limits' | 'openFile'>,
): Promise<Opened> {
  const template = await Template.open(await room.openFile(file), room.limits);
  const book = await readBook(template);
  const { fields } = context.schema;
  const guarded = <T>(work: () => T): T => within(template, work);
  const shared = await readSharedTexts(template, book);
  const found = await findPlaceholders(template, book, shared, guarded);
  const { templateTarget } = context.options;
  const repeated = templateTarget.trim() === '' ? repeatedCells(found, context.schema) : [];
  const target = guarded(() =>
    repeated.length > 0
      ? targetOf(repeated, context.schema)
      : findTarget(
          template,
          book,
          templateTarget,
          fields.map(({ name }) => name),
        ),
  );
  const facts = found.filter(
    ({ sheet, row }) => sheet.part !== target.sheet.part || row < target.first || row > target.last,
  );
  guarded(() => facts.forEach((cell) => insistKnown(cell, context.schema)));
  const xml = await template.read(target.sheet.part);
  const sheet = within(template, () => splitSheet(xml, target.sheet.name));
  const is1904 = /<workbookPr\s[^>]*date1904="(?:1|true)"/.test(book.xml);
  const options: ExcelOptions = { ...context.options, dateSystem: is1904 ? '1904' : '1900' };
  const pattern = sheet.rows.find(({ number }) => number === target.first);
  const slots = guarded(() => slotsOf(sheet, pattern, target, fields));
  const styled = book.relationships.find(({ type }) => type === 'styles')?.part;
  const wanted = [
    ...slots.flatMap((slot) =>
      slot.kind === 'value' ? [{ slot, kind: cellKind(fields[slot.position]!.type, options) }] : [],
    ),
    ...facts.flatMap((slot) => {
      const kind = dateKind(slot);
      return kind === null ? [] : [{ slot, kind }];
    }),
  ];
  const made = styled ? dateStyles(await template.read(styled), wanted) : null;
  const rowTag = (pattern?.tag ?? '<row>').replaceAll(/\s(?:r|spans)="[^"]*"/g, '').slice(4);
  const styles = made === null ? null : { part: styled!, xml: made };
  return { template, book, target, sheet, rowTag, slots, styles, options, facts, shared };
}

/** The row whose placeholders name the data's columns. Of columns with one name each has a cell of its own, in their order. */
function targetOf(cells: readonly PlaceholderCell[], schema: Schema): TemplateTarget {
  const [{ sheet, row }] = cells as [PlaceholderCell];
  const named = new Map<string, number[]>();
  for (const cell of cells) {
    const [name] = cell.names;
    if (!cell.isWhole || name === undefined)
      throw new Error(TEMPLATE_TEXTS.notAlone(placeOf(cell)));
    const column = columnOf(name);
    const known = named.get(column);
    if (known) known.push(cell.column);
    else named.set(column, [cell.column]);
    if (!schema.fields.some((field) => field.name === column))
      throw new Error(TEMPLATE_TEXTS.noSuchColumn(shorten(name, 40), placeOf(cell)));
  }
  const places = Array.from(indexColumns(schema)).flatMap(([name, positions]) => {
    const taken = named.get(name) ?? [];
    if (positions.length === 1 && taken.length > 0)
      return taken.map((column) => ({ column, position: positions[0]! }));
    if (positions.length > taken.length)
      throw new Error(TEMPLATE_TEXTS.noPlaceholder(placeOf(cells[0]!), shorten(name, 40)));
    return taken.map((column, i) => ({
      column,
      position: positions[Math.min(i, positions.length - 1)]!,
    }));
  });
  const own = new Set(places.map(({ column }) => column));
  return { sheet, first: row, last: row, places, mayDrop: (column) => own.has(column) };
}

/** Cells of a row: the data's columns, and what stands beside them in the row that is repeated. */
function slotsOf(
  sheet: SplitSheet,
  pattern: SheetRow | undefined,
  target: TemplateTarget,
  fields: readonly Field[],
): Slot[] {
  const { first, last, places } = target;
  const own = new Map<number, number>();
  for (const { column, position } of places) {
    if (own.has(column)) throw new Error(TEMPLATE_TEXTS.twice(shorten(fields[position]!.name, 40)));
    own.set(column, position);
  }
  const rightmost = Math.max(0, ...own.keys());
  if (rightmost > MOST_COLUMNS)
    throw new ExportError('encode.excel.template', {
      name: target.sheet.name,
      detail: TEMPLATE_TEXTS.tooNarrow(target.sheet.name, MOST_COLUMNS, rightmost),
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
  return [...new Set([...own.keys(), ...cells.keys()])]
    .sort((a, b) => a - b)
    .map((column): Slot => {
      const cell = cells.get(column);
      const letters = columnLetters(column);
      const tag = cell === undefined ? '' : /^<c[^>]*>/.exec(cell.xml)![0];
      const style = cell ? Number(attribute(tag, 's') ?? 0) : rowStyle || columnStyle(column);
      const position = own.get(column);
      if (position !== undefined) return { kind: 'value', position, letters, style };
      const formula = cell?.formula;
      if (!formula) return { kind: 'blank', letters, style };
      if (formula.array !== null)
        throw new Error(TEMPLATE_TEXTS.arrayFormula(letters + String(first)));
      const write = repeatedPieces(formula.text, target.sheet.name, { first, last });
      if (write === null) throw new Error(TEMPLATE_TEXTS.patternFormula(letters + String(first)));
      return { kind: 'formula', letters, style, write };
    });
}
