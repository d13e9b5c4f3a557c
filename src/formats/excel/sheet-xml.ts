// What stands around the rows of a sheet: its head and tail in the order that the standard wants (ECMA-376 part 1 §18.3.1.99).
import type { SheetLayout } from './layout.ts';
import type { ExcelOptions } from './options.ts';
import { cachedText, XML_HEAD } from './part-text.ts';
import { columnLetters } from './parts.ts';
import type { PasswordAttributes } from './protection.ts';
import { conditionalFormatsXml, validationsXml } from './rules/rules-xml.ts';
import { totalsXml } from './totals.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PAPERS = { letter: 1, legal: 5, a3: 8, a4: 9 } as const;

/** What a sheet refers to, by relationship id; missing = it does not. */
export interface SheetReferences {
  drawing?: string | undefined;
  table?: string | undefined;
  notes?: string | undefined;
  /** Attributes of a password that takes the protection off. */
  password: PasswordAttributes;
  /** The element with its links; empty where it has none. */
  links: string;
}

/** The pane whose cells stay while others are scrolled. */
function viewXml({ headerRow }: SheetLayout, options: ExcelOptions, isFirst: boolean): string {
  const rows = headerRow !== null && options.freezeHeader ? 1 : 0;
  const columns = options.freezeColumns;
  const shown =
    (options.gridLines ? '' : ' showGridLines="0"') + (isFirst ? ' tabSelected="1"' : '');
  if (rows === 0 && columns === 0)
    return `<sheetViews><sheetView${shown} workbookViewId="0"/></sheetViews>`;
  const pane = rows === 0 ? 'topRight' : columns === 0 ? 'bottomLeft' : 'bottomRight';
  const split = (columns > 0 ? ` xSplit="${columns}"` : '') + (rows > 0 ? ` ySplit="${rows}"` : '');
  const corner = `${columnLetters(columns + 1)}${rows + 1}`;
  return (
    `<sheetViews><sheetView${shown} workbookViewId="0">` +
    `<pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>` +
    `<selection pane="${pane}" activeCell="${corner}" sqref="${corner}"/></sheetView></sheetViews>`
  );
}

function columnsXml(
  { columns, formulas }: SheetLayout,
  widths: readonly number[] | undefined,
): string {
  const all = [...columns, ...formulas.map((column) => ({ ...column, isHidden: false }))];
  const list = all.flatMap(({ width, isHidden }, i) => {
    const chars = width === 'content' ? widths?.[i] : width === 'usual' ? undefined : width;
    if (chars === undefined && !isHidden) return [];
    const size = chars === undefined ? ' width="9.140625"' : ` width="${chars}" customWidth="1"`;
    return [`<col min="${i + 1}" max="${i + 1}"${size}${isHidden ? ' hidden="1"' : ''}/>`];
  });
  return list.length === 0 ? '' : `<cols>${list.join('')}</cols>`;
}

/** The row of names; empty where there is none. */
export function headerXml({ columns, formulas, headerRow, headerStyle }: SheetLayout): string {
  if (headerRow === null) return '';
  const style = headerStyle === 0 ? '' : ` s="${headerStyle}"`;
  const cells = [...columns, ...formulas].map(
    ({ letters, name }) =>
      `<c r="${letters}${headerRow}"${style} t="inlineStr"><is><t xml:space="preserve">${cachedText(name)}</t></is></c>`,
  );
  return `<row r="${headerRow}">${cells.join('')}</row>`;
}

/** Everything up to the first row of values. */
export function sheetHead(
  layout: SheetLayout,
  options: ExcelOptions,
  widths: readonly number[] | undefined,
  isFirst: boolean,
): string {
  return (
    `${XML_HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">` +
    (options.fitToWidth ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : '') +
    viewXml(layout, options, isFirst) +
    '<sheetFormatPr defaultRowHeight="15"/>' +
    columnsXml(layout, widths) +
    '<sheetData>' +
    headerXml(layout)
  );
}

/** `A1:L20` of names and values; one row at least. */
export function sheetRange(layout: SheetLayout, lastRow: number): string {
  const last = Math.max(lastRow, layout.firstRow);
  return `A${layout.headerRow ?? layout.firstRow}:${layout.lastLetters}${last}`;
}

function pageXml(options: ExcelOptions): string {
  const { pageHeader, pageFooter } = options;
  const texts =
    (pageHeader === '' ? '' : `<oddHeader>${cachedText(pageHeader)}</oddHeader>`) +
    (pageFooter === '' ? '' : `<oddFooter>${cachedText(pageFooter)}</oddFooter>`);
  return (
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="${PAPERS[options.paper]}"${options.fitToWidth ? ' fitToHeight="0"' : ''} orientation="${options.orientation}"/>` +
    (texts === '' ? '' : `<headerFooter>${texts}</headerFooter>`)
  );
}

/** Everything behind the last row of values. */
export function sheetTail(
  layout: SheetLayout,
  options: ExcelOptions,
  lastRow: number,
  ruleStyles: readonly (number | null)[],
  { drawing, table, notes, links, password }: SheetReferences,
): string {
  const { firstRow, columns, schema } = layout;
  const hasRows = lastRow >= firstRow && columns.length > 0;
  const range = { schema, firstRow, lastRow };
  const hasFilter =
    options.autoFilter && !options.table && layout.headerRow !== null && columns.length > 0;
  return (
    `${totalsXml(layout.totals, firstRow, lastRow)}</sheetData>` +
    (options.protect
      ? `<sheetProtection${password} sheet="1" objects="1" scenarios="1" formatColumns="0" sort="0" autoFilter="0"/>`
      : '') +
    (hasFilter ? `<autoFilter ref="${sheetRange(layout, lastRow)}"/>` : '') +
    (hasRows ? conditionalFormatsXml(options, ruleStyles, layout.band, range) : '') +
    (hasRows ? validationsXml(options, range) : '') +
    links +
    pageXml(options) +
    (hasRows
      ? `<ignoredErrors><ignoredError sqref="A${firstRow}:${columns.at(-1)!.letters}${lastRow}" numberStoredAsText="1"/></ignoredErrors>`
      : '') +
    (drawing === undefined ? '' : `<drawing r:id="${drawing}"/>`) +
    (notes === undefined ? '' : `<legacyDrawing r:id="${notes}"/>`) +
    (table === undefined ? '' : `<tableParts count="1"><tablePart r:id="${table}"/></tableParts>`) +
    '</worksheet>'
  );
}
