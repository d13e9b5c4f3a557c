// Text as a literal that means exactly it, in each dialect: bytes are copied as long as they stand for themselves.
import type { ByteWriter } from '../../table/byte-writer.ts';
import { viewOf } from '../../table/copy-words.ts';

/** Writes the UTF-8 text [start, end) as a whole literal. `view` is of `source`. */
export type TextWriter = (
  source: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  out: ByteWriter,
) => void;

/** What happens at a NUL where the database has none: writes to `out` what stands for it. */
export type OnNul = (out: ByteWriter) => void;

/** Opens a dialect's writer. `onNul` is asked where the database cannot hold the character. */
export interface TextStyle {
  /** Whether U+0000 cannot be held. */
  lacksNul?: true;
  open(onNul: OnNul): TextWriter;
}

const NUL = 0;
const LF = 10;
const CR = 13;
const QUOTE = 39;
const BACKSLASH = 92;
const DOLLAR = 36;
const PARENTHESIS = 40;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function table(bytes: readonly number[]): Uint8Array {
  const special = new Uint8Array(256);
  for (const b of bytes) special[b] = 1;
  return special;
}

/** Copies text that holds no special byte; false, and nothing is written, where it holds one. */
function copyPlain(
  source: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  out: ByteWriter,
  special: Uint8Array,
  extraWord: number,
): boolean {
  out.reserve(end - start);
  const { bytes, view: target } = out;
  let n = out.length;
  let i = start;
  for (; i + 4 <= end; i += 4, n += 4) {
    const v = view.getInt32(i, true);
    const q = v ^ 0x27272727;
    const s = v ^ 0x5c5c5c5c;
    const e = v ^ extraWord;
    const hit =
      ((v - 0x20202020) & ~v) |
      ((q - 0x01010101) & ~q) |
      ((s - 0x01010101) & ~s) |
      ((e - 0x01010101) & ~e);
    if ((hit & 0x80808080) !== 0)
      for (let k = i; k < i + 4; k++) if (special[source[k]!] !== 0) return false;
    target.setInt32(n, v, true);
  }
  for (; i < end; i++) {
    const b = source[i]!;
    if (special[b] !== 0) return false;
    bytes[n++] = b;
  }
  out.length = n;
  return true;
}

/** A writer that copies plain texts between quotes and leaves all others to `write`. */
function withFastPath(
  open: string,
  special: Uint8Array,
  write: (source: Uint8Array, start: number, end: number, out: ByteWriter) => void,
  extra = QUOTE,
): TextWriter {
  const extraWord = extra * 0x01010101;
  return (source, view, start, end, out) => {
    const mark = out.length;
    out.ascii(open);
    if (copyPlain(source, view, start, end, out, special, extraWord)) out.byte(QUOTE);
    else {
      out.length = mark;
      write(source, start, end, out);
    }
  };
}

const HEX = '0123456789ABCDEF';

/** Bytes as hexadecimal digits. */
export function writeHex(source: Uint8Array, start: number, end: number, out: ByteWriter): void {
  out.reserve((end - start) * 2);
  for (let i = start; i < end; i++) {
    out.bytes[out.length++] = HEX.charCodeAt(source[i]! >> 4);
    out.bytes[out.length++] = HEX.charCodeAt(source[i]! & 15);
  }
}

/** Copies [start, end), with what stands for certain bytes in their place. */
function writeReplaced(
  source: Uint8Array,
  start: number,
  end: number,
  out: ByteWriter,
  replacements: readonly (string | undefined)[],
): void {
  let from = start;
  for (let i = start; i < end; i++) {
    const replacement = replacements[source[i]!];
    if (replacement === undefined) continue;
    out.put(source, from, i);
    out.ascii(replacement);
    from = i + 1;
  }
  out.put(source, from, end);
}

function has(source: Uint8Array, start: number, end: number, wanted: readonly number[]): boolean {
  for (let i = start; i < end; i++) if (wanted.includes(source[i]!)) return true;
  return false;
}

function replacementsOf(entries: readonly (readonly [number, string])[]): (string | undefined)[] {
  const list = Array.from<string | undefined>({ length: 256 });
  for (const [byte, text] of entries) list[byte] = text;
  return list;
}

/** `'it\'s'` with backslashes, in one spelling for every setting of the server's client. */
export function backslashStyle(
  nul: string,
  extra: readonly (readonly [number, string])[] = [],
): TextStyle {
  const entries: (readonly [number, string])[] = [
    [QUOTE, "\\'"],
    [BACKSLASH, '\\\\'],
    [LF, '\\n'],
    [CR, '\\r'],
    [NUL, nul],
    ...extra,
  ];
  const replacements = replacementsOf(entries);
  const special = table(entries.map(([byte]) => byte));
  return {
    open: () =>
      withFastPath("'", special, (source, start, end, out) => {
        out.byte(QUOTE);
        writeReplaced(source, start, end, out, replacements);
        out.byte(QUOTE);
      }),
  };
}

const DOUBLED = replacementsOf([[QUOTE, "''"]]);

/**
 * PostgreSQL's `'it''s'`, and `E'…'` where a backslash or line break stands inside: the same text whatever
 * standard_conforming_strings says, and each literal on one line.
 */
export const ESCAPE_STRINGS: TextStyle = {
  lacksNul: true,
  open(onNul) {
    const replacements = replacementsOf([
      [QUOTE, "''"],
      [BACKSLASH, '\\\\'],
      [LF, '\\n'],
      [CR, '\\r'],
    ]);
    return withFastPath("'", table([QUOTE, BACKSLASH, LF, CR, NUL]), (source, start, end, out) => {
      const isEscaped = has(source, start, end, [BACKSLASH, LF, CR]);
      out.ascii(isEscaped ? "E'" : "'");
      let from = start;
      for (let i = start; i <= end; i++) {
        if (i < end && source[i] !== NUL) continue;
        writeReplaced(source, from, i, out, isEscaped ? replacements : DOUBLED);
        if (i < end) onNul(out);
        from = i + 1;
      }
      out.byte(QUOTE);
    });
  },
};

/** The columns of PostgreSQL's COPY: no quotes, backslashes before what would end a value. */
export const COPY_TEXT: TextStyle = {
  lacksNul: true,
  open(onNul) {
    const replacements = replacementsOf([
      [BACKSLASH, '\\\\'],
      [9, '\\t'],
      [LF, '\\n'],
      [CR, '\\r'],
    ]);
    const special = table([BACKSLASH, 9, LF, CR, NUL]);
    const extraWord = 9 * 0x01010101;
    return (source, view, start, end, out) => {
      if (copyPlain(source, view, start, end, out, special, extraWord)) return;
      let from = start;
      for (let i = start; i <= end; i++) {
        if (i < end && source[i] !== NUL) continue;
        writeReplaced(source, from, i, out, replacements);
        if (i < end) onNul(out);
        from = i + 1;
      }
    };
  },
};

/** DuckDB: `E'…'` for line breaks, which its shell would change; NUL by its number. */
export const DUCKDB_STRINGS: TextStyle = {
  open() {
    const replacements = replacementsOf([
      [QUOTE, "''"],
      [BACKSLASH, '\\\\'],
      [LF, '\\n'],
      [CR, '\\r'],
    ]);
    return withFastPath("'", table([QUOTE, LF, CR, NUL]), (source, start, end, out) => {
      const isEscaped = has(source, start, end, [LF, CR]);
      const isJoined = has(source, start, end, [NUL]);
      const open = isEscaped ? "E'" : "'";
      if (isJoined) out.byte(PARENTHESIS);
      out.ascii(open);
      let from = start;
      for (let i = start; i <= end; i++) {
        if (i < end && source[i] !== NUL) continue;
        writeReplaced(source, from, i, out, isEscaped ? replacements : DOUBLED);
        if (i < end) out.ascii(`' || chr(0) || ${open}`);
        from = i + 1;
      }
      out.byte(QUOTE);
      if (isJoined) out.byte(41);
    });
  },
};

/** SQLite: its shell ends lines at CR LF, and no statement can hold NUL. */
export const SQLITE_STRINGS: TextStyle = {
  open: () =>
    withFastPath("'", table([QUOTE, CR, NUL]), (source, start, end, out) => {
      const hasReturn = has(source, start, end, [CR]);
      const text = hasReturn ? decoder.decode(source.subarray(start, end)) : '';
      if (has(source, start, end, [NUL]) || text.includes('\\r')) {
        out.ascii("CAST(X'");
        writeHex(source, start, end, out);
        out.ascii("' AS TEXT)");
      } else if (hasReturn)
        out.text(`replace('${text.replaceAll("'", "''").replaceAll('\r', '\\r')}','\\r',char(13))`);
      else {
        out.byte(QUOTE);
        writeReplaced(source, start, end, out, DOUBLED);
        out.byte(QUOTE);
      }
    }),
};

/** MySQL with NO_BACKSLASH_ESCAPES: what its client would change stands as bytes. */
export const LITERAL_BACKSLASHES: TextStyle = {
  open: () =>
    withFastPath("'", table([QUOTE, CR, NUL]), (source, start, end, out) => {
      if (has(source, start, end, [CR, NUL])) {
        out.ascii("CONVERT(X'");
        writeHex(source, start, end, out);
        out.ascii("' USING utf8mb4)");
        return;
      }
      out.byte(QUOTE);
      writeReplaced(source, start, end, out, DOUBLED);
      out.byte(QUOTE);
    }),
};

/** From here on a text is written as its bytes: expressions may be nested only so deep. */
const MOST_PIECES = 100;

/** SQL Server: no line of a script is ever part of a text (GO, a backslash at a line's end), nor a variable of its client. */
export const SQL_SERVER_STRINGS: TextStyle = {
  open: () =>
    withFastPath(
      "N'",
      table([QUOTE, CR, LF, NUL, DOLLAR]),
      (source, start, end, out) => {
        const text = decoder.decode(source.subarray(start, end));
        // oxlint-disable-next-line no-control-regex -- NUL is text too
        const pieces = text.split(/([\u0000\r\n]|\$(?=\())/).filter((piece) => piece !== '');
        if (pieces.length > MOST_PIECES) {
          const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
          const bytes = new Uint8Array(units.length * 2);
          const view = viewOf(bytes);
          units.forEach((unit, i) => view.setUint16(i * 2, unit, true));
          out.ascii('CONVERT(nvarchar(max), 0x');
          writeHex(bytes, 0, bytes.length, out);
          out.byte(41);
          return;
        }
        const spelt = pieces.map((piece) =>
          piece.length === 1 && piece < ' '
            ? `NCHAR(${piece.charCodeAt(0)})`
            : `N'${piece.replaceAll("'", "''")}'`,
        );
        // Short texts put together are cut at 4,000 characters unless one of them is of the long type.
        if (spelt.length > 1) spelt.unshift("CAST(N'' AS nvarchar(max))");
        out.text(spelt.join(' + '));
      },
      DOLLAR,
    ),
};

/** Bytes of one literal, well below the 4,000 that are allowed and the line lengths of its client. */
const ORACLE_PIECE = 1000;

/** Oracle: long texts in pieces, line breaks by their number. */
export const ORACLE_STRINGS: TextStyle = {
  open() {
    const write = (source: Uint8Array, start: number, end: number, out: ByteWriter): void => {
      if (end - start > ORACLE_PIECE) out.ascii("TO_CLOB('");
      else out.byte(QUOTE);
      let isFirst = true;
      const closeFirst = (): void => {
        out.byte(QUOTE);
        if (isFirst && end - start > ORACLE_PIECE) out.byte(41);
        isFirst = false;
      };
      let isOpen = true;
      let size = 0;
      for (let i = start; i < end; i++) {
        const b = source[i]!;
        if (b === CR || b === LF || b === NUL) {
          if (isOpen) closeFirst();
          isOpen = false;
          out.ascii(`||CHR(${b})`);
          continue;
        }
        // A piece ends between two characters.
        if (isOpen && size >= ORACLE_PIECE && (b & 0xc0) !== 0x80) {
          closeFirst();
          out.byte(LF);
          isOpen = false;
        }
        if (!isOpen) {
          out.ascii("||'");
          isOpen = true;
          size = 0;
        }
        if (b === QUOTE) out.byte(QUOTE);
        out.byte(b);
        size++;
      }
      if (isOpen) closeFirst();
    };
    const copy = withFastPath("'", table([QUOTE, CR, LF, NUL]), write);
    return (source, view, start, end, out) =>
      end - start > ORACLE_PIECE
        ? write(source, start, end, out)
        : copy(source, view, start, end, out);
  },
};
