// The verb preview: the first rows and the first and last bytes of the real output, by the real plug-ins, from the start of the source.
import { openCharsetEncoder } from '../charsets/encode.ts';
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError } from '../contract/errors.ts';
import type { EncoderContext, Segment } from '../contract/plugins.ts';
import type { Reject } from '../contract/report.ts';
import type { Preview, PreviewCell, PreviewLimits } from '../contract/verbs.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';
import { typeName } from '../table/data-type.ts';
import type { EngineParts } from './engine-parts.ts';
import { outputName } from './naming.ts';
import { makePlan, type Plan } from './plan.ts';
import { curableMisfits, misfitError, placeMisfit } from './source-misfit.ts';
import { throughSteps } from './steps.ts';

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
  const asText = new Set<number>();
  try {
    for (;;) {
      const plan = await makePlan(config, bindings, parts.plugins, parts.openBytes, abort.signal, {
        asText,
      });
      result.columns = plan.schema.fields.map((field) => ({
        name: field.name,
        type: typeName(field.type),
      }));
      const misfits = await fill(result, plan, bindings, most, abort.signal);
      if (misfits.length === 0) break;
      for (const column of misfits) asText.add(column);
    }
  } catch (thrown) {
    result.error = asExportError(thrown).toJSON();
  }
  abort.abort();
  result.elapsedMs = performance.now() - startMs;
  return result;
}

/** What encoding some rows gave that do not fit their column's type: the source columns to be read as text. */
class AsText extends Error {
  readonly columns: number[];

  constructor(columns: number[]) {
    super('columns to be read as text');
    this.columns = columns;
  }
}

/** Fills rows and bytes; returns the source columns to be read as text where an inferred type did not hold. */
async function fill(
  result: Preview,
  plan: Plan,
  bindings: Bindings,
  most: Most,
  signal: AbortSignal,
): Promise<number[]> {
  const { config, output, source, steps } = plan;
  const rejects: Reject[] = [];
  let rejected = 0;
  const onReject = (reject: Reject): void => {
    rejected++;
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
  const read = async function* (): AsyncGenerator<Batch> {
    const batches = source.module.read({
      input: source.input,
      options: source.options,
      columns: source.config.columns ?? [],
      schema: source.schema,
      limits: config.limits,
      signal,
      reject: onReject,
      lose: () => {},
    });
    for await (const batch of batches) {
      result.rowsRead += selectedCount(batch);
      yield batch;
      if ((source.opened?.bytesRead() ?? 0) > MOST_BYTES_READ) {
        isCut = true;
        return;
      }
    }
  };
  const room = Math.min(most.rows, output.config.split?.rows ?? Infinity);
  const writer = openSampleWriter(plan, bindings, most.bytes);
  /** The last rows of what was read, in the batches they came in. */
  let last: Batch[] = [];
  const mostLast = Math.ceil(TAIL_CELLS / Math.max(1, plan.schema.fields.length));
  let rowsSeen = 0;
  try {
    for await (const whole of throughSteps(read(), steps, onReject, () => {})) {
      const batch = sliceSelected(whole, 0, room - result.rowsOut);
      const count = selectedCount(batch);
      addCells(result.rows, batch, count, most);
      writer.addToHead(batch, result.rowsOut);
      result.rowsOut += count;
      rowsSeen += selectedCount(whole);
      last = lastRows([...last, whole], Math.min(TAIL_ROWS, mostLast));
      // Just as many as were asked for may be all there are; what can be read only once is left to the run.
      if (rowsSeen > result.rowsOut || (result.rowsOut >= room && source.input.once)) {
        isCut = true;
        break;
      }
    }
    for (const batch of last) addCells(result.lastRows, batch, selectedCount(batch), most);
    result.rowsRead += rejectedBySource(rejected, steps);
    result.rowsFiltered = steps.reduce((sum, { ledger }) => sum + ledger.filtered, 0);
    const head = writer.head(isCut ? null : result.rowsOut);
    result.head = head.bytes;
    result.isWhole = head.isWhole;
    if (!head.isWhole) result.tail = writer.tail(last, rowsSeen);
    return [];
  } catch (thrown) {
    if (thrown instanceof AsText) return thrown.columns;
    throw thrown;
  }
}

/** Rejects that no step made. */
function rejectedBySource(rejected: number, steps: Plan['steps']): number {
  return steps.reduce((left, { ledger }) => left - ledger.rejected, rejected);
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
function openSampleWriter(plan: Plan, bindings: Bindings, mostBytes: number) {
  const { config, output, source } = plan;
  const context: EncoderContext<unknown> = {
    options: output.formatOptions,
    schema: plan.schema,
    name: outputName(config, source.input.name),
    timeZone: config.timeZone,
    startedAtMs: bindings.clock?.() ?? Date.now(),
    sourceName: source.input.name,
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
  const encode = (used: Encoders, batch: Batch, firstRow: number): Uint8Array[] => {
    try {
      const at = { firstRow, isFirst: firstRow === 0 };
      return mainBytes(used, used.rows.encodeBatch(batch, at).segments);
    } catch (thrown) {
      const placed = placeMisfit(thrown, batch, output.formatModule, context);
      const misfits = curableMisfits(placed, source.schema);
      if (misfits.length === 0 || source.input.once) throw misfitError(placed, source.schema);
      throw new AsText(misfits.map((misfit) => misfit.sourceColumn));
    }
  };

  const pieces = [
    encoders.charset?.begin() ?? new Uint8Array(0),
    ...mainBytes(encoders, encoders.rows.begin()),
  ];
  let size = sizeOf(pieces);
  const rowsAtOnce = Math.max(
    1,
    Math.floor(CELLS_AT_ONCE / Math.max(1, plan.schema.fields.length)),
  );
  return {
    /** Takes the rows while there is room for more bytes. */
    addToHead(batch: Batch, firstRow: number): void {
      const count = selectedCount(batch);
      for (let from = 0; from < count && size < mostBytes; from += rowsAtOnce) {
        const rows = sliceSelected(batch, from, from + rowsAtOnce);
        const made = encode(encoders, rows, firstRow + from);
        pieces.push(...made);
        size += sizeOf(made);
      }
    },
    /** `rowCount`: rows of the whole output if it ends here, else null. */
    head(rowCount: number | null): { bytes: Uint8Array; isWhole: boolean } {
      const ends = rowCount !== null && size < mostBytes;
      if (ends) pieces.push(...mainBytes(encoders, encoders.rows.end({ rowCount })));
      const bytes = joined(pieces);
      return { bytes: bytes.slice(0, mostBytes), isWhole: ends && bytes.length <= mostBytes };
    },
    /** The end of an output of `rowCount` rows, of which these are the last. */
    tail(batches: readonly Batch[], rowCount: number): Uint8Array {
      const used = openEncoders();
      used.rows.begin();
      let firstRow = batches.reduce((left, batch) => left - selectedCount(batch), rowCount);
      const made: Uint8Array[] = [];
      for (const batch of batches) {
        made.push(...encode(used, batch, firstRow));
        firstRow += selectedCount(batch);
      }
      made.push(...mainBytes(used, used.rows.end({ rowCount })));
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
