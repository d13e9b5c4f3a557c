// Writes pivot tables and what they read as parts of their own (ECMA-376 part 1 §18.10): no records and no listed items, as
// whoever opens the workbook reads the cells themselves.
import { cachedText, XML_HEAD } from '../part-text.ts';
import { columnLetters, type NumberFormats } from '../parts.ts';
import { type Pivot, type PivotFunction, type PivotSource, placePivot } from './model.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Excel 2016's number for the forms of both parts. */
const VERSION = 6;

/** The text of a cache's definition. */
export function pivotCacheXml({ sheet, range, fields }: PivotSource): string {
  const names = fields.map(
    (name) => `<cacheField name="${cachedText(name)}" numFmtId="0"><sharedItems/></cacheField>`,
  );
  return (
    `${XML_HEAD}<pivotCacheDefinition xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}" saveData="0" refreshOnLoad="1" ` +
    `refreshedBy="Export Studio" createdVersion="${VERSION}" refreshedVersion="${VERSION}" minRefreshableVersion="3" recordCount="0">` +
    `<cacheSource type="worksheet"><worksheetSource ref="${range}" sheet="${cachedText(sheet)}"/></cacheSource>` +
    `<cacheFields count="${fields.length}">${names.join('')}</cacheFields></pivotCacheDefinition>`
  );
}

const LAYOUTS = {
  compact: '',
  outline: ' compact="0"',
  tabular: ' compact="0" outline="0"',
} as const;

function fieldXml(pivot: Pivot, field: number): string {
  const axis = pivot.rows.includes(field)
    ? ' axis="axisRow"'
    : pivot.columns.includes(field)
      ? ' axis="axisCol"'
      : pivot.filters.includes(field)
        ? ' axis="axisPage"'
        : '';
  const data = pivot.values.some((value) => value.field === field) ? ' dataField="1"' : '';
  const head = `<pivotField${axis}${data}${LAYOUTS[pivot.layout]} showAll="0"`;
  if (axis === '') return `${head}/>`;
  // A filter is of no use without the entry for all of its values, which is the default one.
  if (!pivot.subtotals && !pivot.filters.includes(field)) return `${head} defaultSubtotal="0"/>`;
  return `${head}><items count="1"><item t="default"/></items></pivotField>`;
}

function axisXml(element: 'rowFields' | 'colFields', fields: readonly number[]): string {
  if (fields.length === 0) return '';
  const inner = fields.map((field) => `<field x="${field}"/>`).join('');
  return `<${element} count="${fields.length}">${inner}</${element}>`;
}

const FUNCTIONS: Readonly<Record<PivotFunction, string>> = {
  sum: '',
  count: ' subtotal="count"',
  average: ' subtotal="average"',
  min: ' subtotal="min"',
  max: ' subtotal="max"',
};

/** Where the names of the values stand among the fields of an axis. */
const VALUE_NAMES = -2;

/** How many cells a pivot table takes, headings included. */
export interface PivotSize {
  rows: number;
  columns: number;
}

/** Before anybody has read its source: headings and a row. */
function leastSize(pivot: Pivot): PivotSize {
  const { dataRow, dataColumn } = placePivot(pivot);
  return { rows: dataRow + 1, columns: dataColumn + Math.max(1, pivot.values.length) };
}

/** The text of a pivot table's definition. */
export function pivotTableXml(
  pivot: Pivot,
  fieldCount: number,
  cacheId: number,
  size: PivotSize | null,
  formats: NumberFormats,
): string {
  const { firstRow, headerRow, dataRow, dataColumn } = placePivot(pivot);
  const taken = size ?? leastSize(pivot);
  const range = `A${firstRow}:${columnLetters(taken.columns)}${firstRow + taken.rows - 1}`;
  const { rows, columns, filters, values, layout, grandTotals } = pivot;
  const totals =
    (grandTotals === 'both' || grandTotals === 'rows' ? '' : ' rowGrandTotals="0"') +
    (grandTotals === 'both' || grandTotals === 'columns' ? '' : ' colGrandTotals="0"');
  const pages = filters.length === 0 ? '' : ` rowPageCount="${filters.length}" colPageCount="1"`;
  const fields = Array.from({ length: fieldCount }, (_, field) => fieldXml(pivot, field)).join('');
  const pageFields = filters.map((field) => `<pageField fld="${field}" hier="-1"/>`).join('');
  const dataFields = values.map(
    (value) =>
      `<dataField name="${cachedText(value.name)}" fld="${value.field}"${FUNCTIONS[value.function]} baseField="0" baseItem="0"` +
      `${value.format === '' ? '' : ` numFmtId="${formats.idOf(value.format)}"`}/>`,
  );
  const across = values.length > 1 ? [...columns, VALUE_NAMES] : columns;
  return (
    `${XML_HEAD}<pivotTableDefinition xmlns="${MAIN}" name="${cachedText(pivot.name)}" cacheId="${cacheId}"${totals} ` +
    `applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0" applyAlignmentFormats="0" ` +
    `applyWidthHeightFormats="1" dataCaption="Values" updatedVersion="${VERSION}" minRefreshableVersion="3" ` +
    `useAutoFormatting="1" itemPrintTitles="1" createdVersion="${VERSION}" indent="0"` +
    (layout === 'compact' ? ' outline="1" outlineData="1"' : ' compact="0" compactData="0"') +
    (layout === 'outline' ? ' outline="1" outlineData="1"' : '') +
    ` multipleFieldFilters="0"><location ref="${range}" firstHeaderRow="${headerRow}" firstDataRow="${dataRow}" firstDataCol="${dataColumn}"${pages}/>` +
    `<pivotFields count="${fieldCount}">${fields}</pivotFields>${axisXml('rowFields', rows)}${axisXml('colFields', across)}` +
    (filters.length === 0
      ? ''
      : `<pageFields count="${filters.length}">${pageFields}</pageFields>`) +
    `<dataFields count="${values.length}">${dataFields.join('')}</dataFields>` +
    `<pivotTableStyleInfo name="${cachedText(pivot.style)}" showRowHeaders="1" showColHeaders="1" showRowStripes="0" showColStripes="0" showLastColumn="1"/>` +
    `</pivotTableDefinition>`
  );
}
