// The arrow encoder: rows are gathered into record batches, which are written as they fill.
import { readTypedColumn } from '../../contract/typed-columns.ts';
import type {
  BatchPlace,
  EncodedBatch,
  Encoder,
  EncoderContext,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { type Batch, selectedCount, type TypedColumn } from '../../table/batch.ts';
import { concatColumns, gatherColumn, withoutDictionary } from '../../table/gather-column.ts';
import { measureRows, rowsWithin } from '../../table/measure-rows.ts';
import { layOutBody, type PackBuffer } from './body.ts';
import { createTextDictionary } from './dictionaries.ts';
import { packLz4Frame } from './lz4-frame.ts';
import {
  batchMessage,
  type Block,
  type BodyCodec,
  dictionaryMessage,
  FILE_START,
  footerBytes,
  type Message,
  schemaMessage,
  STREAM_END,
} from './messages.ts';
import type { ArrowOptions } from './options.ts';
import { arrowColumns, schemaTable } from './schema-table.ts';

/** A record batch ends before its values take more: it is held in memory by writer and readers. */
const MOST_BATCH_BYTES = 64 << 20;
const ZSTD_LEVEL = 3;

async function packingOf({ compression }: ArrowOptions): Promise<{
  codec: BodyCodec;
  pack: PackBuffer;
}> {
  switch (compression) {
    case 'none':
      return { codec: null, pack: null };
    case 'lz4':
      return { codec: 0, pack: packLz4Frame };
    case 'zstd': {
      const { openZstdPack } = await import('../../contract/pack-zstd.ts');
      const pack = await openZstdPack();
      return { codec: 1, pack: (buffer) => pack(buffer, ZSTD_LEVEL) };
    }
  }
}

function openStream({ options, schema }: EncoderContext<ArrowOptions>): StreamEncoder {
  const columns = arrowColumns(schema, options.dictionary);
  const described = schemaTable(
    columns,
    Object.entries(options.metadata).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const isFile = options.container === 'file';
  const dictionaries = columns.map(({ dictionary }) =>
    dictionary === null ? null : createTextDictionary(),
  );
  const blocks = { dictionaries: [] as Block[], batches: [] as Block[] };
  let packing: Awaited<ReturnType<typeof packingOf>> | null = null;
  let offset = 0;
  /** Stretches of columns that the next record batch begins with. */
  let held: TypedColumn[][] = [];
  let rowCount = 0;
  let sizeBytes = 0;

  const placed = (bytes: Uint8Array): Segment => {
    offset += bytes.length;
    return { bytes };
  };
  const put = function* (message: Message, list: Block[] | null): Generator<Segment> {
    const { headBytes, bodyBytes } = message;
    list?.push({ offset, headBytes, bodyBytes });
    for (const piece of message.pieces) if (piece.length > 0) yield placed(piece);
  };

  const endBatch = function* (): Generator<Segment> {
    const { codec, pack } = packing!;
    const whole = columns.map((_, i) => concatColumns(held.map((stretch) => stretch[i]!)));
    for (const [i, place] of dictionaries.entries()) {
      if (place === null) continue;
      const { places, fresh } = place(whole[i]!);
      whole[i] = places;
      const isFirst = blocks.batches.length === 0;
      // A dictionary has to be there even where it is empty.
      if (fresh.length === 0 && !isFirst) continue;
      const body = layOutBody([fresh], pack);
      const id = columns[i]!.dictionary!;
      yield* put(dictionaryMessage(id, fresh.length, !isFirst, body, codec), blocks.dictionaries);
    }
    yield* put(batchMessage(rowCount, layOutBody(whole, pack), codec), blocks.batches);
    held = [];
    rowCount = 0;
    sizeBytes = 0;
  };

  return {
    *begin() {
      if (isFile) yield placed(FILE_START);
      yield* put(schemaMessage(described), null);
    },
    async encodeBatch(batch) {
      packing ??= await packingOf(options);
      const segments: Segment[] = [];
      const read = columns.map((_, i) => withoutDictionary(readTypedColumn(batch, i)));
      const count = selectedCount(batch);
      for (let from = 0; from < count;) {
        const most = Math.min(count, from + options.batchSize - rowCount);
        let taken = rowsWithin(read, from, most, MOST_BATCH_BYTES - sizeBytes);
        // A row that is larger than any batch has one of its own.
        if (taken === 0 && rowCount === 0) taken = 1;
        const to = from + taken;
        if (taken > 0) held.push(read.map((column) => stretchOf(column, from, to)));
        rowCount += taken;
        sizeBytes += read.reduce((sum, column) => sum + measureRows(column, from, to), 0);
        if (rowCount === options.batchSize || taken < most - from) segments.push(...endBatch());
        from = to;
      }
      return { segments, losses: [] };
    },
    async *end() {
      packing ??= await packingOf(options);
      if (rowCount > 0) yield* endBatch();
      yield placed(STREAM_END);
      if (isFile) yield placed(footerBytes(described, blocks.dictionaries, blocks.batches));
    },
    async close() {},
  };
}

/** Rows [from, to) of a column, in buffers that nobody else writes. */
function stretchOf(column: TypedColumn, from: number, to: number): TypedColumn {
  if (from === 0 && to === column.length) return column;
  const rows = new Uint32Array(to - from);
  for (let i = 0; i < rows.length; i++) rows[i] = from + i;
  return gatherColumn(column, rows);
}

/**
 * Looks at values without writing them: with it the engine finds out which other columns of a batch hold texts that do not fit.
 * A file can only be written by the stream.
 */
function openEncoder({ schema }: EncoderContext<ArrowOptions>): Encoder {
  return {
    begin: () => [],
    encodeBatch(batch: Batch, _at: BatchPlace): EncodedBatch {
      for (const i of schema.fields.keys()) readTypedColumn(batch, i);
      return { segments: [], losses: [] };
    },
    end: () => [],
  };
}

export const arrowModule: FormatModule<ArrowOptions> = { openEncoder, openStream };
