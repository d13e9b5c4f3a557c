// Adds charts and pivot tables to a workbook when its rows are written.
import type { EncoderContext, EncoderRoom } from '../../contract/encoder.ts';
import { type Batch, selectedCount } from '../../table/batch.ts';
import { addCharts, placeChart } from './chart/add-charts.ts';
import { cachePoints } from './chart/cached-points.ts';
import type { CachedColumns } from './chart/model.ts';
import { columnsOf } from './chart/plan-charts.ts';
import { tallyOf } from './chart/sums.ts';
import { type PlacedImage, readImages } from './image/place-images.ts';
import type { SheetLayout } from './layout.ts';
import type { ExcelOptions } from './options.ts';
import type { WorkbookExtras, WrittenSheet } from './parts.ts';
import { addPivots } from './pivot/add-pivots.ts';
import { createTally } from './pivot/tally.ts';
import { createSheetNames } from './sheet-names.ts';

export type ExtrasOptions = Pick<ExcelOptions, 'charts' | 'pivots' | 'images'>;

/** The table that a chart or a pivot table reads: the only or the first where none is named; -1 where none is called so. */
export function tableOf(dataset: string | undefined, tables: readonly { name: string }[]): number {
  if (dataset === undefined || tables.length === 1) return 0;
  return tables.findIndex(({ name }) => name === dataset);
}

/** Whether all rows have to pass by whoever finishes the workbook, in their order. */
export function seesRows({ charts, pivots }: Pick<ExtrasOptions, 'charts' | 'pivots'>): boolean {
  return (
    pivots.some(({ writeValues }) => writeValues) ||
    charts.some(({ combine }) => combine !== 'none')
  );
}

/** What charts keep of a table's first rows. */
export function pointsOf(
  { options, schema, tables }: EncoderContext<ExcelOptions>,
  table: number,
  heads: readonly Batch[],
): CachedColumns {
  const all = tables ?? [{ name: '', schema }];
  const own = options.charts.filter(({ dataset }) => tableOf(dataset, all) === table);
  const columns = own.flatMap((chart) => columnsOf(chart, all[table]!.schema));
  return cachePoints(heads, new Set(columns), options);
}

export interface Extras extends WorkbookExtras {
  /** Reads the images, before {@link WorkbookExtras.finish}. Throws what opening them throws. */
  loadImages(openFile: EncoderRoom['openFile']): Promise<void>;
  /** A batch of a table, in order, of which so many rows came before. Only where {@link seesRows}. */
  see(table: number, batch: Batch, rowsBefore: number): void;
}

/** The number of the first part behind those of sheets with rows, whose tables take turns: some readers know no other names. */
function firstFreeNumber(written: readonly WrittenSheet[]): number {
  const most = (of: (sheet: WrittenSheet) => number): number =>
    written.reduce((found, sheet) => Math.max(found, of(sheet)), 0);
  return (most(({ table }) => table) + 1) * (most(({ position }) => position) + 1) + 1;
}

/** The charts and pivot tables of a workbook, whose options were checked. */
export function createExtras(
  { options, name, schema, tables = [{ name, schema }] }: EncoderContext<ExcelOptions>,
  layouts: readonly Pick<SheetLayout, 'name' | 'capacity'>[],
): Extras {
  const names = createSheetNames();
  const sheetNames = layouts.map((layout) => names.take(layout.name));
  const charts = options.charts.map((chart) => {
    const table = tableOf(chart.dataset, tables);
    const placed = placeChart(chart, table, sheetNames);
    return { ...placed, tally: tallyOf(chart, tables[table]!.schema) };
  });
  const pivots = options.pivots.map((pivot) => {
    const table = tableOf(pivot.dataset, tables);
    const values = pivot.values.map(({ column }) => column);
    const tally = pivot.writeValues
      ? createTally({ ...pivot, values }, tables[table]!.schema)
      : null;
    return { options: pivot, table, tally };
  });
  const hasSeen = new Set<number>();
  const imageTables = options.images.map(({ dataset }) => tableOf(dataset, tables));
  let images: PlacedImage[] = [];
  return {
    drawsOn: (table) =>
      imageTables.includes(table) ||
      charts.some(({ place }) => 'table' in place && place.table === table),
    async loadImages(openFile) {
      const parts = await readImages(options.images, openFile);
      images = parts.map((part, i) => ({ ...part, table: imageTables[i]! }));
    },
    see(table, batch, rowsBefore) {
      hasSeen.add(table);
      for (const chart of charts)
        if (chart.table === table) chart.tally?.add(batch, selectedCount(batch));
      // A pivot table reads one sheet.
      const left = Math.max(0, layouts[table]!.capacity - rowsBefore);
      const rowCount = Math.min(selectedCount(batch), left);
      for (const pivot of pivots) if (pivot.table === table) pivot.tally?.add(batch, rowCount);
    },
    finish(written, taken, formats) {
      const number = firstFreeNumber(written);
      const { drawings, sheets } = addCharts(
        charts,
        images,
        written,
        taken,
        number,
        options,
        formats,
      );
      const tallied = pivots.map(({ table, tally }) =>
        tally !== null && hasSeen.has(table) ? tally.take() : null,
      );
      const added = addPivots(pivots, tallied, written, taken, number + sheets.length, formats);
      return { drawings, sheets: [...sheets, ...added.sheets], pivotCaches: added.pivotCaches };
    },
  };
}
