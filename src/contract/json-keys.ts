// Finds the column of an object's key from its bytes, fastest where keys come in the order they came in before.

const encoder = new TextEncoder();

/** The columns by key. Keys compare by what they say, however they are escaped. */
export class JsonKeys {
  /** Per column: key bytes and a quote, if they can stand in a string as they are; column c at [from[c], from[c + 1]). */
  readonly bytes: Uint8Array;
  readonly from: Int32Array;
  /** The column that came after a column (position + 1; 0 = at the start) last time; -1 = none yet. */
  readonly next: Int32Array;
  readonly #columns = new Map<string, number>();
  readonly #slots: Int32Array;

  /** Key k belongs to column k. */
  constructor(names: readonly string[]) {
    const encoded = names.map((name) => encoder.encode(`${name}"`));
    this.from = new Int32Array(names.length + 1);
    this.bytes = new Uint8Array(encoded.reduce((sum, bytes) => sum + bytes.length, 0));
    this.next = new Int32Array(names.length + 1).fill(-1);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(names.length * 2 + 2))).fill(-1);
    let at = 0;
    for (const [column, bytes] of encoded.entries()) {
      this.bytes.set(bytes, at);
      this.from[column] = at;
      at += bytes.length;
      this.#columns.set(names[column]!, column);
      let slot = this.#slot(bytes, 0, bytes.length - 1);
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = column;
    }
    this.from[names.length] = at;
  }

  #slot(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
  }

  /** The column of the key [start, end) without escapes; -1 = none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    let slot = this.#slot(bytes, start, end);
    for (;;) {
      const column = slots[slot]!;
      if (column < 0) return -1;
      const from = this.from[column]!;
      if (this.from[column + 1]! - from - 1 === end - start) {
        let k = 0;
        while (k < end - start && this.bytes[from + k] === bytes[start + k]) k++;
        if (k === end - start) return column;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  /** The column of a key by its text; -1 = none. */
  findText(text: string): number {
    return this.#columns.get(text) ?? -1;
  }
}
