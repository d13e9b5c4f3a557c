// The verbs run and rehearse: one export from source to receipt; a column whose inferred type does not hold starts it again as text.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, ExportError, isAbort, shorten } from '../contract/errors.ts';
import type { DeliveryWriter, EncoderContext, StorageFile } from '../contract/plugins.ts';
import type { Report } from '../contract/report.ts';
import type { RunOptions, RunResult } from '../contract/verbs.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import { typeName } from '../table/data-type.ts';
import { addNullCounts } from '../table/null-counts.ts';
import { encodeEntries } from './encode-stream.ts';
import type { EngineParts } from './engine-parts.ts';
import { formatFindings } from './check.ts';
import type { LanePool } from './lanes.ts';
import { Meter } from './meter.ts';
import type { OpenBytes } from './open-source.ts';
import { baseName, outputName } from './naming.ts';
import { makePlan, type Plan, type PlannedOutput } from './plan.ts';
import { auditOf, emptyReport } from './report.ts';
import { catalogue } from './catalogue.ts';
import { redactConfig } from '../contract/redact.ts';
import { curableMisfits, misfitError, type MisfitPlace } from './source-misfit.ts';
import { throughSteps } from './steps.ts';
import { ledgerLine, Tally } from './tally.ts';
import { RUN_TEXTS } from './texts.ts';
import { writeOutput } from './write-output.ts';

/** Columns that may be taken back to text before it looks like the wrong file altogether. */
const MOST_RESTARTS = 1000;

/** How long a delivery that nobody wants any more may still take to open before the run ends without it. */
const LATE_OPENING_MS = 200;

/** What a run may be told beside the options of the verb. */
type PerformOptions = RunOptions & { onFile?: (name: string, isOpen: boolean) => void };

export function run(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  options: PerformOptions = {},
): Promise<RunResult> {
  return perform(parts, config, bindings, options, false);
}

/** All of a run but its delivery. */
export async function rehearse(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  options: RunOptions = {},
): Promise<Report> {
  return (await perform(parts, config, bindings, options, true)).report;
}

async function perform(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  options: PerformOptions,
  isRehearsal: boolean,
): Promise<RunResult> {
  const startedAtMs = bindings.clock?.() ?? Date.now();
  const jobId = bindings.jobId ?? crypto.randomUUID();
  const signal = options.signal ?? new AbortController().signal;
  const report = emptyReport(redactConfig(config, catalogue(parts.plugins)), jobId, startedAtMs);
  const meter = new Meter(jobId, options, signal, config.limits.timeoutMs, parts.yieldMacrotask);
  const asText = new Set<number>();
  const openBytes: OpenBytes = (binding) =>
    parts.openBytes(binding, (jobBytes) => parts.lanes(jobBytes).readSlice);
  let handover: RunResult['handover'] = null;
  try {
    for (let attempt = 0; ; attempt++) {
      meter.trace(attempt === 0 ? 'plan' : 'plan again, with a column as text');
      let lanes: LanePool | undefined;
      let opening: Promise<DeliveryWriter> | undefined;
      let plan: Plan | undefined;
      let isGivenUp = false;
      try {
        const onOutput = (output: PlannedOutput): void => {
          // A plan that is not waited for any more goes on until it stands.
          if (isGivenUp) return;
          // Opened while the source is still looked at: both are mostly waiting.
          opening = openDelivery(output, bindings, jobId, signal, async (handle) =>
            // Files are opened when the plan stands, and with it the lanes.
            lanes!.laneCount > 0 ? lanes!.openStorageFile(handle) : null,
          );
          opening.catch(() => {});
        };
        const hints = { asText, isRun: true, isRehearsal, onOutput };
        plan = await meter.within(
          makePlan(config, bindings, parts.plugins, openBytes, signal, hints),
        );
        report.notes = settleFindings(plan);
        const { input } = plan.source;
        if (isRehearsal && input.kind === 'batches' && input.once) throw onlyOnce(input.name);
        lanes = parts.lanes(input.kind === 'bytes' ? input.sizeBytes : null);
        meter.trace(`open delivery ${plan.output.config.delivery.id}`);
        const delivery = await meter.within(opening!);
        handover = await execute(plan, delivery, lanes, meter, signal, report, options.onFile);
        break;
      } catch (thrown) {
        isGivenUp = true;
        await abandon(opening, meter);
        if (plan === undefined) throw thrown;
        const misfits = restartable(thrown, plan);
        if (misfits.length === 0 || attempt >= MOST_RESTARTS)
          throw misfitError(thrown, plan.source.schema);
        for (const { sourceColumn, value, line } of misfits) {
          asText.add(sourceColumn);
          const { name, type } = plan.source.schema.fields[sourceColumn]!;
          report.retyped.push({
            column: name,
            from: typeName(type),
            value: shorten(value),
            line,
          });
        }
      }
    }
    report.outcome = 'completed';
    report.capped = report.sources.some((source) => !source.exhausted);
  } catch (thrown) {
    if (signal.aborted || isAbort(thrown)) report.outcome = 'cancelled';
    else {
      report.outcome = 'failed';
      report.error = asExportError(thrown).toJSON();
    }
    report.files = [];
    report.encodedBytes = 0;
    report.deliveredBytes = 0;
  }
  meter.report();
  report.durationMs = Math.round(meter.elapsedMs);
  report.endedAt = new Date(startedAtMs + report.durationMs).toISOString();
  meter.trace(report.outcome);
  return { report, handover };
}

/** Rows that end with their first reading belong to the run. */
function onlyOnce(name: string): ExportError {
  return new ExportError('config.not-here', {
    what: RUN_TEXTS.rehearsalOf(shorten(name)),
    reason: RUN_TEXTS.readOnce,
    remedy: RUN_TEXTS.readOnceRemedy,
  });
}

async function openDelivery(
  { config, delivery, archive, codec, format }: PlannedOutput,
  bindings: Bindings,
  jobId: string,
  signal: AbortSignal,
  openStorageFile: (handle: FileSystemFileHandle) => Promise<StorageFile | null>,
): Promise<DeliveryWriter> {
  const module = await delivery.card.load();
  return module.open({
    options: delivery.options,
    ifExists: config.ifExists,
    target: bindings.targets?.[config.id],
    mediaType: archive?.card.mediaType ?? codec?.card.mediaType ?? format.mediaType,
    jobId,
    signal,
    openStorageFile,
  });
}

/** Removes what a delivery that came to nothing has left; one that does not open in time does so when it has. */
async function abandon(opening: Promise<DeliveryWriter> | undefined, meter: Meter): Promise<void> {
  if (opening === undefined) return;
  let hasOpened = false;
  const aborted = opening.then(
    async (delivery) => {
      hasOpened = true;
      meter.trace('abort delivery');
      await delivery
        .abort()
        .catch((second: unknown) => meter.trace(`abort failed: ${String(second)}`));
    },
    () => {},
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LATE_OPENING_MS);
  });
  await Promise.race([aborted, late]);
  clearTimeout(timer);
  if (hasOpened) await aborted;
}

/** Refuses what cannot be; what only deserves a word goes into the report. */
function settleFindings(plan: Plan): string[] {
  const findings = formatFindings(plan);
  const error = findings.find((finding) => finding.severity === 'error');
  if (error === undefined)
    return findings
      .filter((finding) => finding.severity === 'warning')
      .map((finding) => finding.sentence);
  throw new ExportError('config.conflict', {
    detail: error.sentence,
    remedy: error.remedy?.title ?? RUN_TEXTS.changeOne,
  });
}

/** Misfits that a fresh start with their columns as text can cure. */
function restartable(thrown: unknown, plan: Plan): MisfitPlace[] {
  const canStartAgain = !plan.source.input.once && plan.output.delivery.card.cannotUndo !== true;
  return canStartAgain ? curableMisfits(thrown, plan.source.schema) : [];
}

async function execute(
  plan: Plan,
  delivery: DeliveryWriter,
  lanes: LanePool,
  meter: Meter,
  signal: AbortSignal,
  report: Report,
  onFile: ((name: string, isOpen: boolean) => void) | undefined,
): Promise<RunResult['handover']> {
  const { config, source, output } = plan;
  const startedAtMs = Date.parse(report.startedAt);
  const tally = new Tally(config.limits.listedRejects);
  const sourceLine = ledgerLine(source.config.id, source.config.kind);
  const outputLine = ledgerLine(output.config.id, output.config.format.id);
  const nullCounts = new Float64Array(plan.schema.fields.length);
  let exhausted = false;

  meter.rowsIn = 0;
  meter.rowsOut = 0;
  meter.bytesOut = 0;
  meter.phase = 'reading';
  meter.bytesTotal = source.opened?.input.sizeBytes ?? null;
  meter.bytesIn = () => source.opened?.bytesRead() ?? 0;

  const read = async function* (): AsyncGenerator<Batch> {
    const batches = source.module.read({
      input: source.input,
      options: source.options,
      columns: source.config.columns ?? [],
      schema: source.schema,
      limits: config.limits,
      signal,
      reject: (reject) => {
        sourceLine.rejected++;
        tally.reject(reject);
      },
      lose: (loss) => tally.lose(loss),
    });
    const iterator = batches[Symbol.asyncIterator]();
    let isWaiting = false;
    let isLeft = false;
    try {
      for (;;) {
        isWaiting = true;
        const next = await meter.within(iterator.next());
        isWaiting = false;
        if (next.done === true) {
          exhausted = true;
          return;
        }
        sourceLine.out += selectedCount(next.value);
        meter.rowsIn = sourceLine.out + sourceLine.rejected;
        await meter.tick();
        isLeft = true;
        yield next.value;
        isLeft = false;
      }
    } finally {
      // A limit stopped here: one look ahead tells whether it left anything out.
      if (isLeft && !signal.aborted) {
        isWaiting = true;
        exhausted = await meter.within(iterator.next()).then(
          (next) => {
            isWaiting = false;
            return next.done === true;
          },
          () => false,
        );
      }
      const closed = iterator.return?.();
      // A source that never answers cannot be waited for to close either.
      if (isWaiting) closed?.catch(() => {});
      else await closed;
    }
  };
  const batches = throughSteps(
    read(),
    plan.steps,
    (reject) => tally.reject(reject),
    (loss) => tally.lose(loss),
  );

  const facts = {
    name: outputName(config, source.input.name),
    jobId: report.jobId,
    startedAtMs,
    isSplit: output.config.split !== null,
  };
  const nameOf = (part: number, suffix: string): string =>
    baseName(output.config, { ...facts, part }) + (suffix || output.format.extension);
  const contextOf = (part: number): EncoderContext<unknown> => ({
    options: output.formatOptions,
    schema: plan.schema,
    name: facts.name,
    timeZone: config.timeZone,
    startedAtMs,
    sourceName: source.input.name,
    part,
  });
  const entries = encodeEntries(batches, output, contextOf, nameOf, lanes, {
    onBatch: (batch) => {
      outputLine.in += selectedCount(batch);
      addNullCounts(batch, nullCounts);
    },
    onLoss: (loss) => tally.lose(loss),
    onRowsOut: (rows) => {
      outputLine.out += rows;
      meter.rowsOut = outputLine.out;
    },
  });

  try {
    const written = await writeOutput(entries, {
      output,
      delivery,
      lanes,
      meter,
      signal,
      startedAtMs,
      archiveName:
        baseName({ ...output.config, split: null }, { ...facts, part: 0, isSplit: false }) +
        (output.archive?.card.extension ?? ''),
      onLoss: (loss) => tally.lose(loss),
      ...(onFile && { onFile }),
    });
    report.files = written.files;
    report.encodedBytes = written.encodedBytes;
    report.deliveredBytes = written.deliveredBytes;
    return written.handover;
  } finally {
    await entries.return(undefined).catch(() => {});
    source.opened?.losses().forEach((loss) => tally.lose(loss));
    sourceLine.in = sourceLine.out + sourceLine.rejected;
    outputLine.added = Math.max(0, outputLine.out - outputLine.in);
    report.ledger = [sourceLine, ...plan.steps.map((step) => step.ledger), outputLine];
    report.audit = auditOf(report.ledger);
    report.losses = tally.losses();
    report.rejects = tally.rejects();
    report.columns = plan.schema.fields.map((field, i) => ({
      name: field.name,
      type: typeName(field.type),
      nullCount: nullCounts[i]!,
    }));
    report.sources = [
      {
        id: source.config.id,
        kind: source.config.kind,
        name: source.input.name,
        sizeBytes: source.input.kind === 'bytes' ? source.input.sizeBytes : null,
        rowsRead: sourceLine.in,
        bytesRead: source.opened?.bytesRead() ?? 0,
        exhausted,
      },
    ];
  }
}
