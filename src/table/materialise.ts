// Turns a text column of a batch into a typed one: here a value that was only moved so far is read.
import { isNullValue, type Batch, type FixedValues, type TypedColumn } from './batch.ts';
import { type DataType, typeName } from './data-type.ts';
import { isBytesType } from './fixed-values.ts';
import { createNestedBuilder } from './nested-builder.ts';
import { MISFIT } from './parse-value.ts';
import { createJsonValueReader, parseBase64 } from './read-json-value.ts';
import { dropNullTexts, readPatterned, respellNumbers, type TextSpelling } from './read-spelt.ts';
import { readValues } from './read-values.ts';
import { contentAt, fieldText, type TextBlock } from './text-block.ts';
import { locateFields, type TextFields } from './text-fields.ts';

/**
 * What to do with a text that is no value of the type: called with the physical row and the field's content, it throws or
 * lets the value be null; `'null'` makes it null without a word.
 */
export type OnMisfit = ((row: number, text: string) => void) | 'null';

/** Which rows are read: those that still count, or all of them. Rows that are not read are null. */
export type RowScope = 'selected' | 'all';

/**
 * Column `column` of the batch as a typed column of its schema type, `rowCount` long, so that physical row numbers and the
 * selection keep their meaning. Typed columns come back as they are. Text is read exactly (see `readValues`); `json` must be
 * valid JSON, binary Base64, lists, structs and maps JSON (see `createJsonValueReader`).
 * Without `onMisfit` a text that does not fit throws a RangeError.
 */
export function materialise(
  batch: Batch,
  column: number,
  onMisfit?: OnMisfit,
  scope: RowScope = 'selected',
): TypedColumn {
  return materialiseAs(batch, column, batch.schema.fields[column]!.type, onMisfit, scope);
}

/**
 * Like {@link materialise}, reading text as `type` whatever the schema says, in the given spelling; a typed column comes back
 * as it is. A pattern is used for dates, times and timestamps only, number signs for numbers only, also in dictionaries.
 */
export function materialiseAs(
  batch: Batch,
  column: number,
  type: DataType,
  onMisfit?: OnMisfit,
  scope: RowScope = 'selected',
  spelling: TextSpelling = {},
): TypedColumn {
  const found = batch.columns[column]!;
  if (found.storage === 'typed') return found;
  const { index } = found;
  const block = batch.block!;
  const rows = scope === 'all' ? null : batch.selection;
  const fields = locateFields(block, index, batch.rowCount, rows);
  const onUnfit = (row: number): void => {
    if (onMisfit !== 'null') {
      const text = fieldText(block, row, index) ?? '';
      if (onMisfit === undefined)
        throw new RangeError(`row ${row}, column ${column}: no ${typeName(type)}: ${text}`);
      onMisfit(row, text);
    }
    fields.validity[row >> 3]! &= ~(1 << (row & 7));
    fields.nullCount++;
  };
  if (spelling.nullTexts) dropNullTexts(block.bytes, fields, spelling.nullTexts);
  const flat = readFlat(type, block, fields, spelling, onUnfit);
  if (flat !== null) return flat;
  if (type.kind === 'null') {
    for (let row = 0; row < batch.rowCount; row++) if (fields.starts[row]! >= 0) onUnfit(row);
    return shell(type, fields);
  }
  return readNested(type, block, fields, spelling, onUnfit);
}

/** A column of a flat type; null for null and nested types. */
function readFlat(
  type: DataType,
  block: TextBlock,
  fields: TextFields,
  { pattern, numbers }: TextSpelling,
  onUnfit: (row: number) => void,
): TypedColumn | null {
  if (isBytesType(type)) return readBytes(type, block, fields, onUnfit);
  let values: FixedValues | null;
  switch (type.kind) {
    case 'date':
    case 'time':
    case 'timestamp':
      values = pattern
        ? readPatterned(type, block.bytes, fields, pattern, onUnfit)
        : readValues(type, block.bytes, fields, onUnfit);
      break;
    case 'int':
    case 'float':
    case 'decimal': {
      const plain = numbers
        ? respellNumbers(block.bytes, fields, numbers)
        : { bytes: block.bytes, fields };
      values = readValues(type, plain.bytes, plain.fields, onUnfit);
      break;
    }
    default:
      values = readValues(type, block.bytes, fields, onUnfit);
  }
  return values && { ...shell(type, fields), values };
}

function shell(type: DataType, fields: TextFields): TypedColumn {
  return {
    storage: 'typed',
    type,
    length: fields.starts.length,
    validity: fields.nullCount === 0 ? null : fields.validity,
    values: null,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function isJson(content: Uint8Array): boolean {
  try {
    JSON.parse(decoder.decode(content));
    return true;
  } catch {
    return false;
  }
}

/** Text, JSON and binary: the contents one after the other. */
function readBytes(
  type: DataType,
  block: TextBlock,
  fields: TextFields,
  onUnfit: (row: number) => void,
): TypedColumn {
  const { starts, ends } = fields;
  const { bytes } = block;
  const { quote } = block.dialect;
  const offsets = new Int32Array(starts.length + 1);
  let room = 0;
  for (let row = 0; row < starts.length; row++)
    if (starts[row]! >= 0) room += ends[row]! - starts[row]!;
  const out = new Uint8Array(room);
  let used = 0;
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start >= 0) {
      const end = ends[row]!;
      if (type.kind === 'utf8' && (end === start || bytes[start] !== quote)) {
        if (end - start > 24) {
          out.set(bytes.subarray(start, end), used);
          used += end - start;
        } else for (let i = start; i < end; i++) out[used++] = bytes[i]!;
      } else {
        let content = contentAt(block, start, end);
        let fits = true;
        if (type.kind === 'json') fits = isJson(content);
        else if (type.kind === 'binary') {
          const raw = parseBase64(content, 0, content.length);
          fits = raw !== MISFIT;
          if (raw !== MISFIT) content = raw;
        }
        if (fits) {
          out.set(content, used);
          used += content.length;
        } else onUnfit(row);
      }
    }
    offsets[row + 1] = used;
  }
  return { ...shell(type, fields), offsets, bytes: out.subarray(0, used) };
}

function readNested(
  type: DataType,
  block: TextBlock,
  fields: TextFields,
  spelling: TextSpelling,
  onUnfit: (row: number) => void,
): TypedColumn {
  const { starts, ends } = fields;
  const builder = createNestedBuilder(type, starts.length);
  if (type.kind === 'dictionary') {
    // A dictionary's texts are those of its values, not JSON.
    const plain = readFlat(type.value, block, fields, spelling, onUnfit);
    if (plain === null) throw new TypeError(`no dictionary of ${type.value.kind} from text`);
    const append = dictionaryAppender(plain);
    for (let row = 0; row < starts.length; row++) builder.append(append(row));
    return builder.finish();
  }
  const read = createJsonValueReader(type);
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    if (start < 0) {
      builder.append(null);
      continue;
    }
    const content = contentAt(block, start, ends[row]!);
    const value = read(content, 0, content.length);
    if (value === MISFIT) onUnfit(row);
    builder.append(value === MISFIT ? null : value);
  }
  return builder.finish();
}

/** The values of a flat column as builders take them. */
function dictionaryAppender(column: TypedColumn) {
  const { type, values, bytes, offsets } = column;
  return (row: number) => {
    if (isNullValue(column, row)) return null;
    if (bytes !== null) return bytes.slice(offsets![row], offsets![row + 1]);
    if (type.kind === 'bool') return (((values as Uint8Array)[row >> 3]! >> (row & 7)) & 1) === 1;
    if (type.kind === 'decimal') {
      const words = values as BigInt64Array;
      return (words[row * 2 + 1]! << 64n) | BigInt.asUintN(64, words[row * 2]!);
    }
    return values![row]!;
  };
}
