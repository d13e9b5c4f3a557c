// Reads lines of fixed-width fields as batches of text blocks whose cuts depend on the content alone.
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { ERROR_TEXTS } from '../../contract/error-codes.ts';
import { ExportError, fillText, shorten } from '../../contract/errors.ts';
import { withoutOuterLines } from '../../contract/outer-lines.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { grownSize, openWindow, refuseBinary, WINDOW_BYTES } from '../../contract/text-window.ts';
import { count } from '../../contract/type-evidence.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { columnsOf } from './columns.ts';
import { createLineCutter } from './lines.ts';
import type { FixedWidthOptions } from './options.ts';
import { LOSS_SENTENCES } from './texts.ts';

const CR = 13;
const LF = 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export async function* readFixedWidth(
  context: ReadContext<FixedWidthOptions>,
): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the fixed-width source reads bytes');
  const columns = columnsOf(options.widths);
  const { length: width } = columns;
  // The schema was made from these very columns: another number means another layout.
  if (width !== schema.fields.length) throw new ExportError('read.changed', { name: input.name });
  const { raggedRows } = options;
  const conform = createConformer(conformColumns(schema, context.columns), schema, 'fixed-width');
  const cutter = createLineCutter(columns, options);
  const comment = new TextEncoder().encode(options.comment ?? '');
  const nullText = new TextEncoder().encode(options.nullText);
  const writer = new BlockWriter(width, true);
  const lose = (code: keyof typeof LOSS_SENTENCES, times: number): void => {
    if (times > 0)
      context.lose({
        code,
        sentence: LOSS_SENTENCES[code],
        count: times,
        ...(code.endsWith('-lines') && { unit: 'lines' }),
      });
  };
  const leftOut = { first: 0, last: 0 };
  const outer = { first: options.skipLines, last: options.skipLastLines, anyLineEnd: false };
  const window = openWindow(
    outer.first + outer.last === 0
      ? input.open()
      : withoutOuterLines(input.open(), outer, leftOut, limits.recordBytes),
  );
  let headLines =
    options.header === 'present' ? options.headerRows + (options.ruler === 'present' ? 1 : 0) : 0;
  let row = 0;
  let rejectedRows: number[] = [];
  let padded = 0;
  let cut = 0;
  let comments = 0;

  /** Writes one line as a row, whatever becomes of it. */
  const addLine = (bytes: Uint8Array, from: number, to: number, line: number): void => {
    const misfit = (
      code: 'read.fixed-width.short-line' | 'read.fixed-width.outside',
      parameters: Record<string, string | number>,
      isMended: boolean,
    ): boolean => {
      if (raggedRows === 'fail') throw new ExportError(code, parameters);
      if (isMended) return false;
      rejectedRows.push(writer.rowCount);
      const record = decoder.decode(bytes.subarray(from, to));
      const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
      context.reject({ row, line, code, sentence, value: shorten(record.trimEnd()), record });
      return true;
    };
    let isRejected = false;
    let isPadded = false;
    if (cutter.found < width) {
      const at = columns.findIndex((column) => column.from >= cutter.places.count);
      const found = count(cutter.places.count, 'place', 'places');
      const column = shorten(schema.fields[at]!.name);
      const isMended = raggedRows !== 'reject';
      isRejected = misfit('read.fixed-width.short-line', { line, found, column }, isMended);
      isPadded = !isRejected;
    }
    const place = options.outside === 'blank' && !isRejected ? cutter.outside(bytes) : -1;
    if (place >= 0) {
      const value = shorten(decoder.decode(bytes.subarray(cutter.places.offset(place), to)).trim());
      const parameters = { line, place: place + 1, value };
      isRejected = misfit('read.fixed-width.outside', parameters, raggedRows === 'fit');
      if (!isRejected) cut++;
    }
    if (isPadded && !isRejected) padded++;
    for (let c = 0; c < width; c++) {
      const start = cutter.starts[c]!;
      const end = cutter.ends[c]!;
      let isNull = end - start === nullText.length || columns[c]!.from >= cutter.places.count;
      for (let i = start; isNull && i < end; i++) isNull = bytes[i] === nullText[i - start];
      if (isNull) writer.addNull();
      else writer.addText(bytes, start, end);
    }
    writer.endRow(line);
    row++;
  };

  const isComment = (bytes: Uint8Array, from: number, to: number): boolean => {
    if (comment.length === 0 || to - from < comment.length) return false;
    return comment.every((byte, i) => bytes[from + i] === byte);
  };

  try {
    const firstSize = Math.min(WINDOW_BYTES, limits.recordBytes + 2);
    let size = firstSize;
    await window.fill(size);
    if (window.filled === 0) throw new ExportError('read.empty', { name: input.name });
    refuseBinary(window.bytes.subarray(0, window.filled), input.name);
    lose('fixed-width.first-lines', leftOut.first);
    let line = 1 + leftOut.first;
    for (;;) {
      signal.throwIfAborted();
      await window.fill(size);
      const { bytes } = window;
      const filled = Math.min(size, window.filled);
      const isEnd = window.isEnd && filled === window.filled;
      let from = 0;
      while (from < filled) {
        const feed = bytes.indexOf(LF, from);
        const hasFeed = feed >= 0 && feed < filled;
        if (!hasFeed && !isEnd) break;
        const next = hasFeed ? feed + 1 : filled;
        let to = hasFeed ? feed : filled;
        if (to > from && bytes[to - 1] === CR) to--;
        if (isComment(bytes, from, to)) comments++;
        else {
          cutter.cut(bytes, from, to);
          if (!cutter.isBlank && headLines > 0) headLines--;
          else if (!cutter.isBlank) addLine(bytes, from, to, line);
        }
        from = next;
        line++;
        if (writer.isFull) break;
      }
      lose('fixed-width.row-padded', padded);
      lose('fixed-width.row-cut', cut);
      lose('fixed-width.comment-lines', comments);
      padded = cut = comments = 0;
      if (writer.rowCount > 0) {
        const { block, selection } = conform(writer.take(), rejectedRows, context);
        rejectedRows = [];
        yield { ...blockBatch(schema, block), selection };
      }
      if (from === filled && isEnd) {
        lose('fixed-width.last-lines', leftOut.last);
        return;
      }
      if (from === 0) {
        size = grownSize(size, limits.recordBytes, line, 'read.fixed-width.record-too-large');
        continue;
      }
      window.moveTo(from);
      size = firstSize;
    }
  } finally {
    await window.close();
  }
}
