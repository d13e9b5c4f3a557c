// Adds charts and pivot tables to a workbook when its rows are written.
import type { Batch } from '../../table/batch.ts';
import { addCharts, placeChart } from './chart/add-charts.ts';
import { CACHED_POINTS, cachePoints } from './chart/cached-points.ts';
import type { ChartOptions } from './chart/options.ts';
import { columnsOf } from './chart/plan-charts.ts';
import type { WorkbookExtras, WorkbookFacts } from './parts.ts';
import { addPivots } from './pivot/add-pivots.ts';
import type { PivotOptions } from './pivot/options.ts';
import { createTally } from './pivot/tally.ts';
import type { DateSystem } from './serial.ts';

export interface ExtrasOptions {
  charts: readonly ChartOptions[];
  pivots: readonly PivotOptions[];
}

/** The table that a chart or a pivot table reads: the first where none is named; -1 where there is none of that name. */
export function tableOf(dataset: string | undefined, tables: readonly { name: string }[]): number {
  return dataset === undefined ? 0 : tables.findIndex(({ name }) => name === dataset);
}

/** Whether rows have to be seen in their order by whoever finishes the workbook. */
export function seesRows({ pivots }: ExtrasOptions): boolean {
  return pivots.some(({ writeValues }) => writeValues);
}

export interface Extras extends WorkbookExtras {
  /** Of the first sheet of a table, in order: the first `rowCount` selected rows of the batch. Only where {@link seesRows}. */
  see(table: number, batch: Batch, rowCount: number): void;
}

/** The charts and pivot tables of a workbook, whose options were checked. */
export function createExtras(
  options: ExtrasOptions,
  facts: WorkbookFacts,
  dateSystem: DateSystem,
): Extras {
  const charts = options.charts.map((chart) =>
    placeChart(chart, tableOf(chart.dataset, facts.tables), facts),
  );
  const pivots = options.pivots.map((pivot) => {
    const table = tableOf(pivot.dataset, facts.tables);
    const { schema } = facts.tables[table]!;
    return { options: pivot, table, tally: createTally(pivot, schema), isSeen: pivot.writeValues };
  });
  let hasSeen = false;
  return {
    drawsOn: (table) => charts.some(({ place }) => 'table' in place && place.table === table),
    rowsAhead: charts.length > 0 ? CACHED_POINTS : 0,
    collect(table, heads) {
      const { schema } = facts.tables[table]!;
      const own = charts.filter((chart) => chart.table === table);
      const columns = own.flatMap((chart) => columnsOf(chart.options, schema));
      return cachePoints(heads, new Set(columns), dateSystem);
    },
    see(table, batch, rowCount) {
      hasSeen = true;
      for (const pivot of pivots)
        if (pivot.isSeen && pivot.table === table) pivot.tally.add(batch, rowCount);
    },
    finish(written, names, formats) {
      const { drawings, sheets } = addCharts(charts, written, names);
      const tallied = pivots.map(({ tally, isSeen }) => (isSeen && hasSeen ? tally.take() : null));
      const added = addPivots(pivots, tallied, written, names, formats);
      return { drawings, sheets: [...sheets, ...added.sheets], pivotCaches: added.pivotCaches };
    },
  };
}
