// Reads the rows of one table of a Markdown document as batches of text blocks whose cuts depend on the content alone.
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { ERROR_TEXTS } from '../../contract/error-codes.ts';
import { ExportError, fillText, shorten } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { grownSize, openWindow, refuseBinary, WINDOW_BYTES } from '../../contract/text-window.ts';
import { count } from '../../contract/type-evidence.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { CellValues } from './cell-values.ts';
import { LineCells } from './cells.ts';
import type { MarkdownOptions } from './options.ts';
import { TableFinder } from './table-finder.ts';
import { LOSS_SENTENCES } from './texts.ts';

const CR = 13;
const LF = 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export async function* readMarkdown(context: ReadContext<MarkdownOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal, table, wanted } = context;
  if (input.kind !== 'bytes') throw new TypeError('the Markdown source reads bytes');
  const { raggedRows, skipColumns } = options;
  const { length: width } = schema.fields;
  const conform = createConformer(conformColumns(schema, context.columns), schema, 'markdown');
  const finder = new TableFinder();
  const cells = new LineCells();
  const values = new CellValues(options);
  const writer = new BlockWriter(width, true);
  const window = openWindow(input.open());
  const losses = new Map<keyof typeof LOSS_SENTENCES, number>();
  let row = 0;
  let rejectedRows: number[] = [];
  let isFound = false;
  let isOver = false;

  /** A row of another length; whether it is rejected. */
  const misfit = (bytes: Uint8Array, from: number, to: number, line: number): boolean => {
    const code = 'read.markdown.ragged-row';
    const found = Math.max(0, cells.count - skipColumns);
    const parameters = { line, found: count(found, 'cell', 'cells'), expected: width };
    if (raggedRows === 'fail') throw new ExportError(code, parameters);
    if (raggedRows === 'reject') {
      rejectedRows.push(writer.rowCount);
      const record = decoder.decode(bytes.subarray(from, to));
      const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
      context.reject({ row, line, code, sentence, value: shorten(record.trim()), record });
      return true;
    }
    const loss = found < width ? 'markdown.row-padded' : 'markdown.row-cut';
    const times = found < width ? 1 : found - width;
    losses.set(loss, (losses.get(loss) ?? 0) + times);
    return false;
  };

  const addRow = (bytes: Uint8Array, from: number, to: number, line: number): void => {
    cells.cut(bytes, from, to);
    if (cells.count !== width + skipColumns) misfit(bytes, from, to, line);
    for (let column = 0; column < width; column++) {
      const c = column + skipColumns;
      const isLookedAt = c < cells.count && (wanted === undefined || wanted.has(column));
      if (!isLookedAt || values.take(bytes, cells.starts[c]!, cells.ends[c]!)) writer.addNull();
      else writer.addText(values.bytes, values.start, values.end);
    }
    writer.endRow(line);
    row++;
  };

  const addLine = (bytes: Uint8Array, from: number, to: number, line: number): void => {
    const kind = finder.take(bytes, from, to);
    if (kind === 'row') {
      if (isFound) addRow(bytes, from, to, line);
    } else if (isFound) isOver = true;
    else if (kind === 'start' && (table === undefined || finder.name === table)) isFound = true;
  };

  try {
    const firstSize = Math.min(WINDOW_BYTES, limits.recordBytes + 2);
    let size = firstSize;
    await window.fill(size);
    refuseBinary(window.bytes.subarray(0, window.filled), input.name);
    let line = 1;
    for (;;) {
      signal.throwIfAborted();
      await window.fill(size);
      const { bytes } = window;
      const filled = Math.min(size, window.filled);
      const isEnd = window.isEnd && filled === window.filled;
      let from = 0;
      while (from < filled && !isOver) {
        const feed = bytes.indexOf(LF, from);
        const hasFeed = feed >= 0 && feed < filled;
        if (!hasFeed && !isEnd) break;
        let to = hasFeed ? feed : filled;
        const next = hasFeed ? feed + 1 : filled;
        if (to > from && bytes[to - 1] === CR) to--;
        addLine(bytes, from, to, line);
        from = next;
        line++;
        if (writer.isFull) break;
      }
      if (writer.rowCount > 0) {
        const { block, selection } = conform(writer.take(), rejectedRows, context);
        rejectedRows = [];
        yield { ...blockBatch(schema, block), selection };
      }
      if (isOver || (from === filled && isEnd)) break;
      if (from === 0) {
        size = grownSize(size, limits.recordBytes, line, 'read.markdown.record-too-large');
        continue;
      }
      window.moveTo(from);
      size = firstSize;
    }
    if (!isFound) throw new ExportError('read.changed', { name: input.name });
    for (const [code, times] of losses)
      context.lose({ code, sentence: LOSS_SENTENCES[code], count: times });
  } finally {
    await window.close();
  }
}
