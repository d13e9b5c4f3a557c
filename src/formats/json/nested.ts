// The nested structure: rows that follow each other and share their group's values stand under one key, level by level.
import { ExportError, shorten } from '../../contract/errors.ts';
import { openJsonRecords } from '../../contract/json-values.ts';
import type { EncoderContext, StreamEncoder } from '../../contract/encoder.ts';
import type { Scratch } from '../../contract/scratch.ts';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createKeyTable } from '../../table/key-table.ts';
import { createLayout } from './layout.ts';
import { createSurroundings } from './metadata.ts';
import { throughPart } from './misfit-columns.ts';
import type { JsonOptions } from './options.ts';
import { createRowKeys } from './row-keys.ts';
import { project, readLevels, timesOf } from './structure.ts';
import { LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NOTHING = new Uint8Array(0);

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** One level: the group that is open, and the keys that were there under the same parent. */
interface Level {
  key: string;
  position: number;
  column: string;
  current: Uint8Array | null;
  seen: ReturnType<typeof createKeyTable>;
}

export function openNested(
  context: EncoderContext<JsonOptions>,
  { memoryBytes }: Scratch,
): StreamEncoder {
  const { options, schema } = context;
  const { groups, rest } = readLevels(options, schema);
  const levels = groups.map((position, i): Level => {
    const { key } = options.levels[i]!;
    const column = schema.fields[position]!.name;
    return { key, position, column, current: null, seen: createKeyTable(64) };
  });
  const layout = createLayout(options);
  const around = createSurroundings(context, layout);
  const depth = levels.length * 2 + 2;
  const { records, startBatch, takeLosses } = openJsonRecords(
    rest.schema,
    options,
    layout.indent(depth),
    { times: timesOf(rest, options, schema) },
  );
  const first = encoder.encode(layout.line(depth));
  const before = encoder.encode(`,${layout.line(depth)}`);
  const out = new ByteWriter(1 << 16);
  let nullKeys: Loss[] = [];

  /** Closes the open groups of `from` and all levels inside. */
  const close = (from: number): void => {
    for (let i = levels.length - 1; i >= from; i--) {
      if (levels[i]!.current === null) continue;
      out.text(
        i === levels.length - 1 ? `${layout.line(i * 2 + 3)}]` : `${layout.line(i * 2 + 3)}}`,
      );
      out.text(`${layout.open(i * 2 + 2)}}`);
      levels[i]!.current = null;
    }
  };
  /** Opens groups from level `from` on; `isFirst`: the outermost of them is the first under its parent. */
  const open = (from: number, keys: readonly Uint8Array[], row: number): void => {
    for (let i = from; i < levels.length; i++) {
      const level = levels[i]!;
      const key = keys[i]!;
      const known = level.seen.size;
      if (level.seen.findOrAdd(key, 0, key.length) < known)
        throw new ExportError('encode.json.group-apart', {
          group: shorten(decoder.decode(key).slice(1, -1)),
          column: shorten(level.column),
          row: row + 1,
        });
      if (levels.reduce((sum, { seen }) => sum + seen.memoryBytes, 0) > memoryBytes)
        throw new ExportError('encode.json.too-many-keys', { what: level.key, limit: memoryBytes });
      out.text((known > 0 ? ',' : '') + layout.line(i * 2 + 2));
      out.put(key);
      const inner = levels[i + 1];
      out.text((options.prettyPrint ? ': {' : ':{') + layout.open(i * 2 + 3));
      out.text(layout.key(inner?.key ?? options.childrenKey) + (inner ? '{' : '['));
      level.current = key;
      if (inner) inner.seen = createKeyTable(64);
    }
  };

  return {
    begin() {
      out.clear();
      out.text(`${around.open}${layout.key(levels[0]!.key)}{`);
      return [{ bytes: out.take() }];
    },
    async encodeBatch(batch, at) {
      out.clear();
      const count = selectedCount(batch);
      const writers = levels.map(({ position }) => createRowKeys(batch, [position]));
      const children = project(batch, rest);
      const scratch = new ByteWriter(256);
      let rowCount = 0;
      let from = 0;
      /** Writes the rows [from, to) of the open group. */
      const flush = (to: number, isNew: boolean): void => {
        if (to === from) return;
        const rows: Batch = sliceSelected(children, from, to);
        startBatch(at.firstRow + from);
        const frame = { first: isNew ? first : before, before, after: NOTHING };
        rowCount += throughPart(rest, () => records.writeBatch(rows, out, frame));
        from = to;
      };
      let isNew = false;
      for (let i = 0; i < count; i++) {
        const row = selectedRow(batch, i);
        let changed = -1;
        const keys = levels.map((level, l) => {
          scratch.clear();
          if (!writers[l]!(row, scratch)) countNull(level.column);
          const written = scratch.written();
          if (level.current !== null && sameBytes(level.current, written)) return level.current;
          if (changed < 0) changed = l;
          return written.slice();
        });
        if (changed < 0) continue;
        flush(i, isNew);
        close(changed);
        open(changed, keys, at.firstRow + i);
        isNew = true;
      }
      flush(count, isNew);
      const losses = [...nullKeys, ...takeLosses(at.isFirst && rowCount > 0)];
      nullKeys = [];
      return { segments: out.length === 0 ? [] : [{ bytes: out.take() }], rowCount, losses };
    },
    end({ rowCount }) {
      out.clear();
      close(0);
      out.text(`${levels[0]!.seen.size > 0 ? layout.line(1) : ''}}`);
      out.text(around.close(rowCount));
      return [{ bytes: out.take() }];
    },
    async close() {},
  };

  function countNull(column: string): void {
    const known = nullKeys.find((loss) => loss.column === column);
    if (known) known.count++;
    else
      nullKeys.push({
        code: 'json.null-key',
        sentence: LOSS_TEXTS['json.null-key'],
        column,
        count: 1,
      });
  }
}
