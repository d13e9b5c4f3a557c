// Rows that are held back until all are known: aligned text, whose widths are those of the longest values, and a count of rows
// that stands before them.
import type { EncoderContext, Segment, StreamEncoder } from '../../contract/encoder.ts';
import type { Scratch } from '../../contract/scratch.ts';
import { selectedCount } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { displayWidth } from '../../table/display-width.ts';
import { formsOf, openDelimited } from './delimited.ts';
import { lineEndOf } from './dialect.ts';
import { countsBefore, noteLines } from './frame.ts';
import { createLossCounter } from './losses.ts';
import type { CsvOptions } from './options.ts';
import { type Align, createLineCells, pad, placesOf, spaceBefore } from './padded.ts';
import { createRows, hasHeader } from './rows.ts';

/** Bytes that are read back at a time. */
const CHUNK = 1 << 20;
const encoder = new TextEncoder();

/** Reads what was put aside in pieces. */
async function* piecesOf(
  file: { sizeBytes: number; read(from: number, to: number): Promise<Uint8Array> } | null,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; file !== null && at < file.sizeBytes; at += CHUNK)
    yield await file.read(at, Math.min(at + CHUNK, file.sizeBytes));
}

/** Opens the encoder for options that need all rows first; null: these do not. */
export function openHeldBack(
  context: EncoderContext<CsvOptions>,
  room: { scratch: Scratch },
): StreamEncoder | null {
  const { options } = context;
  if (context.schema.fields.length === 0) return null;
  if (options.layout === 'aligned') return openAligned(context, room.scratch);
  return countsBefore(options) ? openCounted(context, room.scratch) : null;
}

/** Delimited or fixed rows, put aside as they are until their number is known. */
function openCounted(context: EncoderContext<CsvOptions>, scratch: Scratch): StreamEncoder {
  const inner = openDelimited(context);
  let file: Awaited<ReturnType<Scratch['create']>> | null = null;
  return {
    begin: () => [],
    async encodeBatch(batch, at) {
      const encoded = inner.encodeBatch(batch, at);
      file ??= await scratch.create();
      for (const { bytes } of encoded.segments) await file.write(bytes);
      return { ...encoded, segments: [] };
    },
    async *end(totals) {
      yield* inner.begin(totals.rowCount);
      for await (const bytes of piecesOf(file)) yield { bytes };
      yield* inner.end(totals);
    },
    async close() {
      await file?.close();
      file = null;
    },
  };
}

function openAligned(context: EncoderContext<CsvOptions>, scratch: Scratch): StreamEncoder {
  const { options, schema } = context;
  const names = schema.fields.map((field) => field.name);
  const places = placesOf(options, schema);
  const losses = createLossCounter(names);
  const out = new ByteWriter(1 << 16);
  const widths = new Uint32Array(names.length);
  const nothing = new Uint8Array(0);
  let rowNumber = 0;
  const facts = { losses, names, rowNumber: () => rowNumber };
  // Each cell as its size and its bytes: the columns follow each other, so that no more needs to be known.
  const cells = createLineCells(options, facts, (bytes, start, end, column) => {
    const size = end - start;
    out.reserve(4 + size);
    out.view.setUint32(out.length, size, true);
    out.length += 4;
    out.put(bytes, start, end);
    widths[column] = Math.max(widths[column]!, displayWidth(bytes, start, end));
  });
  const rows = createRows({
    options,
    schema,
    forms: formsOf(options, schema),
    out,
    losses,
    cells,
    heads: cells,
    before: nothing,
    between: nothing,
    after: nothing,
  });
  let file: Awaited<ReturnType<Scratch['create']>> | null = null;
  const putAside = async (): Promise<void> => {
    file ??= await scratch.create();
    await file.write(out.written());
    out.clear();
  };
  let hasBegun = false;
  const writeHeader = async (): Promise<void> => {
    if (hasBegun) return;
    hasBegun = true;
    if (!hasHeader(options)) return;
    rows.writeHeader();
    await putAside();
  };

  return {
    begin: () => [],
    async encodeBatch(batch, at) {
      await writeHeader();
      rows.writeRows(batch, rows.cellsOf(batch, false), 0, (i) => {
        rowNumber = at.firstRow + i + 1;
      });
      if (selectedCount(batch) > 0) await putAside();
      return { segments: [], losses: losses.take() };
    },
    async *end(totals) {
      await writeHeader();
      const before = noteLines(options.preamble, context, totals.rowCount);
      if (before.length > 0) yield { bytes: before };
      yield* alignedLines(
        piecesOf(file),
        options,
        widths,
        places.map(({ align }) => align),
      );
      const after = noteLines(options.trailer, context, totals.rowCount);
      if (after.length > 0) yield { bytes: after };
    },
    async close() {
      await file?.close();
      file = null;
    },
  };
}

/** The lines of cells that were put aside, each in its column. */
async function* alignedLines(
  pieces: AsyncIterable<Uint8Array>,
  options: CsvOptions,
  widths: Uint32Array,
  aligns: readonly Align[],
): AsyncGenerator<Segment> {
  const out = new ByteWriter(CHUNK);
  const padding = encoder.encode(options.padding);
  const gap = encoder.encode(options.gap);
  const prefix = encoder.encode(options.rowPrefix);
  const end = encoder.encode(options.rowSuffix + lineEndOf(options));
  const last = widths.length - 1;
  // Without anything to be seen behind it, the space after the last value is of no use.
  const isOpenEnded =
    options.rowSuffix === '' && options.padding === ' ' && /^ *$/.test(options.gap);
  let column = 0;
  /** Where the row's last value ends. */
  let used = 0;
  let rest = new Uint8Array(0);
  for await (const piece of pieces) {
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    while (at + 4 <= bytes.length) {
      const from = at + 4;
      const to = from + view.getUint32(at, true);
      if (to > bytes.length) break;
      if (column === 0) {
        out.put(prefix);
        used = out.length;
      } else out.put(gap);
      const free = widths[column]! - displayWidth(bytes, from, to);
      const before = spaceBefore(aligns[column]!, free);
      pad(out, padding, before);
      out.put(bytes, from, to);
      if (to > from || !isOpenEnded) used = out.length;
      pad(out, padding, free - before);
      if (column === last) {
        if (isOpenEnded) out.length = used;
        out.put(end);
      }
      column = column === last ? 0 : column + 1;
      at = to;
    }
    rest = bytes.slice(at);
    if (column > 0) continue;
    yield { bytes: out.take() };
  }
}
