// The fast path: fields of a text block that already stand in the output's dialect are copied as they are, whole row ranges at once.
import { type Batch, selectedCount, type TextColumn } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { copyWords, viewOf } from '../../table/copy-words.ts';
import type { TextBlock } from '../../table/text-block.ts';
import type { CsvDialect } from './dialect.ts';
import { FIRST_BYTES, isFormula } from './formula.ts';

const LF = 10;
const CR = 13;

/** Whether the block's fields are written exactly as this output writes them under `preserve`. */
export function isSameDialect(block: TextBlock, dialect: CsvDialect): boolean {
  const { nullText } = block.dialect;
  return (
    dialect.quotes === 'preserve' &&
    dialect.isSimple &&
    dialect.endsInLf &&
    dialect.comment.length === 0 &&
    dialect.doubles &&
    dialect.quotesEmpty &&
    block.dialect.delimiter === dialect.delimiter[0] &&
    block.dialect.quote === dialect.quote[0] &&
    nullText.length === 0
  );
}

/** Neighbouring block columns that stand side by side in the output too: one copy for all of them. */
interface Span {
  from: number;
  to: number;
}

/** The output columns as spans of block columns. */
export function spansOf(columns: readonly TextColumn[]): Span[] {
  const spans: Span[] = [];
  for (const { index } of columns) {
    const last = spans.at(-1);
    if (last && last.to + 1 === index) last.to = index;
    else spans.push({ from: index, to: index });
  }
  return spans;
}

/** Per first byte of a field, 1 when it must be looked at: the guard's bytes and the quote. The delimiter means empty. */
function firstByteTable(block: TextBlock): Uint8Array {
  const table = new Uint8Array(256);
  for (let i = 0; i < 256; i++) if (FIRST_BYTES[i] !== 0) table[i] = 1;
  table[block.dialect.quote] = 1;
  table[block.dialect.delimiter] = 0;
  table[LF] = 0;
  return table;
}

/**
 * Writes the selected rows of a batch, from the `firstSelected`-th on, whose columns are all text in the output's own dialect. A row with a formula in it
 * goes to `writeRow`, field by field.
 */
export function writeVerbatim(
  batch: Batch,
  firstSelected: number,
  block: TextBlock,
  spans: readonly Span[],
  dialect: CsvDialect,
  out: ByteWriter,
  writeRow: (row: number) => void,
): void {
  const { bytes, ends, columnCount } = block;
  const { guard } = dialect;
  const { quote } = block.dialect;
  const wantsCr = dialect.lineEnd.length === 2;
  const delimiter = dialect.delimiter[0]!;
  const table = firstByteTable(block);
  const view = viewOf(bytes);
  const wordEnd = bytes.length - 3;
  const count = selectedCount(batch);
  const { selection } = batch;
  const isWhole = spans.length === 1 && spans[0]!.from === 0 && spans[0]!.to === columnCount - 1;
  const spanCount = spans.length;
  const spanFrom = Int32Array.from(spans, (s) => s.from);
  const spanTo = Int32Array.from(spans, (s) => s.to);

  /** Whether a field whose first byte is in the table is a formula. */
  const isFormulaAt = (start: number, end: number): boolean => {
    if (bytes[start] === quote) return end - start > 2 && isFormula(bytes, start + 1, end - 1);
    const isLineEnd = bytes[end] === LF && bytes[end - 1] === CR;
    return isFormula(bytes, start, isLineEnd ? end - 1 : end);
  };

  let runStart = -1;
  let runEnd = -1;
  for (let i = firstSelected; i < count; i++) {
    const row = selection === null ? i : selection[i]!;
    const field = row * columnCount;
    const start = field === 0 ? block.start : ends[field - 1]! + 1;
    let isDirty = false;
    if (guard) {
      for (let s = 0; s < spanCount && !isDirty; s++) {
        const first = field + spanFrom[s]!;
        const last = field + spanTo[s]!;
        let at = first === 0 ? block.start : ends[first - 1]! + 1;
        for (let f = first; f <= last; f++) {
          const end = ends[f]!;
          if (table[bytes[at]!] !== 0 && isFormulaAt(at, end)) {
            isDirty = true;
            break;
          }
          at = end + 1;
        }
      }
    }
    if (isWhole && !isDirty) {
      const last = field + columnCount - 1;
      const end = ends[last]!;
      const hasCr =
        bytes[end - 1] === CR && end > start && (columnCount === 1 || end > ends[last - 1]! + 1);
      if (hasCr === wantsCr) {
        if (start !== runEnd) {
          if (runEnd > runStart) out.put(bytes, runStart, runEnd);
          runStart = start;
        }
        runEnd = end + 1;
        continue;
      }
    }
    if (runEnd > runStart) out.put(bytes, runStart, runEnd);
    runStart = runEnd = -1;
    if (isDirty) {
      writeRow(row);
      continue;
    }
    out.reserve(ends[field + columnCount - 1]! - start + spanCount + 2);
    const target = out.bytes;
    const targetView = out.view;
    let n = out.length;
    for (let s = 0; s < spanCount; s++) {
      const first = field + spanFrom[s]!;
      const last = field + spanTo[s]!;
      const at = first === 0 ? block.start : ends[first - 1]! + 1;
      let end = ends[last]!;
      if (spanTo[s] === columnCount - 1 && bytes[end - 1] === CR) {
        const lastStart = last === 0 ? block.start : ends[last - 1]! + 1;
        if (end > lastStart) end--;
      }
      const size = end - at;
      if (size < 200 && end <= wordEnd) {
        copyWords(view, at, size, targetView, n);
        n += size;
      } else {
        target.set(bytes.subarray(at, end), n);
        n += size;
      }
      target[n++] = delimiter;
    }
    n--;
    if (wantsCr) target[n++] = CR;
    target[n++] = LF;
    out.length = n;
  }
  if (runEnd > runStart) out.put(bytes, runStart, runEnd);
}
