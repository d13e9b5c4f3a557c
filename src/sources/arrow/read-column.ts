// Makes columns out of a record batch's buffers: any range of rows, where they stand if that is possible.
import type { FixedValues, TypedColumn } from '../../table/batch.ts';
import type { DataType } from '../../table/data-type.ts';
import { gatherColumn, NO_ROW } from '../../table/gather-column.ts';
import { nullColumn } from '../../table/null-column.ts';
import { bitsFrom, floatOfHalf, valuesOf } from './buffers.ts';
import type { Body } from './body.ts';
import type { ColumnPlan } from './column-type.ts';
import { Fault, insist } from '../../contract/fault.ts';
import type { BatchLayout } from './metadata.ts';

/** A field of one record batch: its values, and which of the batch's buffers they stand in. */
export interface PlacedColumn {
  plan: ColumnPlan;
  length: number;
  nullCount: number;
  /** Validity first, where the type has any. */
  buffers: number[];
  children: PlacedColumn[];
}

export interface Reading {
  body: Body;
  dictionaryOf(id: string): TypedColumn | undefined;
  /** Looks at a finished text column, and may give another; told of dates that lost their time of day. */
  lookAt(plan: ColumnPlan, column: TypedColumn): TypedColumn;
  cutDates(plan: ColumnPlan, count: number): void;
}

/** Gives each field its node and buffers, depth first as they stand. */
export function placeColumns(plans: readonly ColumnPlan[], layout: BatchLayout): PlacedColumn[] {
  let node = 0;
  let buffer = 0;
  let view = 0;
  const place = (plan: ColumnPlan): PlacedColumn => {
    const found = layout.nodes[node++];
    insist(found !== undefined, 'a record batch lacks a column');
    const way = plan.dictionary === null ? plan.way : ({ kind: 'fixed' } as const);
    const buffers: number[] = [];
    let count = BUFFERS[way.kind];
    if (way.kind === 'view') {
      const variadic = layout.variadicCounts[view++];
      insist(
        variadic !== undefined && variadic < layout.buffers.length,
        'a record batch lacks buffers',
      );
      count += variadic;
    }
    for (let i = 0; i < count; i++) buffers.push(buffer++);
    insist(buffer <= layout.buffers.length, 'a record batch lacks buffers');
    const children = plan.dictionary === null ? plan.children.map(place) : [];
    return { plan, length: found.length, nullCount: found.nullCount, buffers, children };
  };
  return plans.map(place);
}

const BUFFERS = {
  null: 0,
  bits: 2,
  fixed: 2,
  half: 2,
  widen: 2,
  'days-of-ms': 2,
  decimal: 2,
  'text-of': 2,
  'fixed-bytes': 2,
  bytes: 3,
  view: 2,
  list: 2,
  'list-view': 3,
  'fixed-list': 1,
  struct: 1,
  runs: 0,
};

/** The buffers of a field and all below it. */
export function buffersOf(placed: PlacedColumn): number[] {
  return [...placed.buffers, ...placed.children.flatMap(buffersOf)];
}

/** The values [from, from + count) of a field as a column. */
export async function readColumn(
  placed: PlacedColumn,
  from: number,
  count: number,
  reading: Reading,
): Promise<TypedColumn> {
  const { plan } = placed;
  insist(from + count <= placed.length, 'a column holds fewer values than its record batch');
  if (plan.dictionary !== null) return readIndices(placed, from, count, reading);
  const column = await readPlain(placed, from, count, reading);
  return plan.type.kind === 'utf8' ? reading.lookAt(plan, column) : column;
}

const empty = (type: DataType, length: number, validity: Uint8Array | null): TypedColumn => ({
  storage: 'typed',
  type,
  length,
  validity,
  values: null,
  offsets: null,
  bytes: null,
  children: [],
  dictionary: null,
});

async function readValidity(
  { buffers, nullCount }: PlacedColumn,
  from: number,
  count: number,
  { body }: Reading,
): Promise<Uint8Array | null> {
  if (nullCount === 0 || count === 0) return null;
  if (nullCount < 0 && (await body.size(buffers[0]!)) === 0) return null;
  return bitsFrom(body, buffers[0]!, from, count);
}

async function readPlain(
  placed: PlacedColumn,
  from: number,
  count: number,
  reading: Reading,
): Promise<TypedColumn> {
  const { plan, buffers, children } = placed;
  const { type, way } = plan;
  const { body } = reading;
  if (way.kind === 'null') return nullColumn(type, count);
  if (way.kind === 'runs') return readRuns(placed, from, count, reading);
  const column = empty(type, count, await readValidity(placed, from, count, reading));
  const fixed = (width: number): Promise<Uint8Array> =>
    body.part(buffers[1]!, from * width, (from + count) * width);
  switch (way.kind) {
    case 'bits':
      column.values = await bitsFrom(body, buffers[1]!, from, count);
      return column;
    case 'fixed':
      column.values = valuesOf(type, await fixed(way.width), count);
      return column;
    case 'half': {
      const bytes = await fixed(2);
      const values = new Float32Array(count);
      for (let i = 0; i < count; i++)
        values[i] = floatOfHalf(bytes[i * 2]! | (bytes[i * 2 + 1]! << 8));
      column.values = values;
      return column;
    }
    case 'widen': {
      const view = viewOf(await fixed(4));
      const values = new BigInt64Array(count);
      const words = new Int32Array(values.buffer);
      for (let i = 0; i < count; i++) {
        const word = view.getInt32(i * 4, true);
        words[i * 2] = word;
        words[i * 2 + 1] = word >> 31;
      }
      column.values = values;
      return column;
    }
    case 'days-of-ms': {
      const view = viewOf(await fixed(8));
      const values = new Int32Array(count);
      let cut = 0;
      for (let i = 0; i < count; i++) {
        const ms = view.getUint32(i * 8, true) + view.getInt32(i * 8 + 4, true) * 2 ** 32;
        const isNull =
          column.validity !== null && ((column.validity[i >> 3]! >> (i & 7)) & 1) === 0;
        if (isNull) continue;
        const days = Math.floor(ms / 86_400_000);
        insist(Math.abs(days) < 2 ** 31, 'a date is out of range');
        if (days * 86_400_000 !== ms) cut++;
        values[i] = days;
      }
      if (cut > 0) reading.cutDates(plan, cut);
      column.values = values;
      return column;
    }
    case 'decimal':
      column.values = decimals(await fixed(way.width), way.width, count);
      return column;
    case 'text-of':
      return textsOf(column, viewOf(await fixed(way.width)), way);
    case 'fixed-bytes': {
      insist(count * way.width <= 0x7fffffff, 'the values of one batch are too long');
      column.bytes = await fixed(way.width);
      column.offsets = new Int32Array(count + 1);
      for (let i = 1; i <= count; i++) column.offsets[i] = i * way.width;
      return column;
    }
    case 'bytes': {
      const { offsets, start, end } = await readOffsets(
        body,
        buffers[1]!,
        from,
        count,
        way.isLarge,
      );
      column.offsets = offsets;
      column.bytes = await body.part(buffers[2]!, start, end);
      return column;
    }
    case 'view':
      return readViews(column, placed, from, body);
    case 'list': {
      const { offsets, start, end } = await readOffsets(
        body,
        buffers[1]!,
        from,
        count,
        way.isLarge,
      );
      column.offsets = offsets;
      column.children = [await readColumn(children[0]!, start, end - start, reading)];
      return column;
    }
    case 'list-view':
      return readListViews(column, placed, from, way.isLarge, reading);
    case 'fixed-list': {
      insist((from + count) * way.size <= 0x7fffffff, 'a column holds too many items');
      column.offsets = new Int32Array(count + 1);
      for (let i = 1; i <= count; i++) column.offsets[i] = i * way.size;
      column.children = [
        await readColumn(children[0]!, from * way.size, count * way.size, reading),
      ];
      return column;
    }
    case 'struct':
      for (const child of children)
        column.children.push(await readColumn(child, from, count, reading));
      return column;
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Offsets from 0 on, and the range of what they stand for. */
async function readOffsets(
  body: Body,
  buffer: number,
  from: number,
  count: number,
  isLarge: boolean,
): Promise<{ offsets: Int32Array; start: number; end: number }> {
  // A column without values may have no offsets at all.
  if (count === 0) return { offsets: new Int32Array(1), start: 0, end: 0 };
  const width = isLarge ? 8 : 4;
  const bytes = await body.part(buffer, from * width, (from + count + 1) * width);
  const backwards = 'offsets run backwards';
  if (!isLarge) {
    let offsets = valuesOf({ kind: 'date' }, bytes, count + 1) as Int32Array;
    const start = offsets[0]!;
    insist(start >= 0, backwards);
    if (start !== 0) offsets = offsets.map((offset) => offset - start);
    for (let i = 0; i < count; i++) insist(offsets[i + 1]! >= offsets[i]!, backwards);
    return { offsets, start, end: start + offsets[count]! };
  }
  const view = viewOf(bytes);
  const at = (i: number): number =>
    view.getUint32(i * 8, true) + view.getInt32(i * 8 + 4, true) * 2 ** 32;
  const start = at(0);
  insist(start >= 0, backwards);
  const offsets = new Int32Array(count + 1);
  for (let i = 1; i <= count; i++) {
    const offset = at(i) - start;
    insist(offset >= offsets[i - 1]!, backwards);
    insist(offset <= 0x7fffffff, 'the values of one batch are too long');
    offsets[i] = offset;
  }
  return { offsets, start, end: start + offsets[count]! };
}

function decimals(bytes: Uint8Array, width: number, count: number): FixedValues {
  const values = new BigInt64Array(count * 2);
  const target = new Uint8Array(values.buffer);
  for (let i = 0; i < count; i++) {
    const from = i * width;
    const sign = bytes[from + width - 1]! & 128 ? 255 : 0;
    for (let k = 0; k < 16; k++) target[i * 16 + k] = k < width ? bytes[from + k]! : sign;
    for (let k = 16; k < width; k++)
      insist(bytes[from + k] === sign, 'a decimal has more digits than its type');
  }
  return values;
}

const encoder = new TextEncoder();

function textsOf(
  column: TypedColumn,
  view: DataView,
  { width, textOf }: { width: number; textOf: (view: DataView, at: number) => string },
): TypedColumn {
  const texts: Uint8Array[] = [];
  const offsets = new Int32Array(column.length + 1);
  let size = 0;
  for (let i = 0; i < column.length; i++) {
    const isNull = column.validity !== null && ((column.validity[i >> 3]! >> (i & 7)) & 1) === 0;
    const text = encoder.encode(isNull ? '' : textOf(view, i * width));
    texts.push(text);
    size += text.length;
    offsets[i + 1] = size;
  }
  column.offsets = offsets;
  column.bytes = new Uint8Array(size);
  texts.forEach((text, i) => column.bytes!.set(text, offsets[i]));
  return column;
}

/** Views of 16 bytes: up to 12 bytes themselves, or where more of them stand. */
async function readViews(
  column: TypedColumn,
  { buffers }: PlacedColumn,
  from: number,
  body: Body,
): Promise<TypedColumn> {
  const { length, validity } = column;
  const bytes = await body.part(buffers[1]!, from * 16, (from + length) * 16);
  const view = viewOf(bytes);
  const data = new Map<number, Uint8Array>();
  const offsets = new Int32Array(length + 1);
  let size = 0;
  for (let i = 0; i < length; i++) {
    const isNull = validity !== null && ((validity[i >> 3]! >> (i & 7)) & 1) === 0;
    const each = isNull ? 0 : view.getInt32(i * 16, true);
    size += each;
    insist(each >= 0 && size <= 0x7fffffff, 'the values of one batch are too long');
    offsets[i + 1] = size;
    const index = each > 12 ? view.getInt32(i * 16 + 8, true) : -1;
    if (index >= 0 && !data.has(index)) {
      const buffer = buffers[2 + index];
      insist(buffer !== undefined, 'a value stands in a buffer that is not there');
      data.set(index, await body.part(buffer, 0, await body.size(buffer)));
    }
  }
  for (let i = 0; i < length; i++) {
    const each = offsets[i + 1]! - offsets[i]!;
    if (each <= 12) continue;
    const at = view.getInt32(i * 16 + 12, true);
    const source = data.get(view.getInt32(i * 16 + 8, true));
    insist(
      source !== undefined && at >= 0 && at + each <= source.length,
      'a value lies outside of its buffer',
    );
  }
  const out = new Uint8Array(size);
  for (let i = 0; i < length; i++) {
    const to = offsets[i]!;
    const each = offsets[i + 1]! - to;
    if (each <= 12) out.set(bytes.subarray(i * 16 + 4, i * 16 + 4 + each), to);
    else {
      const at = view.getInt32(i * 16 + 12, true);
      out.set(data.get(view.getInt32(i * 16 + 8, true))!.subarray(at, at + each), to);
    }
  }
  return { ...column, offsets, bytes: out };
}

async function readListViews(
  column: TypedColumn,
  { buffers, children }: PlacedColumn,
  from: number,
  isLarge: boolean,
  reading: Reading,
): Promise<TypedColumn> {
  const { length, validity } = column;
  const width = isLarge ? 8 : 4;
  const part = async (buffer: number): Promise<(i: number) => number> => {
    const view = viewOf(await reading.body.part(buffer, from * width, (from + length) * width));
    return isLarge
      ? (i) => view.getUint32(i * 8, true) + view.getInt32(i * 8 + 4, true) * 2 ** 32
      : (i) => view.getInt32(i * 4, true);
  };
  const startOf = await part(buffers[1]!);
  const sizeOf = await part(buffers[2]!);
  const child = children[0]!;
  const offsets = new Int32Array(length + 1);
  let least = child.length;
  let most = 0;
  for (let i = 0; i < length; i++) {
    const isNull = validity !== null && ((validity[i >> 3]! >> (i & 7)) & 1) === 0;
    const size = isNull ? 0 : sizeOf(i);
    insist(size >= 0 && offsets[i]! + size <= 0x7fffffff, 'a list lies outside of its items');
    offsets[i + 1] = offsets[i]! + size;
    if (size === 0) continue;
    const start = startOf(i);
    insist(start >= 0 && start + size <= child.length, 'a list lies outside of its items');
    least = Math.min(least, start);
    most = Math.max(most, start + size);
  }
  const items = await readColumn(child, Math.min(least, most), Math.max(0, most - least), reading);
  const rows = new Uint32Array(offsets[length]!);
  for (let i = 0; i < length; i++)
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++)
      rows[k] = startOf(i) - least + k - offsets[i]!;
  return { ...column, offsets, children: [gatherColumn(items, rows)] };
}

/** Runs of equal values: where each ends, and what it is. */
async function readRuns(
  { plan, children }: PlacedColumn,
  from: number,
  count: number,
  reading: Reading,
): Promise<TypedColumn> {
  const [ends, values] = children;
  const column = await readColumn(ends!, 0, ends!.length, reading);
  insist(column.type.kind === 'int' && values!.length >= ends!.length, 'runs have no ends');
  const content = await readColumn(values!, 0, ends!.length, reading);
  const rows = new Uint32Array(count);
  let run = 0;
  for (let i = 0; i < count; i++) {
    while (run < column.length && Number(column.values![run]) <= from + i) run++;
    insist(run < column.length, 'runs end before their column does');
    rows[i] = run;
  }
  return { ...gatherColumn(content, rows), type: plan.type };
}

async function readIndices(
  placed: PlacedColumn,
  from: number,
  count: number,
  reading: Reading,
): Promise<TypedColumn> {
  const { plan, buffers } = placed;
  const { id, bits, signed } = plan.dictionary!;
  insist(bits === 8 || bits === 16 || bits === 32 || bits === 64, 'indices have an unknown size');
  const validity = await readValidity(placed, from, count, reading);
  const width = bits >> 3;
  const bytes = await reading.body.part(buffers[1]!, from * width, (from + count) * width);
  const indices = valuesOf({ kind: 'int', bits, signed }, bytes, count);
  const dictionary = reading.dictionaryOf(id);
  const rows = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    if (validity !== null && ((validity[i >> 3]! >> (i & 7)) & 1) === 0) {
      rows[i] = NO_ROW;
      continue;
    }
    const index = Number(indices[i]);
    if (dictionary === undefined || index < 0 || index >= dictionary.length)
      throw new Fault('an index is beyond its dictionary');
    rows[i] = index;
  }
  return dictionary === undefined ? nullColumn(plan.type, count) : gatherColumn(dictionary, rows);
}
