// Cuts a line of a table into its cells (GFM §4.10): at each bar that no backslash stands before.

const SPACE = 32;
const BAR = 124;
const BACKSLASH = 92;
const DASH = 45;
const COLON = 58;

const isSpace = (byte: number): boolean => byte === SPACE || (byte >= 9 && byte <= 13);

/** The cells of one line at a time; what they say holds until the next. */
export class LineCells {
  count = 0;
  /** Byte offsets of the contents, without the spaces around them. */
  starts = new Uint32Array(64);
  ends = new Uint32Array(64);

  cut(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    let last = to;
    while (at < last && isSpace(bytes[at]!)) at++;
    while (last > at && isSpace(bytes[last - 1]!)) last--;
    this.count = 0;
    if (at === last) return;
    if (bytes[at] === BAR) at++;
    for (let start = at; ; at++) {
      if (at < last && (bytes[at] !== BAR || bytes[at - 1] === BACKSLASH)) continue;
      // Behind the bar that closes the last cell there is none.
      if (at === last && start === last && this.count > 0) return;
      this.#add(bytes, start, at);
      if (at >= last) return;
      start = at + 1;
    }
  }

  #add(bytes: Uint8Array, from: number, to: number): void {
    if (this.count === this.starts.length) {
      for (const name of ['starts', 'ends'] as const) {
        const grown = new Uint32Array(this.count * 2);
        grown.set(this[name]);
        this[name] = grown;
      }
    }
    let start = from;
    let end = to;
    while (start < end && isSpace(bytes[start]!)) start++;
    while (end > start && isSpace(bytes[end - 1]!)) end--;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }
}

/** How many columns a line of dashes below the names has; 0 where the line is none. */
export function delimiterColumns(bytes: Uint8Array, from: number, to: number): number {
  let columns = 0;
  let bars = 0;
  let dashes = 0;
  let isClosed = false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === DASH) {
      if (isClosed) return 0;
      dashes++;
    } else if (byte === COLON) {
      if (isClosed) return 0;
      if (dashes > 0) isClosed = true;
      else if (bytes[i + 1] !== DASH) return 0;
    } else if (byte === BAR) {
      bars++;
      if (dashes > 0) columns++;
      else if (bars > 1) return 0;
      dashes = 0;
      isClosed = false;
    } else if (isSpace(byte)) {
      if (dashes > 0) isClosed = true;
    } else return 0;
  }
  // Dashes alone make the line above a heading.
  if (bars === 0) return 0;
  return dashes > 0 ? columns + 1 : columns;
}
