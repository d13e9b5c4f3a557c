// The keyed structure: each record under a key of its own, made of some of its values.
import { ExportError, shorten } from '../../contract/errors.ts';
import { openJsonRecords } from '../../contract/json-values.ts';
import type { EncoderContext, StreamEncoder } from '../../contract/encoder.ts';
import type { Scratch } from '../../contract/scratch.ts';
import type { Loss } from '../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createKeyTable } from '../../table/key-table.ts';
import { createLayout } from './layout.ts';
import { createSurroundings } from './metadata.ts';
import { throughPart } from './misfit-columns.ts';
import type { JsonOptions } from './options.ts';
import { createRowKeys } from './row-keys.ts';
import { project, readRecordKey, timesOf } from './structure.ts';
import { LOSS_TEXTS } from './texts.ts';

const NOTHING = new Uint8Array(0);
const QUOTE = 34;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function openKeyed(
  context: EncoderContext<JsonOptions>,
  { memoryBytes }: Scratch,
): StreamEncoder {
  const { options, schema } = context;
  const { key, rest } = readRecordKey(options, schema);
  const keyName = key.map((position) => schema.fields[position]!.name).join(', ');
  const layout = createLayout(options);
  const around = createSurroundings(context, layout);
  const isBare = options.rootKey === '';
  const depth = isBare ? 1 : 2;
  const { records, startBatch, takeLosses } = openJsonRecords(
    rest.schema,
    options,
    layout.indent(depth),
    { times: timesOf(rest, options, schema) },
  );
  const first = encoder.encode(layout.line(depth));
  const before = encoder.encode(`,${layout.line(depth)}`);
  const keys = createKeyTable();
  /** By the number of a key: how many numbered ones were made of it. */
  let numbered = new Uint32Array(64);
  const out = new ByteWriter(1 << 16);

  /** `"a"` → `"a_2"`, or the next number that is free. */
  const numberedKey = (known: number, bytes: Uint8Array): number => {
    const inner = bytes.slice(0, -1);
    const made = new ByteWriter(inner.length + 12);
    for (;;) {
      made.clear();
      made.put(inner);
      made.ascii(`_${++numbered[known]! + 1}`);
      made.byte(QUOTE);
      const next = keys.size;
      const number = keys.findOrAdd(made.bytes, 0, made.length);
      if (number === next) return number;
    }
  };

  return {
    begin() {
      const opening = isBare ? '{' : `${around.open}${layout.key(options.rootKey)}{`;
      return [{ bytes: encoder.encode(opening) }];
    },
    async encodeBatch(batch, at) {
      out.clear();
      startBatch(at.firstRow);
      const hadNone = keys.size === 0;
      const losses: Loss[] = [];
      const lose = (code: keyof typeof LOSS_TEXTS, example: string): void => {
        const known = losses.find((loss) => loss.code === code);
        if (known) known.count++;
        else losses.push({ code, sentence: LOSS_TEXTS[code], column: keyName, count: 1, example });
      };
      const keyOf = createRowKeys(batch, key);
      const one = new ByteWriter(256);
      const count = selectedCount(batch);
      const rows: number[] = [];
      const numbers: number[] = [];
      for (let i = 0; i < count; i++) {
        const row = selectedRow(batch, i);
        one.clear();
        if (!keyOf(row, one)) lose('json.null-key', 'null');
        const next = keys.size;
        let number = keys.findOrAdd(one.bytes, 0, one.length);
        if (number < next) {
          const shown = shorten(decoder.decode(one.written()).slice(1, -1));
          if (options.duplicateKeys === 'fail')
            throw new ExportError('encode.json.key-repeated', {
              key: shown,
              column: keyName,
              row: at.firstRow + i + 1,
            });
          if (options.duplicateKeys === 'first') {
            lose('json.key-left-out', shown);
            continue;
          }
          lose('json.key-numbered', shown);
          number = numberedKey(number, one.written());
        }
        if (keys.size > numbered.length) {
          const grown = new Uint32Array(keys.size * 2);
          grown.set(numbered);
          numbered = grown;
        }
        rows.push(row);
        numbers.push(number);
      }
      if (keys.memoryBytes + numbered.byteLength > memoryBytes)
        throw new ExportError('encode.json.too-many-keys', { what: keyName, limit: memoryBytes });
      let leadAt = 0;
      const frame = {
        first: hadNone ? first : before,
        before,
        after: NOTHING,
        lead(_row: number, to: ByteWriter): void {
          to.put(keys.keyAt(numbers[leadAt++]!));
          to.ascii(layout.isPretty ? ': ' : ':');
        },
      };
      const selection = Uint32Array.from(rows);
      const kept: Batch = { ...project(batch, rest), selection, isShared: true };
      const rowCount = throughPart(rest, () => records.writeBatch(kept, out, frame));
      const segments = out.length === 0 ? [] : [{ bytes: out.take() }];
      losses.push(...takeLosses(at.isFirst));
      return { segments, rowCount, merged: count - rowCount, losses };
    },
    end({ rowCount }) {
      const ending = options.finalNewline ? '\n' : '';
      const closing = (keys.size > 0 ? layout.line(depth - 1) : '') + '}';
      const after = isBare ? ending : around.close(rowCount);
      return [{ bytes: encoder.encode(closing + after) }];
    },
    async close() {
      keys.clear();
    },
  };
}
