// The first bytes of the output as lines of visible text, and as hex.

/** A piece of a line: text as it is, or a character nobody would see, by its short name. */
export interface Piece {
  kind: 'text' | 'control' | 'byte-order-mark';
  text: string;
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

/** Lines after LF or CR, each with its line end shown. */
export function outputLines(text: string): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') line.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (!UNSEEN.test(character)) {
      plain += character;
      continue;
    }
    flush();
    const code = character.charCodeAt(0);
    const name = NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    line.push({ kind: code === 0xfeff && i === 0 ? 'byte-order-mark' : 'control', text: name });
    if (code === 10 || (code === 13 && text[i + 1] !== '\n')) {
      lines.push(line);
      line = [];
    }
  }
  flush();
  if (line.length > 0) lines.push(line);
  return lines;
}

/** Sixteen bytes a line: offset, bytes, and the printable ones as letters. */
export function hexLines(bytes: Uint8Array): { offset: string; hex: string; letters: string }[] {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const pairs = row.map((byte) => byte.toString(16).padStart(2, '0'));
    lines.push({
      offset: at.toString(16).padStart(8, '0'),
      hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.padEnd(49),
      letters: row
        .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·'))
        .join(''),
    });
  }
  return lines;
}
