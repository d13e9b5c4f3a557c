// Changes the parts of a template for its new rows: references follow them, and cached values of formulas go.
import { cellOfReference, type FormulaToken, formulaTokens } from './row-move.ts';
import { movedFormula, movedRange, movedRanges, movedRow, type RowMove } from './row-move.ts';
import { attribute, escapeXml, plainText, withAttribute } from './part-xml.ts';
import { columnNumber } from './open-template.ts';
import { columnLetters } from '../parts.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

/** Elements whose text is a formula. */
const FORMULAS =
  /(<((?:\w+:)?(?:formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula)|xm:f)(?:\s[^>]*)?(?<!\/)>)([^<]*)(?=<\/\2>)/g;

/** Formulas of rules, tables and extensions, which stand on a sheet. */
export function moveFormulas(xml: string, sheet: string, move: RowMove): string {
  return xml.replaceAll(
    FORMULAS,
    (_, tag: string, name: string, text: string) =>
      tag + escapeXml(movedFormula(plainText(text), sheet, move, name === 'xm:f')),
  );
}

/** What stands in elements named so follows the rows, as ranges of the sheet whose rows they are. */
function moveTagRanges(
  xml: string,
  names: string,
  name: string,
  grows: boolean,
  move: RowMove,
): string {
  return xml.replaceAll(new RegExp(`<(?:\\w+:)?(?:${names})\\s[^>]*>`, 'g'), (tag) => {
    const list = attribute(tag, name);
    return list === undefined ? tag : withAttribute(tag, name, movedRanges(list, move, grows));
  });
}

/** A row of a sheet: its tag, and its cells. */
export interface SheetRow {
  number: number;
  tag: string;
  cells: SheetCell[];
}

interface SheetCell {
  column: number;
  /** With what is in it. */
  xml: string;
  formula: CellFormula | null;
}

interface CellFormula {
  text: string;
  /** Of an array formula: the cells it fills. */
  array: string | null;
}

/** A sheet in three pieces. */
export interface SplitSheet {
  /** Up to and with `<sheetData>`, and what is behind its end tag. */
  head: string;
  tail: string;
  rows: SheetRow[];
}

/** Throws an Error for cells without places, and what-if tables. */
export function splitSheet(xml: string, sheet: string): SplitSheet {
  const found = /<sheetData(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/sheetData>)/.exec(xml);
  if (found === null || !/<worksheet[\s>]/.test(xml)) throw new Error(TEMPLATE_TEXTS.noReference);
  const shared = new Map<string, { text: string; row: number; column: number }>();
  const rows = Array.from(
    (found[1] ?? '').matchAll(/(<row(?:\s[^>]*)?(?:\/>|>))(?:([\s\S]*?)<\/row>)?/g),
    ([, tag, inner]): SheetRow => {
      const isEmpty = tag!.endsWith('/>');
      const number = Number(attribute(tag!, 'r'));
      if (!(number > 0)) throw new Error(TEMPLATE_TEXTS.noReference);
      const own = isEmpty ? '' : (inner ?? '');
      const cells = Array.from(
        own.matchAll(/<c(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/c>)/g),
        ([cell]): SheetCell => {
          const place = cellOfReference(attribute(/^<[^>]*>/.exec(cell)![0], 'r') ?? '');
          if (place === null) throw new Error(TEMPLATE_TEXTS.noReference);
          const column = columnNumber(place.letters);
          return { column, xml: cell, formula: formulaOf(cell, number, column, sheet, shared) };
        },
      );
      return { number, tag: isEmpty ? tag!.replace(/\/>$/, '>') : tag!, cells };
    },
  );
  return {
    head: `${xml.slice(0, found.index)}<sheetData>`,
    tail: `</sheetData>${xml.slice(found.index + found[0].length)}`,
    rows,
  };
}

/** Formulas that share one text are written out, as not all of them may move alike. */
function formulaOf(
  cell: string,
  row: number,
  column: number,
  sheet: string,
  shared: Map<string, { text: string; row: number; column: number }>,
): CellFormula | null {
  const found = /<f(\s[^>]*?)?(?:\/>|>([^<]*)<\/f>)/.exec(cell);
  if (found === null) return null;
  const tag = `<f${found[1] ?? ''}>`;
  const text = plainText(found[2] ?? '');
  const type = attribute(tag, 't');
  if (type === 'dataTable') throw new Error(TEMPLATE_TEXTS.dataTable(columnLetters(column) + row));
  if (type === 'array') return { text, array: attribute(tag, 'ref') ?? null };
  if (type !== 'shared') return { text, array: null };
  const id = attribute(tag, 'si') ?? '';
  if (text !== '') shared.set(id, { text, row, column });
  const master = shared.get(id);
  if (master === undefined) throw new Error(TEMPLATE_TEXTS.noReference);
  return {
    text: repeatedFormula(master.text, sheet, row - master.row, column - master.column),
    array: null,
  };
}

/** A formula as it is so many rows below and columns to the right. */
function repeatedFormula(text: string, sheet: string, rows: number, columns: number): string {
  const shifted = (end: Exclude<FormulaToken, string>['from']): string => {
    const row = end.isAbsolute ? end.row : end.row + rows;
    if (end.letters === '') return `${end.before}${row}`;
    const letters = end.isColumnAbsolute
      ? end.letters
      : columnLetters(columnNumber(end.letters) + columns);
    return `${end.isColumnAbsolute ? '$' : ''}${letters}${end.isAbsolute ? '$' : ''}${row}`;
  };
  return formulaTokens(text, sheet)
    .map((token) =>
      typeof token === 'string'
        ? token
        : shifted(token.from) + (token.to === null ? '' : `:${shifted(token.to)}`),
    )
    .join('');
}

/** A cell with its formula, without the value that was calculated for the old rows. */
function formulaCell(xml: string, { text, array }: CellFormula): string {
  const tag = withAttribute(/^<c[^>]*>/.exec(xml)![0].replace(/\/>$/, '>'), 't', null);
  const kind = array === null ? '' : ` t="array" ref="${array}"`;
  return `${tag}<f${kind}>${escapeXml(text)}</f></c>`;
}

/** Rows with their numbers afterwards; of another sheet than that of the new rows they stay. */
export function writeRows(
  rows: readonly SheetRow[],
  sheet: string,
  move: RowMove,
  isMoved: boolean,
): string {
  return rows
    .map(({ number, tag, cells }) => {
      const row = isMoved ? movedRow(number, move) : number;
      const inner = cells.map(({ column, xml, formula }) => {
        const own =
          formula === null
            ? xml
            : formulaCell(xml, {
                text: movedFormula(formula.text, sheet, move),
                array:
                  formula.array !== null && isMoved
                    ? movedRanges(formula.array, move, false)
                    : formula.array,
              });
        return isMoved
          ? own.replace(/^<c[^>]*>/, (open) => withPlace(open, `${columnLetters(column)}${row}`))
          : own;
      });
      return `${isMoved ? withPlace(tag, String(row)) : tag}${inner.join('')}</row>`;
    })
    .join('');
}

function withPlace(tag: string, place: string): string {
  return tag.replace(/\sr="[^"]*"/, ` r="${place}"`);
}

/** What surrounds the rows of the sheet whose rows are replaced. Throws an Error for what lies over them. */
export function moveAround(xml: string, move: RowMove): string {
  const inside = (what: string, list: string): void => {
    for (const token of formulaTokens(list, move.sheet)) {
      if (typeof token === 'string') continue;
      const [first, last] = [token.from.row, (token.to ?? token.from).row];
      if (first <= move.last && last >= move.first)
        throw new Error(TEMPLATE_TEXTS.inside(what, list));
    }
  };
  for (const [tag] of xml.matchAll(/<mergeCell\s[^>]*>/g))
    inside('merged cells', attribute(tag, 'ref') ?? '');
  let moved = moveLinks(moveFormulas(xml, move.sheet, move), move);
  moved = moveTagRanges(
    moved,
    'conditionalFormatting|dataValidation|protectedRange|ignoredError',
    'sqref',
    true,
    move,
  );
  moved = moveTagRanges(moved, 'selection', 'sqref', false, move);
  moved = moveTagRanges(moved, 'selection', 'activeCell', false, move);
  moved = moveTagRanges(
    moved,
    'dimension|mergeCell|hyperlink|autoFilter|sortState|sortCondition',
    'ref',
    false,
    move,
  );
  moved = moved.replaceAll(
    /(<xm:sqref>)([^<]*)(?=<)/g,
    (_, tag: string, list: string) => tag + movedRanges(list, move, true),
  );
  return moved.replaceAll(/<rowBreaks[\s\S]*?<\/rowBreaks>/g, (breaks) =>
    breaks.replaceAll(/<brk\s[^>]*>/g, (tag) =>
      withAttribute(tag, 'id', String(movedRow(Number(attribute(tag, 'id')), move))),
    ),
  );
}

/** Links to cells of the workbook. */
export function moveLinks(xml: string, move: RowMove): string {
  return xml.replaceAll(/<hyperlink\s[^>]*>/g, (tag) => {
    const location = attribute(tag, 'location');
    return location === undefined
      ? tag
      : withAttribute(tag, 'location', movedFormula(location, '', move));
  });
}

/** A table on the sheet whose rows are replaced. */
export function moveTable(xml: string, move: RowMove): string {
  return moveTagRanges(xml, 'table|autoFilter|sortState|sortCondition', 'ref', false, move);
}

/** Anchors of pictures and charts below the replaced rows move with them; those that hold them grow. */
export function moveDrawing(xml: string, move: RowMove): string {
  return xml.replaceAll(
    /(<((?:\w+:)?row)>)(\d+)(?=<\/\2>)/g,
    (_, tag: string, _name: string, row: string) => `${tag}${movedRow(Number(row) + 1, move) - 1}`,
  );
}

/** A chart: its ranges follow the rows, and the values it keeps of them go. */
export function moveChart(xml: string, move: RowMove): string {
  const moved = xml.replaceAll(
    /(<((?:\w+:)?f)(?:\s[^>]*)?(?<!\/)>)([^<]*)(?=<\/\2>)/g,
    (_, tag: string, _name: string, text: string) =>
      tag + escapeXml(movedFormula(plainText(text), '', move, true)),
  );
  return moved.replaceAll(/<((?:\w+:)?(?:numCache|strCache|multiLvlStrCache))>[\s\S]*?<\/\1>/g, '');
}

/** What a pivot table reads; it is summed up again when the workbook is opened. */
export function movePivotCache(xml: string, move: RowMove): string {
  return xml
    .replace(/<pivotCacheDefinition[\s>][^>]*>?/, (tag) => withAttribute(tag, 'refreshOnLoad', '1'))
    .replace(/<worksheetSource\s[^>]*>/, (tag) => {
      const [ref, sheet] = [attribute(tag, 'ref'), attribute(tag, 'sheet')];
      if (ref === undefined || sheet?.toLowerCase() !== move.sheet.toLowerCase()) return tag;
      return withAttribute(tag, 'ref', movedRanges(ref, move, false));
    });
}

/** The workbook: its names follow the rows, and all is calculated when it is opened. */
export function moveWorkbook(xml: string, move: RowMove): string {
  const named = xml.replaceAll(
    /(<definedName\s[^>]*>)([^<]*)(?=<\/definedName>)/g,
    (_, tag: string, text: string) =>
      tag + escapeXml(movedFormula(plainText(text), '', move, true)),
  );
  if (/<calcPr[\s/>]/.test(named))
    return named.replace(/<calcPr[^>]*>/, (tag) => withAttribute(tag, 'fullCalcOnLoad', '1'));
  // Before what may follow it in the order that the standard wants.
  return named.replace(
    /(?=<(?:oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing|fileRecoveryPr|webPublishObjects|extLst)[\s/>]|<\/workbook>)/,
    '<calcPr calcId="0" fullCalcOnLoad="1"/>',
  );
}

/** Where pivot tables stand on the sheet whose rows are replaced. Throws an Error for those over the rows. */
export function movePivotPlace(xml: string, move: RowMove): string {
  return xml.replace(/<location\s[^>]*>/, (tag) => {
    const ref = attribute(tag, 'ref') ?? '';
    for (const token of formulaTokens(ref, move.sheet)) {
      if (typeof token === 'string') continue;
      const [first, last] = [token.from.row, (token.to ?? token.from).row];
      if (first <= move.last && last >= move.first)
        throw new Error(TEMPLATE_TEXTS.inside('the cells of a pivot table', ref));
      const [from, to] = movedRange(first, last, move);
      return withAttribute(
        tag,
        'ref',
        `${token.from.before}${from}${token.to === null ? '' : `:${token.to.before}${to}`}`,
      );
    }
    return tag;
  });
}

/** Throws an Error where notes stand below the first of the rows. */
export function refuseNotes(xml: string, move: RowMove): void {
  for (const [tag] of xml.matchAll(/<(?:\w+:)?(?:comment|threadedComment)\s[^>]*>/g)) {
    const ref = attribute(tag, 'ref') ?? '';
    const place = cellOfReference(ref);
    if (place !== null && place.row >= move.first) throw new Error(TEMPLATE_TEXTS.notesBelow(ref));
  }
}
