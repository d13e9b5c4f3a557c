// Writes one cell from its content bytes: the guard, the quote policy and every way a value can be made to fit.
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { CsvDialect } from './dialect.ts';
import { FIRST_BYTES, isFormula } from './formula.ts';
import type { LossCounter } from './losses.ts';

const APOSTROPHE = 39;
/** U+FEFF in UTF-8. */
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);
/** `\.` */
const COPY_END = Uint8Array.of(92, 46);

export interface CellWriter {
  /**
   * A cell with the content [start, end) of `source`. `quoted`: it stood in quotes, or must stand in them now.
   * `isText`: the guard applies.
   */
  write(
    source: Uint8Array,
    start: number,
    end: number,
    column: number,
    quoted: boolean,
    isText: boolean,
  ): void;
  writeNull(column: number): void;
  /** Copies a field that stands in this output's own spelling, quotes and all; false where it may not stay as it is. */
  writeAsItIs(source: Uint8Array, start: number, end: number): boolean;
  /** Whether texts of only these bytes stand as they are, so that whoever makes them may write them to `out` itself. */
  standPlain(bytes: Uint8Array, column: number): boolean;
  /** A cell was written to `out` by somebody else. */
  wrotePlain(): void;
  /** Says that the next cell is the file's first: one that starts with U+FEFF is quoted, or readers would take it away. */
  expectFileStart(): void;
}

/** Called for a cell that needs quotes while quoting is off and `onUnquotable` is `fail`. */
export type Unquotable = (column: number) => never;

/**
 * A writer of cells to `out`; `must`: which columns always stand in quotes. In a table of one column all policies with quotes
 * but `preserve` keep a null from becoming a blank line.
 */
export function createCellWriter(
  dialect: CsvDialect,
  out: ByteWriter,
  must: Uint8Array,
  losses: LossCounter,
  unquotable: Unquotable,
): CellWriter {
  const { quotes, special, delimiter, quote, escape, nullText, replacement, isSimple } = dialect;
  const { lineEnd, comment, quotesNulls } = dialect;
  // Under `preserve` a null stays nothing even alone on its line, as it came; the other policies keep the row visible.
  const keepsLoneCells = must.length === 1 && quotes !== 'none' && quotes !== 'preserve';

  const startsWith = (source: Uint8Array, at: number, end: number, wanted: Uint8Array): boolean => {
    if (at + wanted.length > end) return false;
    for (let i = 0; i < wanted.length; i++) if (source[at + i] !== wanted[i]) return false;
    return true;
  };

  /**
   * Negative length of a separator at `at`; at the value's end also that of its first bytes, which the next ones would complete
   * too early: `a|` before `||`.
   */
  const separatorAt = (source: Uint8Array, at: number, end: number, wanted: Uint8Array): number => {
    const size = Math.min(wanted.length, end - at);
    for (let i = 0; i < size; i++) if (source[at + i] !== wanted[i]) return 0;
    return -size;
  };

  /** Length of the special character at `at`, negative for a line break or delimiter; 0 for an ordinary byte. */
  const specialAt = (source: Uint8Array, at: number, end: number): number => {
    const kind = special[source[at]!]!;
    if (kind === 0) return 0;
    if (kind === 3) return -1;
    if (isSimple) return kind === 1 ? -1 : 1;
    if (quote.length > 0 && startsWith(source, at, end, quote)) return quote.length;
    if (!dialect.doubles && startsWith(source, at, end, escape)) return escape.length;
    return separatorAt(source, at, end, delimiter) || separatorAt(source, at, end, lineEnd);
  };

  const hasSpecial = (source: Uint8Array, start: number, end: number): boolean => {
    for (let i = start; i < end; i++)
      if (special[source[i]!] !== 0 && specialAt(source, i, end) !== 0) return true;
    return false;
  };

  const isNullText = (source: Uint8Array, start: number, end: number): boolean =>
    end - start === nullText.length && startsWith(source, start, end, nullText);

  const writeQuoted = (source: Uint8Array, start: number, end: number): void => {
    out.put(quote);
    for (let i = start; i < end; i++) {
      const size = special[source[i]!] === 0 ? 0 : specialAt(source, i, end);
      if (size > 0) {
        out.put(escape);
        out.put(source, i, i + size);
        i += size - 1;
      } else out.byte(source[i]!);
    }
    out.put(quote);
  };

  const writeUnquotable = (
    source: Uint8Array,
    start: number,
    end: number,
    column: number,
  ): void => {
    if (dialect.onUnquotable === 'fail') unquotable(column);
    if (dialect.onUnquotable === 'replace')
      losses.count('csv.unquotable-replaced', column, source, start, end);
    for (let i = start; i < end; i++) {
      const size = Math.abs(specialAt(source, i, end));
      if (size === 0) out.byte(source[i]!);
      else if (dialect.onUnquotable === 'escape') {
        out.put(escape);
        out.put(source, i, i + size);
        i += size - 1;
      } else {
        out.put(replacement);
        i += size - 1;
      }
    }
  };

  let guarded = new Uint8Array(256);

  const writeChecked = (
    source: Uint8Array,
    start: number,
    end: number,
    column: number,
    quoted: boolean,
  ): void => {
    if (quotes === 'none') {
      if (hasSpecial(source, start, end)) writeUnquotable(source, start, end, column);
      else {
        if (isNullText(source, start, end)) {
          const code = end === start ? 'csv.empty-as-null' : 'csv.text-as-null';
          losses.count(code, column, source, start, end);
        }
        out.put(source, start, end);
      }
      return;
    }
    if (start === end) {
      const isQuoted = quoted || must[column] === 1;
      if (dialect.quotesEmpty || (isQuoted && nullText.length > 0)) {
        out.put(quote);
        out.put(quote);
      } else if (nullText.length === 0) {
        if (keepsLoneCells) {
          out.put(quote);
          out.put(quote);
        } else losses.count('csv.empty-as-null', column, source, start, end);
      }
      return;
    }
    if (
      quoted ||
      must[column] === 1 ||
      hasSpecial(source, start, end) ||
      isNullText(source, start, end)
    )
      writeQuoted(source, start, end);
    else out.put(source, start, end);
  };

  let isFileStart = false;
  const isGuarded = (source: Uint8Array, start: number, end: number): boolean =>
    dialect.guard &&
    end > start &&
    FIRST_BYTES[source[start]!] !== 0 &&
    isFormula(source, start, end);

  return {
    expectFileStart() {
      isFileStart = true;
    },
    writeAsItIs(source, start, end) {
      const isQuoted = source[start] === quote[0];
      const isChanged = isQuoted
        ? isGuarded(source, start + 1, end - 1)
        : isGuarded(source, start, end) || (isFileStart && startsWith(source, start, end, MARK));
      if (isChanged) return false;
      isFileStart = false;
      out.put(source, start, end);
      return true;
    },
    write(source, start, end, column, quoted, isText) {
      const isMark = isFileStart && quotes !== 'none' && startsWith(source, start, end, MARK);
      isFileStart = false;
      const isComment =
        column === 0 && comment.length > 0 && startsWith(source, start, end, comment);
      // Alone on a line it ends the data for COPY of PostgreSQL, which reads no further and says nothing.
      const isEnd = keepsLoneCells && end - start === 2 && startsWith(source, start, end, COPY_END);
      const keepsQuotes = isMark || isComment || isEnd || (quoted && quotes === 'preserve');
      if (isText && isGuarded(source, start, end)) {
        losses.count('csv.formula-guarded', column, source, start, end);
        const size = end - start + 1;
        if (guarded.length < size) guarded = new Uint8Array(size * 2);
        guarded[0] = APOSTROPHE;
        guarded.set(source.subarray(start, end), 1);
        writeChecked(guarded, 0, size, column, keepsQuotes);
        return;
      }
      if (isSimple && !keepsQuotes && must[column] === 0 && quotes !== 'none' && end > start) {
        // Copied while it is looked at; a special byte takes the copy back.
        const size = end - start;
        out.reserve(size);
        const { bytes } = out;
        const from = out.length;
        let i = 0;
        for (; i < size; i++) {
          const b = source[start + i]!;
          if (special[b] !== 0) break;
          bytes[from + i] = b;
        }
        if (i === size && (size !== nullText.length || !isNullText(source, start, end))) {
          out.length = from + size;
          return;
        }
      }
      writeChecked(source, start, end, column, keepsQuotes);
    },
    standPlain: (bytes, column) =>
      isSimple &&
      must[column] === 0 &&
      nullText.length === 0 &&
      bytes.every((byte) => special[byte] === 0),
    wrotePlain() {
      isFileStart = false;
    },
    writeNull(column) {
      isFileStart = false;
      if (quotesNulls) {
        losses.count('csv.null-quoted', column, nullText, 0, 0);
        out.put(quote);
        out.put(nullText);
        out.put(quote);
      } else if (keepsLoneCells && nullText.length === 0) {
        losses.count('csv.null-as-empty', column, nullText, 0, 0);
        out.put(quote);
        out.put(quote);
      } else out.put(nullText);
    },
  };
}
