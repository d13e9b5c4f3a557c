// Adds charts and pivot tables to a workbook when its rows are written.
import { addCharts, placeChart } from './chart/add-charts.ts';
import { CACHED_POINTS, cachePoints } from './chart/cached-points.ts';
import type { ChartOptions } from './chart/options.ts';
import { columnsOf } from './chart/plan-charts.ts';
import type { WorkbookExtras, WorkbookFacts } from './parts.ts';
import { addPivots } from './pivot/add-pivots.ts';
import type { PivotOptions } from './pivot/options.ts';
import type { DateSystem } from './serial.ts';

export interface ExtrasOptions {
  charts: readonly ChartOptions[];
  pivots: readonly PivotOptions[];
}

/** The table that a chart or a pivot table reads: the first where none is named; -1 where there is none of that name. */
export function tableOf(dataset: string | undefined, tables: readonly { name: string }[]): number {
  return dataset === undefined ? 0 : tables.findIndex(({ name }) => name === dataset);
}

/** The charts and pivot tables of a workbook, whose options were checked. */
export function createExtras(
  options: ExtrasOptions,
  facts: WorkbookFacts,
  dateSystem: DateSystem,
): WorkbookExtras {
  const charts = options.charts.map((chart) =>
    placeChart(chart, tableOf(chart.dataset, facts.tables), facts),
  );
  const pivots = options.pivots.map((pivot) => ({
    options: pivot,
    table: tableOf(pivot.dataset, facts.tables),
  }));
  return {
    drawsOn: (table) => charts.some(({ place }) => 'table' in place && place.table === table),
    rowsAhead: charts.length > 0 ? CACHED_POINTS : 0,
    collect(table, heads) {
      const { schema } = facts.tables[table]!;
      const own = charts.filter((chart) => chart.table === table);
      const columns = own.flatMap((chart) => columnsOf(chart.options, schema));
      return cachePoints(heads, new Set(columns), dateSystem);
    },
    finish(written, names, formats) {
      const { drawings, sheets } = addCharts(charts, written, names);
      const added = addPivots(pivots, written, names, formats);
      return { drawings, sheets: [...sheets, ...added.sheets], pivotCaches: added.pivotCaches };
    },
  };
}
