// The verb preview: the first rows and the first and last bytes of the real output, by the real plug-ins, from the start of the source.
import { openCharsetEncoder } from '../charsets/encode.ts';
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError } from '../contract/errors.ts';
import type { BatchPlace, EncoderContext, Segment } from '../contract/plugins.ts';
import type { Reject } from '../contract/report.ts';
import type { Preview, PreviewCell, PreviewLimits } from '../contract/verbs.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';
import { typeName } from '../table/data-type.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { outputName } from './naming.ts';
import { createFlow } from './flow.ts';
import { pushDown } from './pushdown.ts';
import { makePlan, sourceNames, type AsText, type Plan } from './graph.ts';
import {
  addAsText,
  curableMisfits,
  FieldOrigins,
  misfitError,
  placeMisfit,
  type CurableMisfit,
} from './source-misfit.ts';

const CELL_CHARACTERS = 500;
/** Rows that a filter lets through may be rare; the preview stops looking after this many source bytes. */
const MOST_BYTES_READ = 16 * 1024 * 1024;
const TAIL_ROWS = 50;
/** Cells of the last rows that are encoded for the tail: as many as fill it if each were a byte. */
const TAIL_CELLS = 64 * 1024;
const LISTED_REJECTS = 100;
/** Cells encoded at once: a table of thousands of columns fills the head with its first rows. */
const CELLS_AT_ONCE = 4_096;

type Most = Required<PreviewLimits>;

export async function preview(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  limits: PreviewLimits = {},
): Promise<Preview> {
  const startMs = performance.now();
  const { rows = 100, bytes = 64 * 1024, columns = Infinity, firstColumn = 0 } = limits;
  const most: Most = { rows, bytes, columns, firstColumn };
  const result: Preview = {
    columns: [],
    rows: [],
    lastRows: [],
    head: new Uint8Array(0),
    isWhole: false,
    tail: new Uint8Array(0),
    rowsRead: 0,
    rowsOut: 0,
    rowsFiltered: 0,
    rejects: [],
    elapsedMs: 0,
    error: null,
  };
  const abort = new AbortController();
  const asText: AsText = new Map();
  const scratch = scratchOf(parts, config.limits);
  try {
    for (;;) {
      const plan = await makePlan(config, bindings, parts.plugins, parts.openBytes, abort.signal, {
        asText,
        scratch,
      });
      result.columns = plan.tables[0]!.schema.fields.map((field) => ({
        name: field.name,
        type: typeName(field.type),
      }));
      const misfits = await fill(result, plan, bindings, most, abort.signal);
      if (misfits.length === 0) break;
      addAsText(asText, misfits);
    }
  } catch (thrown) {
    result.error = asExportError(thrown).toJSON();
  }
  abort.abort();
  await scratch.close();
  result.elapsedMs = performance.now() - startMs;
  return result;
}

/** What encoding some rows gave that do not fit their column's type: the source columns to be read as text. */
class ReadAsText extends Error {
  readonly misfits: CurableMisfit[];

  constructor(misfits: CurableMisfit[]) {
    super('columns to be read as text');
    this.misfits = misfits;
  }
}

/** Fills rows and bytes; returns the source columns to be read as text where an inferred type did not hold. */
async function fill(
  result: Preview,
  plan: Plan,
  bindings: Bindings,
  most: Most,
  signal: AbortSignal,
): Promise<CurableMisfit[]> {
  const { output, sources, stepLines, tables } = plan;
  const rejects: Reject[] = [];
  const onReject = (reject: Reject): void => {
    if (rejects.length < LISTED_REJECTS) rejects.push(reject);
  };
  Object.assign(result, {
    rows: [],
    lastRows: [],
    rowsRead: 0,
    rowsOut: 0,
    rowsFiltered: 0,
    rejects,
  });
  result.isWhole = false;
  let isCut = false;
  const origins = new FieldOrigins(sources);
  const flow = createFlow({
    async *read(stream) {
      const { source } = stream;
      const { planned, ledger } = source;
      const batches = planned.read({
        ...pushDown(stream, () => {}),
        signal,
        reject(reject) {
          ledger.in++;
          onReject(reject);
        },
        lose: () => {},
        filtered(rowCount) {
          ledger.in += rowCount;
          ledger.filtered += rowCount;
        },
      });
      for await (const batch of batches) {
        ledger.in += selectedCount(batch);
        origins.note(batch, source);
        yield batch;
        if ((planned.opened?.bytesRead() ?? 0) > MOST_BYTES_READ) {
          isCut = true;
          return;
        }
      }
    },
    onReject,
    onLoss: () => {},
  });
  const room = Math.min(most.rows, output.config.split?.rows ?? Infinity);
  const isOnce = sources.some(({ planned }) => planned.input.once);
  const writer = openSampleWriter(plan, bindings, most.bytes, origins);
  let last: Batch[] = [];
  let lastSeen = 0;
  try {
    for (const [table, stream] of tables.entries()) {
      /** The last rows of what was read, in the batches they came in. */
      last = [];
      const mostLast = Math.ceil(TAIL_CELLS / Math.max(1, stream.schema.fields.length));
      let rowsSeen = 0;
      let rowsOut = 0;
      if (!isCut) writer.beginTable(table);
      for await (const whole of flow.open(stream)) {
        const batch = sliceSelected(whole, 0, room - rowsOut);
        const count = selectedCount(batch);
        if (table === 0) addCells(result.rows, batch, count, most);
        if (!isCut || table === 0) writer.addToHead(batch, rowsOut, table);
        rowsOut += count;
        rowsSeen += selectedCount(whole);
        last = lastRows([...last, whole], Math.min(TAIL_ROWS, mostLast));
        // Just as many as were asked for may be all there are; what can be read only once is left to the run.
        if (rowsSeen > rowsOut || (rowsOut >= room && isOnce)) {
          isCut = true;
          break;
        }
      }
      if (!isCut) writer.endTable(table, rowsOut);
      result.rowsOut += rowsOut;
      lastSeen = rowsSeen;
      if (table === 0)
        for (const batch of last) addCells(result.lastRows, batch, selectedCount(batch), most);
    }
    result.rowsRead = sources.reduce((sum, { ledger }) => sum + ledger.in, 0);
    const lines = [...sources.map(({ ledger }) => ledger), ...stepLines];
    result.rowsFiltered = lines.reduce((sum, { filtered }) => sum + filtered, 0);
    const head = writer.head(isCut ? null : result.rowsOut);
    result.head = head.bytes;
    result.isWhole = head.isWhole;
    if (!head.isWhole) result.tail = writer.tail(last, lastSeen, result.rowsOut);
    return [];
  } catch (thrown) {
    if (thrown instanceof ReadAsText) return thrown.misfits;
    throw thrown;
  } finally {
    await flow.close();
  }
}

/** The last `rows` selected rows of the batches. */
function lastRows(batches: readonly Batch[], rows: number): Batch[] {
  const kept: Batch[] = [];
  let left = rows;
  for (const batch of batches.toReversed()) {
    const count = selectedCount(batch);
    if (left > 0 && count > 0) kept.unshift(sliceSelected(batch, count - left, count));
    left -= count;
  }
  return kept;
}

/** Encodes what a preview shows of the bytes, in the output's charset, as far as it is shown. */
function openSampleWriter(
  plan: Plan,
  bindings: Bindings,
  mostBytes: number,
  origins: FieldOrigins,
) {
  const { config, output, sources, tables } = plan;
  const isMany = tables.length > 1;
  const context: EncoderContext<unknown> = {
    options: output.formatOptions,
    schema: tables[0]!.schema,
    ...(isMany && { tables: tables.map(({ id, schema }) => ({ name: id, schema })) }),
    name: outputName(config, sources[0]!.planned.input.name),
    timeZone: config.timeZone,
    startedAtMs: bindings.clock?.() ?? Date.now(),
    sourceName: sourceNames(plan),
    part: 0,
  };
  const openEncoders = () => ({
    rows: output.formatModule.openEncoder(context),
    charset: output.format.isText
      ? openCharsetEncoder(output.config.charset, output.formatModule.escapeCodePoint)
      : null,
  });
  const encoders = openEncoders();
  type Encoders = typeof encoders;
  const inCharset = ({ charset }: Encoders, bytes: Uint8Array): Uint8Array =>
    charset === null ? bytes : charset.encode(bytes).bytes;
  /** Segments up to where another file begins. */
  const mainBytes = (used: Encoders, segments: readonly Segment[]): Uint8Array[] => {
    const other = segments.findIndex((segment) => segment.entry !== undefined);
    return (other < 0 ? segments : segments.slice(0, other)).map(({ bytes }) =>
      inCharset(used, bytes),
    );
  };
  const encode = (used: Encoders, batch: Batch, firstRow: number, table: number): Uint8Array[] => {
    try {
      const at: BatchPlace = { firstRow, isFirst: firstRow === 0 };
      if (table > 0) at.table = table;
      return mainBytes(used, used.rows.encodeBatch(batch, at).segments);
    } catch (thrown) {
      const placed = placeMisfit(thrown, batch, output.formatModule, context, origins);
      const misfits = curableMisfits(placed);
      const isOnce = sources.some(({ planned }) => planned.input.once);
      if (misfits.length === 0 || isOnce) throw misfitError(placed);
      throw new ReadAsText(misfits);
    }
  };

  const pieces = [
    encoders.charset?.begin() ?? new Uint8Array(0),
    ...mainBytes(encoders, encoders.rows.begin()),
  ];
  let size = sizeOf(pieces);
  const add = (made: readonly Uint8Array[]): void => {
    pieces.push(...made);
    size += sizeOf(made);
  };
  return {
    beginTable(table: number): void {
      if (isMany) add(mainBytes(encoders, encoders.rows.beginTable?.(table) ?? []));
    },
    endTable(table: number, rowCount: number): void {
      if (isMany) add(mainBytes(encoders, encoders.rows.endTable?.(table, { rowCount }) ?? []));
    },
    /** Takes the rows while there is room for more bytes. */
    addToHead(batch: Batch, firstRow: number, table: number): void {
      const rowsAtOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, batch.columns.length)));
      const count = selectedCount(batch);
      for (let from = 0; from < count && size < mostBytes; from += rowsAtOnce) {
        const rows = sliceSelected(batch, from, from + rowsAtOnce);
        add(encode(encoders, rows, firstRow + from, table));
      }
    },
    /** `rowCount`: rows of the whole output if it ends here, else null. */
    head(rowCount: number | null): { bytes: Uint8Array; isWhole: boolean } {
      const ends = rowCount !== null && size < mostBytes;
      if (ends) pieces.push(...mainBytes(encoders, encoders.rows.end({ rowCount })));
      const bytes = joined(pieces);
      return { bytes: bytes.slice(0, mostBytes), isWhole: ends && bytes.length <= mostBytes };
    },
    /** The end of an output whose last table has `rowCount` rows, of which these are the last, of `total` in all. */
    tail(batches: readonly Batch[], rowCount: number, total: number): Uint8Array {
      const used = openEncoders();
      used.rows.begin();
      const table = tables.length - 1;
      if (isMany) used.rows.beginTable?.(table);
      let firstRow = batches.reduce((left, batch) => left - selectedCount(batch), rowCount);
      const made: Uint8Array[] = [];
      for (const batch of batches) {
        made.push(...encode(used, batch, firstRow, table));
        firstRow += selectedCount(batch);
      }
      if (isMany) made.push(...mainBytes(used, used.rows.endTable?.(table, { rowCount }) ?? []));
      made.push(...mainBytes(used, used.rows.end({ rowCount: isMany ? total : rowCount })));
      const bytes = joined(made);
      // Whole characters of UTF-16, and of UTF-8 below.
      let from = Math.ceil(Math.max(0, bytes.length - mostBytes) / 4) * 4;
      if (from > 0 && output.config.charset.id.toLowerCase() === 'utf-8')
        while (from < bytes.length && (bytes[from]! & 0xc0) === 0x80) from++;
      return bytes.slice(from);
    },
  };
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(sizeOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Adds the first `count` selected rows of the batch, with the cells of the columns that are shown. */
function addCells(rows: PreviewCell[][], batch: Batch, count: number, most: Most): void {
  for (let i = 0; i < count; i++) rows.push(cellsOf(batch, selectedRow(batch, i), most));
}

function cellsOf(batch: Batch, row: number, { firstColumn, columns }: Most): PreviewCell[] {
  return batch.columns.slice(firstColumn, firstColumn + columns).map((_, c) => {
    const text = cellText(batch, row, firstColumn + c);
    return text !== null && text.length > CELL_CHARACTERS
      ? text.slice(0, CELL_CHARACTERS) + '…'
      : text;
  });
}
