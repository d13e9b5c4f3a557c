// From config and bindings to something that can run: cards found, options complete, source opened, schemas known.
import { openCharsetEncoder } from '../charsets/encode.ts';
import type { Bindings, OneFileBinding } from '../contract/bindings.ts';
import type {
  DatasetConfig,
  ExportConfig,
  OutputConfig,
  PartConfig,
  SourceConfig,
} from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type {
  ArchiveCard,
  CodecCard,
  DeliveryCard,
  FormatCard,
  FormatModule,
  Source,
  SourceCard,
  SourceInput,
  SourceInspection,
  Transform,
} from '../contract/plugins.ts';
import type { LedgerLine, Loss, Reject } from '../contract/report.ts';
import { UTF8, type Schema } from '../table/data-type.ts';
import { inspectOnce } from './inspect-once.ts';
import { openSource, type OpenBytes, type OpenedSource } from './open-source.ts';
import { findCard, readOptions, type Plugins } from './plugins.ts';
import { rehearsalDelivery } from './rehearsal.ts';
import { memoryScratch } from './scratch.ts';
import { ledgerLine } from './tally.ts';
import { PLAN_TEXTS } from './texts.ts';

/** Opened source of a plan: how to read it and what is known of it. */
export interface PlannedSource {
  config: SourceConfig;
  card: SourceCard;
  module: Source<unknown>;
  input: SourceInput;
  options: unknown;
  schema: Schema;
  /** Bytes sources only. */
  opened: OpenedSource | null;
  inspection: SourceInspection<unknown> | null;
}

export interface PlannedStep {
  transform: Transform;
  ledger: LedgerLine;
  /** Filled by the run. */
  onReject: { current: (reject: Reject) => void };
  onLoss: { current: (loss: Loss) => void };
}

export interface PlannedOutput {
  config: OutputConfig;
  format: FormatCard;
  formatModule: FormatModule<unknown>;
  formatOptions: unknown;
  archive: { card: ArchiveCard; options: unknown } | null;
  codec: { card: CodecCard; options: unknown } | null;
  delivery: { card: DeliveryCard; options: unknown };
}

export interface Plan {
  config: ExportConfig;
  source: PlannedSource;
  steps: PlannedStep[];
  /** Schema after all steps. */
  schema: Schema;
  output: PlannedOutput;
}

export interface PlanHints {
  /** Columns (by position) read as text whatever was inferred. */
  asText?: ReadonlySet<number>;
  /** A run shows nobody the counts of the columns. */
  isRun?: boolean;
  /** Nothing is delivered: the delivery may lack its options and be one of another door. */
  isRehearsal?: boolean;
  /** Told as soon as the output is known, while the source is still looked at. */
  onOutput?(output: PlannedOutput): void;
}

/** The dataset an output takes, and the chain of datasets below it down to a source, outermost last. */
export function datasetChain(
  config: ExportConfig,
  output: OutputConfig,
): { source: SourceConfig; chain: DatasetConfig[]; name: string } {
  if (output.datasets.length !== 1)
    throw new ExportError('config.not-here', {
      what: PLAN_TEXTS.manyDatasets(output.datasets.length),
      reason: PLAN_TEXTS.manyDatasetsReason,
      remedy: PLAN_TEXTS.manyDatasetsRemedy,
    });
  const chain: DatasetConfig[] = [];
  let id = output.datasets[0]!;
  for (;;) {
    const source = config.sources.find((s) => s.id === id);
    if (source) return { source, chain, name: output.datasets[0]! };
    const dataset = config.datasets.find((d) => d.id === id);
    if (dataset === undefined || chain.includes(dataset))
      throw new ExportError('config.invalid', {
        detail: dataset ? PLAN_TEXTS.ownAncestor(id) : PLAN_TEXTS.noDataset(id),
        path: 'datasets',
      });
    chain.unshift(dataset);
    id = dataset.from;
  }
}

/** What a source of this kind has no use for is refused rather than ignored. */
function refuseIdleSettings(source: SourceConfig, card: SourceCard): void {
  const idle =
    source.table !== undefined
      ? PLAN_TEXTS.idleTable
      : card.input === 'batches' && (source.columns ?? []).length > 0
        ? PLAN_TEXTS.idleTypes
        : null;
  if (idle === null) return;
  throw new ExportError('config.not-here', {
    what: PLAN_TEXTS.idleFor(idle, source.id),
    reason: PLAN_TEXTS.idleReason(card.title),
    remedy: source.table !== undefined ? PLAN_TEXTS.idleTableRemedy : PLAN_TEXTS.idleTypesRemedy,
  });
}

/** Opens a source and settles options and schema. */
export async function planSource(
  source: SourceConfig,
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  { asText, isRun = false }: PlanHints = {},
): Promise<PlannedSource> {
  const card = findCard(plugins.sources, 'source', source.kind);
  const module = (await card.load()) as Source<unknown>;
  const optionsPath = `sources.${config.sources.indexOf(source)}.options`;
  refuseIdleSettings(source, card);
  if (card.input === 'batches') {
    const rows = 'binding' in source.from ? bindings.rows?.[source.from.binding] : undefined;
    if (rows === undefined)
      throw new ExportError('config.binding-missing', { binding: originName(source) });
    const options = readOptions(card.options, source.options, optionsPath);
    const input: SourceInput = { kind: 'batches', ...rows };
    return {
      config: source,
      card,
      module,
      input,
      options,
      schema: rows.schema,
      opened: null,
      inspection: null,
    };
  }
  const binding = bytesBinding(source, bindings);
  if (binding === undefined)
    throw new ExportError('config.binding-missing', { binding: originName(source) });
  const opened = await openSource(source, await openBytes(binding), plugins.codecs, config.limits);
  // Complete options are checked first, so that a wrong one is told before the sample is looked at.
  const complete = readOptions(card.options, source.options, optionsPath) as Record<
    string,
    unknown
  >;
  const given = Object.fromEntries(Object.keys(source.options).map((id) => [id, complete[id]]));
  const inspect = (): Promise<SourceInspection<unknown>> =>
    inspectOnce(module, {
      given,
      columns: source.columns ?? [],
      ...(source.table !== undefined && { table: source.table }),
      input: opened.input,
      sample: opened.sample,
      isWhole: opened.isWhole,
      profiles: !isRun,
      sizeBytes: opened.unpackedBytes,
      name: opened.input.name,
      limits: config.limits,
    });
  const inspection = await inspectLongRecords(inspect, opened, config.limits.recordBytes);
  const schema: Schema = {
    fields: inspection.schema.fields.map((field, i) =>
      asText?.has(i) === true && field.origin === 'inferred' ? { ...field, type: UTF8 } : field,
    ),
  };
  return {
    config: source,
    card,
    module,
    input: opened.input,
    options: inspection.options,
    schema,
    opened,
    inspection,
  };
}

/** Inspects; while not even the first record fits into the sample, as long as it may, with a larger one. */
async function inspectLongRecords(
  inspect: () => Promise<SourceInspection<unknown>>,
  opened: OpenedSource,
  recordBytes: number,
): Promise<SourceInspection<unknown>> {
  for (;;) {
    try {
      return await inspect();
    } catch (thrown) {
      const isTooLong =
        thrown instanceof ExportError && thrown.code === 'read.csv.record-too-large';
      // Two more, as a record of just that size has a line end behind it.
      if (!isTooLong || !(await opened.growSample(recordBytes + 2))) throw thrown;
    }
  }
}

function bytesBinding({ from }: SourceConfig, bindings: Bindings): OneFileBinding | undefined {
  if ('path' in from) return { path: from.path };
  const binding = 'binding' in from ? bindings.bytes?.[from.binding] : undefined;
  return binding && 'files' in binding ? undefined : binding;
}

function originName({ from }: SourceConfig): string {
  if ('path' in from) return from.path;
  return 'binding' in from ? from.binding : from.origin;
}

/** Opens the enabled steps of a chain over a schema, in order. */
export async function planSteps(
  chain: readonly DatasetConfig[],
  schema: Schema,
  config: ExportConfig,
  plugins: Plugins,
  signal: AbortSignal,
  startedAtMs: number,
): Promise<{ steps: PlannedStep[]; schema: Schema }> {
  const steps: PlannedStep[] = [];
  let current = schema;
  for (const dataset of chain) {
    for (const [at, step] of dataset.steps.entries()) {
      if (!step.enabled) continue;
      const card = findCard(plugins.transforms, 'step', step.kind);
      const place = `datasets.${config.datasets.indexOf(dataset)}.steps.${at}.options`;
      const options = readOptions(card.options, step.options, place);
      const onReject = { current: (_: Reject): void => {} };
      const onLoss = { current: (_: Loss): void => {} };
      const ledger = ledgerLine(step.id, step.kind);
      const transform = (await card.load()).open({
        options,
        schema: current,
        others: [],
        timeZone: config.timeZone,
        startedAtMs,
        seed: config.seed,
        scratch: memoryScratch(config.limits.memoryBytes),
        limits: config.limits,
        signal,
        reject: (reject) => onReject.current(reject),
        filtered: (rowCount) => {
          ledger.filtered += rowCount;
        },
        merged: (rowCount) => {
          ledger.merged += rowCount;
        },
        added: (rowCount) => {
          ledger.added += rowCount;
        },
        lose: (loss) => onLoss.current(loss),
      });
      steps.push({ transform, ledger, onReject, onLoss });
      current = transform.schema;
    }
  }
  return { steps, schema: current };
}

function planDelivery(
  { id, options }: PartConfig,
  plugins: Plugins,
  isRehearsal: boolean,
): PlannedOutput['delivery'] {
  if (isRehearsal) {
    const known = plugins.deliveries.find((card) => card.id === id);
    return { card: rehearsalDelivery(id, known), options: {} };
  }
  const card = findCard(plugins.deliveries, 'delivery', id);
  return { card, options: readOptions(card.options, options, 'outputs.0.delivery.options') };
}

/** Finds and completes everything an output names. */
export async function planOutput(
  output: OutputConfig,
  plugins: Plugins,
  isRehearsal = false,
): Promise<PlannedOutput> {
  const format = findCard(plugins.formats, 'format', output.format.id);
  const archive = output.archive && findCard(plugins.archives, 'archive', output.archive.id);
  const codec = output.compression && findCard(plugins.codecs, 'codec', output.compression.id);
  const delivery = planDelivery(output.delivery, plugins, isRehearsal);
  const formatModule = await format.load();
  // Opened for its errors alone: a charset or policy that cannot work is told before anything is read or written.
  if (format.isText) openCharsetEncoder(output.charset, formatModule.escapeCodePoint);
  return {
    config: output,
    format,
    formatModule,
    formatOptions: readOptions(format.options, output.format.options, 'outputs.0.format.options'),
    archive: archive && {
      card: archive,
      options: readOptions(archive.options, output.archive!.options, 'outputs.0.archive.options'),
    },
    codec: codec && {
      card: codec,
      options: readOptions(
        codec.options,
        output.compression!.options,
        'outputs.0.compression.options',
      ),
    },
    delivery,
  };
}

/** The one output this version runs. */
export function onlyOutput(config: ExportConfig): OutputConfig {
  if (config.outputs.length !== 1)
    throw new ExportError('config.not-here', {
      what: PLAN_TEXTS.manyOutputs(config.outputs.length),
      reason: PLAN_TEXTS.manyOutputsReason,
      remedy: PLAN_TEXTS.manyOutputsRemedy,
    });
  const [output] = config.outputs;
  if (output!.encryption !== null)
    throw new ExportError('config.not-here', {
      what: PLAN_TEXTS.encryption,
      reason: PLAN_TEXTS.encryptionReason,
      remedy: PLAN_TEXTS.encryptionRemedy,
    });
  return output!;
}

export async function makePlan(
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  signal: AbortSignal,
  hints: PlanHints = {},
): Promise<Plan> {
  const outputConfig = onlyOutput(config);
  const { source: sourceConfig, chain } = datasetChain(config, outputConfig);
  const output = await planOutput(outputConfig, plugins, hints.isRehearsal);
  hints.onOutput?.(output);
  const source = await planSource(sourceConfig, config, bindings, plugins, openBytes, hints);
  const startedAtMs = bindings.clock?.() ?? Date.now();
  const { steps, schema } = await planSteps(
    chain,
    source.schema,
    config,
    plugins,
    signal,
    startedAtMs,
  );
  return { config, source, steps, schema, output };
}
