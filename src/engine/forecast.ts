// The verb forecast: what an export would come to in each format and packing, from rows that are really encoded and packed.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig, OutputConfig, PartConfig } from '../contract/config.ts';
import { asExportError } from '../contract/errors.ts';
import type {
  Forecast,
  ForecastCell,
  ForecastFormat,
  ForecastOptions,
  ForecastSubject,
} from '../contract/forecast.ts';
import { secretOf } from '../contract/secrets.ts';
import { refuseConflicts } from './check.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { encoderContext } from './encoder-context.ts';
import { relativeSpread, spreadOrder } from './estimate.ts';
import { cellsOf } from './forecast-cells.ts';
import { groupSizes, Trial, type Encoded, type Packed, type Took } from './forecast-encode.ts';
import { sampleRows, type RowSample, type SampleQuestion } from './forecast-sample.ts';
import { openFormatFiles } from './format-files.ts';
import { refuseManyTables, type AsText } from './graph.ts';
import { Meter } from './meter.ts';
import { nameFacts } from './name-facts.ts';
import { planOutput, type PlannedOutput } from './plan.ts';
import { GrownSource } from './plan-source.ts';
import { findCard } from './plugins.ts';
import { planSplit } from './row-groups.ts';
import { addAsText, curableMisfits, misfitError } from './source-misfit.ts';
import { Tally } from './tally.ts';

const CELL_MS = 150;
/** How long the groups of a sample may be encoded one by one, to see how much they differ. */
const GROUPS_MS = 150;
const LEAST_GROUPS = 6;
/** Columns taken back to text before it looks like the wrong file altogether. */
const MOST_RESTARTS = 100;
/** Times as long a cell may take where it is exact for it. */
const WHOLE_PATIENCE = 4;
/**
 * What a sample never tells: half-widths that no interval goes below. Bytes packed in blocks pack as well in a sample as in the
 * whole; what looks far back, or writes columns by groups of many rows, does better or worse with more rows.
 */
const LEAST_SPREAD = { plain: 0.005, blocks: 0.03, far: 0.1 };
/** So much wider they are where next to nothing of the sample could be packed in time. */
const UNPACKED_DOUBT = 2.5;

/** Throws what planning and reading throw; a format or cell that cannot be made says so itself. */
export async function forecast(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  subject: ForecastSubject = {},
  options: ForecastOptions = {},
): Promise<Forecast> {
  const startMs = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  const meter = new Meter('', {}, signal, config.limits.timeoutMs, parts.yieldMacrotask);
  const scratch = scratchOf(parts, config.limits);
  const asText: AsText = new Map();
  const question: SampleQuestion = {
    ...{ parts, config: quiet(config), bindings, signal, scratch, asText, grown: new Map() },
    tick: () => meter.tick(),
  };
  const forecaster = new Forecaster(question, subject);
  try {
    const formats: ForecastFormat[] = [];
    const soFar = (): Forecast => ({
      ...forecaster.facts(),
      formats: [...formats],
      elapsedMs: performance.now() - startMs,
    });
    await forecaster.sample();
    for (const format of subject.formats ?? [config.outputs[0]!.format]) {
      formats.push(await forecaster.format(format));
      options.onFormat?.(soFar());
    }
    return soFar();
  } finally {
    await scratch.close();
  }
}

/** The plan without what says nothing of size: where it goes, what is there, how it is proved. */
function quiet(config: ExportConfig): ExportConfig {
  const outputs = config.outputs.map((output): OutputConfig => ({
    ...output,
    ifExists: 'replace',
    verify: { checksum: 'none', readBack: false },
  }));
  return { ...config, outputs };
}

class Forecaster {
  readonly #question: SampleQuestion;
  readonly #subject: ForecastSubject;
  #sample!: RowSample;
  #rows: number | null = null;

  constructor(question: SampleQuestion, subject: ForecastSubject) {
    this.#question = question;
    this.#subject = subject;
  }

  /** Takes the sample; under a wider schema where the source asks for one. */
  async sample(): Promise<void> {
    const { grown } = this.#question;
    for (;;)
      try {
        this.#sample = await sampleRows(this.#question);
        const { scale, rows } = this.#sample;
        this.#rows = scale === null ? null : Math.round(scale * rows);
        return;
      } catch (thrown) {
        if (!(thrown instanceof GrownSource)) throw misfitError(thrown);
        if (grown.get(thrown.sourceId) === thrown.growth.schema) throw thrown.growth.error;
        grown.set(thrown.sourceId, thrown.growth.schema);
      }
  }

  facts(): Omit<Forecast, 'formats' | 'elapsedMs'> {
    const { isWhole, origin, rows, reason } = this.#sample;
    return { rows: this.#rows, isWhole, sample: origin, sampledRows: rows, reason };
  }

  /** A format in all its cells; columns whose inferred type does not hold there are read as text, as a run does. */
  async format(part: PartConfig): Promise<ForecastFormat> {
    const { plugins } = this.#question.parts;
    const title = plugins.formats.find(({ id }) => id === part.id)?.title ?? part.id;
    for (let attempt = 0; ; attempt++)
      try {
        return await this.#tryFormat(part, title);
      } catch (thrown) {
        this.#question.signal.throwIfAborted();
        const misfits = curableMisfits(thrown);
        if (misfits.length === 0 || attempt >= MOST_RESTARTS) {
          const error = asExportError(misfitError(thrown)).toJSON();
          return { id: part.id, title, losses: [], cells: [], error };
        }
        addAsText(this.#question.asText, misfits);
        await this.sample();
      }
  }

  async #tryFormat(part: PartConfig, title: string): Promise<ForecastFormat> {
    const { config, parts } = this.#question;
    const card = findCard(parts.plugins.formats, 'format', part.id);
    const own = config.outputs[0]!;
    const tally = new Tally(0);
    this.#sample.losses.forEach((loss) => tally.lose(loss));
    const cells: ForecastCell[] = [];
    const encodings = new Map<string, FormatTrial>();
    for (const cell of cellsOf(card, part, own, parts.plugins, this.#subject.packings === true)) {
      const key = JSON.stringify(cell.output.format);
      try {
        const output = await this.#planned({ ...own, ...cell.output });
        let trial = encodings.get(key);
        if (trial === undefined) {
          trial = await this.#encode(output);
          if (encodings.size === 0) trial.all.losses.forEach((loss) => tally.lose(loss));
          encodings.set(key, trial);
        }
        const { losses, ...figures } = await this.#measure(output, trial, this.#sample);
        // What a charset lacks is the same in every packing.
        if (cells.length === 0) losses.forEach((loss) => tally.lose(loss));
        cells.push({ ...cell, ...figures, error: null });
      } catch (thrown) {
        this.#question.signal.throwIfAborted();
        // What the format cannot do is all cells'; what another codec of its own cannot do is that cell's.
        if (encodings.size === 0 || curableMisfits(thrown).length > 0) throw thrown;
        cells.push({ ...cell, ...UNKNOWN, error: asExportError(misfitError(thrown)).toJSON() });
      }
    }
    return { id: part.id, title, losses: tally.losses(), cells, error: null };
  }

  /** The output of a cell; throws what checking it would tell as an error. */
  async #planned(config: OutputConfig): Promise<PlannedOutput> {
    const { plugins } = this.#question.parts;
    const { plan, isWhole } = this.#sample;
    // Parts are counted from the whole; those of a sample would each be too short.
    const { rows: _, bytes: __, ...byColumns } = config.split ?? {};
    const split = byColumns.columns === undefined ? null : byColumns;
    const output = await planOutput(isWhole ? config : { ...config, split }, plugins, true);
    refuseManyTables(output, plugins);
    refuseConflicts({ ...plan, output });
    return output;
  }

  /** Encodes the sample; of the whole by parts, also some of its groups alone, and no row at all. */
  async #encode(output: PlannedOutput): Promise<FormatTrial> {
    const { signal, bindings, parts, tick, scratch, config } = this.#question;
    const { plan, origins, tables, groups, isWhole, scale } = this.#sample;
    const split = planSplit(plan.config, output, plan.tables[0]!.schema);
    const facts = nameFacts(plan, split, bindings);
    const room = {
      ...{ scratch, limits: config.limits },
      openFile: openFormatFiles(bindings, parts.openBytes),
      secret: (id: string) => secretOf(bindings, id),
    };
    const trial = new Trial({
      ...{ plan, origins, facts, room, signal, tick },
      contextOf: (of, part) =>
        encoderContext(plan, of, planSplit(plan.config, of, plan.tables[0]!.schema), facts, part),
      formats: parts.plugins.formats,
      secret: (id) => secretOf(bindings, id),
    });
    const own = groups.map(({ batches }) => batches);
    const all = await trial.encode(output, isWhole ? tables.slice(0, 1) : own, tables.slice(1));
    if (isWhole || scale === null) return { trial, all, empty: null, spread: NO_SPREAD, took: all };
    const empty = await trial.encode(
      output,
      [],
      tables.slice(1).map(() => []),
    );
    await trial.deflatedBytes(empty);
    const sizes = await this.#groupSizes(output, trial, all, empty);
    const { took } = sizes;
    const spreadOf = (of: 'bytes' | 'deflatedBytes'): number =>
      relativeSpread(
        sizes.groups.map(({ weight, ...size }) => ({ weight, amount: size[of] })),
        scale,
      );
    return {
      ...{ trial, all, empty },
      spread: { plain: spreadOf('bytes'), packed: spreadOf('deflatedBytes') },
      // By now the code is as fast as it gets; the first time it was not.
      took: { ms: Math.min(all.ms, took.ms), jobMs: Math.min(all.jobMs, took.jobMs) },
    };
  }

  /** What comes of the groups of the sample, to see how much they differ; each by itself where that cannot be told of all. */
  async #groupSizes(
    output: PlannedOutput,
    trial: Trial,
    all: Encoded,
    empty: Encoded,
  ): Promise<{ groups: GroupSize[]; took: Took }> {
    const { groups, tables } = this.#sample;
    const [head] = groupSizes(empty, 1);
    const isInOrder = isPlain(output) && output.formatModule.lookAhead === undefined;
    if (isInOrder) {
      await trial.deflatedBytes(all);
      const sizes = groupSizes(all, groups.length);
      // What stands around the rows is not of the first of them.
      const found = sizes.map(({ bytes, deflatedBytes }, i) => ({
        weight: groups[i]!.weight,
        bytes: bytes - (i === 0 ? head!.bytes : 0),
        deflatedBytes: deflatedBytes - (i === 0 ? head!.deflatedBytes : 0),
      }));
      const isHeldBack = found.filter(({ bytes }) => bytes <= 0).length > found.length / 2;
      if (!isHeldBack) return { groups: found, took: all };
    }
    const startMs = performance.now();
    const found: (GroupSize & { at: number })[] = [];
    const took: Took = { ms: 0, jobMs: 0 };
    for (const at of spreadOrder(groups.length)) {
      const { weight, batches } = groups[at]!;
      if (performance.now() - startMs > GROUPS_MS && found.length >= LEAST_GROUPS) break;
      const alone = await trial.encode(
        output,
        [batches],
        tables.slice(1).map(() => []),
      );
      took.ms += alone.ms;
      took.jobMs += alone.jobMs;
      await trial.deflatedBytes(alone);
      const [{ bytes, deflatedBytes }] = groupSizes(alone, 1) as [Omit<GroupSize, 'weight'>];
      found.push({
        at,
        weight,
        bytes: Math.max(0, bytes - head!.bytes),
        deflatedBytes: Math.max(0, deflatedBytes - head!.deflatedBytes),
      });
    }
    const weightOf = (some: readonly { weight: number }[]): number =>
      some.reduce((sum, { weight }) => sum + weight, 0);
    found.sort((a, b) => a.at - b.at);
    const share = weightOf(groups) / Math.max(weightOf(found), 1e-9);
    return { groups: found, took: { ms: took.ms * share, jobMs: took.jobMs * share } };
  }

  async #measure(
    output: PlannedOutput,
    { trial, all, empty, spread, took }: FormatTrial,
    { isWhole, scale, tables, planMs, readMs }: RowSample,
  ): Promise<typeof UNKNOWN & { losses: Packed['losses'] }> {
    const { config } = output;
    const cellMs = (this.#subject.cellMs ?? CELL_MS) * (isWhole ? WHOLE_PATIENCE : 1);
    const isCapped = isWhole && config.split?.bytes !== undefined;
    const packed = isCapped
      ? await trial.packCapped(output, tables)
      : await trial.pack(output, all, cellMs);
    const { losses } = packed;
    if (scale === null) return { ...UNKNOWN, losses };
    const encode = isCapped ? { ms: 0, jobMs: 0 } : took;
    const ms = planMs + this.#timeOf(output, scale, readMs, encode, packed);
    if (isWhole) {
      const { bytes, share } = packed;
      const off = share < 1 ? bytes * leastSpread(output, packed) : 0;
      return {
        ...{ bytes: Math.round(bytes), lowBytes: Math.round(bytes - off) },
        ...{ highBytes: Math.round(bytes + off), ms, isExact: share === 1, losses },
      };
    }
    const fixed = (await trial.pack(output, empty!, cellMs)).bytes;
    const files = all.entries.filter(({ suffix }) => suffix === '').length;
    const body = Math.max(0, packed.bytes - fixed * files) * scale;
    const bytes = body + fixed * Math.max(files, this.#partsOf(body, fixed));
    const off = Math.hypot(
      (isPacked(output) ? spread.packed : spread.plain) * body,
      leastSpread(output, packed) * bytes,
    );
    return {
      bytes: Math.round(bytes),
      // There is at least what was seen.
      lowBytes: Math.round(Math.max(Math.min(packed.bytes, bytes), bytes - off)),
      highBytes: Math.round(bytes + off),
      ...{ ms, isExact: false, losses },
    };
  }

  /** Files of the whole, as far as the plan says how many. */
  #partsOf(bodyBytes: number, fixedBytes: number): number {
    const { rows = Infinity, bytes = Infinity } = this.#question.config.outputs[0]!.split ?? {};
    const byRows = Math.ceil((this.#rows ?? 0) / rows);
    const byBytes = Math.ceil(bodyBytes / Math.max(1, bytes - fixedBytes));
    return Math.max(1, byRows, byBytes);
  }

  /** Reading, encoding and packing all of it with the lanes there are. */
  #timeOf(
    { format }: PlannedOutput,
    scale: number,
    readMs: number,
    encode: Took,
    pack: Took,
  ): number {
    const { parts } = this.#question;
    const { plan, tables } = this.#sample;
    const { input } = plan.sources[0]!.planned;
    const lanes = parts.lanes(input.kind === 'bytes' ? input.sizeBytes : null).laneCount;
    const isTyped = tables[0]!.every(({ block }) => block === null);
    const inLanes = format.parallel === 'batch' && isTyped && lanes > 0;
    const jobMs = (inLanes ? encode.ms : encode.jobMs) + pack.jobMs;
    const ownMs = readMs + encode.ms + pack.ms - jobMs;
    // Lanes work beside the run's own thread.
    return scale * (lanes === 0 ? ownMs + jobMs : Math.max(ownMs, jobMs / lanes));
  }
}

/** A format with its options, encoded. */
interface FormatTrial {
  trial: Trial;
  all: Encoded;
  /** The file of no row; null where the sample is the whole. */
  empty: Encoded | null;
  /** Half-widths of sizes before and behind packing, as shares. */
  spread: { plain: number; packed: number };
  /** Encoding the sample. */
  took: Took;
}

const NO_SPREAD = { plain: 0, packed: 0 };

const UNKNOWN: Pick<ForecastCell, 'bytes' | 'lowBytes' | 'highBytes' | 'ms' | 'isExact'> = {
  bytes: null,
  lowBytes: null,
  highBytes: null,
  ms: null,
  isExact: false,
};

interface GroupSize {
  weight: number;
  bytes: number;
  deflatedBytes: number;
}

/** Whether the format writes rows one after the other, and does not pack them itself. */
function isPlain({ format, container }: PlannedOutput): boolean {
  return container === null && format.packsBy === undefined && format.parallel === 'batch';
}

/** Whether something packs what the format writes. */
function isPacked({ codec, archive }: PlannedOutput): boolean {
  return codec !== null || archive !== null;
}

function leastSpread(output: PlannedOutput, { jobMs, share }: Packed): number {
  const { plain, blocks, far } = LEAST_SPREAD;
  const isInBlocks = jobMs > 0 || output.container !== null;
  const own = isPlain(output) ? plain : isInBlocks ? blocks : far;
  const packing = !isPacked(output) ? 0 : isInBlocks ? blocks : far;
  return Math.max(own, packing) * (1 + UNPACKED_DOUBT * (1 - share));
}
