// Reads CSV bytes as batches of text blocks whose cuts depend on the content alone, never on how the bytes arrived.
import { ExportError } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch, Column } from '../../table/batch.ts';
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { withoutOuterLines } from '../../contract/outer-lines.ts';
import {
  grownSize,
  openWindow,
  refuseBinary,
  WINDOW_BYTES,
  type TextWindow,
} from '../../contract/text-window.ts';
import { createCutter } from './cut.ts';
import { csvDialect, skipsEmptyLines, type CsvDialect } from './dialect.ts';
import type { CsvOptions } from './options.ts';
import { createSpans, isComment, readRecord, skipComment } from './record.ts';
import type { Place } from './strict.ts';
import { LOSS_SENTENCES } from './texts.ts';

const TOO_LARGE = 'read.csv.record-too-large';

export async function* readCsv(context: ReadContext<CsvOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the CSV source reads bytes');
  const dialect = csvDialect(options);
  const columnCount = schema.fields.length;
  const columns: Column[] = schema.fields.map((_, index) => ({ storage: 'text', index }));
  const conformers = conformColumns(schema, context.columns);
  const conform = createConformer(conformers, schema, 'csv');
  const firstSize = Math.min(WINDOW_BYTES, limits.recordBytes + 2);
  const leftOut = { first: 0, last: 0 };
  const { skipLines: first, skipLastLines: last } = options;
  const window = openWindow(
    first + last === 0
      ? input.open()
      : withoutOuterLines(
          input.open(),
          { first, last, anyLineEnd: dialect.anyLineEnd },
          leftOut,
          limits.recordBytes,
        ),
  );
  const lose = (code: keyof typeof LOSS_SENTENCES, count: number): void => {
    if (count > 0) context.lose({ code, sentence: LOSS_SENTENCES[code], count, unit: 'lines' });
  };
  try {
    await window.fill(firstSize);
    if (window.filled === 0) throw new ExportError('read.empty', { name: input.name });
    if (options.nulCharacters === 'fail')
      refuseBinary(window.bytes.subarray(0, window.filled), input.name);
    lose('csv.first-lines', leftOut.first);
    const place: Place = { row: 0, line: 1 + leftOut.first };
    let from = 0;
    if (options.header === 'present') {
      const header = { rows: options.headerRows, width: columnCount, name: input.name };
      const skipped = await skipHeader(window, dialect, header, limits.recordBytes, place);
      from = skipped.to;
      lose('csv.comment-lines', skipped.comments);
    }
    const cutter = createCutter(dialect, columnCount);
    // A header that fills the window is followed by a whole one: doubling nothing would stay nothing.
    let size = from < firstSize ? firstSize : from + firstSize;
    for (;;) {
      signal.throwIfAborted();
      await window.fill(size);
      const to = Math.min(size, window.filled);
      const isEnd = window.isEnd && to === window.filled;
      if (from === to && isEnd) {
        lose('csv.last-lines', leftOut.last);
        return;
      }
      const cut = cutter.cut(window.bytes, from, to, isEnd, place);
      if (cut === null) {
        if (isEnd) {
          lose('csv.last-lines', leftOut.last);
          return;
        }
        size = from + grownSize(size - from, limits.recordBytes, place.line, TOO_LARGE);
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

/** Offset after the header records, and the comments among them; moves `place` to the line after them. */
async function skipHeader(
  window: TextWindow,
  dialect: CsvDialect,
  { rows, width, name }: { rows: number; width: number; name: string },
  limit: number,
  place: Place,
): Promise<{ to: number; comments: number }> {
  const spans = createSpans();
  const dropsEmptyLines = skipsEmptyLines(dialect, width);
  let size = Math.min(WINDOW_BYTES, limit + 2);
  let at = 0;
  let comments = 0;
  let found = 0;
  let widest = 0;
  for (;;) {
    const to = Math.min(size, window.filled);
    const isEnd = window.isEnd && to === window.filled;
    if (at >= to && isEnd) throw new ExportError('read.empty', { name });
    if (at < to && isComment(window.bytes, at, to, dialect)) {
      const after = skipComment(window.bytes, at, to, isEnd, dialect);
      if (after >= 0) {
        at = after;
        place.line++;
        comments++;
        continue;
      }
    } else if (at < to && readRecord(window.bytes, at, to, isEnd, dialect, 0, place.line, spans)) {
      at = spans.next;
      place.line += spans.breaks;
      if (spans.isEmptyLine && dropsEmptyLines) continue;
      widest = Math.max(widest, spans.count);
      if (++found < rows) continue;
      // The schema was made from these very records: another width means other bytes.
      if (widest !== width) throw new ExportError('read.changed', { name });
      return { to: at, comments };
    }
    size = at + grownSize(Math.max(size - at, 1), limit, place.line, TOO_LARGE);
    await window.fill(size);
  }
}
