// The parquet encoder: rows are gathered into row groups, whose columns are then written one after the other.
import { ExportError, shorten } from '../../contract/errors.ts';
import type {
  BatchPlace,
  EncodedBatch,
  Encoder,
  EncoderContext,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { type Batch, selectedCount, type TypedColumn } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { typeName } from '../../table/data-type.ts';
import { optionErrors } from './check.ts';
import { type ChunkSettings, writeChunk } from './chunk.ts';
import { type PlannedColumn, planFileColumns, readColumn } from './file-columns.ts';
import { LeafMisfit } from './leaf-buffer.ts';
import { measureRows, rowsWithin } from '../../table/measure-rows.ts';
import {
  type ChunkFacts,
  columnIndex,
  footerBytes,
  type GroupFacts,
  offsetIndex,
} from './metadata.ts';
import type { ParquetOptions } from './options.ts';
import type { WantedEncoding } from './encodings.ts';
import { CODECS, type CodecId, loadPack } from './pack.ts';
import { layOut } from './schema-tree.ts';
import { LOSS_TEXTS } from './texts.ts';

const MAGIC = Uint8Array.of(80, 65, 82, 49);
const CREATED_BY = 'export-studio';

const DEFAULT_LEVELS: Record<CodecId, number> = {
  none: 0,
  snappy: 0,
  lz4: 0,
  gzip: 6,
  brotli: 5,
  zstd: 3,
};

/** What is really written: nothing anywhere writes or reads LZO (see the card's losses). */
function codecOf({ compression }: ParquetOptions): CodecId {
  return compression === 'lzo' ? 'zstd' : compression;
}

/** Of the whole file, told with its first rows. */
const LZO_REPLACED: Loss = {
  code: 'parquet.lzo-as-zstd',
  sentence: LOSS_TEXTS['parquet.lzo-as-zstd'],
  count: 1,
};

async function settingsOf(options: ParquetOptions): Promise<ChunkSettings> {
  const codec = codecOf(options);
  return {
    codec: CODECS[codec],
    pack: await loadPack(codec, options.compressionLevel ?? DEFAULT_LEVELS[codec]),
    version: options.writerVersion === '2.0' ? 2 : 1,
    pageBytes: options.pageSize,
    dictionaryBytes: options.dictionary ? options.dictionaryPageSize : 0,
    statistics: options.statistics,
    checksums: options.pageChecksums,
  };
}

/** The wish for a column by its place. */
function wishesOf({ encodings }: ParquetOptions, columns: readonly PlannedColumn[]) {
  const wishes = new Map(Object.entries(encodings));
  return (column: number): WantedEncoding | null => wishes.get(columns[column]!.name) ?? null;
}

function openStream(context: EncoderContext<ParquetOptions>): StreamEncoder {
  const { options, schema } = context;
  rejectFindings(optionErrors(options, schema));
  const columns = planFileColumns(options, schema);
  const { elements, leaves, columnOf, writers } = layOut(columns);
  const wishes = columnOf.map(wishesOf(options, columns));
  const groups: GroupFacts[] = [];
  let settings: ChunkSettings | null = null;
  let offset = 0;
  let rowCount = 0;
  let sizeBytes = 0;

  const placed = (bytes: Uint8Array): Segment => {
    offset += bytes.length;
    return { bytes };
  };

  const endGroup = function* (): Generator<Segment> {
    const chunks: ChunkFacts[] = [];
    for (const [i, leaf] of leaves.entries()) {
      const { bytes, facts } = writeChunk(leaf, wishes[i]!, settings!, offset);
      chunks.push(facts);
      for (const piece of bytes) yield placed(piece);
      leaf.clear();
    }
    groups.push({ rowCount, chunks });
    rowCount = 0;
    sizeBytes = 0;
  };

  const addRows = (read: readonly TypedColumn[], from: number, to: number, at: number): void => {
    for (const [i, column] of read.entries()) {
      try {
        writers[i]!.addRows(column, from, to);
      } catch (thrown) {
        if (!(thrown instanceof LeafMisfit)) throw thrown;
        throw misfitError(thrown, columns[i]!, column, at);
      }
    }
  };

  return {
    begin: () => [placed(MAGIC)],
    async encodeBatch(batch, at) {
      settings ??= await settingsOf(options);
      const segments: Segment[] = [];
      const read = columns.map((column, i) => readColumn(batch, i, column, at.firstRow));
      const count = selectedCount(batch);
      for (let from = 0; from < count;) {
        const most = Math.min(count, from + options.rowGroupSize - rowCount);
        let taken = rowsWithin(read, from, most, options.rowGroupBytes - sizeBytes);
        // A row that is larger than any group has one of its own.
        if (taken === 0 && rowCount === 0) taken = 1;
        const to = from + taken;
        addRows(read, from, to, at.firstRow);
        rowCount += taken;
        sizeBytes += read.reduce((sum, column) => sum + measureRows(column, from, to), 0);
        if (rowCount === options.rowGroupSize || taken < most - from) segments.push(...endGroup());
        from = to;
      }
      const isReplaced = at.isFirst && options.compression === 'lzo';
      return { segments, losses: isReplaced ? [LZO_REPLACED] : [] };
    },
    async *end() {
      settings ??= await settingsOf(options);
      if (rowCount > 0) yield* endGroup();
      if (options.statistics === 'page') yield* indexes(groups, placed, () => offset);
      const footer = footerBytes({
        version: options.writerVersion === '2.0' ? 2 : 1,
        elements,
        groups,
        metadata: Object.entries(options.metadata).sort(([a], [b]) => (a < b ? -1 : 1)),
        createdBy: CREATED_BY,
      });
      yield placed(footer);
      const tail = new Uint8Array(8);
      new DataView(tail.buffer).setUint32(0, footer.length, true);
      tail.set(MAGIC, 4);
      yield placed(tail);
    },
    async close() {},
  };
}

/** The indexes of all pages, which readers find by the footer: those of bounds first, then those of places. */
function* indexes(
  groups: readonly GroupFacts[],
  placed: (bytes: Uint8Array) => Segment,
  offset: () => number,
): Generator<Segment> {
  const chunks = groups.flatMap((group) => group.chunks);
  for (const chunk of chunks) {
    const bytes = columnIndex(chunk.pages!);
    const column = bytes === null ? null : { offset: offset(), size: bytes.length };
    chunk.indexes = { column, offset: { offset: 0, size: 0 } };
    if (bytes !== null) yield placed(bytes);
  }
  for (const chunk of chunks) {
    const bytes = offsetIndex(chunk.pages!);
    chunk.indexes!.offset = { offset: offset(), size: bytes.length };
    yield placed(bytes);
  }
}

function misfitError(
  { row, reason }: LeafMisfit,
  column: PlannedColumn,
  values: TypedColumn,
  firstRow: number,
): ExportError {
  const place = { row: firstRow + row + 1, column: shorten(column.name) };
  const alone: Batch = {
    schema: { fields: [] },
    rowCount: values.length,
    selection: null,
    columns: [values],
    block: null,
  };
  return reason === 'null'
    ? new ExportError('encode.parquet.null', place)
    : new ExportError('encode.parquet.misfit', {
        ...place,
        value: shorten(cellText(alone, row, 0) ?? ''),
        type: column.wanted ?? (reason === 'uuid' ? reason : typeName(column.type)),
      });
}

/**
 * Looks at values without writing them: with it the engine finds out which other columns of a batch hold texts that do not fit.
 * A file can only be written by the stream.
 */
function openEncoder({ options, schema }: EncoderContext<ParquetOptions>): Encoder {
  const columns = planFileColumns(options, schema);
  return {
    begin: () => [],
    encodeBatch(batch: Batch, at: BatchPlace): EncodedBatch {
      for (const [i, column] of columns.entries()) readColumn(batch, i, column, at.firstRow);
      return { segments: [], losses: [] };
    },
    end: () => [],
  };
}

export const parquetModule: FormatModule<ParquetOptions> = { openEncoder, openStream };
