// Turns charts as they were asked for into charts of the cells that were written.
import { resolveColumn } from '../../../contract/columns.ts';
import type { ColumnRef } from '../../../contract/filter.ts';
import { columnRange } from '../cell-range.ts';
import { columnLetters, sheetReference, type WrittenSheet } from '../parts.ts';
import { type CellOptions, cellsOfType } from './cached-points.ts';
import {
  type CachedColumns,
  type Chart,
  type ChartCells,
  type ChartSeries,
  colorAt,
} from './model.ts';
import type { ChartOptions } from './options.ts';

/** Positions of the columns that a chart reads. */
export function columnsOf(chart: ChartOptions, schema: WrittenSheet['schema']): number[] {
  const refs = chart.values.map(({ column }) => column);
  if (chart.category !== undefined) refs.push(chart.category);
  return refs.map((ref) => resolveColumn(schema, ref));
}

function cellsOf(
  sheet: WrittenSheet,
  position: number,
  cached: CachedColumns | null,
  look: CellOptions,
): ChartCells {
  // Without rows a chart reads the cell where the first would stand.
  const lastRow = Math.max(sheet.firstRow, sheet.lastRow);
  return {
    formula: columnRange(sheet.name, sheet.firstColumn + position, sheet.firstRow, lastRow),
    count: lastRow - sheet.firstRow + 1,
    cached: cached?.get(position) ?? [],
    ...cellsOfType(sheet.schema.fields[position]!.type, look),
  };
}

/** The chart of one sheet's rows. */
export function planChart(
  options: ChartOptions,
  sheet: WrittenSheet,
  cached: CachedColumns | null,
  look: CellOptions,
): Chart {
  const cells = (ref: ColumnRef): ChartCells =>
    cellsOf(sheet, resolveColumn(sheet.schema, ref), cached, look);
  const isMixed = options.kind === 'combined';
  const hasLine = options.values.some(({ line }) => line === true);
  const last = options.values.length - 1;
  const series = options.values.map((one, i): ChartSeries => {
    const position = resolveColumn(sheet.schema, one.column);
    const own = sheet.names[position]!;
    const hasCell = sheet.headerRow !== null && one.name === undefined;
    return {
      name: one.name ?? own,
      nameFormula: hasCell
        ? `${sheetReference(sheet.name)}$${columnLetters(sheet.firstColumn + position)}$${sheet.headerRow}`
        : null,
      values: cells(one.column),
      color: one.color ?? colorAt(i),
      // Where no series was named as the line, the last one is.
      isLine: isMixed && (hasLine ? one.line === true : i === last && i > 0),
      isSecond: one.secondAxis,
    };
  });
  const { kind, title, grouping, categoryTitle, valueTitle, secondTitle, labels } = options;
  return {
    kind,
    title,
    categories: options.category === undefined ? null : cells(options.category),
    series,
    grouping,
    categoryTitle,
    valueTitle,
    secondTitle,
    legend: options.legend ?? (series.length > 1 || kind === 'pie' ? 'right' : 'none'),
    labels,
    format: options.numberFormat,
  };
}
