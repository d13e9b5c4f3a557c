// The verb preview: the first rows and the first and last bytes of the real output, by the real plug-ins, from the start of the source.
import { loadCharsetEncoder } from '../charsets/encode.ts';
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError } from '../contract/errors.ts';
import type { BatchPlace, EncoderRoom, Segments } from '../contract/encoder.ts';
import { secretOf } from '../contract/secrets.ts';
import type { Loss, Reject } from '../contract/report.ts';
import type { Preview, PreviewLimits } from '../contract/verbs.ts';
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import { typeName } from '../table/data-type.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { openFormatFiles } from './format-files.ts';
import { addCells } from './preview-cells.ts';
import { firstFile } from './first-file.ts';
import { encoderContext } from './encoder-context.ts';
import { createFlow } from './flow.ts';
import { pushDown } from './pushdown.ts';
import { makePlan, type AsText, type Plan } from './graph.ts';
import { nameFacts } from './name-facts.ts';
import { GrownSource, type GrownSchemas } from './plan-source.ts';
import { planSplit, type PlannedSplit } from './row-groups.ts';
import { createSurveyor, SURVEYED_ROWS } from './survey.ts';
import { Tally } from './tally.ts';
import {
  addAsText,
  curableMisfits,
  FieldOrigins,
  misfitError,
  placeMisfit,
  type CurableMisfit,
} from './source-misfit.ts';

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
    isSampled: false,
    areColumnsSampled: false,
    rowsOut: 0,
    rowsFiltered: 0,
    rejects: [],
    losses: [],
    encoded: { rows: 0, losses: [] },
    steps: [],
    elapsedMs: 0,
    error: null,
  };
  const abort = new AbortController();
  const asText: AsText = new Map();
  const grown: GrownSchemas = new Map();
  const scratch = scratchOf(parts, config.limits);
  try {
    for (;;) {
      const plan = await makePlan(config, bindings, parts.plugins, parts.openBytes, abort.signal, {
        asText,
        grown,
        scratch,
        survey: createSurveyor(SURVEYED_ROWS, () => {
          result.areColumnsSampled = true;
        }),
        ...(parts.network && { network: parts.network }),
      });
      result.columns = plan.tables[0]!.schema.fields.map((field) => ({
        name: field.name,
        type: typeName(field.type),
      }));
      try {
        const openFile = openFormatFiles(bindings, parts.openBytes);
        const secret = (id: string): string => secretOf(bindings, id);
        const encoderRoom = { scratch, limits: config.limits, openFile, secret };
        const misfits = await fill(result, plan, bindings, most, encoderRoom, abort.signal);
        if (misfits.length === 0) break;
        addAsText(asText, misfits);
      } catch (thrown) {
        if (!(thrown instanceof GrownSource)) throw thrown;
        if (plan.sources.some(({ planned }) => planned.input.once)) throw thrown.growth.error;
        grown.set(thrown.sourceId, thrown.growth.schema);
      }
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
  encoderRoom: EncoderRoom,
  signal: AbortSignal,
): Promise<CurableMisfit[]> {
  const { output, sources, stepLines, tables } = plan;
  const rejects: Reject[] = [];
  const tally = new Tally(0);
  const onReject = (reject: Reject): void => {
    if (rejects.length >= LISTED_REJECTS) return;
    const { record: _, ...listed } = reject;
    rejects.push(listed);
  };
  Object.assign(result, {
    rows: [],
    lastRows: [],
    rowsRead: 0,
    rowsOut: 0,
    rowsFiltered: 0,
    rejects,
    losses: [],
    encoded: { rows: 0, losses: [] },
    steps: stepLines,
  });
  result.isWhole = false;
  let isCut = false;
  /** Readings of sources that have not come to their end. */
  let unread = 0;
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
        lose: (loss) => tally.lose(loss),
        filtered(rowCount) {
          ledger.in += rowCount;
          ledger.filtered += rowCount;
        },
      });
      unread++;
      for await (const batch of batches) {
        ledger.in += selectedCount(batch);
        origins.note(batch, source);
        yield batch;
        if ((planned.opened?.bytesRead() ?? 0) > MOST_BYTES_READ) {
          isCut = true;
          return;
        }
      }
      unread--;
    },
    onReject,
    onLoss: (loss) => tally.lose(loss),
  });
  const split = planSplit(plan.config, output, tables[0]!.schema);
  const ofFile = firstFile(split);
  const room = Math.min(most.rows, output.config.split?.rows ?? Infinity);
  const isOnce = sources.some(({ planned }) => planned.input.once);
  const writer = await openSampleWriter(plan, split, bindings, most.bytes, origins, encoderRoom);
  let last: Batch[] = [];
  let lastSeen = 0;
  let fileRows = 0;
  try {
    for (const [table, stream] of tables.entries()) {
      /** The last rows of what was read, in the batches they came in. */
      last = [];
      const mostLast = Math.ceil(TAIL_CELLS / Math.max(1, stream.schema.fields.length));
      let rowsSeen = 0;
      let rowsOut = 0;
      let inFile = 0;
      let seenOfFile = 0;
      if (!isCut) await writer.beginTable(table);
      for await (const whole of flow.open(stream)) {
        const batch = sliceSelected(whole, 0, room - rowsOut);
        const count = selectedCount(batch);
        if (table === 0) addCells(result.rows, batch, count, most);
        const rows = ofFile(batch);
        if (!isCut || table === 0) await writer.addToHead(rows, inFile, table);
        inFile += selectedCount(rows);
        seenOfFile += selectedCount(ofFile(whole));
        rowsOut += count;
        rowsSeen += selectedCount(whole);
        last = lastRows([...last, whole], Math.min(TAIL_ROWS, mostLast));
        // Just as many as were asked for may be all there are; what can be read only once is left to the run.
        if (rowsSeen > rowsOut || (rowsOut >= room && isOnce)) {
          isCut = true;
          break;
        }
      }
      if (!isCut) await writer.endTable(table, inFile);
      result.rowsOut += rowsOut;
      fileRows += inFile;
      lastSeen = seenOfFile;
      if (table === 0)
        for (const batch of last) addCells(result.lastRows, batch, selectedCount(batch), most);
    }
    result.rowsRead = sources.reduce((sum, { ledger }) => sum + ledger.in, 0);
    result.isSampled = unread > 0;
    result.losses = tally.losses();
    const lines = [...sources.map(({ ledger }) => ledger), ...stepLines];
    result.rowsFiltered = lines.reduce((sum, { filtered }) => sum + filtered, 0);
    const head = await writer.head(isCut ? null : fileRows);
    result.head = head.bytes;
    result.encoded = writer.encoded();
    result.isWhole = head.isWhole;
    if (head.part !== undefined) result.part = head.part;
    if (!head.isWhole) result.tail = await writer.tail(last.map(ofFile), lastSeen, fileRows);
    return [];
  } catch (thrown) {
    if (thrown instanceof ReadAsText) return thrown.misfits;
    throw thrown;
  } finally {
    await writer.close();
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
async function openSampleWriter(
  plan: Plan,
  split: PlannedSplit | null,
  bindings: Bindings,
  mostBytes: number,
  origins: FieldOrigins,
  room: EncoderRoom,
) {
  const { output, sources, tables } = plan;
  const isMany = tables.length > 1;
  const facts = nameFacts(plan, split, bindings);
  const context = encoderContext(plan, output, split, facts, 0);
  const openCharset = output.format.isText
    ? await loadCharsetEncoder(output.config.charset.id)
    : null;
  const openEncoders = () => ({
    rows:
      output.formatModule.openStream?.(context, room) ?? output.formatModule.openEncoder(context),
    charset: openCharset?.(output.config.charset, output.formatModule.escapeCodePoint) ?? null,
  });
  const encoders = openEncoders();
  type Encoders = typeof encoders;
  /** Of a package one part is shown. */
  const shownPart = output.format.container?.shows;
  let current: string | undefined;
  let isPartOver = false;
  /** What the format sees of the first rows, as far as they are in one batch. */
  const look = (table: number, batch: Batch): unknown => {
    const { lookAhead } = output.formatModule;
    const rows = lookAhead?.rows(output.formatOptions) ?? 0;
    return rows > 0 ? lookAhead!.look(context, table, [sliceSelected(batch, 0, rows)]) : undefined;
  };
  /** What becomes of the values in the head; the tail's rows may be among them. */
  const tally = new Tally(0);
  let rowsEncoded = 0;
  const lose = (used: Encoders, losses: readonly Loss[]): void => {
    if (used === encoders) for (const loss of losses) tally.lose(loss);
  };
  const inCharset = (used: Encoders, bytes: Uint8Array): Uint8Array => {
    if (used.charset === null) return bytes;
    const made = used.charset.encode(bytes);
    lose(used, made.losses);
    return made.bytes;
  };
  /** Segments up to where another file begins. */
  const mainBytes = async (used: Encoders, segments: Segments): Promise<Uint8Array[]> => {
    const made: Uint8Array[] = [];
    let isMore = true;
    for await (const { entry, part, bytes } of segments) {
      isMore &&= entry === undefined;
      if (part !== undefined) {
        isPartOver ||= current === shownPart;
        current = part;
      }
      if (isMore && current === shownPart) made.push(inCharset(used, bytes));
    }
    return made;
  };
  const encode = async (
    used: Encoders,
    batch: Batch,
    firstRow: number,
    table: number,
  ): Promise<Uint8Array[]> => {
    try {
      const at: BatchPlace = { firstRow, isFirst: firstRow === 0 };
      if (table > 0) at.table = table;
      const { segments, losses } = await used.rows.encodeBatch(batch, at);
      lose(used, losses);
      return await mainBytes(used, segments);
    } catch (thrown) {
      const placed = placeMisfit(thrown, batch, output.formatModule, context, origins);
      const misfits = curableMisfits(placed);
      const isOnce = sources.some(({ planned }) => planned.input.once);
      if (misfits.length === 0 || isOnce) throw misfitError(placed);
      throw new ReadAsText(misfits);
    }
  };

  const pieces = [encoders.charset?.begin() ?? new Uint8Array(0)];
  let size = sizeOf(pieces);
  const add = (made: readonly Uint8Array[]): void => {
    pieces.push(...made);
    size += sizeOf(made);
  };
  let hasBegun = false;
  const begin = async (ahead?: unknown): Promise<void> => {
    if (hasBegun) return;
    hasBegun = true;
    add(await mainBytes(encoders, encoders.rows.begin(ahead)));
  };
  return {
    async close(): Promise<void> {
      if ('close' in encoders.rows) await encoders.rows.close();
    },
    async beginTable(table: number): Promise<void> {
      if (isMany) await begin();
      if (isMany && !isPartOver)
        add(await mainBytes(encoders, encoders.rows.beginTable?.(table) ?? []));
    },
    async endTable(table: number, rowCount: number): Promise<void> {
      if (isMany && !isPartOver)
        add(await mainBytes(encoders, encoders.rows.endTable?.(table, { rowCount }) ?? []));
    },
    /** Takes the rows while there is room for more bytes. */
    async addToHead(batch: Batch, firstRow: number, table: number): Promise<void> {
      const rowsAtOnce = Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, batch.columns.length)));
      const count = selectedCount(batch);
      await begin(firstRow === 0 ? look(table, batch) : undefined);
      for (let from = 0; from < count && size < mostBytes && !isPartOver; from += rowsAtOnce) {
        const rows = sliceSelected(batch, from, from + rowsAtOnce);
        add(await encode(encoders, rows, firstRow + from, table));
        rowsEncoded += selectedCount(rows);
      }
    },
    encoded: () => ({ rows: rowsEncoded, losses: tally.losses() }),
    /** `rowCount`: rows of the whole output if it ends here, else null. */
    async head(
      rowCount: number | null,
    ): Promise<{ bytes: Uint8Array; isWhole: boolean; part?: string }> {
      await begin();
      const ends = rowCount !== null && size < mostBytes;
      if (ends && !isPartOver) add(await mainBytes(encoders, encoders.rows.end({ rowCount })));
      const bytes = joined(pieces);
      return {
        bytes: bytes.slice(0, mostBytes),
        isWhole: ends && shownPart === undefined && bytes.length <= mostBytes,
        ...(shownPart !== undefined && { part: shownPart }),
      };
    },
    /** The end of an output whose last table has `rowCount` rows, of which these are the last, of `total` in all. */
    async tail(batches: readonly Batch[], rowCount: number, total: number): Promise<Uint8Array> {
      // The end of a package is a list of its parts.
      if (shownPart !== undefined) return new Uint8Array(0);
      const used = openEncoders();
      await mainBytes(used, used.rows.begin());
      const table = tables.length - 1;
      if (isMany) await mainBytes(used, used.rows.beginTable?.(table) ?? []);
      let firstRow = batches.reduce((left, batch) => left - selectedCount(batch), rowCount);
      const made: Uint8Array[] = [];
      for (const batch of batches) {
        made.push(...(await encode(used, batch, firstRow, table)));
        firstRow += selectedCount(batch);
      }
      if (isMany)
        made.push(...(await mainBytes(used, used.rows.endTable?.(table, { rowCount }) ?? [])));
      made.push(...(await mainBytes(used, used.rows.end({ rowCount: isMany ? total : rowCount }))));
      if ('close' in used.rows) await used.rows.close();
      const bytes = joined(made);
      // Whole characters of UTF-16, and of UTF-8 below.
      let from = Math.ceil(Math.max(0, bytes.length - mostBytes) / 4) * 4;
      const charset = output.config.charset.id.toLowerCase();
      if (from > 0 && charset === 'utf-8')
        while (from < bytes.length && (bytes[from]! & 0xc0) === 0x80) from++;
      // Elsewhere only a line feed tells that no character is cut.
      else if (from > 0 && !charset.startsWith('utf-')) from = bytes.indexOf(10, from) + 1 || from;
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
