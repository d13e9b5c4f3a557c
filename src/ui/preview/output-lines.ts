// The bytes of the output as lines of visible text, with the fields of delimited text told apart, and as hex.

/** A piece of a line: text as it is, a mark between fields, or a character nobody would see, by its short name. */
export interface Piece {
  kind: 'text' | 'mark' | 'control' | 'line-end' | 'byte-order-mark';
  text: string;
  /** 0-based field of delimited text that it belongs to. */
  field?: number;
}

/** How delimited text is cut into fields. */
export interface Dialect {
  delimiter: string;
  /** Empty: nothing is quoted. */
  quote: string;
}

const NAMES = new Map([
  [0x00, 'NUL'],
  [0x09, '⇥'],
  [0x0a, 'LF'],
  [0x0d, 'CR'],
  [0x1b, 'ESC'],
  [0x7f, 'DEL'],
  [0xa0, 'NBSP'],
  [0xfeff, 'BOM'],
  [0x200b, 'ZWSP'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
]);

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u00a0\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

const RTL = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc';
const RTL_RUN = new RegExp(`([${RTL}]+(?: +[${RTL}]+)*)`);

/** Text at even places, runs written from right to left at odd ones: apart, so that delimiters stay where they are. */
export function splitDirections(text: string): string[] {
  return text.split(RTL_RUN);
}

/** The bytes in the output's charset; a character cut off at the end is left out. */
export function decodeHead(head: Uint8Array, charset: string): string {
  // The Encoding Standard knows ASCII only as windows-1252, which agrees on the bytes ASCII has.
  return new TextDecoder(charset, { ignoreBOM: true }).decode(head, { stream: true });
}

/** Lines after LF or CR, each with its line end shown; with a dialect, cut into fields as well. */
export function outputLines(text: string, dialect: Dialect | null = null): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let plain = '';
  let field = 0;
  let isQuoted = false;
  const of = (piece: Piece): Piece => (dialect === null ? piece : { ...piece, field });
  const flush = () => {
    if (plain !== '') line.push(of({ kind: 'text', text: plain }));
    plain = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    // A doubled quote closes and opens again, which comes to the same.
    if (dialect !== null && character === dialect.quote) isQuoted = !isQuoted;
    else if (dialect !== null && !isQuoted && character === dialect.delimiter) {
      flush();
      line.push(of({ kind: 'mark', text: NAMES.get(character.charCodeAt(0)) ?? character }));
      field++;
      continue;
    }
    if (!UNSEEN.test(character)) {
      plain += character;
      continue;
    }
    flush();
    const code = character.charCodeAt(0);
    const name = NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    const isEnd = code === 10 || code === 13;
    const kind = code === 0xfeff && i === 0 ? 'byte-order-mark' : isEnd ? 'line-end' : 'control';
    line.push(of({ kind, text: name }));
    if (code === 10 || (code === 13 && text[i + 1] !== '\n')) {
      lines.push(line);
      line = [];
      if (!isQuoted) field = 0;
    }
  }
  flush();
  if (line.length > 0) lines.push(line);
  return lines;
}

/** A byte as hex, and whether it is one that is looked for. */
export interface HexByte {
  text: string;
  letter: string;
  kind: 'plain' | 'line-end' | 'byte-order-mark' | 'beyond-ascii';
}

export interface HexLine {
  offset: string;
  bytes: HexByte[];
}

/** Byte order marks by their bytes, longer ones first. */
const MARKS: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** Sixteen bytes a line: offset, bytes, and the printable ones as letters. */
export function hexLines(bytes: Uint8Array): HexLine[] {
  const mark = MARKS.find((each) => each.every((byte, i) => bytes[i] === byte))?.length ?? 0;
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    lines.push({
      offset: at.toString(16).padStart(8, '0'),
      bytes: [...bytes.subarray(at, at + 16)].map((byte, i) => ({
        text: byte.toString(16).padStart(2, '0'),
        letter: byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·',
        kind:
          at + i < mark
            ? 'byte-order-mark'
            : byte === 10 || byte === 13
              ? 'line-end'
              : byte > 127
                ? 'beyond-ascii'
                : 'plain',
      })),
    });
  }
  return lines;
}
