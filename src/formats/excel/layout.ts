// How the sheets of one table are laid out: which column stands where, in which style, and which rows a sheet holds.
import type { resolveColumn } from '../../contract/columns.ts';
import type { EncoderContext } from '../../contract/encoder.ts';
import type { DataType, Field, Schema } from '../../table/data-type.ts';
import { LONGEST_CELL } from './cell-text.ts';
import { cellKind } from './cells.ts';
import type { ExcelOptions } from './options.ts';
import { columnLetters } from './parts.ts';
import { type FormulaPiece, parseFormula } from './row-formulas.ts';
import type { CellStyle, StyleBook } from './style-book.ts';
import type { TotalCell, TotalFunction } from './totals.ts';

export interface LaidColumn {
  letters: string;
  /** As it stands in the header: in a table's each name is there once, whatever its letter case. */
  name: string;
  field: Field;
  /** Cell format of its values. */
  style: number;
  styleOfBlank: boolean;
  /** In characters, from the content, or as readers have it. */
  width: number | 'content' | 'usual';
  isHidden: boolean;
  /** Its addresses are links. */
  isLink: boolean;
}

/** A column behind those of the data, whose cells are formulas. */
export interface FormulaColumn {
  letters: string;
  name: string;
  style: number;
  width: number | 'content' | 'usual';
  pieces: readonly FormulaPiece[];
}

export interface SheetLayout {
  table: number;
  /** How many tables the workbook has. */
  tableCount: number;
  /** What the first sheet wants to be called. */
  name: string;
  schema: Schema;
  columns: readonly LaidColumn[];
  formulas: readonly FormulaColumn[];
  /** Of the last column, also where it is a formula's. */
  lastLetters: string;
  /** One for each column; null = no row of totals. */
  totals: readonly TotalCell[] | null;
  headerStyle: number;
  /** Differential format of every second row; null = all look alike. */
  band: number | null;
  /** Row with the names; null where there is none. */
  headerRow: number | null;
  /** Row of the first values, from 1. */
  firstRow: number;
  /** Rows of values that a sheet holds. */
  capacity: number;
}

const HEADER_LOOKS: Readonly<Record<ExcelOptions['headerLook'], CellStyle>> = {
  plain: {},
  bold: { bold: true },
  filled: { bold: true, fill: 'E8EDF5', border: 'rows' },
  dark: { bold: true, color: 'FFFFFF', fill: '1F3A5F' },
};

const LINK_LOOK: CellStyle = { color: '0563C1', underline: true };

const BAND_FILL = 'F3F6FA';

const WIDTHS = { content: 'content', none: 'usual', fixed: null } as const;

/** What numbers of a type look like where the options say nothing. */
function formatOf(type: DataType, options: ExcelOptions): string | undefined {
  switch (cellKind(type, options)) {
    case 'date':
      return options.dateFormat || undefined;
    case 'time':
      return withFraction(options.timeFormat, type) || undefined;
    case 'timestamp':
      return withFraction(options.timestampFormat, type) || undefined;
    case 'bool':
      // Excel needs none; LibreOffice otherwise shows some of a column's values as 1.
      return '"TRUE";"TRUE";"FALSE"';
    case 'number':
    case 'long-number':
    case 'float':
      return options.numberFormat || decimalFormat(type);
    default:
      return undefined;
  }
}

/** Milliseconds are shown where the type has them and the format is the usual one. */
function withFraction(format: string, type: DataType): string {
  const { unit } = (type.kind === 'dictionary' ? type.value : type) as { unit?: string };
  return unit !== undefined && unit !== 's' && format.endsWith(':ss') ? `${format}.000` : format;
}

function decimalFormat(type: DataType): string | undefined {
  const plain = type.kind === 'dictionary' ? type.value : type;
  if (plain.kind !== 'decimal' || plain.scale === 0) return undefined;
  return `0.${'0'.repeat(Math.min(plain.scale, 30))}`;
}

/** The layouts of all tables, with their styles in the book, in an order that options and schemas alone decide. */
export function layOut(context: EncoderContext<ExcelOptions>, book: StyleBook): SheetLayout[] {
  const { options } = context;
  const only = [{ name: context.name, schema: context.schema }];
  const tables = context.tables ?? only;
  const isMany = tables.length > 1;
  const headerRow = options.headers ? 1 : null;
  const header = { ...HEADER_LOOKS[options.headerLook], ...options.headerStyle };
  if (options.borders !== 'none') header.border = options.borders;
  const headerStyle = options.headers ? book.cell(header) : 0;
  const band = options.alternatingRows ? book.differential({ fill: BAND_FILL }) : null;
  return tables.map(({ name, schema }, table) => {
    const settings = new Map<number, ExcelOptions['columns'][number]>();
    for (const one of options.columns) {
      const at = findColumn(schema, one.column);
      if (at >= 0) settings.set(at, one);
    }
    const names = headerNames(schema, options);
    const columns = schema.fields.map((field, position): LaidColumn => {
      const { column: _, width, hidden, format, ...own } = settings.get(position) ?? {};
      const isLink = options.links.includes(field.name);
      const style: CellStyle = { ...options.dataStyle, ...(isLink ? LINK_LOOK : {}), ...own };
      const code = format ?? formatOf(field.type, options);
      if (code !== undefined && code !== '') style.format = code;
      if (options.borders !== 'none') style.border = options.borders;
      return {
        letters: columnLetters(position + 1),
        name: names[position]!,
        field,
        style: book.cell(style),
        styleOfBlank: style.fill !== undefined || style.border !== undefined,
        width: width ?? WIDTHS[options.widths] ?? options.width,
        isHidden: hidden === true,
        isLink,
      };
    });
    const formulas = options.formulas.map(({ name: own, formula, format, width }, i) => ({
      letters: columnLetters(columns.length + i + 1),
      name: names[columns.length + i] ?? own,
      style: book.cell({
        ...options.dataStyle,
        format: format ?? (options.numberFormat || undefined),
        border: options.borders === 'none' ? undefined : options.borders,
      }),
      width: width ?? WIDTHS[options.widths] ?? options.width,
      pieces: parseFormula(formula, schema),
    }));
    const totals = totalsOf(options, schema, columns, formulas, book);
    const others = (headerRow === null ? 0 : 1) + (totals === null ? 0 : 1);
    return {
      table,
      tableCount: tables.length,
      name: isMany || options.sheetName === '' ? name : options.sheetName,
      schema,
      columns,
      formulas,
      lastLetters: [...columns, ...formulas].at(-1)?.letters ?? 'A',
      totals,
      headerStyle,
      band,
      headerRow,
      firstRow: headerRow === null ? 1 : 2,
      capacity: Math.max(1, options.rowsPerSheet - others),
    };
  });
}

/** The row of totals: a label in the first column that has none, functions over the others. */
function totalsOf(
  options: ExcelOptions,
  schema: Schema,
  columns: readonly LaidColumn[],
  formulas: readonly FormulaColumn[],
  book: StyleBook,
): TotalCell[] | null {
  if (options.totals.length === 0) return null;
  const look: CellStyle = { ...options.dataStyle, bold: true, border: 'rows' };
  const called = new Map<string, TotalFunction>();
  for (const { column, function: wanted } of options.totals) {
    const position = findColumn(schema, column);
    const letters =
      columns[position]?.letters ?? formulas.find(({ name }) => name === column.name)?.letters;
    if (letters !== undefined) called.set(letters, wanted);
  }
  let label = options.totalsLabel;
  return [...columns, ...formulas].map(({ letters, style }) => {
    const own = called.get(letters) ?? null;
    const cell = {
      letters,
      called: own,
      style: book.cell({ ...look, format: own === 'count' ? undefined : book.formatOf(style) }),
      label: own === null ? label : '',
    };
    if (own === null) label = '';
    return cell;
  });
}

/** UTF-16 units of a column's name in a table. */
const LONGEST_TABLE_NAME = 255;

/** The names in the header as the options need them. */
export function headerNames(
  { fields }: Schema,
  { table, formulas }: Pick<ExcelOptions, 'table' | 'formulas'>,
): string[] {
  const named = [...fields, ...formulas];
  if (!table) return named.map(({ name }) => shortenedTo(name, LONGEST_CELL));
  const taken = new Set<string>();
  return named.map(({ name }, position) => {
    const own = shortenedTo(name, LONGEST_TABLE_NAME) || `Column${position + 1}`;
    let unique = own;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) {
      const end = `_${n}`;
      unique = shortenedTo(own, LONGEST_TABLE_NAME - end.length) + end;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Whole characters of at most so many UTF-16 units. */
function shortenedTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}

/** Position of a column, -1 where there is none. */
export function findColumn(schema: Schema, ref: Parameters<typeof resolveColumn>[1]): number {
  let left = ref.nth ?? 0;
  return schema.fields.findIndex((field) => field.name === ref.name && left-- === 0);
}

/** Part name of a sheet of rows: known of a table's later sheets before those of other tables are counted. */
export function sheetPartName({ table, tableCount }: SheetLayout, position: number): string {
  return `xl/worksheets/sheet${1 + table + position * tableCount}.xml`;
}

/** The last row with values of the sheet at `position` of a table with `rowCount` rows in all. */
export function lastRowOf(layout: SheetLayout, position: number, rowCount: number): number {
  const rows = Math.min(layout.capacity, rowCount - position * layout.capacity);
  return layout.firstRow + Math.max(0, rows) - 1;
}

/** How many sheets the rows of a table take. */
export function sheetCount(layout: SheetLayout, rowCount: number): number {
  return Math.max(1, Math.ceil(rowCount / layout.capacity));
}
