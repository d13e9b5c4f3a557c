// Cells without delimiters and quotes: padded to their column's width, or set down to be padded once the widths are known.
import { ExportError } from '../../contract/errors.ts';
import type { ColumnFormat } from '../../contract/value-format.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { indexColumns } from '../../contract/columns.ts';
import type { Schema } from '../../table/data-type.ts';
import { countCodePoints } from '../../table/display-width.ts';
import type { CellWriter } from './cell.ts';
import { isNumeric, isTextual } from './dialect.ts';
import { isFormula } from './formula.ts';
import type { LossCounter } from './losses.ts';
import type { CsvOptions } from './options.ts';

const encoder = new TextEncoder();
const LF = 10;
const CR = 13;
const SPACE = 32;
const APOSTROPHE = 39;

export type Align = NonNullable<ColumnFormat['align']>;

export interface PlacedColumn {
  width: number;
  align: Align;
  /** Whether a part of its value is another value: such are never cut. */
  isWhole: boolean;
}

/** Width and side of each column: its own, else those for all; numbers stand right. */
export function placesOf(options: CsvOptions, schema: Schema): PlacedColumn[] {
  const places = schema.fields.map(({ type }): PlacedColumn => ({
    width: options.width,
    align: isNumeric(type) ? 'right' : 'left',
    isWhole: !isTextual(type),
  }));
  const index = indexColumns(schema);
  for (const { column, width, align } of options.columns) {
    const place = places[index.get(column.name)?.[column.nth ?? 0] ?? -1];
    if (place === undefined) continue;
    if (width !== undefined) place.width = width;
    if (align !== undefined) place.align = align;
  }
  return places;
}

/** Writes `pad` so many times. */
export function pad(out: ByteWriter, padding: Uint8Array, times: number): void {
  for (let i = 0; i < times; i++) out.put(padding);
}

/** How many of the free characters stand before the value. */
export function spaceBefore(align: Align, free: number): number {
  return align === 'left' ? 0 : align === 'right' ? free : free >> 1;
}

export interface LineFacts {
  losses: LossCounter;
  /** 1-based, for errors; 0: the header. */
  rowNumber(): number;
  names: readonly string[];
}

/**
 * Makes cells fit for lines without quotes: guards formulas, and takes line breaks out. `put` writes the content; it may be
 * overwritten afterwards.
 */
export function createLineCells(
  options: CsvOptions,
  { losses, rowNumber, names }: LineFacts,
  put: (bytes: Uint8Array, start: number, end: number, column: number, isNull: boolean) => void,
): CellWriter {
  const nullText = encoder.encode(options.nullText);
  let changed = new Uint8Array(256);
  return {
    expectFileStart() {},
    writeAsItIs: () => false,
    standPlain: () => false,
    wrotePlain() {},
    writeNull: (column) => put(nullText, 0, nullText.length, column, true),
    write(source, start, end, column, _quoted, isText) {
      const isGuarded = isText && options.formulaGuard && isFormula(source, start, end);
      let breaks = false;
      for (let i = start; i < end && !breaks; i++) breaks = source[i] === LF || source[i] === CR;
      if (!isGuarded && !breaks) {
        if (end === start && nullText.length === 0)
          losses.count('csv.empty-as-null', column, source, start, end);
        put(source, start, end, column, false);
        return;
      }
      if (breaks && options.onLineBreak === 'fail')
        throw new ExportError('encode.csv.line-break', {
          row: rowNumber(),
          column: names[column]!,
        });
      if (breaks) losses.count('csv.line-break-replaced', column, source, start, end);
      if (isGuarded) losses.count('csv.formula-guarded', column, source, start, end);
      if (changed.length <= end - start) changed = new Uint8Array((end - start + 1) * 2);
      let n = 0;
      if (isGuarded) changed[n++] = APOSTROPHE;
      for (let i = start; i < end; i++) {
        const byte = source[i]!;
        if (byte === CR && source[i + 1] === LF && i + 1 < end) continue;
        changed[n++] = byte === LF || byte === CR ? SPACE : byte;
      }
      put(changed, 0, n, column, false);
    },
  };
}

/** Cells of a fixed number of characters. */
export function createFixedCells(
  options: CsvOptions,
  places: readonly PlacedColumn[],
  out: ByteWriter,
  facts: LineFacts,
): CellWriter {
  const padding = encoder.encode(options.padding);
  const { losses } = facts;
  const isPadAt = (bytes: Uint8Array, at: number, start: number, end: number): boolean => {
    if (at < start || at + padding.length > end) return false;
    return padding.every((byte, i) => bytes[at + i] === byte);
  };
  return createLineCells(options, facts, (bytes, start, end, column, isNull) => {
    const { width, align, isWhole } = places[column]!;
    const size = countCodePoints(bytes, start, end);
    if (size > width) {
      if (options.onOverflow === 'fail' || (isWhole && facts.rowNumber() > 0))
        throw new ExportError('encode.csv.too-wide', {
          row: facts.rowNumber(),
          column: facts.names[column]!,
          width,
          size,
        });
      losses.count('csv.cut', column, bytes, start, end);
      let at = start;
      for (let count = 0; ; at++) if ((bytes[at]! & 0xc0) !== 0x80 && count++ === width) break;
      out.put(bytes, start, at);
      return;
    }
    const looksPadded =
      (align !== 'left' && isPadAt(bytes, start, start, end)) ||
      (align !== 'right' && isPadAt(bytes, end - padding.length, start, end));
    if (looksPadded && !isNull && facts.rowNumber() > 0)
      losses.count('csv.like-padding', column, bytes, start, end);
    const before = spaceBefore(align, width - size);
    pad(out, padding, before);
    out.put(bytes, start, end);
    pad(out, padding, width - size - before);
  });
}
