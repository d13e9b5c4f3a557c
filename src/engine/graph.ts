// The plan as a graph: every source and data set that an output needs, and how the rows of each come about.
import type { Bindings } from '../contract/bindings.ts';
import type { DatasetConfig, ExportConfig, SourceConfig, StepConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { Transform, TransformModule } from '../contract/transform-plugin.ts';
import type { LedgerLine, Loss, Reject } from '../contract/report.ts';
import { secretOf } from '../contract/secrets.ts';
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { OpenBytes } from './open-source.ts';
import { onlyOutput, planOutput, type PlannedOutput, type PlanHints } from './plan.ts';
import { planEditedSource } from './plan-edited.ts';
import type { PlannedSource } from './plan-source.ts';
import { findCard, readOptions, type Plugins } from './plugins.ts';
import { memoryScratch } from './scratch.ts';
import { ledgerLine } from './tally.ts';
import { PLAN_TEXTS } from './texts.ts';

/** A data set that is used twice is read twice: more readings than this are a mistake rather than a plan. */
const MOST_STREAMS = 1_000;

/** A source of the plan, opened and looked at once, however often it is read. */
export interface SourceUse {
  id: string;
  planned: PlannedSource;
  ledger: LedgerLine;
  /** How many streams begin with it. */
  readings: number;
}

/** What a step tells and asks while it runs: bound by whoever runs the plan. */
export interface StepHooks {
  reject(reject: Reject): void;
  lose(loss: Loss): void;
  open(other: number): AsyncIterable<Batch>;
}

export interface PlannedStep {
  transform: Transform;
  /** Shared by all streams in which the step stands. */
  ledger: LedgerLine;
  /** Readings of the data sets the step takes beside its own, as its card names them. */
  others: PlannedStream[];
  hooks: StepHooks;
}

/** One reading of a data set: a source, and the steps its rows go through. Opened at most once. */
export interface PlannedStream {
  /** The data set's id, or the source's own. */
  id: string;
  source: SourceUse;
  steps: PlannedStep[];
  /** Behind all steps. */
  schema: Schema;
}

export interface Plan {
  config: ExportConfig;
  /** Every source that is read, in the order they were met. */
  sources: SourceUse[];
  /** The lines of all steps, those of a step's other data sets before its own. */
  stepLines: LedgerLine[];
  /** What the output is made of, in its order; at least one. */
  tables: PlannedStream[];
  output: PlannedOutput;
}

/** Source columns (by position) that are read as text whatever was inferred, by source id. */
export type AsText = Map<string, Set<number>>;

/** The rows of a stream that only a step's survey reads. */
export type Surveyor = (stream: PlannedStream, signal: AbortSignal) => AsyncIterable<Batch>;

export interface GraphHints extends Omit<PlanHints, 'asText'> {
  asText?: AsText;
  /** Missing: steps are opened without a survey. */
  survey?: Surveyor;
}

const waits: StepHooks = {
  reject() {},
  lose() {},
  open() {
    throw new TypeError('a step opened a data set before it ran');
  },
};

/** Plans streams; every source is opened once, every step once for each stream it stands in. */
class Planner {
  readonly sources: SourceUse[] = [];
  readonly stepLines = new Map<StepConfig, LedgerLine>();
  readonly #config: ExportConfig;
  readonly #bindings: Bindings;
  readonly #plugins: Plugins;
  readonly #openBytes: OpenBytes;
  readonly #signal: AbortSignal;
  readonly #hints: GraphHints;
  readonly #startedAtMs: number;
  #streams = 0;

  constructor(
    config: ExportConfig,
    bindings: Bindings,
    plugins: Plugins,
    openBytes: OpenBytes,
    signal: AbortSignal,
    hints: GraphHints,
  ) {
    this.#config = config;
    this.#bindings = bindings;
    this.#plugins = plugins;
    this.#openBytes = openBytes;
    this.#signal = signal;
    this.#hints = hints;
    this.#startedAtMs = bindings.clock?.() ?? Date.now();
  }

  /** A reading of the source or data set `id`; `path`: where it is named, `within`: the data sets that wait for it. */
  async stream(
    id: string,
    path: string,
    within: readonly DatasetConfig[] = [],
  ): Promise<PlannedStream> {
    if (++this.#streams > MOST_STREAMS)
      throw new ExportError('config.conflict', {
        detail: PLAN_TEXTS.tooManyReadings(MOST_STREAMS),
        remedy: PLAN_TEXTS.tooManyReadingsRemedy,
      });
    const source = this.#config.sources.find((s) => s.id === id);
    if (source !== undefined) return this.#reading(source);
    const dataset = this.#config.datasets.find((d) => d.id === id);
    if (dataset === undefined)
      throw new ExportError('config.invalid', { detail: PLAN_TEXTS.noDataset(id), path });
    const at = within.indexOf(dataset);
    if (at >= 0) {
      const round = [...within.slice(at), dataset].map((d) => shorten(d.id));
      throw new ExportError('config.invalid', {
        detail: PLAN_TEXTS.ownAncestor(id, round),
        path: 'datasets',
      });
    }
    return this.#upTo(dataset, dataset.steps.length, [...within, dataset]);
  }

  /** A reading of a data set's rows before its step `end`. */
  async #upTo(
    dataset: DatasetConfig,
    end: number,
    around: readonly DatasetConfig[],
  ): Promise<PlannedStream> {
    const place = `datasets.${this.#config.datasets.indexOf(dataset)}`;
    const stream = await this.stream(dataset.from, `${place}.from`, around);
    stream.id = dataset.id;
    for (const [i, step] of dataset.steps.slice(0, end).entries())
      if (step.enabled)
        try {
          const path = `${place}.steps.${i}.options`;
          const before = (): Promise<PlannedStream> => this.#upTo(dataset, i, around);
          await this.#addStep(stream, step, path, around, before);
        } catch (thrown) {
          if (thrown instanceof ExportError) thrown.step ??= step.id;
          throw thrown;
        }
    return stream;
  }

  async #reading(source: SourceConfig): Promise<PlannedStream> {
    let use = this.sources.find((known) => known.id === source.id);
    if (use === undefined) {
      const { asText, ...hints } = this.#hints;
      const columns = asText?.get(source.id);
      const planned = await planEditedSource(
        source,
        this.#config,
        this.#bindings,
        this.#plugins,
        this.#openBytes,
        { ...hints, signal: this.#signal, ...(columns && { asText: columns }) },
      );
      const ledger = ledgerLine(source.id, planned.config.kind);
      use = { id: source.id, planned, ledger, readings: 0 };
      this.sources.push(use);
    }
    use.readings++;
    if (use.readings > 1 && use.planned.input.once)
      throw new ExportError('config.conflict', {
        detail: PLAN_TEXTS.readTwice(source.id),
        remedy: PLAN_TEXTS.readTwiceRemedy,
      });
    return { id: source.id, source: use, steps: [], schema: use.planned.schema };
  }

  async #addStep(
    stream: PlannedStream,
    step: StepConfig,
    path: string,
    within: readonly DatasetConfig[],
    before: () => Promise<PlannedStream>,
  ): Promise<void> {
    const config = this.#config;
    const card = findCard(this.#plugins.transforms, 'step', step.kind);
    const options: unknown = readOptions(card.options, step.options, path);
    const others: PlannedStream[] = [];
    for (const other of card.takes?.(options) ?? [])
      others.push(await this.stream(other, path, within));
    const ledger = this.stepLines.get(step) ?? ledgerLine(step.id, step.kind);
    this.stepLines.set(step, ledger);
    if (config.datasets.length > 1) ledger.dataset = within.at(-1)!.id;
    const hooks = { ...waits };
    const module = await card.load();
    const surveyed = await this.#survey(module, options, stream.schema, before);
    const transform = module.open({
      options,
      dataset: stream.id,
      schema: stream.schema,
      ...(surveyed !== undefined && { surveyed }),
      others: others.map(({ id, schema }, i) => ({ id, schema, open: () => hooks.open(i) })),
      timeZone: config.timeZone,
      startedAtMs: this.#startedAtMs,
      seed: config.seed,
      secret: (id) => secretOf(this.#bindings, id),
      scratch: this.#hints.scratch ?? memoryScratch(config.limits.memoryBytes),
      limits: config.limits,
      signal: this.#signal,
      reject: (reject) => hooks.reject(reject),
      lose: (loss) => hooks.lose(loss),
      filtered: (rowCount) => {
        ledger.filtered += rowCount;
      },
      merged: (rowCount) => {
        ledger.merged += rowCount;
      },
      added: (rowCount) => {
        ledger.added += rowCount;
      },
    });
    stream.steps.push({ transform, ledger, others, hooks });
    stream.schema = transform.schema;
  }

  /** What a step finds in the rows before it, read once more for that; undefined where it looks for nothing. */
  async #survey(
    module: TransformModule<unknown>,
    options: unknown,
    schema: Schema,
    before: () => Promise<PlannedStream>,
  ): Promise<unknown> {
    const { survey } = this.#hints;
    if (module.survey === undefined || survey === undefined) return undefined;
    const signal = this.#signal;
    const readings = new Map(this.sources.map((use) => [use, use.readings]));
    let isRead = false;
    const open = async function* (): AsyncGenerator<Batch> {
      isRead = true;
      yield* survey(await before(), signal);
    };
    const found = await module.survey({ options, schema, signal, open });
    if (!isRead) return found ?? undefined;
    // It was no reading of the run: nothing of it is counted.
    for (const [use, count] of readings) use.readings = count;
    for (const line of [...this.stepLines.values(), ...this.sources.map(({ ledger }) => ledger)]) {
      Object.assign(line, { in: 0, out: 0, filtered: 0, rejected: 0, merged: 0, added: 0 });
      delete line.beside;
    }
    return found ?? undefined;
  }
}

/** Several data sets go only into formats that hold several, with the options that make them do so. */
export function refuseManyTables(
  { config, format, formatOptions }: PlannedOutput,
  plugins: Plugins,
): void {
  const count = config.datasets.length;
  if (count === 1) return;
  const needed = Object.entries(format.takesMany ?? {});
  const options = new Map(Object.entries(formatOptions as object));
  const wrong = needed.find(([id, value]) => options.get(id) !== value);
  if (format.takesMany !== undefined && wrong === undefined) return;
  const titles = plugins.formats.filter((card) => card.takesMany).map((card) => card.title);
  throw new ExportError('config.not-here', {
    what: PLAN_TEXTS.manyDatasets(count),
    reason: PLAN_TEXTS.manyDatasetsReason(format.title, wrong !== undefined),
    remedy:
      wrong === undefined
        ? PLAN_TEXTS.manyDatasetsRemedy(titles)
        : PLAN_TEXTS.manyDatasetsOption(wrong[0], String(wrong[1])),
  });
}

/** From config and bindings to what a run, a preview or a check works with. */
export async function makePlan(
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  signal: AbortSignal,
  hints: GraphHints = {},
): Promise<Plan> {
  const outputConfig = onlyOutput(config);
  const output = await planOutput(outputConfig, plugins, hints.isRehearsal);
  refuseManyTables(output, plugins);
  hints.onOutput?.(output);
  const planner = new Planner(config, bindings, plugins, openBytes, signal, hints);
  const tables: PlannedStream[] = [];
  for (const id of outputConfig.datasets)
    tables.push(await planner.stream(id, 'outputs.0.datasets'));
  return {
    config,
    sources: planner.sources,
    stepLines: [...planner.stepLines.values()],
    tables,
    output,
  };
}

/** One data set or source without an output: its sources, its steps' lines, and the reading of it. */
export async function planStream(
  id: string,
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  signal: AbortSignal,
  hints: GraphHints = {},
): Promise<{ sources: SourceUse[]; stream: PlannedStream }> {
  const planner = new Planner(config, bindings, plugins, openBytes, signal, hints);
  const stream = await planner.stream(id, 'dataset');
  return { sources: planner.sources, stream };
}

/** Names of the sources as one, for what a file says of where it comes from. */
export function sourceNames(plan: Plan): string {
  return plan.sources.map(({ planned }) => planned.input.name).join(', ');
}
