// JSON text (RFC 8259) of strings and of typed values, nested ones too, written as bytes.
import type { TypedColumn } from './batch.ts';
import { isNullValue } from './batch.ts';
import { ByteWriter } from './byte-writer.ts';
import { viewOf } from './copy-words.ts';
import type { TimeUnit } from './data-type.ts';
import { UNITS_PER_SECOND } from './value-text.ts';
import { createFlatWriter, type ValueWriter } from './write-flat.ts';

const QUOTE = 34;
const BACKSLASH = 92;

/** How each byte is written inside a JSON string: 0 as it is, 1 as `\u00XX`, else backslash and this byte. */
const ESCAPES = new Uint8Array(256);
ESCAPES.fill(1, 0, 32);
ESCAPES[QUOTE] = QUOTE;
ESCAPES[BACKSLASH] = BACKSLASH;
ESCAPES[8] = 98;
ESCAPES[9] = 116;
ESCAPES[10] = 110;
ESCAPES[12] = 102;
ESCAPES[13] = 114;

const HEX = '0123456789abcdef';

/**
 * The UTF-8 bytes [start, end) as the inside of a JSON string, without its quotes. With `doubled` >= 0 that byte stands
 * doubled in the source and is written once (the inside of a quoted text field). `sourceView` is {@link viewOf} the source,
 * worth giving when many texts come from the same bytes.
 */
export function writeJsonText(
  source: Uint8Array,
  start: number,
  end: number,
  out: ByteWriter,
  doubled = -1,
  sourceView: DataView = viewOf(source),
): void {
  // Without one, the quote is simply looked for twice.
  const doubledWord = (doubled < 0 ? QUOTE : doubled) * 0x01010101;
  out.reserve((end - start) * 6);
  const { bytes, view } = out;
  let n = out.length;
  let i = start;
  while (i < end) {
    // Words without a quote, backslash or control byte are copied whole.
    let stop = end;
    for (; i + 4 <= end; i += 4, n += 4) {
      const v = sourceView.getInt32(i, true);
      const q = v ^ 0x22222222;
      const s = v ^ 0x5c5c5c5c;
      const d = v ^ doubledWord;
      const hit =
        ((v - 0x20202020) & ~v) |
        ((q - 0x01010101) & ~q) |
        ((s - 0x01010101) & ~s) |
        ((d - 0x01010101) & ~d);
      if ((hit & 0x80808080) !== 0) {
        stop = i + 4;
        break;
      }
      view.setInt32(n, v, true);
    }
    for (; i < stop; i++) {
      const b = source[i]!;
      const escape = ESCAPES[b]!;
      if (b === doubled) i++;
      if (escape === 0) bytes[n++] = b;
      else {
        bytes[n++] = BACKSLASH;
        if (escape !== 1) bytes[n++] = escape;
        else {
          bytes[n] = 117;
          bytes[n + 1] = 48;
          bytes[n + 2] = 48;
          bytes[n + 3] = HEX.charCodeAt(b >> 4);
          bytes[n + 4] = HEX.charCodeAt(b & 15);
          n += 5;
        }
      }
    }
  }
  out.length = n;
}

/** The UTF-8 bytes [start, end) as a JSON string with its quotes. */
export function writeJsonString(
  source: Uint8Array,
  start: number,
  end: number,
  out: ByteWriter,
  sourceView?: DataView,
): void {
  out.byte(QUOTE);
  writeJsonText(source, start, end, out, -1, sourceView);
  out.byte(QUOTE);
}

/** Valid JSON as it is, but on one line: line breaks can only stand between tokens, where they mean nothing. */
export function writeJsonOnOneLine(
  source: Uint8Array,
  start: number,
  end: number,
  out: ByteWriter,
): void {
  out.reserve(end - start);
  const { bytes } = out;
  let n = out.length;
  for (let i = start; i < end; i++) {
    const b = source[i]!;
    if (b !== 10 && b !== 13) bytes[n++] = b;
  }
  out.length = n;
}

/** How values are written that JSON has no single form for; each writes one whole JSON value. */
export interface JsonForms {
  /** An integer (scale 0) or decimal; `digits` is its exact text, `isBig` when a double may not hold it. */
  bigNumber(digits: string, out: ByteWriter): void;
  /** Told of a number's text that JSON has no spelling for (`007`, `+5`, `.5`), before it is written in another. */
  respelled?(text: string): void;
  /** NaN, Infinity or -Infinity, by name. */
  notFinite(name: string, out: ByteWriter): void;
  /** Whether `bigNumber` writes strings: then every decimal goes through it, short ones too. */
  bigNumbersAsText: boolean;
  /** How dates and timestamps are written. */
  time: JsonTime;
}

/**
 * `iso`: ISO 8601 text; a unit: how many of it since 1970, as a number with a fraction where needed; a function: text that the
 * writer it makes for a column writes.
 */
export type JsonTime = 'iso' | TimeUnit | ((column: TypedColumn) => ValueWriter);

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A count of units as one of `wanted` units, exactly, with a fraction only where there is one: `1700000000.25`. */
export function unixText(units: bigint, unit: TimeUnit, wanted: TimeUnit): string {
  const perSecond = UNITS_PER_SECOND[unit];
  const wantedPerSecond = UNITS_PER_SECOND[wanted];
  if (wantedPerSecond >= perSecond) return String(units * (wantedPerSecond / perSecond));
  const size = perSecond / wantedPerSecond;
  const sign = units < 0n ? '-' : '';
  const positive = units < 0n ? -units : units;
  const whole = `${sign}${positive / size}`;
  const rest = positive % size;
  if (rest === 0n) return whole;
  const digits = rest.toString().padStart(size.toString().length - 1, '0');
  return `${whole}.${digits.replace(/0+$/, '')}`;
}

/** The writer of a typed column's values as JSON; a null value is `null`. */
export function createJsonWriter(column: TypedColumn, forms: JsonForms): ValueWriter {
  const write = createPresentWriter(column, forms);
  return (row, out) => (isNullValue(column, row) ? out.ascii('null') : write(row, out));
}

function createPresentWriter(column: TypedColumn, forms: JsonForms): ValueWriter {
  const { type, offsets, children } = column;
  switch (type.kind) {
    case 'null':
      return (_row, out) => out.ascii('null');
    case 'bool':
      return createFlatWriter(column);
    case 'int': {
      const values = column.values!;
      if (type.bits < 64) return createFlatWriter(column);
      return (row, out) => {
        const value = values[row] as bigint;
        if (value > MAX_SAFE || value < -MAX_SAFE) forms.bigNumber(String(value), out);
        else out.ascii(String(value));
      };
    }
    case 'decimal': {
      const write = createFlatWriter(column);
      return (row, out) => {
        const from = out.length;
        write(row, out);
        const digits = String.fromCharCode(...out.bytes.subarray(from, out.length));
        out.length = from;
        forms.bigNumber(digits, out);
      };
    }
    case 'float': {
      const values = column.values!;
      const write = createFlatWriter(column);
      return (row, out) => {
        const value = values[row] as number;
        if (Number.isFinite(value)) write(row, out);
        else forms.notFinite(String(value), out);
      };
    }
    case 'utf8': {
      const view = viewOf(column.bytes!);
      return (row, out) =>
        writeJsonString(column.bytes!, offsets![row]!, offsets![row + 1]!, out, view);
    }
    case 'json':
      return (row, out) =>
        writeJsonOnOneLine(column.bytes!, offsets![row]!, offsets![row + 1]!, out);
    case 'date':
    case 'timestamp': {
      const { time } = forms;
      if (time === 'iso') return quoted(createFlatWriter(column));
      return typeof time === 'string' ? createUnixWriter(column, time) : spelt(time(column));
    }
    case 'time':
      return typeof forms.time === 'function'
        ? spelt(forms.time(column))
        : quoted(createFlatWriter(column));
    case 'binary':
      return quoted(createFlatWriter(column));
    case 'dictionary': {
      const write = createJsonWriter(column.dictionary!, forms);
      const indices = column.values!;
      return (row, out) => write(Number(indices[row]), out);
    }
    case 'list': {
      const write = createJsonWriter(children[0]!, forms);
      return (row, out) => {
        out.byte(91);
        for (let i = offsets![row]!; i < offsets![row + 1]!; i++) {
          if (i > offsets![row]!) out.byte(44);
          write(i, out);
        }
        out.byte(93);
      };
    }
    case 'struct': {
      const writers = children.map((child) => createJsonWriter(child, forms));
      const keys = uniqueNames(type.fields.map((f) => f.name)).map(jsonKey);
      return (row, out) => {
        out.byte(123);
        writers.forEach((write, i) => {
          if (i > 0) out.byte(44);
          out.put(keys[i]!);
          write(row, out);
        });
        out.byte(125);
      };
    }
    case 'map': {
      // Keys need not be text and may repeat, which no JSON object can hold: a map is a list of pairs.
      const [key, value] = children.length === 1 ? children[0]!.children : children;
      const writeKey = createJsonWriter(key!, forms);
      const writeValue = createJsonWriter(value!, forms);
      return (row, out) => {
        out.byte(91);
        for (let i = offsets![row]!; i < offsets![row + 1]!; i++) {
          out.byte(i > offsets![row]! ? 44 : 91);
          if (i > offsets![row]!) out.byte(91);
          writeKey(i, out);
          out.byte(44);
          writeValue(i, out);
          out.byte(93);
        }
        out.byte(93);
      };
    }
  }
}

function createUnixWriter(column: TypedColumn, wanted: TimeUnit): ValueWriter {
  const { type, values } = column;
  if (type.kind === 'timestamp')
    return (row, out) => out.ascii(unixText(values![row] as bigint, type.unit, wanted));
  return (row, out) => out.ascii(unixText(BigInt(values![row]!) * 86_400n, 's', wanted));
}

/** Any text as a string. */
function spelt(write: ValueWriter): ValueWriter {
  const text = new ByteWriter(64);
  return (row, out) => {
    text.clear();
    write(row, text);
    writeJsonString(text.bytes, 0, text.length, out);
  };
}

function quoted(write: ValueWriter): ValueWriter {
  return (row, out) => {
    out.byte(QUOTE);
    write(row, out);
    out.byte(QUOTE);
  };
}

const encoder = new TextEncoder();

/** `"name":` as bytes. */
export function jsonKey(name: string): Uint8Array {
  return encoder.encode(`${JSON.stringify(name)}:`);
}

/** A code point as JSON escapes it, in UTF-16 units: `\\u20ac`, `\\ud83d\\ude00`. */
export function jsonEscape(codePoint: number): string {
  return String.fromCodePoint(codePoint)
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** The names with repeats made unique: `name`, `name_2`, `name_3`, stepping over names that exist already. */
export function uniqueNames(names: readonly string[]): string[] {
  const all = new Set(names);
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    let count = counts.get(name) ?? 1;
    while (used.has(unique)) {
      const next = `${name}_${++count}`;
      if (!all.has(next)) unique = next;
    }
    counts.set(name, count);
    used.add(unique);
    return unique;
  });
}
