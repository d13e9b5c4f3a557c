// Reads CSV bytes as batches of text blocks whose cuts depend on the content alone, never on how the bytes arrived.
import { sizeText } from '../../contract/byte-size.ts';
import { ExportError } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/plugins.ts';
import type { Batch, Column } from '../../table/batch.ts';
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { createCutter } from './cut.ts';
import { csvDialect, skipsEmptyLines, type CsvDialect } from './dialect.ts';
import type { CsvOptions } from './options.ts';
import { createSpans, readRecord, skipComment } from './record.ts';
import type { Place } from './strict.ts';
import { openWindow, WINDOW_BYTES, type SourceWindow } from './window.ts';

/** Throws `read.binary` when the first bytes of a source hold a NUL, which no text has. */
export function refuseBinary(head: Uint8Array, name: string): void {
  const offset = head.subarray(0, WINDOW_BYTES).indexOf(0);
  if (offset >= 0) throw new ExportError('read.binary', { name, byte: '0x00', offset });
}

/** Bytes to look at next: double, but never beyond the largest record with its line end. */
function grownSize(size: number, limit: number, line: number): number {
  if (size >= limit + 2)
    throw new ExportError('read.csv.record-too-large', { line, limit: sizeText(limit) });
  return Math.min(size * 2, limit + 2);
}

export async function* readCsv(context: ReadContext<CsvOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the CSV source reads bytes');
  const dialect = csvDialect(options);
  const columnCount = schema.fields.length;
  const columns: Column[] = schema.fields.map((_, index) => ({ storage: 'text', index }));
  const conformers = conformColumns(schema, context.columns);
  const conform = createConformer(conformers, schema, 'csv');
  const firstSize = Math.min(WINDOW_BYTES, limits.recordBytes + 2);
  const window = openWindow(input);
  try {
    await window.fill(firstSize);
    if (window.filled === 0) throw new ExportError('read.empty', { name: input.name });
    refuseBinary(window.bytes.subarray(0, window.filled), input.name);
    const place: Place = { row: 0, line: 1 };
    let from = 0;
    if (options.header === 'present')
      from = await skipHeader(window, dialect, columnCount, limits.recordBytes, place, input.name);
    const cutter = createCutter(dialect, columnCount);
    // A header that fills the window is followed by a whole one: doubling nothing would stay nothing.
    let size = from < firstSize ? firstSize : from + firstSize;
    for (;;) {
      signal.throwIfAborted();
      await window.fill(size);
      const to = Math.min(size, window.filled);
      const isEnd = window.isEnd && to === window.filled;
      if (from === to && isEnd) return;
      const cut = cutter.cut(window.bytes, from, to, isEnd, place);
      if (cut === null) {
        if (isEnd) return;
        size = from + grownSize(size - from, limits.recordBytes, place.line);
        continue;
      }
      window.moveTo(cut.next);
      from = 0;
      size = firstSize;
      place.line = cut.line;
      for (const reject of cut.rejects) context.reject(reject);
      for (const loss of cut.losses) context.lose(loss);
      if (cut.block === null) continue;
      place.row += cut.block.rowCount;
      const { block, selection } = conform(cut.block, cut.rejectedRows, context);
      yield {
        schema,
        rowCount: block.rowCount,
        selection,
        columns: columns.slice(),
        block,
      };
    }
  } finally {
    await window.close();
  }
}

/** Offset after the header record; moves `place` to the line after it. */
async function skipHeader(
  window: SourceWindow,
  dialect: CsvDialect,
  columnCount: number,
  limit: number,
  place: Place,
  name: string,
): Promise<number> {
  const spans = createSpans();
  const dropsEmptyLines = skipsEmptyLines(dialect, columnCount);
  let size = Math.min(WINDOW_BYTES, limit + 2);
  let at = 0;
  for (;;) {
    const to = Math.min(size, window.filled);
    const isEnd = window.isEnd && to === window.filled;
    if (at >= to && isEnd) throw new ExportError('read.empty', { name });
    if (at < to && window.bytes[at] === dialect.comment) {
      const after = skipComment(window.bytes, at, to, isEnd, dialect);
      if (after >= 0) {
        at = after;
        place.line++;
        continue;
      }
    } else if (at < to && readRecord(window.bytes, at, to, isEnd, dialect, 0, place.line, spans)) {
      at = spans.next;
      place.line += spans.breaks;
      if (spans.isEmptyLine && dropsEmptyLines) continue;
      // The schema was made from this very record: another width means other bytes.
      if (spans.count !== columnCount) throw new ExportError('read.changed', { name });
      return at;
    }
    size = at + grownSize(Math.max(size - at, 1), limit, place.line);
    await window.fill(size);
  }
}
