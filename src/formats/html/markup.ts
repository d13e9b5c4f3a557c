// What stands around the cells: the page's head, its styles, the table's tags, header and footer.
import type { EncoderContext } from '../../contract/encoder.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import { escapedHtml } from './escape.ts';
import type { HtmlOptions } from './options.ts';

/** What a column's cells are, for alignment and classes. */
export type CellKind = 'text' | 'number' | 'date' | 'bool';

export function cellKind(type: DataType): CellKind {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'decimal':
      return 'number';
    case 'date':
    case 'time':
    case 'timestamp':
      return 'date';
    case 'bool':
      return 'bool';
    case 'dictionary':
      return cellKind(type.value);
    default:
      return 'text';
  }
}

const LINE = '1px solid #9996';
const PADDING = '.25em .6em';

/** The first class of the table, or the element. */
const selectorOf = ({ tableClass }: HtmlOptions): string => {
  const [first] = tableClass.split(/\s+/).filter((name) => name !== '');
  return first === undefined ? 'table' : `.${first}`;
};

/** Rules for the tables of a page; half-transparent greys suit light and dark alike. */
function styleBlock(options: HtmlOptions): string {
  const table = selectorOf(options);
  const rules =
    options.content === 'document'
      ? [':root{color-scheme:light dark}', 'body{font:1rem/1.4 system-ui,sans-serif;margin:1.5rem}']
      : [];
  rules.push(
    `${table}{border-collapse:collapse;font-variant-numeric:tabular-nums}`,
    `${table} caption{font-weight:600;padding:${PADDING};text-align:start}`,
    `${table} :is(th,td){border:${LINE};padding:${PADDING};text-align:start;vertical-align:top;white-space:pre-wrap}`,
    `${table} :is(thead,tfoot) :is(th,td){background:color-mix(in srgb,CanvasText 12%,Canvas)}`,
    `${table} thead th{position:sticky;top:0}`,
    `${table} .null{opacity:.6}`,
  );
  if (options.align)
    rules.push(`${table} .number{text-align:end}`, `${table} .bool{text-align:center}`);
  if (options.rowNumbers)
    rules.push(`${table} tbody th{font-weight:400;opacity:.6;text-align:end}`);
  if (options.stripes) rules.push(`${table} tbody tr:nth-child(even){background:#9992}`);
  return `<style>\n${rules.join('\n')}\n</style>\n`;
}

/** Style attributes for mail, which knows neither `start` nor half-transparent colours. */
function inlineStyle(options: HtmlOptions, kind: CellKind, isHeader: boolean): string {
  const isRtl = options.dir === 'rtl';
  const align = !options.align
    ? 'start'
    : kind === 'number'
      ? 'end'
      : kind === 'bool'
        ? 'center'
        : 'start';
  const side = align === 'center' ? 'center' : (align === 'end') === isRtl ? 'left' : 'right';
  return [
    'border:1px solid #999',
    'padding:4px 8px',
    `text-align:${side}`,
    'vertical-align:top',
    ...(isHeader ? ['background:#eee', 'font-weight:bold'] : []),
  ].join(';');
}

/** Attributes of a cell, beginning with a space. */
export function cellAttributes(
  options: HtmlOptions,
  kind: CellKind,
  what: 'value' | 'null' | 'header',
): string {
  const direction = options.dir === 'auto' ? ' dir="auto"' : '';
  switch (options.styling) {
    case 'none':
      return direction;
    case 'inline': {
      const color = what === 'null' ? ';color:#888' : '';
      return ` style="${inlineStyle(options, kind, what === 'header')}${color}"${direction}`;
    }
    default: {
      const classes = [
        ...(options.align && kind !== 'text' ? [kind] : []),
        ...(what === 'null' ? ['null'] : []),
      ];
      return (classes.length > 0 ? ` class="${classes.join(' ')}"` : '') + direction;
    }
  }
}

/** Language and direction, of the page or of the table alone. */
function speech({ lang, dir }: HtmlOptions): string {
  return (
    (lang === '' ? '' : ` lang="${escapedHtml(lang)}"`) +
    (dir === 'ltr' || dir === 'rtl' ? ` dir="${dir}"` : '')
  );
}

/** Everything before the first table. */
export function pageStart({
  options,
  charset,
  name,
}: Pick<EncoderContext<HtmlOptions>, 'options' | 'charset' | 'name'>): string {
  const styles = options.styling === 'block' ? styleBlock(options) : '';
  if (options.content === 'fragment') return styles;
  // The mark alone says UTF-16, for which the element is not meant.
  const charsetTag = charset.id.startsWith('utf-16') ? '' : `<meta charset="${charset.id}">\n`;
  const title = options.title === '' ? name : options.title;
  return `<!DOCTYPE html>
<html${speech(options)}>
<head>
${charsetTag}<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapedHtml(title)}</title>
${styles}</head>
<body>
`;
}

export const pageEnd = ({ content }: HtmlOptions): string =>
  content === 'document' ? '</body>\n</html>\n' : '';

/** The line that a row, or each cell of it, begins with. */
export interface Layout {
  row: string;
  cell: string;
  rowEnd: string;
}

export function layoutOf({ prettyPrint }: HtmlOptions): Layout {
  return prettyPrint
    ? { row: '    ', cell: '\n      ', rowEnd: '\n    ' }
    : { row: '', cell: '', rowEnd: '' };
}

function headerRow(options: HtmlOptions, schema: Schema): string {
  const { row, cell, rowEnd } = layoutOf(options);
  const number = options.rowNumbers
    ? `${cell}<th scope="col"${cellAttributes(options, 'number', 'header')}>#</th>`
    : '';
  const names = schema.fields.map(
    ({ name, type }) =>
      `${cell}<th scope="col"${cellAttributes(options, cellKind(type), 'header')}>${escapedHtml(name)}</th>`,
  );
  return `${row}<tr>${number}${names.join('')}${rowEnd}</tr>\n`;
}

/** The table's start up to its first row. `nth`: 0 for the first of several tables. */
export function tableStart(
  options: HtmlOptions,
  schema: Schema,
  caption: string,
  nth: number,
): string {
  const { tableId, tableClass, styling, content } = options;
  const pad = options.prettyPrint ? '  ' : '';
  const isNamed = styling !== 'none' && tableClass.trim() !== '';
  // An id stands once in a page.
  const id = tableId === '' ? '' : nth === 0 ? tableId : `${tableId}-${nth + 1}`;
  const attributes = [
    id === '' ? '' : ` id="${escapedHtml(id)}"`,
    isNamed ? ` class="${escapedHtml(tableClass)}"` : '',
    styling === 'inline' ? ' style="border-collapse:collapse"' : '',
    content === 'fragment' ? speech(options) : '',
  ].join('');
  const captionTag = caption === '' ? '' : `${pad}<caption>${escapedHtml(caption)}</caption>\n`;
  const head = options.headers
    ? `${pad}<thead>\n${headerRow(options, schema)}${pad}</thead>\n`
    : '';
  return `<table${attributes}>\n${captionTag}${colgroup(options, schema, pad)}${head}${pad}<tbody>\n`;
}

/** A column for each, by which styles can reach it. */
function colgroup(options: HtmlOptions, schema: Schema, pad: string): string {
  if (options.styling !== 'block' && options.styling !== 'classes') return '';
  const numbers = options.rowNumbers ? '<col class="row-number">' : '';
  const columns = schema.fields.map(({ type }) => `<col class="${cellKind(type)}">`).join('');
  return `${pad}<colgroup>${numbers}${columns}</colgroup>\n`;
}

/** The table's end, with its footer. */
export function tableEnd(options: HtmlOptions, schema: Schema, rowCount: number): string {
  const pad = options.prettyPrint ? '  ' : '';
  const { row, cell, rowEnd } = layoutOf(options);
  const width = schema.fields.length + (options.rowNumbers ? 1 : 0);
  const foot =
    options.footer === 'none'
      ? ''
      : options.footer === 'headers'
        ? headerRow(options, schema)
        : `${row}<tr>${cell}<td colspan="${width}"${cellAttributes(options, 'text', 'value')}>Rows: ${rowCount}</td>${rowEnd}</tr>\n`;
  return `${pad}</tbody>\n${foot === '' ? '' : `${pad}<tfoot>\n${foot}${pad}</tfoot>\n`}</table>\n`;
}
