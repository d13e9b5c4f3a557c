// Writes the selected rows of a batch as JSON records, one object (or array) each, in the spelling that the options ask for.
import { type Batch, selectedCount } from './batch.ts';
import { ByteWriter } from './byte-writer.ts';
import { viewOf } from './copy-words.ts';
import type { DataType, Schema } from './data-type.ts';
import { createTextJsonCell, createTypedJsonCell, type JsonCell } from './json-cells.ts';
import { materialiseAs } from './materialise.ts';
import {
  jsonKey,
  type JsonForms,
  type JsonTime,
  uniqueNames,
  writeJsonString,
} from './write-json.ts';

/** How records are spelt. */
export interface JsonRecordForm {
  /** `values`: one column alone, its values without anything around them. */
  shape: 'objects' | 'arrays' | 'values';
  /** A null is written as `null`, left out (objects only), or written as empty text. */
  nulls: 'include' | 'exclude' | 'empty';
  /** Arrays stay, become a string of JSON, or make one record per element. */
  arrays: 'keep' | 'stringify' | 'expand';
  /** Integers beyond 2^53 - 1 and decimals as strings. */
  bigNumbersAsText: boolean;
  /** Of each column: how its dates, times and timestamps are written. */
  times: readonly JsonTime[];
  /** White space before a record's braces, and how much more before its members, when it stands on several lines; null = on one. */
  indent: { before: string; unit: string } | null;
}

/** What the writer tells while it writes; columns by position. */
export interface JsonRecordEvents {
  misfit(column: number, row: number, text: string): never;
  /** A number was written that has more digits than a double holds. */
  bigNumber(column: number, digits: string): void;
  /** A number's text was replaced by another of the same value, as JSON lacks its spelling. */
  respelled(column: number, text: string): void;
  /** A NaN or infinity: returns the JSON to write for it, or throws. `record` = position among the selected rows. */
  notFinite(column: number, record: number, name: string): string;
}

export interface JsonRecordWriter {
  /** The column names as one array record (the header line of the shape `arrays`). */
  writeNames(out: ByteWriter): void;
  /** Writes `before` (for the first record `first`), `lead`, the record, `after`, for each record; returns how many there were. */
  writeBatch(batch: Batch, out: ByteWriter, frame: RecordFrame): number;
}

/** Bytes around each record. */
export interface RecordFrame {
  first: Uint8Array;
  before: Uint8Array;
  after: Uint8Array;
  /** Writes what stands between `before` and the record of a row of the batch. */
  lead?(row: number, out: ByteWriter): void;
}

const encoder = new TextEncoder();

/** How many digits of a number's text count: leading zeros and zeros at the end of an integer do not. */
function significantDigits(digits: string): number {
  const [mantissa] = digits.split(/[eE]/);
  return mantissa!.replace(/[-+.]/g, '').replace(/^0+/, '').length;
}

/** Elements of a JSON array as ranges of its bytes: [start, end, start, end, …]; null when it is no array. */
export function arrayElements(json: Uint8Array, start: number, end: number): number[] | null {
  const isSpace = (b: number): boolean => b === 32 || b === 10 || b === 13 || b === 9;
  let i = start;
  while (i < end && isSpace(json[i]!)) i++;
  if (json[i] !== 91) return null;
  const ranges: number[] = [];
  let depth = 0;
  let from = -1;
  let to = -1;
  for (i++; i < end; i++) {
    const b = json[i]!;
    if (isSpace(b)) continue;
    if (depth === 0 && (b === 44 || b === 93)) {
      if (from >= 0) ranges.push(from, to);
      if (b === 93) break;
      from = -1;
      continue;
    }
    if (from < 0) from = i;
    if (b === 91 || b === 123) depth++;
    else if (b === 93 || b === 125) depth--;
    else if (b === 34) for (i++; json[i] !== 34; i++) if (json[i] === 92) i++;
    to = i + 1;
  }
  return ranges;
}

/** Whether values of this type follow a {@link JsonTime}. */
export function isTemporal({ kind }: DataType): boolean {
  return kind === 'date' || kind === 'time' || kind === 'timestamp';
}

/** One column's value while rows are expanded: read once per row, then written element by element. */
interface ExpandedCell {
  text: ByteWriter;
  isNull: boolean;
  elements: number[] | null;
}

/** A writer for batches of this schema. Repeated names are made unique in objects. */
export function createJsonRecordWriter(
  schema: Schema,
  form: JsonRecordForm,
  events: JsonRecordEvents,
): JsonRecordWriter {
  const { fields } = schema;
  const isObject = form.shape === 'objects';
  const names = fields.map((f) => f.name);
  const isBare = form.shape === 'values';
  const lineBreak = form.indent === null || isBare ? '' : `\n${form.indent.before}`;
  const inner = form.indent === null || isBare ? '' : lineBreak + form.indent.unit;
  const keySpace = form.indent === null ? '' : ' ';
  const keys = (isObject ? uniqueNames(names) : names).map((name) =>
    isObject ? new TextDecoder().decode(jsonKey(name)) + keySpace : '',
  );
  const opening = isBare ? '' : isObject ? '{' : '[';
  /** Keys with what stands before them, padded for {@link ByteWriter.putWords}. */
  const padded = (text: string): { view: DataView; size: number } => {
    const bytes = encoder.encode(`${text}   `);
    return { view: viewOf(bytes), size: bytes.length - 3 };
  };
  const firstKeys = keys.map((key) => padded(opening + inner + key));
  const nextKeys = keys.map((key) => padded(`,${inner}${key}`));
  const close = encoder.encode(isBare ? '' : lineBreak + (isObject ? '}' : ']'));
  const empty = encoder.encode(isObject ? '{}' : '[]');
  const skipsNulls = form.nulls === 'exclude' && isObject;
  const nullText = form.nulls === 'empty' ? '""' : 'null';
  let record = 0;

  const formsOf = (column: number): JsonForms => ({
    time: form.times[column]!,
    bigNumbersAsText: form.bigNumbersAsText,
    bigNumber(digits, out) {
      if (form.bigNumbersAsText) out.ascii(`"${digits}"`);
      else {
        if (significantDigits(digits) > 15) events.bigNumber(column, digits);
        out.ascii(digits);
      }
    },
    respelled: (text) => events.respelled(column, text),
    notFinite: (name, out) => out.ascii(events.notFinite(column, record, name)),
  });

  const cellsOf = (batch: Batch): JsonCell[] =>
    batch.columns.map((column, position) => {
      const forms = formsOf(position);
      if (column.storage === 'typed') return createTypedJsonCell(column, forms);
      const { type } = fields[position]!;
      if (typeof forms.time === 'function' && isTemporal(type)) {
        const misfit = (row: number, text: string): never => events.misfit(position, row, text);
        return createTypedJsonCell(materialiseAs(batch, position, type, misfit), forms);
      }
      return createTextJsonCell(
        batch.block!,
        column.index,
        type,
        forms,
        (row, text) => events.misfit(position, row, text),
        fields[position]!.origin !== 'inferred',
      );
    });

  const holdsArrays = (position: number, batch: Batch): boolean => {
    const column = batch.columns[position]!;
    const { kind } = column.storage === 'typed' ? column.type : fields[position]!.type;
    return kind === 'json' || kind === 'list' || kind === 'map';
  };

  /** Turns arrays into strings of their JSON; anything else stays. */
  const stringified = (cell: JsonCell): JsonCell => {
    const scratch = new ByteWriter(256);
    return (row, out) => {
      scratch.clear();
      if (!cell(row, scratch)) return false;
      if (arrayElements(scratch.bytes, 0, scratch.length) === null) out.put(scratch.written());
      else writeJsonString(scratch.bytes, 0, scratch.length, out);
      return true;
    };
  };

  const writeRecord = (cells: readonly JsonCell[], row: number, out: ByteWriter): void => {
    let isFirst = true;
    for (let c = 0; c < cells.length; c++) {
      const before = out.length;
      const key = isFirst ? firstKeys[c]! : nextKeys[c]!;
      out.putWords(key.view, 0, key.size);
      if (!cells[c]!(row, out)) {
        if (skipsNulls) {
          out.length = before;
          continue;
        }
        out.ascii(nullText);
      }
      isFirst = false;
    }
    out.put(isFirst ? empty : close);
  };

  /** Cells that give element `state.element` of the arrays read by `read`. */
  const expander = (cells: JsonCell[], batch: Batch) => {
    const state = { element: 0 };
    const expanded: (ExpandedCell | null)[] = cells.map((_cell, c) =>
      holdsArrays(c, batch) ? { text: new ByteWriter(256), isNull: false, elements: null } : null,
    );
    const elementCells = cells.map((cell, c): JsonCell => {
      const held = expanded[c]!;
      if (!held) return cell;
      return (_row, out) => {
        if (held.isNull) return false;
        if (held.elements === null) {
          out.put(held.text.written());
          return true;
        }
        const from = held.elements[state.element * 2];
        if (from === undefined) return false;
        const to = held.elements[state.element * 2 + 1]!;
        // `null` is the only JSON value that starts with n.
        if (held.text.bytes[from] === 110) return false;
        out.put(held.text.bytes, from, to);
        return true;
      };
    });
    /** Reads the arrays of a row; returns how many records it makes, at least 1. */
    const read = (row: number): number => {
      let count = 1;
      expanded.forEach((held, c) => {
        if (!held) return;
        held.text.clear();
        held.isNull = !cells[c]!(row, held.text);
        held.elements = held.isNull ? null : arrayElements(held.text.bytes, 0, held.text.length);
        if (held.elements) count = Math.max(count, held.elements.length / 2);
      });
      return count;
    };
    return { state, elementCells, read };
  };

  return {
    writeNames(out) {
      out.ascii(opening);
      names.forEach((name, i) => {
        if (i > 0) out.ascii(',');
        out.ascii(inner);
        const bytes = encoder.encode(name);
        writeJsonString(bytes, 0, bytes.length, out);
      });
      out.put(close);
    },
    writeBatch(batch, out, frame) {
      const { selection } = batch;
      const count = selectedCount(batch);
      let cells = cellsOf(batch);
      if (form.arrays === 'stringify')
        cells = cells.map((cell, c) => (holdsArrays(c, batch) ? stringified(cell) : cell));
      const expansion =
        form.arrays === 'expand' && cells.some((_cell, c) => holdsArrays(c, batch))
          ? expander(cells, batch)
          : null;
      let written = 0;
      for (let i = 0; i < count; i++) {
        const row = selection === null ? i : selection[i]!;
        record = i;
        const records = expansion ? expansion.read(row) : 1;
        for (let k = 0; k < records; k++) {
          if (expansion) expansion.state.element = k;
          out.put(written === 0 ? frame.first : frame.before);
          frame.lead?.(row, out);
          writeRecord(expansion ? expansion.elementCells : cells, row, out);
          out.put(frame.after);
          written++;
        }
      }
      return written;
    },
  };
}
