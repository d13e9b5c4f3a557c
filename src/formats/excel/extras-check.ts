// What can be said about charts and pivot tables before the run: columns and data sets that are not there, values that are no numbers.
import { indexColumns, listColumnNames } from '../../contract/columns.ts';
import { shorten } from '../../contract/errors.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { EncodedTable } from '../../contract/encoder.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Schema } from '../../table/data-type.ts';
import { cellKind } from './cells.ts';
import { isMeasurable } from './chart/cached-points.ts';
import type { ChartOptions } from './chart/options.ts';
import { tableOf } from './extras.ts';
import { EXTRAS_TEXTS } from './extras-texts.ts';
import { headerNames } from './layout.ts';
import type { ExcelOptions } from './options.ts';
import type { PivotOptions } from './pivot/options.ts';

/** Says what is wrong with the chart or pivot table at hand. */
type Tell = (code: string, sentence: string) => void;

/** The type of a column; undefined, told of, where there is none. */
function typeOf(schema: Schema, ref: ColumnRef, tell: Tell) {
  const position = indexColumns(schema).get(ref.name)?.[ref.nth ?? 0];
  if (position !== undefined) return schema.fields[position]!.type;
  const near = nearestNames(
    ref.name,
    schema.fields.map(({ name }) => name),
  );
  const known = near.length > 0 ? near.map((name) => shorten(name, 40)) : listColumnNames(schema);
  tell('excel.unknown-column', EXTRAS_TEXTS.unknownColumn(shorten(ref.name, 40), known));
  return undefined;
}

function checkChart(chart: ChartOptions, schema: Schema, options: ExcelOptions, tell: Tell): void {
  for (const { column } of chart.values) {
    const type = typeOf(schema, column, tell);
    if (type !== undefined && chart.combine !== 'count' && !isMeasurable(type))
      tell('excel.chart-no-number', EXTRAS_TEXTS.noNumber(shorten(column.name, 40)));
  }
  if (chart.combine !== 'none' && (chart.category === undefined || chart.kind === 'scatter'))
    tell('excel.chart-no-category', EXTRAS_TEXTS.noCategory);
  if (chart.kind === 'pie' && chart.values.length > 1)
    tell('excel.chart-one-series', EXTRAS_TEXTS.oneSeries);
  if (chart.values.length > 0 && chart.values.every(({ secondAxis }) => secondAxis))
    tell('excel.chart-second-alone', EXTRAS_TEXTS.secondAlone);
  if (chart.values.some(({ secondAxis }) => secondAxis) && ['pie', 'bar'].includes(chart.kind))
    tell('excel.chart-no-second', EXTRAS_TEXTS.noSecond(chart.kind));
  if (chart.category === undefined) {
    if (chart.kind === 'scatter') tell('excel.chart-no-x', EXTRAS_TEXTS.noX);
    return;
  }
  const type = typeOf(schema, chart.category, tell);
  if (
    chart.kind === 'scatter' &&
    type !== undefined &&
    ['text', 'bool'].includes(cellKind(type, options))
  )
    tell('excel.chart-no-number', EXTRAS_TEXTS.noNumber(shorten(chart.category.name, 40)));
}

function checkPivot(pivot: PivotOptions, schema: Schema, options: ExcelOptions, tell: Tell): void {
  if (!options.headers) tell('excel.pivot-no-header', EXTRAS_TEXTS.noHeader);
  if (headerNames(schema, options).some((name) => name.trim() === ''))
    tell('excel.pivot-unnamed', EXTRAS_TEXTS.unnamed);
  if (pivot.rows.length + pivot.columns.length === 0)
    tell('excel.pivot-no-fields', EXTRAS_TEXTS.noFields);
  const placed = [...pivot.rows, ...pivot.columns, ...pivot.filters];
  const seen = new Set<string>();
  for (const ref of placed) {
    typeOf(schema, ref, tell);
    const key = `${ref.nth ?? 0} ${ref.name}`;
    if (seen.has(key)) tell('excel.pivot-repeated', EXTRAS_TEXTS.repeated(shorten(ref.name, 40)));
    seen.add(key);
  }
  for (const { column, function: called } of pivot.values) {
    const type = typeOf(schema, column, tell);
    if (type !== undefined && called !== 'count' && !isMeasurable(type))
      tell('excel.pivot-no-number', EXTRAS_TEXTS.countOnly(shorten(column.name, 40)));
  }
}

/** Errors of the options `charts` and `pivots` for these tables. */
export function checkExtras(
  options: ExcelOptions,
  tables: readonly EncodedTable[],
): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const each = <T extends { dataset?: string | undefined }>(
    option: 'charts' | 'pivots' | 'images',
    asked: readonly T[],
    checkOne: (one: T, schema: Schema, options: ExcelOptions, tell: Tell) => void,
  ): void => {
    for (const [i, one] of asked.entries()) {
      const which = asked.length > 1 ? EXTRAS_TEXTS.which[option](i + 1) : '';
      const tell: Tell = (code, sentence) => {
        findings.push({ severity: 'error', option, code, sentence: which + sentence });
      };
      const table = tables[tableOf(one.dataset, tables)];
      if (table !== undefined) checkOne(one, table.schema, options, tell);
      else
        tell(
          'excel.unknown-dataset',
          EXTRAS_TEXTS.unknownDataset(
            shorten(one.dataset!, 40),
            tables.map(({ name }) => shorten(name, 40)),
          ),
        );
    }
  };
  each('charts', options.charts, checkChart);
  each('pivots', options.pivots, checkPivot);
  each('images', options.images, () => {});
  return findings;
}
