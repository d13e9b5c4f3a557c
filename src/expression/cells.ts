// What flows between the parts of a compiled expression: the cells of some rows of a batch, one array a part.
import type { Expression } from '../contract/expression.ts';
import type { Batch } from '../table/batch.ts';
import type { DataType } from '../table/data-type.ts';
import type { Whole } from './whole.ts';

/**
 * One value. bool: boolean; int, decimal (scaled), date, time, timestamp: {@link Whole}; float: number; utf8, json: string;
 * binary: bytes.
 */
export type Cell = null | boolean | Whole | string | Uint8Array;

/** The rows that are asked for. */
export interface Frame {
  batch: Batch;
  /** Physical rows, ascending; the first `count` count. */
  rows: Uint32Array;
  count: number;
  /** Columns read already, by position; they run parallel to `rows`. */
  cells: Map<number, Cell[]>;
  /** Told for a row whose value cannot be computed; the cell is null then. */
  fail(row: number, problem: string): void;
}

/** A compiled part: its type, and its cells for a frame's rows. */
export interface Part {
  source: Expression;
  type: DataType;
  /** The value where it is the same for every row. */
  constant?: Cell;
  evaluate(frame: Frame): Cell[];
}

/** Thrown by a step over one row whose value cannot be computed; the message is a whole sentence. */
export class RowProblem extends Error {}

/**
 * Functions over cells that are not null. Each takes cells of the types that its parts were checked for, which is why they are
 * declared as methods: those may name the narrower types.
 */
interface Steps {
  one(cell: Cell): Cell;
  two(left: Cell, right: Cell): Cell;
  many(...cells: Cell[]): Cell;
  order(left: Cell, right: Cell): number;
}
export type CellStep = Steps['one'];
/** Negative, 0 or positive. */
export type CellOrder = Steps['order'];

/** The cells that `step` gives for each place of the frame; a RowProblem makes one null and is told. */
export function eachCell(frame: Frame, step: (at: number) => Cell): Cell[] {
  const { count, rows } = frame;
  const out: Cell[] = [];
  for (let i = 0; i < count;) {
    try {
      for (; i < count; i++) out.push(step(i));
    } catch (thrown) {
      if (!(thrown instanceof RowProblem)) throw thrown;
      out.push(null);
      frame.fail(rows[i]!, thrown.message);
      i++;
    }
  }
  return out;
}

/** A frame of some places of another, ascending; columns read already are not read again. */
export function frameAt(frame: Frame, places: readonly number[]): Frame {
  const rows = Uint32Array.from(places, (place) => frame.rows[place]!);
  const cells = new Map<number, Cell[]>();
  for (const [column, known] of frame.cells)
    cells.set(
      column,
      places.map((place) => known[place]!),
    );
  return { ...frame, rows, count: rows.length, cells };
}

/** A part that is the same for every row. */
export function constantPart(source: Expression, type: DataType, constant: Cell): Part {
  return {
    source,
    type,
    constant,
    evaluate: ({ count }) => Array.from({ length: count }, () => constant),
  };
}

/** A part that turns each cell of another into one; null stays null. */
export function mapPart(source: Expression, type: DataType, of: Part, step: CellStep): Part {
  return {
    source,
    type,
    evaluate(frame) {
      const cells = of.evaluate(frame);
      return eachCell(frame, (i) => {
        const cell = cells[i]!;
        return cell === null ? null : step(cell);
      });
    },
  };
}

/** A part of two others; null where one of them is. */
export function joinPart(
  source: Expression,
  type: DataType,
  left: Part,
  right: Part,
  step: Steps['two'],
): Part {
  return {
    source,
    type,
    evaluate(frame) {
      const a = left.evaluate(frame);
      const b = right.evaluate(frame);
      return eachCell(frame, (i) => {
        const x = a[i]!;
        const y = b[i]!;
        return x === null || y === null ? null : step(x, y);
      });
    },
  };
}

/** A part of any number of others; null where one of them is. */
export function callPart(
  source: Expression,
  type: DataType,
  parts: readonly Part[],
  step: Steps['many'],
): Part {
  if (parts.length === 1) return mapPart(source, type, parts[0]!, step);
  if (parts.length === 2) return joinPart(source, type, parts[0]!, parts[1]!, step);
  return {
    source,
    type,
    evaluate(frame) {
      const all = parts.map((part) => part.evaluate(frame));
      return eachCell(frame, (i) => {
        const cells: Cell[] = [];
        for (const column of all) {
          const cell = column[i]!;
          if (cell === null) return null;
          cells.push(cell);
        }
        return step(...cells);
      });
    },
  };
}
