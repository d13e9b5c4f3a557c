// What a workbook holds: its sheets, the tables defined on them, named ranges, styles and the day its dates count from.
import { ExportError, shorten } from '../../contract/errors.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { Limits } from '../../contract/config.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import type { SourceTable } from '../../contract/source-plugin.ts';
import { parseRange, type CellRange } from './cell-range.ts';
import { Fault, faultError } from './fault.ts';
import type { FormatKind } from './number-format.ts';
import { openPackage, type Package } from './package.ts';
import { readStyles } from './styles.ts';
import { EXCEL_FAULTS, EXCEL_FORMS } from './texts.ts';
import type { XmlScan } from './xml-scan.ts';

/** Something in the workbook that rows can be read from. */
export interface BookTable {
  /** As a configuration names it. */
  name: string;
  kind: 'sheet' | 'table' | 'range';
  sheetName: string;
  /** Part of the sheet it is or stands on. */
  part: string;
  isHidden: boolean;
  /** Where on the sheet; missing = all of it. */
  range?: CellRange;
  /** Of a defined table: whether its first row holds the names. */
  hasHeader?: boolean;
}

export interface Workbook {
  package: Package;
  /** In the order a user meets them: sheets, then tables, then names. */
  tables: BookTable[];
  /** Kinds of the cell formats. */
  styles: FormatKind[];
  /** Whether day 0 is 1904-01-01. */
  is1904: boolean;
  /** Part of the shared texts; null when there is none. */
  sharedStrings: string | null;
  /** Part of the styles, likewise. */
  stylesPart: string | null;
}

interface BookParts {
  sheets: { name: string; relation: string; isHidden: boolean }[];
  names: { name: string; refersTo: string; isHidden: boolean; sheet: number | null }[];
  is1904: boolean;
}

const decoder = new TextDecoder();

function readBook(scan: XmlScan): BookParts {
  const book: BookParts = { sheets: [], names: [], is1904: false };
  for (let found = scan.next(); found !== 'more'; found = scan.next()) {
    if (found !== 'open') continue;
    if (scan.is('workbookPr')) book.is1904 = scan.flag('date1904');
    else if (scan.is('sheet')) {
      const state = scan.attribute('state');
      book.sheets.push({
        name: scan.attribute('name') ?? '',
        relation: scan.attribute('id') ?? '',
        isHidden: state === 'hidden' || state === 'veryHidden',
      });
    } else if (scan.is('definedName') && !scan.isEmpty) {
      const name = scan.attribute('name') ?? '';
      const isHidden = scan.flag('hidden');
      const sheet = scan.number('localSheetId');
      const start = scan.at;
      if (scan.next() === 'more') break;
      const text = decoder.decode(scan.bytes.subarray(start, scan.tagStart));
      book.names.push({ name, refersTo: text.replaceAll('&amp;', '&'), isHidden, sheet });
    }
  }
  return book;
}

/** Opens a workbook. Throws what `openPackage` does, and `read.excel.corrupt`. */
export async function openWorkbook(
  slices: ByteSlices,
  name: string,
  limits: Limits,
): Promise<Workbook> {
  const parts = await openPackage(slices, name, limits);
  const main = (await parts.relationsOf('')).find(({ kind }) => kind === 'officeDocument');
  const bookPart = main?.target ?? 'xl/workbook.xml';
  if (/\.bin$/i.test(bookPart))
    throw new ExportError('read.excel.other-form', { name, form: EXCEL_FORMS.binary });
  if (!/^xl\//i.test(bookPart) && /^(word|ppt|visio)\//i.test(bookPart))
    throw new ExportError('read.excel.not-a-workbook', { name });
  if (parts.sizeOf(bookPart) === null) throw new ExportError('read.excel.not-a-workbook', { name });
  const relations = await parts.relationsOf(bookPart);
  const scan = await parts.read(bookPart);
  const inPart = <T>(part: string, work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      throw faultError(thrown, name, part);
    }
  };
  const book = inPart(bookPart, () => readBook(scan));
  const relationOf = new Map(relations.map((relation) => [relation.id, relation]));
  const sheets = book.sheets.map((sheet): BookTable | null => {
    const relation = relationOf.get(sheet.relation);
    // Sheets of charts, dialogs and old macros hold no rows.
    if (relation?.kind !== 'worksheet') return null;
    return {
      name: sheet.name,
      kind: 'sheet',
      sheetName: sheet.name,
      part: relation.target,
      isHidden: sheet.isHidden,
    };
  });
  const tables = sheets.filter((sheet) => sheet !== null);
  const defined = await readTables(parts, tables);
  const named = readNames(book, sheets);
  const partOf = (kind: string): string | null => {
    const target = relations.find((relation) => relation.kind === kind)?.target;
    return target !== undefined && parts.sizeOf(target) !== null ? target : null;
  };
  const stylesPart = partOf('styles');
  const styles = stylesPart === null ? null : await parts.read(stylesPart);
  return {
    package: parts,
    tables: withNamesOfTheirOwn([...tables, ...defined, ...named]),
    styles: styles === null ? [] : inPart(stylesPart!, () => readStyles(styles)),
    is1904: book.is1904,
    sharedStrings: partOf('sharedStrings'),
    stylesPart,
  };
}

/** The tables that are defined on the sheets. */
async function readTables(parts: Package, sheets: readonly BookTable[]): Promise<BookTable[]> {
  const tables: BookTable[] = [];
  for (const sheet of sheets)
    for (const { kind, target } of await parts.relationsOf(sheet.part)) {
      if (kind !== 'table' || parts.sizeOf(target) === null) continue;
      const scan = await parts.read(target);
      try {
        const defined = readTable(scan);
        if (defined !== null) tables.push({ ...sheet, ...defined });
      } catch (thrown) {
        throw faultError(thrown, parts.name, target);
      }
    }
  return tables;
}

/** What a part says of its table; null when it has none. */
function readTable(scan: XmlScan): Pick<BookTable, 'name' | 'kind' | 'range' | 'hasHeader'> | null {
  let found = scan.next();
  while (found !== 'more' && !(found === 'open' && scan.is('table'))) found = scan.next();
  if (found === 'more') return null;
  const range = parseRange(scan.attribute('ref') ?? '');
  if (range === null) throw new Fault(EXCEL_FAULTS.noRange);
  const totals = scan.number('totalsRowCount') ?? 0;
  return {
    name: scan.attribute('displayName') ?? scan.attribute('name') ?? '',
    kind: 'table',
    range: { ...range, lastRow: Math.max(range.firstRow, range.lastRow - totals) },
    hasHeader: scan.number('headerRowCount') !== 0,
  };
}

/** Names that stand for one range of cells. */
function readNames({ names }: BookParts, sheets: readonly (BookTable | null)[]): BookTable[] {
  return names.flatMap(({ name, refersTo, isHidden, sheet }): BookTable[] => {
    if (isHidden || name.startsWith('_xlnm.')) return [];
    const found = /^=?(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Za-z0-9:]+)$/.exec(refersTo.trim());
    const range = parseRange(found?.[3] ?? '');
    if (found === null || range === null) return [];
    const sheetName = found[1]?.replaceAll("''", "'") ?? found[2]!;
    const on = sheets.find((known) => known?.name === sheetName);
    // A single cell is a setting, not a table.
    const isCell = range.firstColumn === range.lastColumn && range.firstRow === range.lastRow;
    if (on === undefined || on === null || isCell) return [];
    const owner = sheet === null ? null : sheets[sheet];
    const label = owner === null || owner === undefined ? name : `${owner.name}!${name}`;
    return [{ ...on, name: label, kind: 'range', range }];
  });
}

/** A table called as a sheet is gets the name that formulas use for all of it; what is still taken is left out. */
function withNamesOfTheirOwn(tables: readonly BookTable[]): BookTable[] {
  const taken = new Set<string>();
  return tables.flatMap((table) => {
    const name = [table.name, `${table.name}[#All]`, `${table.sheetName}!${table.name}`].find(
      (each) => !taken.has(each),
    );
    if (name === undefined) return [];
    taken.add(name);
    return [{ ...table, name }];
  });
}

/** The table a configuration names, or the first visible sheet. Throws `read.no-tables` and `read.unknown-table`. */
export function chooseTable(workbook: Workbook, wanted: string | undefined): BookTable {
  const { name } = workbook.package;
  const { tables } = workbook;
  if (wanted === undefined) {
    const first = tables.find((table) => !table.isHidden) ?? tables[0];
    if (first === undefined) throw new ExportError('read.no-tables', { name });
    return first;
  }
  const chosen = tables.find((table) => table.name === wanted);
  if (chosen !== undefined) return chosen;
  const names = tables.map((table) => table.name);
  throw new ExportError('read.unknown-table', {
    name,
    table: shorten(wanted),
    known: [...new Set([...nearestNames(wanted, names), ...names])]
      .slice(0, 10)
      .map((n) => shorten(n, 40))
      .join(', '),
  });
}

/** As inspections list them. */
export function listTables(workbook: Workbook): SourceTable[] {
  return workbook.tables.map(({ name, kind, isHidden, range, hasHeader }) => ({
    name,
    kind,
    rowCount:
      kind === 'table' && range !== undefined
        ? range.lastRow - range.firstRow + (hasHeader === true ? 0 : 1)
        : null,
    ...(isHidden && { isHidden }),
  }));
}
