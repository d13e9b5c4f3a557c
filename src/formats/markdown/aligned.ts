// The padded layout: rows are put aside until every column's width is known, then written with their cells below each other.
import type {
  EncodedTable,
  EncoderContext,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { textWidth } from '../../table/text-width.ts';
import { openCells, type RowFrame } from './cells.ts';
import type { MarkdownOptions } from './options.ts';
import { paddingOf, separator, type Side, sidesOf, tablesOf } from './table.ts';

/** Bytes of the put-aside rows that are read at a time. */
const PIECE_BYTES = 1 << 20;
/** Before each cell: its size in bytes and its width in columns, 32 bits each. */
const HEAD_BYTES = 8;
/** Narrower columns have no room for a separator. */
const LEAST_WIDTH = 3;

export function openAligned(
  context: EncoderContext<MarkdownOptions>,
  scratch: Scratch,
): StreamEncoder {
  const { options } = context;
  const tables = tablesOf(context);
  const isMany = context.tables !== undefined;
  const out = new ByteWriter(1 << 16);
  const cells = openCells(options, out);
  let file: ScratchFile | null = null;
  let widths: number[] = [];
  let column = 0;
  let cellStart = 0;

  const frame: RowFrame = {
    startRow() {
      column = 0;
    },
    startCell() {
      out.reserve(HEAD_BYTES);
      out.length += HEAD_BYTES;
      cellStart = out.length;
    },
    endCell() {
      const size = out.length - cellStart;
      const width = textWidth(out.bytes, cellStart, out.length);
      out.view.setUint32(cellStart - HEAD_BYTES, size, true);
      out.view.setUint32(cellStart - HEAD_BYTES + 4, width, true);
      if (width <= options.widest) widths[column] = Math.max(widths[column]!, width);
      column++;
    },
    endRow() {},
  };

  /** Nothing is written yet. */
  const start = async (table: EncodedTable): Promise<Segment[]> => {
    await file?.close();
    file = await scratch.create();
    const count = table.schema.fields.length + (options.rowNumbers ? 1 : 0);
    widths = Array.from({ length: count }, () => LEAST_WIDTH);
    out.clear();
    cells.writeNames(table, frame);
    await file.write(out.written());
    return [];
  };

  const finish = async function* (
    { schema }: EncodedTable,
    heading: string,
    isFurther: boolean,
  ): AsyncGenerator<Segment> {
    const sides = sidesOf(schema, options);
    out.clear();
    if (isFurther) out.byte(10);
    if (heading !== '') {
      out.ascii('## ');
      cells.writeText(heading);
      out.ascii('\n\n');
    }
    let isHead = true;
    for await (const bytes of rowsOf(file!, sides.length)) {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      for (let at = 0; at < bytes.length;) {
        out.byte(124);
        for (let c = 0; c < sides.length; c++) {
          const size = view.getUint32(at, true);
          const width = view.getUint32(at + 4, true);
          at += HEAD_BYTES;
          const [before, after] = paddingOf(sides[c]!, widths[c]! - width);
          out.ascii(' '.repeat(before + 1));
          out.put(bytes, at, at + size);
          out.ascii(`${' '.repeat(after + 1)}|`);
          at += size;
        }
        out.byte(10);
        if (isHead) out.ascii(separatorLine(sides, widths));
        isHead = false;
      }
      yield { bytes: out.take() };
    }
    await file!.close();
    file = null;
  };

  return {
    async *begin() {
      if (!isMany) yield* await start(tables[0]!);
    },
    async *beginTable(nth) {
      yield* await start(tables[nth]!);
    },
    async encodeBatch(batch, at) {
      out.clear();
      cells.writeRows(batch, at, frame);
      await file!.write(out.written());
      return { segments: [], losses: cells.takeLosses() };
    },
    async *endTable(nth) {
      yield* finish(tables[nth]!, tables[nth]!.name, nth > 0);
    },
    async *end() {
      if (!isMany) yield* finish(tables[0]!, options.heading, false);
    },
    async close() {
      await file?.close();
    },
  };
}

function separatorLine(sides: readonly Side[], widths: readonly number[]): string {
  return `|${sides.map((side, c) => ` ${separator(side, widths[c]!)} |`).join('')}\n`;
}

/** The put-aside rows in pieces of whole ones. */
async function* rowsOf(file: ScratchFile, columnCount: number): AsyncGenerator<Uint8Array> {
  let want = PIECE_BYTES;
  for (let from = 0; from < file.sizeBytes;) {
    const bytes = await file.read(from, Math.min(file.sizeBytes, from + want));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    let whole = 0;
    for (let at = 0, cell = 0; at + HEAD_BYTES <= bytes.length;) {
      at += HEAD_BYTES + view.getUint32(at, true);
      if (at > bytes.length) break;
      if (++cell === columnCount) {
        cell = 0;
        whole = at;
      }
    }
    // A row that is larger than a piece.
    want = whole === 0 ? want * 2 : PIECE_BYTES;
    if (whole > 0) yield bytes.subarray(0, whole);
    from += whole;
  }
}
