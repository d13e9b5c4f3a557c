// The second-fastest path: text fields of a block are copied into another dialect, each byte looked at once on its way.
import { type Batch, selectedCount, type TextColumn } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { viewOf } from '../../table/copy-words.ts';
import type { TextBlock } from '../../table/text-block.ts';
import type { CsvDialect } from './dialect.ts';
import { FIRST_BYTES } from './formula.ts';

const CR = 13;
const BACKSLASH = 92;

/** Whether {@link writeRespelled} can write this block in this dialect. */
export function canRespell(block: TextBlock, dialect: CsvDialect): boolean {
  return (
    dialect.isSimple &&
    (dialect.doubles || block.dialect.delimiter === dialect.delimiter[0]) &&
    dialect.quotes !== 'none' &&
    dialect.comment.length === 0 &&
    block.dialect.nullText.length === 0
  );
}

/**
 * Writes the selected rows from the `firstSelected`-th on; all columns are text of `block`. Plain unquoted fields are copied
 * here (between quotes where `must` says so); whatever is quoted, may be a formula, needs quotes or stands in a `formed`
 * column goes to `writeCell(column, row)`.
 */
export function writeRespelled(
  batch: Batch,
  firstSelected: number,
  block: TextBlock,
  columns: readonly TextColumn[],
  { dialect, must, formed }: { dialect: CsvDialect; must: Uint8Array; formed: Uint8Array },
  out: ByteWriter,
  writeCell: (column: number, row: number) => void,
): void {
  const { bytes, ends, columnCount } = block;
  const { special, nullText, lineEnd } = dialect;
  const { selection } = batch;
  const delimiter = dialect.delimiter[0]!;
  const nullSize = nullText.length;
  const sendsEmpty = nullSize > 0 || columns.length === 1 || dialect.quotesNulls;
  const quote = dialect.quote[0]!;
  const count = selectedCount(batch);
  const width = columns.length;
  const index = Int32Array.from(columns, (column) => column.index);
  /** First bytes of fields that need more than a copy. */
  const firstBytes = special.slice();
  if (block.dialect.quote >= 0) firstBytes[block.dialect.quote] = 1;
  if (dialect.guard) for (let b = 0; b < 256; b++) if (FIRST_BYTES[b] !== 0) firstBytes[b] = 1;
  // Alone on a line `\.` means the end of data to some.
  if (columns.length === 1) firstBytes[BACKSLASH] = 1;
  const view = viewOf(bytes);
  // A plain field of the block has no line feed and no delimiter of the block's in it.
  const crWord = CR * 0x01010101;
  const quoteWord = quote * 0x01010101;
  const otherWord = (dialect.doubles ? delimiter : dialect.escape[0]!) * 0x01010101;

  for (let i = firstSelected; i < count; i++) {
    const row = selection === null ? i : selection[i]!;
    const field = row * columnCount;
    for (let c = 0; c < width; c++) {
      const k = index[c]!;
      const f = field + k;
      let at = f === 0 ? block.start : ends[f - 1]! + 1;
      let end = ends[f]!;
      if (k === columnCount - 1 && end > at && bytes[end - 1] === CR) end--;
      const size = end - at;
      out.reserve(size + nullSize + 4);
      if (size === 0) {
        if (sendsEmpty) writeCell(c, row);
      } else if (size === nullSize || formed[c] === 1 || firstBytes[bytes[at]!] !== 0)
        writeCell(c, row);
      else {
        const target = out.bytes;
        let n = out.length;
        if (must[c] === 1) target[n++] = quote;
        const { view: targetView } = out;
        for (; at + 4 <= end; at += 4, n += 4) {
          const v = view.getInt32(at, true);
          const x = v ^ crWord;
          const y = v ^ quoteWord;
          const z = v ^ otherWord;
          const hit = ((x - 0x01010101) & ~x) | ((y - 0x01010101) & ~y) | ((z - 0x01010101) & ~z);
          if ((hit & 0x80808080) !== 0) break;
          targetView.setInt32(n, v, true);
        }
        for (; at < end; at++) {
          const b = bytes[at]!;
          if (special[b] !== 0) break;
          target[n++] = b;
        }
        if (at < end) writeCell(c, row);
        else {
          if (must[c] === 1) target[n++] = quote;
          out.length = n;
        }
      }
      out.reserve(2);
      out.bytes[out.length++] = delimiter;
    }
    out.length--;
    out.put(lineEnd);
  }
}
