// The verb profile: every column of a source or data set looked at, from a sample or from all rows, in constant memory.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { isAbort, shorten } from '../contract/errors.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { WantedSample } from '../contract/source-plugin.ts';
import type { Profile, ProfileSubject, SampleOrigin } from '../contract/profile.ts';
import type { RunOptions } from '../contract/verbs.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import { materialise } from '../table/materialise.ts';
import { createLines } from '../table/source-lines.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { createFlow } from './flow.ts';
import { planStream } from './graph.ts';
import { Meter } from './meter.ts';
import type { OpenBytes } from './open-source.ts';
import { planLenient } from './plan-edited.ts';
import {
  GrownSource,
  type GrownSchemas,
  type PlannedSource,
  type SourceReading,
  type SpreadSample,
} from './plan-source.ts';
import { findCard } from './plugins.ts';
import { ColumnSummary } from './profile-column.ts';
import { takeStrata, type Strata } from './profile-strata.ts';
import { firstTypes, TypeProposals, type FirstTypes } from './profile-types.ts';
import { pushDown } from './pushdown.ts';
import { PROFILE_TEXTS } from './texts.ts';

/** A sample that is read from the start ends here. */
const SAMPLE_ROWS = 250_000;
const SAMPLE_BYTES = 16 * 1024 * 1024;
/** A sample from several places is to come from so many. */
const PLACES = 12;
/** Of rows that are long, no fewer than these. */
const LEAST_ROWS = 10_000;
/** Different values held of a column, and of all columns together. */
const MOST_VALUES = 10_000;
const LEAST_VALUES = 200;
const ALL_VALUES = 2_000_000;

type Tell = (misfit: { position: number; line: number; value: string }) => void;

/** How what is looked at is opened. */
interface Hooks {
  signal: AbortSignal;
  reject(): void;
  tell: Tell;
  /** Where not all rows are wanted. */
  wanted: WantedSample | null;
  /** Told before the first batch of rows from several places. */
  onSpread(sample: SpreadSample): void;
}

/** What is looked at, ready to be read. */
interface Looked {
  name: string;
  schema: Schema;
  sources: PlannedSource[];
  sentences: string[];
  /** Rows that the file itself tells; null where it does not. */
  rowCount: number | null;
  /** Of a source itself: what takes its values for proposals of types. */
  types: TypeProposals | null;
  /** With what does not fit told and null. */
  open(hooks: Hooks): AsyncIterable<Batch>;
  close(): Promise<void>;
}

interface Asked {
  parts: EngineParts;
  config: ExportConfig;
  bindings: Bindings;
  subject: ProfileSubject;
  signal: AbortSignal;
  scratch: Scratch;
  grown: GrownSchemas;
  /** What the source proposed before anything was met that it had no room for. */
  first: FirstTypes | null;
}

export async function profile(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  subject: ProfileSubject = {},
  options: RunOptions = {},
): Promise<Profile> {
  const signal = options.signal ?? new AbortController().signal;
  const jobId = bindings.jobId ?? crypto.randomUUID();
  const meter = new Meter(jobId, options, signal, config.limits.timeoutMs, parts.yieldMacrotask);
  const scratch = scratchOf(parts, config.limits);
  const grown: GrownSchemas = new Map();
  const asked: Asked = { parts, config, bindings, subject, signal, scratch, grown, first: null };
  try {
    for (;;)
      try {
        return await look(asked, meter);
      } catch (thrown) {
        if (!(thrown instanceof GrownSource)) throw thrown;
        // A schema that was asked for once more than there are columns to change would never end.
        if (grown.get(thrown.sourceId) === thrown.growth.schema) throw thrown.growth.error;
        grown.set(thrown.sourceId, thrown.growth.schema);
      }
  } finally {
    await scratch.close();
  }
}

/** Plans what is to be looked at, over other bytes where a sample stands in for them. */
async function plan(asked: Asked, openBytes: OpenBytes): Promise<Looked> {
  const { parts, config, bindings, subject, signal, scratch, grown } = asked;
  const { network, plugins } = parts;
  const hints = { scratch, signal, grown, ...(network && { network }) };
  if (subject.dataset === undefined) {
    const source =
      subject.sourceId === undefined
        ? config.sources[0]!
        : findCard(config.sources, 'source', subject.sourceId);
    const lenient = await planLenient(source, config, bindings, plugins, openBytes, hints);
    const { own, schema, readAll } = lenient;
    asked.first ??= firstTypes(own);
    const types = new TypeProposals(asked.first, own);
    return {
      name: own.input.name,
      schema,
      sources: [own],
      sentences: (own.inspection?.columns ?? []).map(({ sentence }) => sentence),
      rowCount: own.card.reads === 'slices' ? (own.inspection?.estimatedRows ?? null) : null,
      types,
      async *open(hooks) {
        const { signal: ends, reject, tell } = hooks;
        const reading = { signal: ends, reject, lose() {}, filtered() {} };
        for await (const batch of readSample(own, reading, hooks)) {
          types.add(batch);
          yield readAll(batch, tell);
        }
      },
      close: async () => {},
    };
  }
  const context = [config, bindings, plugins, openBytes, signal, hints] as const;
  const { sources, stream } = await planStream(subject.dataset, ...context);
  let hooks: Hooks;
  const flow = createFlow({
    read(stream) {
      const { signal: ends, reject } = hooks;
      const reading = { signal: ends, reject, lose() {}, filtered() {} };
      return readSample(
        stream.source.planned,
        { ...pushDown(stream, () => {}), ...reading },
        sources.length === 1 ? hooks : { ...hooks, wanted: null },
      );
    },
    onReject: () => hooks.reject(),
    onLoss() {},
  });
  return {
    name: stream.id,
    schema: stream.schema,
    sources: sources.map(({ planned }) => planned),
    sentences: [],
    rowCount: null,
    types: null,
    open(given) {
      hooks = given;
      return flow.open(stream);
    },
    close: () => flow.close(),
  };
}

/** All batches of a source, or where that is wanted and can be a sample of them from several places. */
async function* readSample(
  source: PlannedSource,
  reading: SourceReading,
  { wanted, onSpread }: Pick<Hooks, 'wanted' | 'onSpread'>,
): AsyncGenerator<Batch> {
  const spread = wanted === null ? null : ((await source.spread?.(reading, wanted)) ?? null);
  if (spread === null || spread.places < 2) {
    yield* source.read(reading);
    return;
  }
  onSpread(spread);
  yield* spread.batches;
}

/** How large a sample from several places may be; null where the source is no longer than one. */
function wantedSample({ inspection, input }: PlannedSource): WantedSample | null {
  const all = inspection?.estimatedRows ?? null;
  const sizeBytes = input.kind === 'bytes' ? input.sizeBytes : null;
  if (all === null || sizeBytes === null) return { rows: SAMPLE_ROWS, places: PLACES };
  const share = Math.floor((SAMPLE_BYTES / Math.max(1, sizeBytes)) * all);
  const rows = Math.min(SAMPLE_ROWS, Math.max(LEAST_ROWS, share));
  return all <= rows ? null : { rows, places: PLACES };
}

async function look(asked: Asked, meter: Meter): Promise<Profile> {
  const { parts, subject, signal } = asked;
  const opened: OpenedBytes[] = [];
  const openBytes: OpenBytes = async (...binding) => {
    const bytes = await parts.openBytes(...binding);
    opened.push(bytes);
    return bytes;
  };
  let looked = await meter.within(plan(asked, openBytes));
  let strata: Strata | null = null;
  const [only] = looked.sources;
  let wholeBytes: number | null = null;
  if (subject.whole !== true && looked.sources.length === 1 && opened.length === 1) {
    strata = await meter.within(takeStrata(opened[0]!, only!));
    if (strata !== null) {
      wholeBytes = opened[0]!.sizeBytes;
      const { bytes } = strata;
      await looked.close();
      looked = await meter.within(plan(asked, async () => bytes));
    }
  }
  const wanted =
    subject.whole !== true && looked.sources.length === 1 && strata === null
      ? wantedSample(looked.sources[0]!)
      : null;
  try {
    return await count(looked, { subject, signal, meter, strata, wholeBytes, wanted });
  } finally {
    await looked.close();
  }
}

interface Counting {
  subject: ProfileSubject;
  signal: AbortSignal;
  meter: Meter;
  strata: Strata | null;
  /** Size of the file that the strata are of. */
  wholeBytes: number | null;
  wanted: WantedSample | null;
}

async function count(looked: Looked, counting: Counting): Promise<Profile> {
  const { schema, sources } = looked;
  const { meter, strata, wholeBytes, wanted, subject, signal } = counting;
  const { fields } = schema;
  const mostValues = Math.max(
    LEAST_VALUES,
    Math.min(MOST_VALUES, Math.floor(ALL_VALUES / Math.max(1, fields.length))),
  );
  const summaries = fields.map((field) => new ColumnSummary(field, mostValues));
  const tell: Tell = ({ position, line, value }) => {
    const isKnown = strata === null || line <= strata.knownLines;
    summaries[position]!.addInvalid({ line: isKnown ? line : 0, value });
  };
  const bytesRead = (): number =>
    sources.reduce((sum, { opened }) => sum + (opened?.bytesRead() ?? 0), 0);
  meter.rowsIn = 0;
  meter.bytesIn = bytesRead;
  meter.bytesTotal = totalBytes(sources);
  let rows = 0;
  let rejectedRows = 0;
  let isWhole = strata === null;
  let isCancelled = false;
  const ends = new AbortController();
  const stop = (): void => ends.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const reject = (): void => {
    rejectedRows++;
  };
  let spread: SpreadSample | null = null;
  const onSpread = (sample: SpreadSample): void => {
    spread = sample;
    isWhole = false;
  };
  const hooks: Hooks = { signal: ends.signal, reject, tell, wanted, onSpread };
  const batches = looked.open(hooks)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await meter.within(batches.next());
      if (next.done === true) break;
      const size = selectedCount(next.value);
      addBatch(next.value, size, schema, summaries, tell);
      rows += size;
      meter.rowsIn = rows;
      await meter.tick();
      const isEnough = rows >= SAMPLE_ROWS || bytesRead() >= SAMPLE_BYTES;
      if (subject.whole !== true && strata === null && spread === null && isEnough) {
        isWhole = (await meter.within(batches.next())).done === true;
        break;
      }
    }
    meter.report();
  } catch (thrown) {
    if (!signal.aborted && !isAbort(thrown)) throw thrown;
    isCancelled = true;
    isWhole = false;
  } finally {
    signal.removeEventListener('abort', stop);
    ends.abort();
    void batches.return?.().catch(() => {});
  }
  const seen = new Map<string, number>();
  return {
    name: looked.name,
    rows,
    rejectedRows,
    isWhole,
    sample: originOf(isWhole, strata, spread),
    estimatedRows: isWhole
      ? rows
      : (looked.rowCount ??
        estimatedOf(spread) ??
        estimate(
          rows,
          strata === null ? bytesRead() : strata.sizeBytes,
          wholeBytes ?? meter.bytesTotal,
        )),
    columns: summaries.map((summary, i) => {
      const { name } = fields[i]!;
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      const column = summary.finish(nth, looked.sentences[i] ?? '');
      const proposedType = looked.types?.of(i, column.invalid[0]?.value);
      return proposedType === undefined ? column : { ...column, proposedType };
    }),
    elapsedMs: meter.elapsedMs,
    isCancelled,
  };
}

function originOf(
  isWhole: boolean,
  strata: Strata | null,
  spread: SpreadSample | null,
): SampleOrigin {
  const { sample } = PROFILE_TEXTS;
  if (isWhole) return { from: 'whole', places: 1, sentence: sample.whole };
  if (spread !== null) return { from: 'spread', places: spread.places, sentence: spread.sentence };
  if (strata !== null) return { from: 'spread', places: 3, sentence: sample.ends };
  return { from: 'start', places: 1, sentence: sample.start };
}

const estimatedOf = (spread: SpreadSample | null): number | null => spread?.estimatedRows ?? null;

function addBatch(
  batch: Batch,
  size: number,
  schema: Schema,
  summaries: readonly ColumnSummary[],
  tell: Tell,
): void {
  const lineOf = createLines(batch.block);
  for (const [position, summary] of summaries.entries()) {
    const column = materialise({ ...batch, schema }, position, (row, text) =>
      tell({ position, line: lineOf(row), value: shorten(text) }),
    );
    summary.add(column, batch.selection, size);
  }
}

function totalBytes(sources: readonly PlannedSource[]): number | null {
  let total = 0;
  for (const { input } of sources) {
    if (input.kind !== 'bytes' || input.sizeBytes === null) return null;
    total += input.sizeBytes;
  }
  return total;
}

function estimate(rows: number, readBytes: number, allBytes: number | null): number | null {
  if (allBytes === null || readBytes === 0) return null;
  return Math.max(rows, Math.round((rows * allBytes) / readBytes));
}
