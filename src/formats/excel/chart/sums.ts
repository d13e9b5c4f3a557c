// Rows of one category as one point of a chart: their sums on a sheet of their own, which the chart then reads.
import { resolveColumn } from '../../../contract/columns.ts';
import { type Field, FLOAT64, type Schema, UTF8 } from '../../../table/data-type.ts';
import {
  type AddedSheet,
  columnLetters,
  type NumberFormats,
  type SheetNames,
  type WrittenSheet,
} from '../parts.ts';
import { cachedText, XML_HEAD } from '../part-text.ts';
import { compareItems } from '../pivot/grid.ts';
import { createTally, type PivotItem, type PivotTally, resultOf } from '../pivot/tally.ts';
import { PIVOT_WORDS, valueName } from '../pivot/texts.ts';
import { daySerial } from '../serial.ts';
import { CACHED_POINTS, type CellOptions, cellsOfType } from './cached-points.ts';
import type { ChartOptions } from './options.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DAY_MS = 86_400_000;
const SHEET_NAME = 'Chart data';

/** Sums a chart's rows up by category; null where each row is a point. */
export function tallyOf(chart: ChartOptions, schema: Schema): PivotTally | null {
  const { combine, category, values } = chart;
  if (combine === 'none' || category === undefined) return null;
  const columns = values.map(({ column }) => column);
  return createTally({ rows: [category], columns: [], values: columns }, schema);
}

/** A chart's own rows: the sheet that holds them, and the chart that reads it. */
export interface SummedChart {
  options: ChartOptions;
  sheet: WrittenSheet;
  added: AddedSheet;
}

/** Null where there are no sums: too many categories, or no rows. */
export function sumChart(
  chart: ChartOptions,
  tally: PivotTally,
  from: WrittenSheet,
  names: SheetNames,
  number: number,
  look: CellOptions,
  formats: NumberFormats,
): SummedChart | null {
  const tallied = tally.take();
  const called = chart.combine;
  if (tallied === null || tallied.groups.length === 0 || called === 'none') return null;
  const position = resolveColumn(from.schema, chart.category!);
  const { type } = from.schema.fields[position]!;
  const kind = cellsOfType(type, look);
  const items = tallied.items[0]!;
  const groups = tallied.groups.toSorted((a, b) =>
    compareItems(items[a.items[0]!]!, items[b.items[0]!]!),
  );

  const isDate = kind.type === 'date' && type.kind === 'date';
  const label = ({ text, number: value }: PivotItem): string | number => {
    if (text === null) return PIVOT_WORDS.blank;
    if (!isDate) return value ?? text;
    const days = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
    const serial = daySerial(days, look.dateSystem);
    return Number.isFinite(serial) ? serial : text;
  };
  const labels = groups.map(({ items: [item] }) => label(items[item!]!));
  const columns = chart.values.map((_, v) =>
    groups.map(({ measured }) => resultOf(called, measured[v]!)),
  );

  const headings = [
    from.names[position]!,
    ...chart.values.map(
      ({ column, name }) =>
        name ?? valueName(called, from.names[resolveColumn(from.schema, column)]!),
    ),
  ];
  const styles = {
    head: formats.cell({ bold: true }),
    date: formats.cell({ format: kind.format }),
  };
  const cell = (column: number, row: number, value: string | number | null, style = 0): string => {
    if (value === null) return '';
    const head = `<c r="${columnLetters(column)}${row}"${style === 0 ? '' : ` s="${style}"`}`;
    return typeof value === 'number'
      ? `${head}><v>${value}</v></c>`
      : `${head} t="inlineStr"><is><t xml:space="preserve">${cachedText(value.slice(0, 32_767))}</t></is></c>`;
  };
  const rows = labels.map((name, i) => {
    const first = cell(1, i + 2, name, isDate && typeof name === 'number' ? styles.date : 0);
    const rest = columns.map((values, v) => cell(v + 2, i + 2, values[i]!));
    return `<row r="${i + 2}">${first}${rest.join('')}</row>`;
  });
  const head = headings.map((name, i) => cell(i + 1, 1, name, styles.head)).join('');
  const name = names.take(SHEET_NAME);
  const fields = [isDate ? type : typeof labels[0] === 'number' ? FLOAT64 : UTF8]
    .concat(chart.values.map(() => FLOAT64))
    .map((of, i): Field => ({ name: String(i), type: of, nullable: true, origin: 'native' }));
  const plain = (value: string | number | null): string | null =>
    value === null ? null : String(value).slice(0, 255);
  const points = [labels, ...columns].map(
    (values, i) => [i, values.slice(0, CACHED_POINTS).map(plain)] as const,
  );
  return {
    options: {
      ...chart,
      category: { name: '0' },
      values: chart.values.map((value, v) => ({ ...value, column: { name: String(v + 1) } })),
    },
    sheet: {
      ...from,
      name,
      position: 0,
      schema: { fields },
      names: headings,
      firstColumn: 1,
      headerRow: 1,
      firstRow: 2,
      lastRow: groups.length + 1,
      points: new Map(points),
    },
    added: {
      name,
      type: 'worksheet',
      part: {
        name: `xl/worksheets/sheet${number}.xml`,
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml',
        relationships: [],
        content:
          `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>` +
          `<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="24" customWidth="1"/>` +
          `<col min="2" max="${chart.values.length + 1}" width="18" customWidth="1"/></cols>` +
          `<sheetData><row r="1">${head}</row>${rows.join('')}</sheetData></worksheet>`,
      },
    },
  };
}
