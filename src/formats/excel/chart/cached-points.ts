// What stands in the first cells of a column, as a chart keeps it for readers that do not calculate.
import {
  type Batch,
  isNullValue,
  selectedCount,
  selectedRow,
  type TypedColumn,
} from '../../../table/batch.ts';
import { createContentReader } from '../../../table/cell-content.ts';
import type { DataType } from '../../../table/data-type.ts';
import { materialise } from '../../../table/materialise.ts';
import { createTimestampSerial, daySerial, type DateSystem, timeSerial } from '../serial.ts';
import { cellKind } from '../cells.ts';
import type { ExcelOptions } from '../options.ts';
import type { CachedColumns, ChartCells } from './model.ts';

/** Points kept of each column; Excel itself reads the cells. */
export const CACHED_POINTS = 1000;
/** Characters kept of a text. */
const LONGEST_TEXT = 255;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What of the options says how values stand in cells. */
export type CellOptions = Pick<
  ExcelOptions,
  'dates' | 'zones' | 'dateSystem' | 'dateFormat' | 'timeFormat' | 'timestampFormat'
>;

/** How a column stands in cells that a chart reads, and what its numbers look like there. */
export function cellsOfType(
  type: DataType,
  options: CellOptions,
): Pick<ChartCells, 'type' | 'format'> {
  const kind = cellKind(type, options);
  switch (kind) {
    case 'number':
    case 'long-number':
    case 'float':
      return { type: 'number', format: 'General' };
    case 'date':
      return { type: 'date', format: options.dateFormat || 'General' };
    case 'time':
      return { type: 'number', format: options.timeFormat || 'General' };
    case 'timestamp':
      return { type: 'number', format: options.timestampFormat || 'General' };
    case 'bool':
    case 'text':
      return { type: 'text', format: 'General' };
  }
}

/** Whether a chart can measure it. */
export function isMeasurable(type: DataType): boolean {
  return ['int', 'float', 'decimal'].includes(
    type.kind === 'dictionary' ? type.value.kind : type.kind,
  );
}

/** The cell of a physical row as a chart keeps it; null for null and for what no cell holds. */
type PointOfRow = (row: number) => string | null;

const number = (value: number): string | null => (Number.isFinite(value) ? String(value) : null);

/** The values of a column of moments, whose numbers are counted from it. */
function serialReader(column: TypedColumn, system: DateSystem): PointOfRow | null {
  const { type } = column;
  const units = (row: number): bigint => (column.values as BigInt64Array)[row]!;
  switch (type.kind) {
    case 'date':
      return (row) => number(daySerial((column.values as Int32Array)[row]!, system));
    case 'time':
      return (row) => number(timeSerial(units(row), type.unit));
    case 'timestamp': {
      const serialOf = createTimestampSerial(type.unit, type.zone, system);
      return (row) => number(serialOf(units(row)));
    }
    default:
      return null;
  }
}

function pointReader(batch: Batch, position: number, options: CellOptions): PointOfRow {
  const { type } = batch.schema.fields[position]!;
  const cells = cellsOfType(type, options);
  if (cells.type !== 'text' && ['date', 'time', 'timestamp'].includes(type.kind)) {
    const column = materialise(batch, position, 'null');
    const valueOf = serialReader(column, options.dateSystem)!;
    return (row) => (isNullValue(column, row) ? null : valueOf(row));
  }
  const contentOf = createContentReader(batch, position);
  const isNumber = cells.type === 'number';
  return (row) => {
    const content = contentOf(row);
    if (content === null) return null;
    const text = decoder.decode(content);
    if (isNumber) return text === '' ? null : number(Number(text));
    return type.kind === 'bool' ? text.toUpperCase() : text.slice(0, LONGEST_TEXT);
  };
}

/** The first values of these columns. */
export function cachePoints(
  heads: readonly Batch[],
  columns: Iterable<number>,
  options: CellOptions,
): CachedColumns {
  const cached = new Map<number, (string | null)[]>();
  for (const column of columns) {
    const values: (string | null)[] = [];
    for (const batch of heads) {
      const pointOf = pointReader(batch, column, options);
      const most = Math.min(selectedCount(batch), CACHED_POINTS - values.length);
      for (let i = 0; i < most; i++) values.push(pointOf(selectedRow(batch, i)));
    }
    cached.set(column, values);
  }
  return cached;
}
