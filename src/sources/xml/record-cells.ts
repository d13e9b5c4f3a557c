// The values of one record by column, and their row in a text block.
import { BlockWriter } from '../../table/block-writer.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { Schema } from '../../table/data-type.ts';
import { writeJsonText } from '../../table/write-json.ts';
import type { XmlOptions } from './options.ts';
import { AS_JSON, AS_LIST, AS_TEXT } from './record-shape.ts';

/** Where a value stands: in the window, or in bytes put together for the record. */
const IN_WINDOW = 0;
const IN_SCRATCH = 1;
/** The same, and it is JSON. */
const IS_JSON = 2;
const IS_NULL = 3;

const COMMA = 44;
const QUOTE = 34;
const encoder = new TextEncoder();
const NULL_JSON = encoder.encode('null');
/** Types in whose columns an empty value is a text. */
const TEXT_KINDS = new Set(['utf8', 'json', 'list', 'binary', 'dictionary']);

/** How a field holds its values. */
export function formsOf({ fields }: Schema): Uint8Array {
  return Uint8Array.from(fields, ({ type }) =>
    type.kind === 'list'
      ? AS_LIST
      : ['struct', 'map', 'json'].includes(type.kind)
        ? AS_JSON
        : AS_TEXT,
  );
}

export class RecordCells {
  readonly block: BlockWriter;
  /** Decoded text and JSON of the record. */
  readonly scratch = new ByteWriter(64 * 1024);
  readonly #json = new ByteWriter(1024);
  readonly #forms: Uint8Array;
  readonly #isEmptyNull: boolean[];
  #stamp = 0;
  readonly #stamps: Float64Array;
  readonly #where: Uint8Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** Further values of columns, each as JSON in the scratch: start and end in turn. */
  readonly #more = new Map<number, number[]>();

  constructor(schema: Schema, forms: Uint8Array, emptyValues: XmlOptions['emptyValues']) {
    const { fields } = schema;
    this.block = new BlockWriter(fields.length, true);
    this.#forms = forms;
    this.#isEmptyNull = fields.map(
      ({ type }) =>
        emptyValues === 'null' || (emptyValues === 'auto' && !TEXT_KINDS.has(type.kind)),
    );
    this.#stamps = new Float64Array(fields.length);
    this.#where = new Uint8Array(fields.length);
    this.#starts = new Int32Array(fields.length);
    this.#ends = new Int32Array(fields.length);
  }

  /** Forgets the values of the record before. */
  begin(): void {
    this.#stamp++;
    this.scratch.length = 0;
    if (this.#more.size > 0) this.#more.clear();
  }

  has(column: number): boolean {
    return this.#stamps[column] === this.#stamp;
  }

  isList(column: number): boolean {
    return this.#forms[column] === AS_LIST;
  }

  #keep(column: number, where: number, start: number, end: number): void {
    this.#stamps[column] = this.#stamp;
    this.#where[column] = where;
    this.#starts[column] = start;
    this.#ends[column] = end;
  }

  keepWindow(column: number, start: number, end: number): void {
    this.#keep(column, IN_WINDOW, start, end);
  }

  keepScratch(column: number, start: number, end: number): void {
    this.#keep(column, IN_SCRATCH, start, end);
  }

  keepNull(column: number): void {
    this.#keep(column, IS_NULL, 0, 0);
  }

  keepJson(column: number, json: string): void {
    const start = this.scratch.length;
    this.scratch.text(json);
    this.#keep(column, IS_JSON, start, this.scratch.length);
  }

  /** A value beside the one that the column has. */
  addJson(column: number, json: string): void {
    const start = this.scratch.length;
    this.scratch.text(json);
    const more = this.#more.get(column);
    if (more === undefined) this.#more.set(column, [start, this.scratch.length]);
    else more.push(start, this.scratch.length);
  }

  /** A text of the window as a value of a list. */
  addItem(column: number, window: Uint8Array, start: number, end: number): void {
    if (!this.has(column)) {
      this.keepWindow(column, start, end);
      return;
    }
    const { scratch } = this;
    const from = scratch.length;
    scratch.byte(QUOTE);
    writeJsonText(window, start, end, scratch);
    scratch.byte(QUOTE);
    const more = this.#more.get(column);
    if (more === undefined) this.#more.set(column, [from, scratch.length]);
    else more.push(from, scratch.length);
  }

  /** Writes the record's row. `window`: the bytes its values stand in. */
  write(window: Uint8Array, line: number): void {
    const { block } = this;
    const columnCount = this.#forms.length;
    for (let c = 0; c < columnCount; c++) {
      if (this.#stamps[c] !== this.#stamp) {
        block.addNull();
        continue;
      }
      const where = this.#where[c]!;
      const form = this.#forms[c]!;
      const start = this.#starts[c]!;
      const end = this.#ends[c]!;
      if (form === AS_LIST || this.#more.has(c)) this.#addList(c, window);
      else if (where === IS_NULL) block.addNull();
      else if (start === end && this.#isEmptyNull[c]!) block.addNull();
      else if (form === AS_JSON && where !== IS_JSON) {
        this.#json.length = 0;
        this.#putJson(where === IN_WINDOW ? window : this.scratch.bytes, start, end);
        block.addText(this.#json.bytes, 0, this.#json.length);
      } else block.addText(where === IN_WINDOW ? window : this.scratch.bytes, start, end);
    }
    block.endRow(line);
  }

  #putJson(bytes: Uint8Array, start: number, end: number): void {
    const out = this.#json;
    out.byte(QUOTE);
    writeJsonText(bytes, start, end, out);
    out.byte(QUOTE);
  }

  #addList(column: number, window: Uint8Array): void {
    const out = this.#json;
    out.length = 0;
    const where = this.#where[column]!;
    const start = this.#starts[column]!;
    const end = this.#ends[column]!;
    out.byte(91);
    if (where === IS_NULL) out.put(NULL_JSON);
    else if (where === IS_JSON) out.put(this.scratch.bytes, start, end);
    else this.#putJson(where === IN_WINDOW ? window : this.scratch.bytes, start, end);
    const more = this.#more.get(column) ?? [];
    for (let i = 0; i < more.length; i += 2) {
      out.byte(COMMA);
      out.put(this.scratch.bytes, more[i]!, more[i + 1]!);
    }
    out.byte(93);
    this.block.addText(out.bytes, 0, out.length);
  }
}
