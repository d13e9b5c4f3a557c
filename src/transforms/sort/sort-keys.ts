// The keys rows are sorted by: bytes that compare as they stand, or texts that a language's rules compare.
import { resolveColumn } from '../../contract/columns.ts';
import type { SortKey } from '../../contract/sort-keys.schema.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import type { Batch } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { Schema } from '../../table/data-type.ts';
import { cellText } from '../../table/cell-text.ts';
import { compareBytes, createKeyWriter } from '../../table/row-key.ts';
import type { SorterKeys } from '../../spill/external-sorter.ts';
import type { CompareKeys } from '../../spill/order-keys.ts';
import type { SortOptions } from './options.ts';

export interface SortKeys extends SorterKeys {
  /** Positions of the key columns. */
  columns: number[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Throws `config.unknown-column`. */
export function createSortKeys(schema: Schema, options: SortOptions): SortKeys {
  const { by } = options;
  const columns = by.map((key) => resolveColumn(schema, key.column));
  const isText = (column: number): boolean => schema.fields[column]!.type.kind === 'utf8';
  if (options.text === 'locale' && columns.some(isText))
    return localeKeys(schema, columns, options, isText);
  return { columns, ...keysOf(schema, columns, by) };
}

function keysOf(schema: Schema, columns: readonly number[], by: readonly SortKey[]) {
  return createKeyWriter(schema, columns, {
    mode: 'ordered',
    descending: by.map((key) => key.order === 'descending'),
    nulls: by.map((key) => key.nulls),
    onMisfit: failOnMisfit,
  });
}

/** A part of a key: how many bytes it takes stands before it, as one is compared by other rules than the next. */
const LENGTH_BYTES = 4;

function localeKeys(
  schema: Schema,
  columns: number[],
  { by, locale, numeric }: SortOptions,
  isText: (column: number) => boolean,
): SortKeys {
  const collator = new Intl.Collator(locale, { numeric });
  const parts = columns.map((column, k) => {
    const key = by[k]!;
    const sign = key.order === 'descending' ? -1 : 1;
    const nullMark = key.nulls === 'first' ? 0 : 2;
    if (!isText(column)) {
      const writer = keysOf(schema, [column], [key]);
      return {
        begin: (batch: Batch) => writer.begin(batch),
        write: (_: Batch, row: number, out: ByteWriter) => writer.write(row, out),
        compare: compareBytes as CompareKeys,
      };
    }
    return {
      begin() {},
      write(batch: Batch, row: number, out: ByteWriter) {
        const text = cellText(batch, row, column);
        out.byte(text === null ? nullMark : 1);
        if (text !== null) out.put(encoder.encode(text));
      },
      compare: ((a, aStart, aEnd, b, bStart, bEnd) => {
        const marks = a[aStart]! - b[bStart]!;
        if (marks !== 0 || a[aStart] !== 1) return marks;
        const left = decoder.decode(a.subarray(aStart + 1, aEnd));
        const right = decoder.decode(b.subarray(bStart + 1, bEnd));
        return collator.compare(left, right) * sign;
      }) satisfies CompareKeys,
    };
  });
  let current: Batch;
  const sizeAt = (bytes: Uint8Array, at: number): number =>
    new DataView(bytes.buffer, bytes.byteOffset + at, LENGTH_BYTES).getUint32(0);
  const compare: CompareKeys = (a, aStart, _aEnd, b, bStart) => {
    let left = aStart;
    let right = bStart;
    for (const part of parts) {
      const leftEnd = left + LENGTH_BYTES + sizeAt(a, left);
      const rightEnd = right + LENGTH_BYTES + sizeAt(b, right);
      const order = part.compare(
        a,
        left + LENGTH_BYTES,
        leftEnd,
        b,
        right + LENGTH_BYTES,
        rightEnd,
      );
      if (order !== 0) return order;
      left = leftEnd;
      right = rightEnd;
    }
    return 0;
  };
  return {
    columns,
    begin(batch) {
      current = batch;
      for (const part of parts) part.begin(batch);
    },
    write(row, out) {
      for (const part of parts) {
        const at = out.length;
        for (let i = 0; i < LENGTH_BYTES; i++) out.byte(0);
        part.write(current, row, out);
        out.view.setUint32(at, out.length - at - LENGTH_BYTES);
      }
    },
    compare,
    orderOf({ bytes, ends, count }) {
      const startOf = (n: number): number => (n === 0 ? 0 : ends[n - 1]!);
      const order = new Uint32Array(count);
      for (let i = 0; i < count; i++) order[i] = i;
      return order.sort(
        (a, b) => compare(bytes, startOf(a), ends[a]!, bytes, startOf(b), ends[b]!) || a - b,
      );
    },
  };
}
