// Reads rows that a template describes as batches of text blocks whose cuts depend on the content alone.
import { conformColumns, createConformer } from '../../contract/conform.ts';
import { ERROR_TEXTS } from '../../contract/error-codes.ts';
import { ExportError, fillText, shorten } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { grownSize, openWindow, refuseBinary, WINDOW_BYTES } from '../../contract/text-window.ts';
import type { Batch } from '../../table/batch.ts';
import { BlockWriter, blockBatch } from '../../table/block-writer.ts';
import { NEED } from './mark.ts';
import { longestSuffix, Matcher, rowsEnd } from './match.ts';
import type { TextSourceOptions } from './options.ts';
import { planText } from './plan.ts';
import { countLines, RowCutter } from './rows.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether a NUL speaks against it: where values are escaped, one may hold anything. */
export const refusesNul = ({ target }: TextSourceOptions): boolean =>
  target === 'none' || target === 'log';

export async function* readText(context: ReadContext<TextSourceOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the text source reads bytes');
  const plan = planText(options);
  const width = schema.fields.length;
  // The schema was made from this very template: another number means another template.
  if (width !== plan.names.length) throw new ExportError('read.changed', { name: input.name });
  const conform = createConformer(conformColumns(schema, context.columns), schema, 'text');
  const places = Matcher.places(plan.row, width);
  const rows = new RowCutter(plan, options.nullText);
  const prefix = new Matcher(plan.prefix, null, options.nullText);
  const suffix = new Matcher(plan.suffix, null, options.nullText);
  const held = longestSuffix(plan);
  const writer = new BlockWriter(width, true);
  const window = openWindow(input.open());
  let rejectedRows: number[] = [];
  let row = 0;
  let line = 1;
  let isBegun = false;

  const addMisfit = (bytes: Uint8Array, from: number, to: number): void => {
    const code = 'read.text.misfit';
    const parameters = { line, detail: rows.matcher.misfit };
    // Where the next row begins nobody knows then.
    const isLast = plan.separator === null || rows.matcher.isOpen;
    if (options.raggedRows === 'fail' || isLast) throw new ExportError(code, parameters);
    rejectedRows.push(writer.rowCount);
    const record = decoder.decode(bytes.subarray(from, to));
    const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
    context.reject({ row, line, code, sentence, value: shorten(record.trimEnd()), record });
    for (let c = 0; c < width; c++) writer.addNull();
    writer.endRow(line);
    row++;
  };

  const addRow = (): void => {
    for (let c = 0; c < width; c++) {
      const { isNull, bytes, start, end } = rows.matcher.cell(places[c]!);
      if (isNull) writer.addNull();
      else writer.addText(bytes, start, end);
    }
    writer.endRow(line);
    row++;
  };

  try {
    const firstSize = Math.min(WINDOW_BYTES, limits.recordBytes + 2) + held;
    let size = firstSize;
    await window.fill(size);
    if (window.filled === 0) throw new ExportError('read.empty', { name: input.name });
    if (refusesNul(options)) refuseBinary(window.bytes.subarray(0, window.filled), input.name);
    for (;;) {
      signal.throwIfAborted();
      await window.fill(size);
      const { bytes } = window;
      const filled = Math.min(size, window.filled);
      const isEnd = window.isEnd && filled === window.filled;
      let from = 0;
      let isDone = false;
      if (!isBegun) {
        const end = prefix.match({ bytes, to: filled, isEnd }, 0);
        if (end >= 0) {
          isBegun = true;
          from = end;
          line += countLines(bytes, 0, end);
        } else if (end !== NEED)
          throw new ExportError('read.text.prefix', { name: input.name, detail: prefix.misfit });
      }
      if (isBegun) {
        const to = isEnd ? rowsEnd(bytes, from, filled, plan, suffix) : filled - held;
        if (to < 0 && isEnd) throw new ExportError('read.text.suffix', { name: input.name });
        const stretch = { bytes, to, isEnd };
        while (!writer.isFull) {
          const outcome = rows.cut(stretch, from);
          isDone = outcome === 'end';
          if (isDone || outcome === 'need') break;
          if (outcome === 'row') addRow();
          else if (outcome === 'misfit') addMisfit(bytes, from, rows.end);
          line += countLines(bytes, from, rows.next);
          from = rows.next;
        }
      }
      if (writer.rowCount > 0) {
        const { block, selection } = conform(writer.take(), rejectedRows, context);
        rejectedRows = [];
        yield { ...blockBatch(schema, block), selection };
      }
      if (isDone) return;
      if (from === 0) {
        const limit = limits.recordBytes;
        size = grownSize(size - held, limit, line, 'read.text.record-too-large') + held;
        continue;
      }
      window.moveTo(from);
      size = firstSize;
    }
  } finally {
    await window.close();
  }
}
