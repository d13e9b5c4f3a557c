// The verb reread: the first rows written as a file of their own and read again by a source plug-in, beside the values written.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, isAbort } from '../contract/errors.ts';
import type { FileDescription, Source } from '../contract/source-plugin.ts';
import { ruleOf, type ReadBack } from '../contract/read-back.ts';
import type { ChangedCell, Reread, RereadLimits } from '../contract/reread.ts';
import { secretOf } from '../contract/secrets.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../table/batch.ts';
import { canonicalCell, type CompareRule } from '../table/canonical-cell.ts';
import { cellText } from '../table/cell-text.ts';
import { typeName, type DataType, type Schema } from '../table/data-type.ts';
import { openTable } from './compare-values.ts';
import { encodeFile, RowCursor } from './encode-stream.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { firstFile } from './first-file.ts';
import { createFlow } from './flow.ts';
import { openFormatFiles } from './format-files.ts';
import { encodedTables, encoderContext } from './encoder-context.ts';
import { makePlan, type AsText, type Plan, type PlannedStream } from './graph.ts';
import { inlineLanes } from './lanes.ts';
import { nameFacts } from './name-facts.ts';
import { GrownSource, type GrownSchemas } from './plan-source.ts';
import type { Plugins } from './plugins.ts';
import { addCells, cutText } from './preview-cells.ts';
import { pushDown } from './pushdown.ts';
import { planSplit } from './row-groups.ts';
import { addAsText, curableMisfits, FieldOrigins, misfitError } from './source-misfit.ts';
import { createSurveyor, SURVEYED_ROWS } from './survey.ts';
import { inCharset } from './pack-output.ts';
import type { RunScratch } from './scratch.ts';

/** Cells that are written and read: what a look at a file may take. */
const MOST_CELLS = 8_000;
/** Rows that a filter lets through may be rare; nothing is looked for behind this many source bytes. */
const MOST_BYTES_READ = 16 * 1024 * 1024;
/** First bytes of the file that are given. */
const HEAD_BYTES = 2048;
/** Files that are read again under another schema. */
const MOST_ATTEMPTS = 1_000;
const SHEETS = { rows: 200, columns: 64 };

/** A file of the first rows, and the rows themselves. */
interface Sample {
  bytes: Uint8Array;
  /** Of the first table, as they stand in the file. */
  schema: Schema;
  rows: Batch[];
}

export async function reread(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  limits: RereadLimits = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Reread> {
  const startMs = performance.now();
  const result: Reread = {
    reader: null,
    isTold: false,
    columns: [],
    rows: [],
    changed: [],
    rowsWritten: 0,
    rowsRead: 0,
    rowsRejected: 0,
    facts: null,
    sheets: [],
    sizeBytes: 0,
    head: new Uint8Array(0),
    elapsedMs: 0,
    error: null,
  };
  const scratch = scratchOf(parts, config.limits);
  try {
    const { plan, sample } = await writeSample(
      parts,
      config,
      bindings,
      limits.rows ?? 200,
      scratch,
      signal,
    );
    result.sizeBytes = sample.bytes.length;
    result.head = sample.bytes.slice(0, HEAD_BYTES);
    result.rowsWritten = sample.rows.reduce((sum, batch) => sum + selectedCount(batch), 0);
    await parts.yieldMacrotask();
    signal.throwIfAborted();
    await readSample(result, plan, sample, parts.plugins, limits, scratch, signal);
  } catch (thrown) {
    if (signal.aborted || isAbort(thrown)) throw thrown;
    result.error = asExportError(thrown).toJSON();
  } finally {
    await scratch.close();
  }
  result.elapsedMs = performance.now() - startMs;
  return result;
}

/** Plans and writes; columns whose types do not hold are read as text, as a run does. */
async function writeSample(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  mostRows: number,
  scratch: RunScratch,
  signal: AbortSignal,
): Promise<{ plan: Plan; sample: Sample }> {
  const { plugins, openBytes, network } = parts;
  const asText: AsText = new Map();
  const grown: GrownSchemas = new Map();
  for (let attempt = 0; ; attempt++) {
    const plan = await makePlan(config, bindings, plugins, openBytes, signal, {
      asText,
      grown,
      scratch,
      survey: createSurveyor(SURVEYED_ROWS, () => {}),
      ...(network && { network }),
    });
    try {
      return { plan, sample: await encodeSample(parts, plan, bindings, mostRows, scratch, signal) };
    } catch (thrown) {
      const isOnce = plan.sources.some(({ planned }) => planned.input.once);
      if (thrown instanceof GrownSource) {
        if (isOnce || attempt >= MOST_ATTEMPTS) throw thrown.growth.error;
        grown.set(thrown.sourceId, thrown.growth.schema);
        continue;
      }
      const misfits = isOnce ? [] : curableMisfits(thrown);
      if (misfits.length === 0 || attempt >= MOST_ATTEMPTS) throw misfitError(thrown);
      addAsText(asText, misfits);
    }
  }
}

async function encodeSample(
  parts: EngineParts,
  plan: Plan,
  bindings: Bindings,
  mostRows: number,
  scratch: RunScratch,
  signal: AbortSignal,
): Promise<Sample> {
  const { config, output, sources, tables } = plan;
  const origins = new FieldOrigins(sources);
  const split = planSplit(config, output, tables[0]!.schema);
  const ofFile = firstFile(split);
  const most = Math.min(mostRows, output.config.split?.rows ?? Infinity);
  const flow = createFlow({
    read: (stream) => firstBatches(stream, origins, signal),
    onReject() {},
    onLoss() {},
  });
  const cellsOfTable = MOST_CELLS / tables.length;
  try {
    const taken: Batch[][] = [];
    for (const stream of tables) {
      const room = Math.min(
        most,
        Math.ceil(cellsOfTable / Math.max(1, stream.schema.fields.length)),
      );
      taken.push(await firstRows(flow.open(stream), room, ofFile));
    }
    const schema = split?.kept.schema ?? tables[0]!.schema;
    const facts = nameFacts(plan, split, bindings);
    const context = encoderContext(plan, output, split, facts, 0);
    const entries = encodeFile(
      taken.map((batches) => new RowCursor(given(batches))),
      Infinity,
      output,
      context,
      inlineLanes(parts.plugins.formats),
      {
        onLoss() {},
        onRowsOut() {},
        onMerged() {},
        origins,
        room: {
          scratch,
          limits: config.limits,
          openFile: openFormatFiles(bindings, parts.openBytes),
          secret: (id) => secretOf(bindings, id),
        },
        signal,
      },
    );
    const pieces: Uint8Array[] = [];
    try {
      const first = await entries.next();
      if (first.done !== true)
        for await (const piece of inCharset(
          first.value.bytes,
          output,
          () => {},
          () => {},
        )) {
          signal.throwIfAborted();
          // What was given goes back to where it came from.
          pieces.push(piece.slice());
        }
    } finally {
      await entries.return(undefined);
    }
    return { bytes: joined(pieces), schema, rows: taken[0]! };
  } finally {
    await flow.close();
  }
}

/** The start of a source, as its stream reads it. */
async function* firstBatches(
  stream: PlannedStream,
  origins: FieldOrigins,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const { planned } = stream.source;
  const reading = {
    ...pushDown(stream, () => {}),
    signal,
    reject() {},
    lose() {},
    filtered() {},
  };
  for await (const batch of planned.read(reading)) {
    origins.note(batch, stream.source);
    yield batch;
    if ((planned.opened?.bytesRead() ?? 0) > MOST_BYTES_READ) return;
  }
}

async function firstRows(
  batches: AsyncIterable<Batch>,
  room: number,
  ofFile: (batch: Batch) => Batch,
): Promise<Batch[]> {
  const taken: Batch[] = [];
  let left = room;
  for await (const whole of batches) {
    const batch = sliceSelected(whole, 0, left);
    left -= selectedCount(batch);
    // Its bytes are looked at once more behind the encoder, which would give them to others.
    taken.push({ ...ofFile(batch), isShared: true });
    if (left <= 0) break;
  }
  return taken;
}

async function* given(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** What is known of how a file is read. */
type Wanted = Pick<ReadBack, 'kind' | 'options' | 'table' | 'names' | 'omitsNulls'>;

/** Reads the file, as far as a source reads such files. */
async function readSample(
  result: Reread,
  plan: Plan,
  sample: Sample,
  plugins: Plugins,
  limits: RereadLimits,
  scratch: RunScratch,
  signal: AbortSignal,
): Promise<void> {
  const { config, output } = plan;
  const { format, formatOptions } = output;
  const isMany = plan.tables.length > 1;
  const told = format.readBack?.({
    options: formatOptions,
    schema: sample.schema,
    ...(isMany && { among: { tables: encodedTables(plan, null), place: 0 } }),
  });
  const isTold = told !== undefined && 'kind' in told;
  const readBack: Wanted = isTold ? told : { kind: format.id, options: {} };
  if (!plugins.sources.some(({ id }) => id === readBack.kind)) return;
  result.reader = readBack.kind;
  result.isTold = isTold;
  const file = inMemory(`preview${format.extension}`, sample.bytes);
  const grown: GrownSchemas = new Map();
  for (let attempt = 0; ; attempt++) {
    const { source, schema } = await openTable(
      file,
      readBack.table,
      {
        plugins,
        readBack,
        charset: format.isText ? output.config.charset.id : null,
        packing: 'none',
        entriesLike: null,
        scratch,
        signal,
      },
      grown,
    );
    const { planned } = source;
    const { input } = planned;
    const module = (await planned.card.load()) as Source<unknown>;
    if (input.kind === 'bytes' && module.describe !== undefined) {
      const described: FileDescription = await module.describe({
        input,
        limits: config.limits,
        ...(limits.sheets === true && { sheets: SHEETS }),
      });
      result.facts = described.facts;
      result.sheets = described.sheets ?? [];
    }
    try {
      const reading = {
        signal,
        reject() {
          result.rowsRejected++;
        },
        lose() {},
        filtered() {},
      };
      const read: Batch[] = [];
      for await (const batch of planned.read(reading)) read.push(batch);
      layBeside(result, schema, read, sample, readBack, limits);
      return;
    } catch (thrown) {
      if (!(thrown instanceof GrownSource) || attempt >= MOST_ATTEMPTS) throw thrown;
      grown.set(thrown.sourceId, thrown.growth.schema);
      result.rowsRejected = 0;
    }
  }
}

/** Bytes that are all there. */
function inMemory(name: string, bytes: Uint8Array): OpenedBytes {
  const readNow = (from: number, to: number): Uint8Array => bytes.slice(from, to);
  return {
    name,
    sizeBytes: bytes.length,
    once: false,
    async *open() {
      if (bytes.length > 0) yield bytes.slice();
    },
    slices: { sizeBytes: bytes.length, read: async (from, to) => readNow(from, to), readNow },
  };
}

/** What was read in the wanted columns, and where it is another value than the one written. */
function layBeside(
  result: Reread,
  { fields }: Schema,
  read: readonly Batch[],
  { schema, rows }: Sample,
  readBack: Wanted,
  { firstColumn = 0, columns = Infinity }: RereadLimits,
): void {
  const places = placesOf(fields, schema.fields, readBack);
  result.columns = fields.map(({ name, type }, i) => {
    const from = schema.fields[places[i]!];
    return {
      name,
      type: typeName(type),
      written: from === undefined ? null : { name: from.name, type: typeName(from.type) },
    };
  });
  for (const batch of read)
    addCells(result.rows, batch, selectedCount(batch), { firstColumn, columns });
  result.rowsRead = result.rows.length;
  const written = rowsIn(rows);
  const found = rowsIn(read);
  const changed: ChangedCell[] = [];
  for (
    let column = firstColumn;
    column < Math.min(fields.length, firstColumn + columns);
    column++
  ) {
    const place = places[column]!;
    if (place < 0) continue;
    const rule = valueRule(schema.fields[place]!.type);
    for (let row = 0; row < Math.min(written.length, found.length); row++) {
      const before = textAt(written[row]!, place);
      const after = textAt(found[row]!, column);
      if (canonicalCell(before, rule) !== canonicalCell(after, rule))
        changed.push({ row, column, written: before === null ? null : cutText(before) });
    }
  }
  result.changed = changed;
}

/** Values of nested types compare as the JSON they are shown as. */
function valueRule(type: DataType): CompareRule {
  const rule = ruleOf(type);
  return rule === 'nulls' ? 'json' : rule;
}

/** For each column read the place of the one it was written from: the same place, or that of its name; -1 = none. */
function placesOf(
  read: readonly { name: string }[],
  written: readonly { name: string }[],
  { names, omitsNulls }: Wanted,
): number[] {
  if (read.length === written.length && omitsNulls !== true) return read.map((_, i) => i);
  const spelt = names ?? written.map(({ name }) => name);
  return read.map(({ name }) => spelt.indexOf(name));
}

interface RowPlace {
  batch: Batch;
  row: number;
}

function rowsIn(batches: readonly Batch[]): RowPlace[] {
  return batches.flatMap((batch) =>
    Array.from({ length: selectedCount(batch) }, (_, i) => ({ batch, row: selectedRow(batch, i) })),
  );
}

const textAt = ({ batch, row }: RowPlace, column: number): string | null =>
  cellText(batch, row, column);
