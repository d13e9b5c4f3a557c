// Places charts and images on sheets: beside rows, or on sheets of their own.
import type {
  AddedSheet,
  NumberFormats,
  Part,
  Relationship,
  SheetNames,
  WorkbookAdditions,
  WrittenSheet,
} from '../parts.ts';
import { EXTRAS_TEXTS } from '../extras-texts.ts';
import type { PlacedImage } from '../image/place-images.ts';
import { XML_HEAD } from '../part-text.ts';
import type { PivotTally } from '../pivot/tally.ts';
import type { CellOptions } from './cached-points.ts';
import { chartXml } from './chart-part.ts';
import { type Drawn, drawingXml } from './drawing-part.ts';
import type { ChartOptions } from './options.ts';
import { planChart } from './plan-charts.ts';
import { sumChart } from './sums.ts';

/** Height of a row and width of a column as most readers show them. */
const ROW_PX = 20;
const COLUMN_PX = 64;
/** Times that a chart is drawn on a sheet of its own, where its rows went to many sheets. */
const MOST_REPEATED = 50;
const LAST_COLUMN = 16_383;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DRAWING_TYPE = 'application/vnd.openxmlformats-officedocument.drawing';

/** Where a chart is drawn: on the first sheet of a table, or on a sheet of its own. */
export type ChartPlace = { table: number } | { sheet: string };

/** A chart with the table that it reads. */
export interface PlacedChart {
  options: ChartOptions;
  table: number;
  place: ChartPlace;
}

/** `sheetNames`: of each table's first sheet. The name of a sheet with rows means that sheet, any other one of its own. */
export function placeChart(
  options: ChartOptions,
  table: number,
  sheetNames: readonly string[],
): PlacedChart {
  if (options.sheet === '') return { options, table, place: { table } };
  const wanted = options.sheet.toLowerCase();
  const found = sheetNames.findIndex((name) => name.toLowerCase() === wanted);
  return { options, table, place: found < 0 ? { sheet: options.sheet } : { table: found } };
}

/** A drawing that has its place when all are known. */
interface Pending extends Omit<Drawn, 'column' | 'row'> {
  /** Of its upper left corner, where somebody chose one. */
  cell: string | undefined;
}

/** What is drawn on one sheet. What has no cell of its own stands one below the other from a first cell, around what has. */
class Canvas {
  readonly #column: number;
  readonly #row: number;
  readonly #drawn: Pending[] = [];
  readonly #relationships: Relationship[] = [];

  /** Of the first cell, counted from 0. */
  constructor(column: number, row: number) {
    this.#column = Math.min(column, LAST_COLUMN);
    this.#row = row;
  }

  add({ cell, width, height }: ChartOptions, description: string, part: Part): void {
    const name = `Chart ${this.#drawn.length + 1}`;
    this.#add('chart', part, { name, description, cell, widthPx: width, heightPx: height });
  }

  addImage({ part, cell, description, widthPx, heightPx }: PlacedImage): void {
    const name = EXTRAS_TEXTS.imageName(this.#drawn.length + 1);
    this.#add('image', part, { name, description, cell, widthPx, heightPx });
  }

  part(name: string): Part {
    const content = drawingXml(this.#placed());
    const contentType = `${DRAWING_TYPE}+xml`;
    return { name, contentType, content, relationships: this.#relationships };
  }

  #add(kind: Drawn['kind'], target: Part, drawn: Omit<Pending, 'kind' | 'relationship'>): void {
    const relationship = `rId${this.#drawn.length + 1}`;
    this.#drawn.push({ kind, relationship, ...drawn });
    this.#relationships.push({ id: relationship, type: kind, target });
  }

  #placed(): Drawn[] {
    const fixed = this.#drawn.flatMap(({ cell, ...drawn }) =>
      cell === undefined ? [] : [areaOf({ ...drawn, ...positionOf(cell) })],
    );
    let next = this.#row;
    return this.#drawn.map(({ cell, ...drawn }) => {
      if (cell !== undefined) return { ...drawn, ...positionOf(cell) };
      const at = { ...drawn, column: this.#column, row: next };
      for (let met; (met = fixed.find((area) => doMeet(area, areaOf(at)))) !== undefined;)
        at.row = met.endRow + 1;
      next = areaOf(at).endRow + 1;
      return at;
    });
  }
}

/** The cell's column and row, counted from 0. */
function positionOf(cell: string): { column: number; row: number } {
  const letters = cell.replace(/\d/g, '');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { column: column - 1, row: Number(cell.slice(letters.length)) - 1 };
}

/** The cells behind a drawing, where rows and columns are as high and wide as they are without a word about it. */
function areaOf({ column, row, widthPx, heightPx }: Drawn) {
  const endColumn = column + Math.ceil(widthPx / COLUMN_PX);
  return { column, row, endColumn, endRow: row + Math.ceil(heightPx / ROW_PX) };
}

function doMeet(one: ReturnType<typeof areaOf>, other: ReturnType<typeof areaOf>): boolean {
  return (
    one.column < other.endColumn &&
    other.column < one.endColumn &&
    one.row < other.endRow &&
    other.row < one.endRow
  );
}

/** Right of the rows, with a column between. */
function canvasBeside(sheet: WrittenSheet): Canvas {
  const { firstColumn, schema, headerRow, firstRow } = sheet;
  return new Canvas(firstColumn + schema.fields.length, (headerRow ?? firstRow) - 1);
}

/** The drawings of sheets with rows, and the sheets that hold nothing else, with numbers from the first free one on. */
export function addCharts(
  charts: readonly (PlacedChart & { tally: PivotTally | null })[],
  images: readonly PlacedImage[],
  written: readonly WrittenSheet[],
  names: SheetNames,
  firstNumber: number,
  look: CellOptions,
  formats: NumberFormats,
): Pick<WorkbookAdditions, 'drawings' | 'sheets'> {
  /** By table, or by the name of a sheet of its own in small letters. */
  const canvases = new Map<number | string, { place: ChartPlace; canvas: Canvas }>();
  const canvasOf = (place: ChartPlace): Canvas => {
    const key = 'table' in place ? place.table : place.sheet.toLowerCase();
    let found = canvases.get(key);
    if (found === undefined) {
      const beside = written.find((sheet) => sheet.table === key && sheet.position === 0);
      const canvas = beside === undefined ? new Canvas(1, 1) : canvasBeside(beside);
      canvases.set(key, (found = { place, canvas }));
    }
    return found.canvas;
  };

  for (const image of images) canvasOf({ table: image.table }).addImage(image);
  let count = 0;
  const summed: AddedSheet[] = [];
  const draw = (options: ChartOptions, place: ChartPlace, sheet: WrittenSheet, of: string[]) => {
    // What is known of the first rows is of the first sheet.
    const chart = planChart(options, sheet, sheet.position === 0 ? sheet.points : null, look);
    const title = [chart.title, ...of].filter((word) => word !== '').join(' – ');
    canvasOf(place).add(options, title, {
      name: `xl/charts/chart${++count}.xml`,
      contentType: `${DRAWING_TYPE}ml.chart+xml`,
      content: chartXml({ ...chart, title }),
      relationships: [],
    });
  };
  for (const { options, table, place, tally } of charts) {
    const sheets = written.filter((sheet) => sheet.table === table);
    const number = firstNumber + summed.length;
    const sums = tally && sumChart(options, tally, sheets[0]!, names, number, look, formats);
    if (sums) {
      summed.push(sums.added);
      draw(sums.options, place, sums.sheet, []);
      continue;
    }
    // Beside rows there is room for one; on a sheet of its own each sheet of rows has its chart.
    const drawn = sheets.slice(0, 'table' in place ? 1 : MOST_REPEATED);
    for (const sheet of drawn) draw(options, place, sheet, drawn.length > 1 ? [sheet.name] : []);
  }

  const drawings: { table: number; part: Part }[] = [];
  const sheets: AddedSheet[] = [];
  for (const [i, { place, canvas }] of [...canvases.values()].entries()) {
    const part = canvas.part(`xl/drawings/drawing${i + 1}.xml`);
    if ('table' in place) drawings.push({ table: place.table, part });
    else
      sheets.push(
        chartSheet(names.take(place.sheet), firstNumber + summed.length + sheets.length, part),
      );
  }
  return { drawings, sheets: [...sheets, ...summed] };
}

function chartSheet(name: string, number: number, drawing: Part): AddedSheet {
  return {
    name,
    type: 'worksheet',
    part: {
      name: `xl/worksheets/sheet${number}.xml`,
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml',
      content:
        `${XML_HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">` +
        `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1"/>` +
        `<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>` +
        `<sheetFormatPr defaultRowHeight="15"/><sheetData/>` +
        `<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>` +
        `<pageSetup orientation="landscape" fitToHeight="0"/><drawing r:id="rId1"/></worksheet>`,
      relationships: [{ id: 'rId1', type: 'drawing', target: drawing }],
    },
  };
}
