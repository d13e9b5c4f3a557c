// The path of typed columns: numbers and times go straight to the output, texts are copied and looked at on their way.
import { type Batch, selectedCount, type TypedColumn } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { viewOf } from '../../table/copy-words.ts';
import type { ValueWriter } from '../../table/write-flat.ts';
import type { CsvDialect } from './dialect.ts';
import { FIRST_BYTES } from './formula.ts';

const BACKSLASH = 92;

/** Whether {@link writeTypedRows} can write in this dialect. */
export function canWriteTyped({ isSimple, doubles, quotes, comment }: CsvDialect): boolean {
  return (
    isSimple && doubles && comment.length === 0 && (quotes === 'preserve' || quotes === 'minimal')
  );
}

/** A column of texts, plain or by the places of a dictionary. */
interface Texts {
  bytes: Uint8Array;
  view: DataView;
  offsets: Int32Array;
  codes: Int32Array | null;
}

function textsOf(column: TypedColumn): Texts | null {
  const { dictionary, values } = column;
  const texts = dictionary ?? column;
  if (texts.type.kind !== 'utf8') return null;
  // Places of a dictionary that may be null themselves, or of another width, are left to the cell's own writer.
  const isByCode = dictionary !== null;
  if (isByCode && (dictionary.validity !== null || !(values instanceof Int32Array))) return null;
  return {
    bytes: texts.bytes!,
    view: viewOf(texts.bytes!),
    offsets: texts.offsets!,
    codes: isByCode ? (values as Int32Array) : null,
  };
}

/**
 * Writes the selected rows from the `firstSelected`-th on; all columns are typed. `plain`: writers of the columns whose
 * values never need quotes, null for others. Nulls, and texts that are more than a copy, go to `writeCell(column, row)`.
 */
export function writeTypedRows(
  batch: Batch,
  firstSelected: number,
  columns: readonly TypedColumn[],
  plain: readonly (ValueWriter | null)[],
  dialect: CsvDialect,
  out: ByteWriter,
  writeCell: (column: number, row: number) => void,
): void {
  const { special, lineEnd } = dialect;
  const { selection } = batch;
  const nullSize = dialect.nullText.length;
  const delimiter = dialect.delimiter[0]!;
  const delimiterWord = delimiter * 0x01010101;
  const quoteWord = dialect.quote[0]! * 0x01010101;
  const count = selectedCount(batch);
  const width = columns.length;
  const texts = columns.map((column, c) => (plain[c] === null ? textsOf(column) : null));
  const validities = columns.map(({ validity }) => validity);
  /** First bytes of texts that need more than a copy. */
  const firstBytes = special.slice();
  if (dialect.guard) for (let b = 0; b < 256; b++) if (FIRST_BYTES[b] !== 0) firstBytes[b] = 1;

  // Alone on a line `\.` means the end of data to some.
  if (width === 1) firstBytes[BACKSLASH] = 1;

  /** False, and nothing is written, where the text has to be looked at. */
  const copyText = ({ bytes, view, offsets, codes }: Texts, row: number): boolean => {
    const place = codes === null ? row : codes[row]!;
    let at = offsets[place]!;
    const end = offsets[place + 1]!;
    const size = end - at;
    if (size === 0 || size === nullSize || firstBytes[bytes[at]!] !== 0) return false;
    out.reserve(size);
    let n = out.length;
    if (size < 4) {
      const target = out.bytes;
      for (; at < end; at++) {
        const b = bytes[at]!;
        if (special[b] !== 0) return false;
        target[n++] = b;
      }
      out.length = n;
      return true;
    }
    const target = out.view;
    for (;;) {
      const v = view.getInt32(at, true);
      const q = v ^ quoteWord;
      const d = v ^ delimiterWord;
      // Control characters, or what looks like one, are looked at byte by byte.
      const hit = ((v - 0x20202020) & ~v) | ((q - 0x01010101) & ~q) | ((d - 0x01010101) & ~d);
      if ((hit & 0x80808080) !== 0) return false;
      target.setInt32(n, v, true);
      if (at + 4 >= end) break;
      // The last word reaches to the end, over what is copied already.
      const step = Math.min(4, end - 4 - at);
      at += step;
      n += step;
    }
    out.length += size;
    return true;
  };

  for (let i = firstSelected; i < count; i++) {
    const row = selection === null ? i : selection[i]!;
    for (let c = 0; c < width; c++) {
      const validity = validities[c]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) writeCell(c, row);
      else {
        const write = plain[c]!;
        if (write !== null) write(row, out);
        else {
          const text = texts[c]!;
          if (text === null || !copyText(text, row)) writeCell(c, row);
        }
      }
      out.reserve(2);
      out.bytes[out.length++] = delimiter;
    }
    out.length--;
    out.put(lineEnd);
  }
}
