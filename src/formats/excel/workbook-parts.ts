// The parts of a workbook beside its sheets of rows: the workbook itself, properties, tables, relationships, content types.
import type { SheetLayout } from './layout.ts';
import { sheetRange } from './sheet-xml.ts';
import type { ExcelOptions } from './options.ts';
import { cachedText, XML_HEAD } from './part-text.ts';
import { type Part, type Relationship, relationshipType, sheetReference } from './parts.ts';

import { TABLE_FUNCTIONS } from './totals.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/';
export const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';

/** A sheet as the workbook lists it. */
export interface ListedSheet {
  name: string;
  relationship: string;
  /** The range with names that a filter is over; null = no filter. */
  filter: string | null;
  /** The row that is repeated on each printed page. */
  titleRow: number | null;
}

const absolute = (range: string): string => range.replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2');

/** The text of `xl/workbook.xml`. */
export function workbookXml(
  sheets: readonly ListedSheet[],
  options: ExcelOptions,
  caches: readonly { cacheId: number; relationship: string }[],
): string {
  const list = sheets.map(
    ({ name, relationship }, i) =>
      `<sheet name="${cachedText(name)}" sheetId="${i + 1}" r:id="${relationship}"/>`,
  );
  const names = sheets.flatMap(({ name, filter, titleRow }, i) => [
    ...(filter === null
      ? []
      : [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${cachedText(sheetReference(name))}${absolute(filter)}</definedName>`,
        ]),
    ...(titleRow === null
      ? []
      : [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${cachedText(sheetReference(name))}$${titleRow}:$${titleRow}</definedName>`,
        ]),
  ]);
  const pivots = caches.map(
    ({ cacheId, relationship }) => `<pivotCache cacheId="${cacheId}" r:id="${relationship}"/>`,
  );
  return (
    `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">` +
    `<workbookPr${options.dateSystem === '1904' ? ' date1904="1"' : ''}/>` +
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000" activeTab="0"/></bookViews>' +
    `<sheets>${list.join('')}</sheets>` +
    (names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`) +
    '<calcPr calcId="191029" fullCalcOnLoad="1"/>' +
    (pivots.length === 0 ? '' : `<pivotCaches>${pivots.join('')}</pivotCaches>`) +
    '</workbook>'
  );
}

/** The table part over a sheet's names and values. */
export function tablePart(
  layout: SheetLayout,
  options: ExcelOptions,
  lastRow: number,
  id: number,
): Part {
  const range = sheetRange(layout, lastRow);
  const { totals } = layout;
  const whole =
    totals === null ? range : sheetRange(layout, Math.max(lastRow, layout.firstRow) + 1);
  const columns = [...layout.columns, ...layout.formulas].map(({ name }, i) => {
    const { called = null, label = '' } = totals?.[i] ?? {};
    const total =
      called !== null
        ? ` totalsRowFunction="${TABLE_FUNCTIONS[called]}"`
        : label === ''
          ? ''
          : ` totalsRowLabel="${cachedText(label)}"`;
    return `<tableColumn id="${i + 1}" name="${cachedText(name)}"${total}/>`;
  });
  const shown = totals === null ? 'totalsRowShown="0"' : 'totalsRowCount="1"';
  return {
    name: `xl/tables/table${id}.xml`,
    contentType: `${SPREADSHEET}table+xml`,
    relationships: [],
    content:
      `${XML_HEAD}<table xmlns="${MAIN}" id="${id}" name="Table${id}" displayName="Table${id}" ref="${whole}" ${shown}>` +
      `<autoFilter ref="${range}"/><tableColumns count="${columns.length}">${columns.join('')}</tableColumns>` +
      `<tableStyleInfo name="${options.tableStyle}" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>`,
  };
}

/** `../drawings/drawing1.xml` as one part names another. */
function relativeTarget(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  while (here.length > 0 && there.length > 1 && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  return [...here.map(() => '..'), ...there].join('/');
}

/** Where the relationships of a part stand. */
export function relationshipsName(part: string): string {
  const at = part.lastIndexOf('/') + 1;
  return `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
}

/** The relationships of a part, empty for the package itself. */
export function relationshipsXml(from: string, list: readonly Relationship[]): string {
  const items = list.map(({ id, type, target }) => {
    const [address, mode] =
      'external' in target
        ? [target.external, ' TargetMode="External"']
        : [relativeTarget(from, 'partName' in target ? target.partName : target.name), ''];
    return `<Relationship Id="${id}" Type="${relationshipType(type)}" Target="${cachedText(address)}"${mode}/>`;
  });
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}relationships">${items.join('')}</Relationships>`;
}

/** `[Content_Types].xml`: what each part is, by name. */
export function contentTypesXml(types: ReadonlyMap<string, string>): string {
  // Readers look for images by their extensions.
  const images = new Map(
    Array.from(types)
      .filter(([, type]) => type.startsWith('image/'))
      .map(([name, type]) => [name.replace(/^.*\./, ''), type]),
  );
  const defaults = Array.from(
    images,
    ([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`,
  );
  const overrides = Array.from(types)
    .filter(([, type]) => !type.startsWith('image/'))
    .map(([name, type]) => `<Override PartName="/${cachedText(name)}" ContentType="${type}"/>`);
  return (
    `${XML_HEAD}<Types xmlns="${PACKAGE}content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${defaults.join('')}${overrides.join('')}</Types>`
  );
}
