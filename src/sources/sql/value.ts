// One value of a statement as it was read last: its kind and bytes, and what casts make of it.
import { ByteWriter } from '../../table/byte-writer.ts';
import type { Lexer } from './lexer.ts';
import { putHex } from './unescape.ts';
import { INFINITY, KIND, KIND_OF_TYPE, type Kind, MINUS_INFINITY, SPECIAL } from './value-kinds.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What was read last. Whoever reads sets it, whoever wants it takes kind and bytes before the next is read. */
export class Value {
  protected readonly lexer: Lexer;
  kind: Kind = KIND.null;
  /** The value’s bytes: of the script, or of `scratch`. */
  start = 0;
  end = 0;
  isInScratch = false;
  /** Values that do not stand in the script as they are. Cleared by whoever reads rows. */
  readonly scratch = new ByteWriter(4096);

  constructor(lexer: Lexer) {
    this.lexer = lexer;
  }

  get bytes(): Uint8Array {
    return this.isInScratch ? this.scratch.bytes : this.lexer.bytes;
  }

  /** Bytes of the script, or of `scratch`. */
  set(kind: Kind, start: number, end: number, isInScratch = false): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.isInScratch = isInScratch;
  }

  /** Bytes that stand nowhere yet. */
  put(kind: Kind, bytes: Uint8Array): void {
    const start = this.scratch.length;
    this.scratch.put(bytes);
    this.set(kind, start, this.scratch.length, true);
  }

  /** The value’s bytes, in a copy. */
  taken(): Uint8Array {
    return this.bytes.slice(this.start, this.end);
  }

  /** The value’s bytes as a text. */
  text(): string {
    return new TextDecoder().decode(this.taken());
  }

  /** Whether escapes left a text in UTF-8. */
  isText(): boolean {
    if (!this.isInScratch) return true;
    try {
      strict.decode(this.scratch.bytes.subarray(this.start, this.end));
      return true;
    } catch {
      return false;
    }
  }

  /** Makes the value one of a type; false where that cannot be told. */
  cast(type: string): boolean {
    if (this.kind === KIND.null) return true;
    if (this.kind === KIND.unknown) return false;
    const wanted = KIND_OF_TYPE.get(type);
    switch (wanted) {
      case undefined:
        return this.kind !== KIND.binary;
      case KIND.binary:
        return this.kind === KIND.binary || this.bytea();
      case KIND.text:
        if (this.kind === KIND.binary) {
          this.kind = KIND.text;
          return this.isText();
        }
        this.kind = KIND.text;
        return true;
      case KIND.bool: {
        const word = this.text().toLowerCase();
        if (!/^(?:true|false|t|f|1|0)$/.test(word)) return false;
        this.kind = KIND.bool;
        return true;
      }
      case KIND.number: {
        if (this.kind === KIND.binary) return false;
        const special = SPECIAL.get(this.text().toLowerCase().replace(/^[-+]/, ''));
        if (special !== undefined) {
          const isMinus = special === INFINITY && this.text().startsWith('-');
          this.put(KIND.number, isMinus ? MINUS_INFINITY : special);
        }
        this.kind = KIND.number;
        return true;
      }
      default:
        if (this.kind === KIND.binary) return false;
        this.kind = wanted;
        return true;
    }
  }

  /** PostgreSQL’s `\x…` as bytes. */
  bytea(): boolean {
    const { bytes, start, end } = this;
    if (this.kind !== KIND.text || bytes[start] !== 92 || bytes[start + 1] !== 120) return false;
    const digits = bytes.slice(start + 2, end);
    const from = this.scratch.length;
    if (!putHex(digits, 0, digits.length, this.scratch)) return false;
    this.set(KIND.binary, from, this.scratch.length, true);
    return true;
  }

  /** Makes the value the bytes that hexadecimal digits stand for; false where these are none. */
  hexOf(digits: Uint8Array): boolean {
    const start = this.scratch.length;
    if (!putHex(digits, 0, digits.length, this.scratch)) return false;
    this.set(KIND.binary, start, this.scratch.length, true);
    return true;
  }
}
