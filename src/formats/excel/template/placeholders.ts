// Placeholders in a template's cells: columns of the row that repeats, and facts and sums of the rows anywhere else.
import { indexColumns } from '../../../contract/columns.ts';
import { shorten } from '../../../contract/errors.ts';
import type { EncoderContext } from '../../../contract/encoder.ts';
import type { Schema } from '../../../table/data-type.ts';
import { createZoneOffset } from '../../../table/zone-offset.ts';
import { isMeasurable } from '../chart/cached-points.ts';
import type { CellKind } from '../cells.ts';
import { cachedText } from '../part-text.ts';
import { columnLetters, sheetReference } from '../parts.ts';
import { PIVOT_FUNCTIONS, type PivotFunction } from '../pivot/model.ts';
import { type DateSystem, daySerial } from '../serial.ts';
import { type SheetRow, splitSheet } from './fill-sheet.ts';
import type { Template, TemplateBook, TemplateSheet } from './open-template.ts';
import { attribute, plainText, withAttribute } from './part-xml.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

/** What stands in braces: `{{rows}}`, `{{sum:price}}`, `{{city}}`. */
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const FACTS = ['rows', 'columns', 'source', 'name', 'date', 'time', 'part'] as const;

export type Fact = (typeof FACTS)[number];

type Meaning =
  | { kind: 'fact'; fact: Fact }
  | { kind: 'sum'; called: PivotFunction; column: string }
  | { kind: 'column'; column: string };

/** Shared texts with placeholders, by their numbers: what stands in `<si>`. */
export type SharedTexts = ReadonlyMap<number, string>;

/** A cell with placeholders. */
export interface PlaceholderCell {
  sheet: TemplateSheet;
  row: number;
  column: number;
  /** What stands in their braces. */
  names: string[];
  /** The one placeholder is all that the cell holds. */
  isWhole: boolean;
  /** Cell format; another where a date needs one. */
  style: number;
}

/** What a placeholder comes to: a number for a cell of its own, and the text for one with more. */
export interface PlaceholderValue {
  number: number | null;
  text: string;
}

const textsIn = (content: string): string[] =>
  Array.from(content.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g), ([, text]) => text!);
const namesIn = (text: string): string[] =>
  Array.from(text.matchAll(PLACEHOLDER), ([, name]) => plainText(name!));

/** Without the pronunciation of East Asian texts, which has texts of its own. */
const withoutReading = (content: string): string =>
  content.replaceAll(/<rPh\s[\s\S]*?<\/rPh>|<phoneticPr[^>]*>(?:<\/phoneticPr>)?/g, '');

/** The shared texts that matter here. */
export async function readSharedTexts(
  template: Template,
  { relationships }: TemplateBook,
): Promise<SharedTexts> {
  const part = relationships.find(({ type }) => type === 'sharedStrings')?.part;
  const found = new Map<number, string>();
  if (!part || !template.members.has(part)) return found;
  const xml = await template.read(part);
  let number = 0;
  for (const [, inner = ''] of xml.matchAll(/<si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/si>)/g)) {
    const content = withoutReading(inner);
    if (textsIn(content).join('').includes('{{')) found.set(number, content);
    number++;
  }
  return found;
}

/** What stands in a cell of text with braces; null for all others. */
function contentOf(xml: string, shared: SharedTexts): string | null {
  const type = attribute(/^<c[^>]*>/.exec(xml)![0], 't');
  if (type === 's') return shared.get(Number(/<v>(\d+)<\/v>/.exec(xml)?.[1] ?? -1)) ?? null;
  if (type !== 'inlineStr') return null;
  const content = withoutReading(/<is>([\s\S]*)<\/is>/.exec(xml)?.[1] ?? '');
  return textsIn(content).join('').includes('{{') ? content : null;
}

/** `Data!B4`, as errors name it. */
export function placeOf({ sheet, row, column }: PlaceholderCell): string {
  return `${sheetReference(sheet.name)}${columnLetters(column)}${row}`;
}

/** All cells with placeholders, sheet by sheet. Throws an Error for those that are formatted in pieces. */
export async function findPlaceholders(
  template: Template,
  { sheets }: TemplateBook,
  shared: SharedTexts,
  within: <T>(work: () => T) => T,
): Promise<PlaceholderCell[]> {
  const found: PlaceholderCell[] = [];
  for (const sheet of sheets) {
    const xml = await template.read(sheet.part);
    // Most sheets have none: their rows need not be looked at.
    if (shared.size === 0 && !xml.includes('{{')) continue;
    for (const { number: row, cells } of within(() => splitSheet(xml, sheet.name)).rows)
      for (const { column, xml: cell } of cells) {
        const content = contentOf(cell, shared);
        if (content === null) continue;
        const pieces = textsIn(content);
        const whole = pieces.join('');
        const names = namesIn(whole);
        if (names.length === 0) continue;
        const style = Number(attribute(/^<c[^>]*>/.exec(cell)![0], 's') ?? 0);
        const isWhole = whole.trim().replace(PLACEHOLDER, '') === '' && names.length === 1;
        const one = { sheet, row, column, names, isWhole, style };
        if (pieces.flatMap(namesIn).length !== names.length)
          within(() => {
            throw new Error(TEMPLATE_TEXTS.inPieces(placeOf(one)));
          });
        found.push(one);
      }
  }
  return found;
}

/** `column:` in front means a column whatever it is called. */
export function meaningOf(name: string): Meaning {
  const [, called, column] = /^([a-z]+):\s*(.+)$/s.exec(name) ?? [];
  if (called === 'column') return { kind: 'column', column: column! };
  const sum = PIVOT_FUNCTIONS.find((each) => each === called);
  if (sum !== undefined) return { kind: 'sum', called: sum, column: column! };
  const fact = FACTS.find((each) => each === name);
  return fact === undefined ? { kind: 'column', column: name } : { kind: 'fact', fact };
}

/** The name of the column that a placeholder in the row that repeats stands for. */
export function columnOf(name: string): string {
  return name.replace(/^column:\s*/, '');
}

/**
 * Cells of the row that repeats: the first with a placeholder, no fact or sum, that a column of the data is called like. Empty
 * where there is none.
 */
export function repeatedCells(
  cells: readonly PlaceholderCell[],
  schema: Schema,
): PlaceholderCell[] {
  const columns = indexColumns(schema);
  const first = cells.find(({ names }) =>
    names.some((name) => {
      const meaning = meaningOf(name);
      return meaning.kind === 'column' && columns.has(meaning.column);
    }),
  );
  return first === undefined
    ? []
    : cells.filter(({ sheet, row }) => sheet === first.sheet && row === first.row);
}

/** Throws an Error for a placeholder outside of the row that repeats that nothing is known of. */
export function insistKnown(cell: PlaceholderCell, schema: Schema): void {
  const columns = indexColumns(schema);
  for (const name of cell.names) {
    const meaning = meaningOf(name);
    const shown = shorten(name, 40);
    if (meaning.kind === 'column')
      throw new Error(TEMPLATE_TEXTS.unknownPlaceholder(shown, placeOf(cell), FACTS.join(', ')));
    if (meaning.kind !== 'sum') continue;
    const position = columns.get(meaning.column)?.[0];
    if (position === undefined)
      throw new Error(
        TEMPLATE_TEXTS.sumOfNothing(shown, placeOf(cell), shorten(meaning.column, 40)),
      );
    if (meaning.called !== 'count' && !isMeasurable(schema.fields[position]!.type))
      throw new Error(TEMPLATE_TEXTS.sumOfText(shown, placeOf(cell), shorten(meaning.column, 40)));
  }
}

/** Positions of the columns that these cells sum up, each once. */
export function summedColumns(cells: readonly PlaceholderCell[], schema: Schema): number[] {
  const columns = indexColumns(schema);
  const found = cells.flatMap(({ names }) =>
    names.flatMap((name) => {
      const meaning = meaningOf(name);
      return meaning.kind === 'sum' ? [columns.get(meaning.column)![0]!] : [];
    }),
  );
  return [...new Set(found)];
}

/** What kind of date a cell shows that holds nothing else; null for others. */
export function dateKind({ names, isWhole }: PlaceholderCell): CellKind | null {
  const meaning = meaningOf(names[0]!);
  if (!isWhole || meaning.kind !== 'fact') return null;
  return meaning.fact === 'date' || meaning.fact === 'time' ? meaning.fact : null;
}

/** What is known when all rows are written. */
export interface FactValues {
  rowCount: number;
  /** By called function and name of the column; null where there is none. */
  sum(called: PivotFunction, column: string): number | null;
}

/** The value of a placeholder outside of the row that repeats. */
export function valueOf(
  name: string,
  context: Pick<EncoderContext<unknown>, 'schema' | 'name' | 'sourceName' | 'timeZone' | 'part'> & {
    startedAtMs: number;
  },
  dateSystem: DateSystem,
  { rowCount, sum }: FactValues,
): PlaceholderValue {
  const ofNumber = (number: number | null): PlaceholderValue => ({
    number,
    text: number === null ? '' : String(number),
  });
  const ofText = (text: string): PlaceholderValue => ({ number: null, text });
  const meaning = meaningOf(name);
  if (meaning.kind === 'sum') return ofNumber(sum(meaning.called, meaning.column));
  if (meaning.kind === 'column') throw new Error(`the placeholder ${name} was not looked at`);
  switch (meaning.fact) {
    case 'rows':
      return ofNumber(rowCount);
    case 'columns':
      return ofNumber(context.schema.fields.length);
    case 'part':
      return ofNumber(context.part + 1);
    case 'source':
      return ofText(context.sourceName);
    case 'name':
      return ofText(context.name);
    case 'date':
    case 'time': {
      const seconds = Math.floor(context.startedAtMs / 1000);
      const local = seconds + createZoneOffset(context.timeZone)(seconds);
      const iso = new Date(local * 1000).toISOString();
      const days = Math.floor(local / 86_400);
      return meaning.fact === 'date'
        ? { number: daySerial(days, dateSystem), text: iso.slice(0, 10) }
        : { number: (local - days * 86_400) / 86_400, text: iso.slice(11, 19) };
    }
  }
}

/** The rows with their placeholders filled in. */
export function fillRows(
  rows: readonly SheetRow[],
  shared: SharedTexts,
  styleOf: (row: number, column: number) => number | undefined,
  value: (name: string) => PlaceholderValue,
): SheetRow[] {
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => {
      const content = contentOf(cell.xml, shared);
      const style = styleOf(row.number, cell.column);
      if (content === null || style === undefined) return cell;
      const tag = /^<c[^>]*>/.exec(cell.xml)![0].replace(/\/>$/, '>');
      const styled = withAttribute(tag, 's', style === 0 ? null : String(style));
      const whole = textsIn(content).join('').trim();
      const names = namesIn(whole);
      const only = whole.replace(PLACEHOLDER, '') === '' && names.length === 1;
      const { number } = only ? value(names[0]!) : { number: null };
      if (number !== null)
        return { ...cell, xml: `${withAttribute(styled, 't', null)}<v>${number}</v></c>` };
      const filled = content.replaceAll(
        /<t(?:\s[^>]*)?>([^<]*)<\/t>/g,
        (_, text: string) =>
          `<t xml:space="preserve">${text.replaceAll(PLACEHOLDER, (_all, name: string) =>
            cachedText(value(plainText(name)).text),
          )}</t>`,
      );
      return { ...cell, xml: `${withAttribute(styled, 't', 'inlineStr')}<is>${filled}</is></c>` };
    }),
  }));
}
