// The rows that a forecast is made from: all of a short source, else some from all over it, behind the plan's steps.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { WantedSample } from '../contract/source-plugin.ts';
import type { SampleOrigin } from '../contract/profile.ts';
import type { Loss } from '../contract/report.ts';
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import type { EngineParts } from './engine-parts.ts';
import { createFlow } from './flow.ts';
import { makePlan, type AsText, type Plan, type PlannedStream } from './graph.ts';
import type { OpenBytes } from './open-source.ts';
import type { GrownSchemas, SourceReading, SpreadSample } from './plan-source.ts';
import { findCard, readOptions, type Plugins } from './plugins.ts';
import { takeStrata, type Strata, type StrataLayout } from './profile-strata.ts';
import { pushDown } from './pushdown.ts';
import { FieldOrigins } from './source-misfit.ts';
import { createSurveyor } from './survey.ts';
import { Tally } from './tally.ts';
import { FORECAST_TEXTS, PROFILE_TEXTS, RUN_TEXTS } from './texts.ts';

const PLACES = 32;
const PIECE_BYTES = 64 * 1024;
/** Sources up to here are read whole. */
const WHOLE_BYTES = PLACES * PIECE_BYTES;
const LAYOUT: StrataLayout = { places: PLACES, bytes: PIECE_BYTES, fromBytes: WHOLE_BYTES };
/** Cells of a sample of rows whose bytes are unknown, and its rows. */
const SAMPLE_CELLS = 240_000;
const MOST_ROWS = 20_000;
const LEAST_ROWS = 200;

/** What a sample is taken of. */
export interface SampleQuestion {
  parts: EngineParts;
  config: ExportConfig;
  bindings: Bindings;
  signal: AbortSignal;
  scratch: Scratch;
  asText: AsText;
  grown: GrownSchemas;
  /** Between batches: lets a cancel in. */
  tick(): Promise<void>;
}

/** Rows that were read and went through the steps, held. */
export interface RowSample {
  plan: Plan;
  origins: FieldOrigins;
  /** Of each table of the output, in their order. */
  tables: Batch[][];
  /** The first table's rows, as they came of rows that stood together; `weight`: their share of what was read, in any unit. */
  groups: { weight: number; batches: Batch[] }[];
  rows: number;
  isWhole: boolean;
  /** The whole, as a multiple of the sample; null when unknown, for `reason`. */
  scale: number | null;
  reason: string | null;
  origin: SampleOrigin;
  /** Of sources and steps. */
  losses: Loss[];
  /** Planning, and reading with steps. */
  planMs: number;
  readMs: number;
}

/** What of a plan can be told by a sample of the rows before it. */
interface Scaling {
  /** Without the steps that let rows through by their place. */
  config: ExportConfig;
  offset: number;
  limit: number;
  /** Why it cannot be told; null where it can. */
  obstacle: string | null;
}

/** Throws what planning and reading throw, `config.not-here` for rows that can be read only once. */
export async function sampleRows(question: SampleQuestion): Promise<RowSample> {
  const { config, parts } = question;
  const scaling = scalingOf(config, parts.plugins);
  const { obstacle, offset, limit } = scaling;
  if (obstacle !== null || offset > 0 || limit < Infinity) {
    // A short source is read whole, and a limit may let few rows of a long one through.
    const first = await read(question, config, false);
    if (first.isWhole) return first;
    if (obstacle !== null) return { ...first, scale: null, reason: obstacle };
  }
  const sample = await read(question, scaling.config, true);
  if (sample.scale === null || sample.rows === 0) return sample;
  const rows = Math.min(limit, Math.max(0, sample.scale * sample.rows - offset));
  return { ...sample, scale: rows / sample.rows };
}

function scalingOf(config: ExportConfig, plugins: Plugins): Scaling {
  const { sources, datasets } = config;
  if (sources.length > 1 || datasets.length > 1)
    return { config, offset: 0, limit: Infinity, obstacle: FORECAST_TEXTS.manySources };
  const scaling: Scaling = { config, offset: 0, limit: Infinity, obstacle: null };
  const steps = datasets.flatMap((dataset) => dataset.steps).filter(({ enabled }) => enabled);
  const kept = steps.filter((step) => {
    const card = findCard(plugins.transforms, 'step', step.kind);
    const options: unknown = readOptions(card.options, step.options, 'datasets.0.steps');
    if (card.scales?.(options) === true) return true;
    const range = card.rowRange?.(options);
    const isFirst = scaling.limit === Infinity && scaling.offset === 0;
    if (range !== undefined && isFirst) {
      scaling.offset = range.offset;
      scaling.limit = range.limit ?? Infinity;
    } else scaling.obstacle ??= FORECAST_TEXTS.ofAllRows(card.title);
    return false;
  });
  scaling.config = {
    ...config,
    datasets: datasets.map((dataset) => ({ ...dataset, steps: kept })),
  };
  return scaling;
}

async function read(
  question: SampleQuestion,
  config: ExportConfig,
  isSpread: boolean,
): Promise<RowSample> {
  const { parts, bindings, signal, scratch, asText, grown, tick } = question;
  const startMs = performance.now();
  const opened: OpenedBytes[] = [];
  let strata: Strata | null = null;
  // Planned on the source itself, so that it is read as a run reads it; only then the sample stands in for it.
  const openBytes: OpenBytes = async (...binding) => {
    const bytes = await parts.openBytes(...binding);
    opened.push(bytes);
    return { ...bytes, open: () => (strata === null ? bytes.open() : strata.bytes.open()) };
  };
  const { network } = parts;
  const plan = await makePlan(config, bindings, parts.plugins, openBytes, signal, {
    ...{ asText, grown, scratch, isRun: true, isRehearsal: true },
    survey: createSurveyor(MOST_ROWS),
    ...(network && { network }),
  });
  for (const { planned } of plan.sources)
    if (planned.input.once)
      throw new ExportError('config.not-here', {
        what: FORECAST_TEXTS.forecastOf(shorten(planned.input.name)),
        reason: RUN_TEXTS.readOnce,
        remedy: RUN_TEXTS.readOnceRemedy,
      });
  const [only] = plan.sources;
  if (isSpread && plan.sources.length === 1 && opened.length === 1)
    strata = await takeStrata(opened[0]!, only!.planned, LAYOUT);
  const planMs = performance.now() - startMs;
  const reader = new SampleReader(plan, question, isSpread && strata === null, strata);
  const tables: Batch[][] = [];
  const came: Batch[][] = [];
  const flow = createFlow({
    read: (stream) => reader.read(stream),
    onReject: () => {},
    onLoss: (loss) => reader.tally.lose(loss),
  });
  try {
    for (const [table, stream] of plan.tables.entries()) {
      const batches: Batch[] = [];
      for await (const batch of flow.open(stream)) {
        await tick();
        if (selectedCount(batch) === 0) continue;
        // They are encoded again and again: nobody may give their buffers away.
        const held: Batch = { ...batch, isShared: true };
        batches.push(held);
        if (table === 0) (came[reader.weights.length - 1] ??= []).push(held);
      }
      tables.push(batches);
    }
  } finally {
    await flow.close();
  }
  for (const { planned } of plan.sources)
    planned.opened?.losses().forEach((loss) => reader.tally.lose(loss));
  const rows = tables.flat().reduce((sum, batch) => sum + selectedCount(batch), 0);
  const scale = reader.scale();
  return {
    plan,
    origins: reader.origins,
    tables,
    groups: groupsOf(reader.weights, came, tables[0]!),
    rows,
    isWhole: reader.isWhole,
    scale,
    reason:
      scale === null
        ? FORECAST_TEXTS.unknownRows
        : rows === 0 && !reader.isWhole
          ? FORECAST_TEXTS.nothingFound
          : null,
    origin: reader.origin(),
    losses: reader.tally.losses(),
    planMs,
    readMs: performance.now() - startMs - planMs,
  };
}

/** Reads as much of the sources as a sample is to have. */
class SampleReader {
  readonly tally = new Tally(0);
  readonly origins: FieldOrigins;
  /** Every source came to its end, read whole. */
  isWhole = true;
  readonly #plan: Plan;
  readonly #question: SampleQuestion;
  readonly #mayBeSpread: boolean;
  readonly #strata: Strata | null;
  #spread: SpreadSample | null = null;
  #rowsIn = 0;
  #bytesIn = 0;
  /** Of each group of rows that was read. */
  readonly weights: number[] = [];

  constructor(plan: Plan, question: SampleQuestion, mayBeSpread: boolean, strata: Strata | null) {
    this.#plan = plan;
    this.#question = question;
    this.#mayBeSpread = mayBeSpread;
    this.#strata = strata;
    this.origins = new FieldOrigins(plan.sources);
  }

  async *read(stream: PlannedStream): AsyncGenerator<Batch> {
    const { source } = stream;
    const { planned } = source;
    const reading: SourceReading = {
      ...pushDown(stream, () => {}),
      signal: this.#question.signal,
      reject: () => void this.#rowsIn++,
      lose: (loss) => this.tally.lose(loss),
      filtered: (rowCount) => {
        this.#rowsIn += rowCount;
      },
    };
    // Rows that are skipped unread would be missing where shares are told by rows.
    delete reading.only;
    delete reading.skipped;
    delete reading.screen;
    const mostRows = rowsOfCells(planned.schema.fields.length);
    const isLong = (planned.inspection?.estimatedRows ?? Infinity) > mostRows;
    if (this.#mayBeSpread && isLong && planned.spread !== undefined) {
      const wanted: WantedSample = { rows: mostRows, places: PLACES };
      this.#spread = await planned.spread(reading, wanted);
      if ((this.#spread?.places ?? 0) < 2) this.#spread = null;
    }
    if (this.#strata !== null || this.#spread !== null) this.isWhole = false;
    const isByBytes = planned.card.reads === 'text' && planned.input.kind === 'bytes';
    const batches = this.#spread?.batches ?? planned.read(reading);
    const isEnough = (): boolean => {
      if (this.#strata !== null || this.#spread !== null) return false;
      return isByBytes ? this.#bytesIn > WHOLE_BYTES : this.#rowsIn >= mostRows;
    };
    for await (const batch of batches) {
      this.origins.note(batch, source);
      const size = isByBytes ? blockBytes(batch) : selectedCount(batch);
      const groups = isByBytes ? size / PIECE_BYTES : (size / mostRows) * PLACES;
      for (const part of cut(batch, Math.max(1, Math.round(groups)))) {
        const count = selectedCount(part);
        this.#rowsIn += count;
        this.weights.push((size * count) / selectedCount(batch));
        yield part;
      }
      this.#bytesIn += size;
      if (isEnough()) {
        this.isWhole = false;
        return;
      }
    }
  }

  /** All there is for one of the sample; null when unknown. */
  scale(): number | null {
    if (this.isWhole) return 1;
    const { planned } = this.#plan.sources[0]!;
    const { input, opened, inspection } = planned;
    if (this.#plan.sources.length > 1 || this.#rowsIn === 0) return null;
    const of = (all: number | null | undefined): number | null =>
      all === null || all === undefined ? null : Math.max(1, all / this.#rowsIn);
    if (input.kind === 'batches') return of(input.rowCount);
    if (this.#strata !== null)
      return input.sizeBytes === null
        ? null
        : Math.max(1, input.sizeBytes / this.#strata.sizeBytes);
    if (this.#spread !== null) return of(this.#spread.estimatedRows);
    const read = opened?.bytesRead() ?? 0;
    if (planned.card.reads === 'text' && input.sizeBytes !== null && read > 0)
      return Math.max(1, input.sizeBytes / read);
    return of(inspection?.estimatedRows);
  }

  origin(): SampleOrigin {
    const { sample } = PROFILE_TEXTS;
    if (this.isWhole) return { from: 'whole', places: 1, sentence: sample.whole };
    if (this.#strata !== null)
      return { from: 'spread', places: PLACES, sentence: sample.places(PLACES) };
    if (this.#spread !== null)
      return { from: 'spread', places: this.#spread.places, sentence: this.#spread.sentence };
    return { from: 'start', places: 1, sentence: sample.start };
  }
}

/** The rows of each group; of equal numbers where a step held them back until all were there. */
function groupsOf(
  weights: readonly number[],
  came: readonly (Batch[] | undefined)[],
  all: readonly Batch[],
): RowSample['groups'] {
  const groups = weights.map((weight, i) => ({ weight, batches: came[i] ?? [] }));
  const rowsOf = (batches: readonly Batch[]): number =>
    batches.reduce((sum, batch) => sum + selectedCount(batch), 0);
  const rows = rowsOf(all);
  const last = groups.at(-1);
  if (groups.length < 4 || last === undefined || rowsOf(last.batches) < rows / 2) return groups;
  return all.flatMap((batch) => {
    const parts = Math.max(1, Math.round((PLACES * selectedCount(batch)) / rows));
    return cut(batch, parts).map((part) => ({ weight: selectedCount(part), batches: [part] }));
  });
}

/** The rows of a batch in so many parts, in order. */
function cut(batch: Batch, parts: number): Batch[] {
  const count = selectedCount(batch);
  if (count === 0) return [];
  const size = Math.ceil(count / parts);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    ...sliceSelected(batch, i * size, (i + 1) * size),
    isShared: true as const,
  }));
}

function rowsOfCells(columns: number): number {
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(SAMPLE_CELLS / Math.max(1, columns))));
}

/** Bytes of a text block's rows; of typed rows, which stand for themselves, 1 each. */
function blockBytes({ block, rowCount }: Batch): number {
  if (block === null) return rowCount;
  const last = block.ends[block.rowCount * block.columnCount - 1];
  return last === undefined ? 0 : last + 1 - block.start;
}
