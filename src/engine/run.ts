// The verbs run and rehearse: one export from source to receipt; a column whose inferred type does not hold starts it again as text.
import type { Bindings } from '../contract/bindings.ts';
import { secretOf } from '../contract/secrets.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, ExportError, isAbort, shorten } from '../contract/errors.ts';
import type { DeliveryWriter } from '../contract/delivery-plugin.ts';
import type { EncoderContext, EncoderRoom } from '../contract/encoder.ts';
import type { FormatFinding } from '../contract/format-finding.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { Loss, Report } from '../contract/report.ts';
import type { ExistsAnswer, RejectsFile, RunOptions, RunResult } from '../contract/verbs.ts';
import { selectedCount } from '../table/batch.ts';
import { typeName } from '../table/data-type.ts';
import { addNullCounts } from '../table/null-counts.ts';
import { createDuplicateCounter } from './count-duplicates.ts';
import { cappedFiles } from './capped-parts.ts';
import { encodeEntries, type EncodeHooks } from './encode-stream.ts';
import { encodedTables, encoderContext } from './encoder-context.ts';
import { abandon, openDelivery, openSaver } from './open-delivery.ts';
import { openFormatFiles } from './format-files.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { refuseConflicts } from './check.ts';
import { createFlow } from './flow.ts';
import { makePlan, type AsText, type Plan } from './graph.ts';
import { GrownSource, type GrownSchemas } from './plan-source.ts';
import type { LanePool } from './lanes.ts';
import { Meter } from './meter.ts';
import type { OpenBytes } from './open-source.ts';
import { headOf } from './append-rows.ts';
import { canAppend } from './existing.ts';
import { nameFacts } from './name-facts.ts';
import { createOutputNames, type NamedGroups } from './output-names.ts';
import type { PlannedOutput } from './plan.ts';
import { openValueCheck } from './check-values.ts';
import type { Plugins } from './plugins.ts';
import { createReader } from './reading.ts';
import { networkOf } from './network.ts';
import type { RejectsSaver } from './save-rejects.ts';
import { auditOf, emptyReport } from './report.ts';
import { catalogue } from './catalogue.ts';
import { redactConfig } from '../contract/redact.ts';
import {
  addAsText,
  curableMisfits,
  FieldOrigins,
  misfitError,
  type CurableMisfit,
} from './source-misfit.ts';
import { ledgerLine, Tally } from './tally.ts';
import { createSurveyor } from './survey.ts';
import { RUN_TEXTS } from './texts.ts';
import { openRowGroups, planSplit } from './row-groups.ts';
import { uncountedLosses } from './uncounted-losses.ts';
import { packedFiles, rowsPacker } from './pack-output.ts';
import type { WriteContext, Written } from './write-context.ts';
import { writeOutput } from './write-output.ts';

/** Columns that may be taken back to text before it looks like the wrong file altogether. */
const MOST_RESTARTS = 1000;

/** What a run may be told beside the options of the verb. */
type PerformOptions = RunOptions & { onFile?: (name: string, isOpen: boolean) => void };

/** A rehearsal that saves all rejects. */
export function saveRejects(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  rejects: RejectsFile,
  options: RunOptions = {},
): Promise<RunResult> {
  return perform(parts, config, bindings, { ...options, rejects }, true);
}

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
  const asText: AsText = new Map();
  const grown: GrownSchemas = new Map();
  const grownNotes: string[] = [];
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
      let saver: RejectsSaver | null = null;
      const scratch = scratchOf(parts, config.limits);
      try {
        const onOutput = (output: PlannedOutput): void => {
          // A plan that is not waited for any more goes on until it stands.
          if (isGivenUp) return;
          // Opened while the source is still looked at: both are mostly waiting.
          opening = openDelivery(output, bindings, jobId, {
            signal,
            // Files are opened when the plan stands, and with it the lanes.
            openStorageFile: async (handle) =>
              lanes!.laneCount > 0 ? lanes!.openStorageFile(handle) : null,
            ...(parts.network && { network: networkOf(parts.network, signal) }),
            secret: (id) => secretOf(bindings, id),
            note: (sentence) => void report.notes.push(sentence),
            left: (sentence) => void (report.left = sentence),
            trace: (line) => meter.trace(line),
            sending: (state) => meter.send(state),
          });
          opening.catch(() => {});
        };
        const { network } = parts;
        const trace = (line: string): void => meter.trace(line);
        const hints = {
          ...{ asText, grown, isRun: true, isRehearsal, onOutput, scratch, trace },
          survey: createSurveyor(),
          ...(network && { network }),
        };
        plan = await meter.within(
          makePlan(config, bindings, parts.plugins, openBytes, signal, hints),
        );
        const warnings = plan.sources.flatMap(({ planned }) => planned.warnings ?? []);
        const findings = refuseConflicts(plan);
        report.notes = [...grownNotes, ...warnings, ...warningsOf(findings)];
        for (const { planned } of plan.sources)
          if (isRehearsal && planned.input.kind === 'batches' && planned.input.once)
            throw onlyOnce(planned.input.name);
        lanes = parts.lanes(jobBytes(plan));
        meter.trace(`open delivery ${plan.output.config.delivery.id}`);
        const delivery = await meter.within(opening!);
        if (options.rejects) saver = await openSaver(parts, options.rejects, jobId, signal);
        handover = await execute(
          plan,
          delivery,
          lanes,
          meter,
          signal,
          report,
          scratch,
          { ...options, isRehearsal },
          saver,
          (id) => secretOf(bindings, id),
          parts.plugins,
          openFormatFiles(bindings, openBytes),
        );
        report.notes.push(...plan.sources.flatMap(({ planned }) => planned.afterwards?.() ?? []));
        report.losses.push(...uncountedLosses(findings, plan.output.format, report.losses));
        break;
      } catch (thrown) {
        isGivenUp = true;
        await saver?.abort().catch(() => {});
        await abandon(opening, meter);
        if (plan === undefined) throw thrown;
        if (thrown instanceof GrownSource) {
          if (!canStartAgain(plan) || attempt >= MOST_RESTARTS) throw thrown.growth.error;
          grown.set(thrown.sourceId, thrown.growth.schema);
          grownNotes.push(...thrown.growth.changes.map(RUN_TEXTS.grown));
          continue;
        }
        const misfits = restartable(thrown, plan);
        if (misfits.length === 0 || attempt >= MOST_RESTARTS) throw misfitError(thrown);
        addAsText(asText, misfits);
        for (const { from, field, value, line } of misfits)
          report.retyped.push({
            ...(plan.sources.length > 1 && { source: from.source.id }),
            column: field.name,
            from: typeName(field.type),
            value: shorten(value),
            line,
          });
      } finally {
        await scratch.close();
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

/** What only deserves a word. */
function warningsOf(findings: readonly FormatFinding[]): string[] {
  return findings.filter(({ severity }) => severity === 'warning').map(({ sentence }) => sentence);
}

/** Misfits that a fresh start with their columns as text can cure. */
function restartable(thrown: unknown, plan: Plan): CurableMisfit[] {
  return canStartAgain(plan) ? curableMisfits(thrown) : [];
}

/** Whether everything can be read again and nothing was delivered for good. */
function canStartAgain({ sources, output }: Plan): boolean {
  return (
    sources.every(({ planned }) => !planned.input.once) && output.delivery.card.cannotUndo !== true
  );
}

/** Bytes of all sources; null when one is unknown. */
function jobBytes({ sources }: Plan): number | null {
  const sizes = sources.map(({ planned: { input } }) =>
    input.kind === 'bytes' ? input.sizeBytes : null,
  );
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

/** Who says what becomes of files that are there already; a rehearsal meets none. */
function whoIsAsked(
  output: PlannedOutput,
  onExists: RunOptions['onExists'],
  isRehearsal: boolean,
): WriteContext['ask'] {
  if (isRehearsal || output.config.ifExists !== 'ask') return null;
  if (onExists === undefined)
    throw new ExportError('config.conflict', {
      detail: RUN_TEXTS.nobodyToAsk,
      remedy: RUN_TEXTS.nobodyToAskRemedy,
    });
  const offers: ExistsAnswer[] = ['replace', 'rename', 'skip', 'stop'];
  if (canAppend(output)) offers.splice(2, 0, 'append');
  return (name) => onExists(name, offers);
}

async function execute(
  plan: Plan,
  delivery: DeliveryWriter,
  lanes: LanePool,
  meter: Meter,
  signal: AbortSignal,
  report: Report,
  scratch: Scratch,
  { onFile, onExists, isRehearsal }: PerformOptions & { isRehearsal: boolean },
  saver: RejectsSaver | null,
  secret: (id: string) => string,
  plugins: Plugins,
  openFile: EncoderRoom['openFile'],
): Promise<RunResult['handover']> {
  const { config, sources, tables, output } = plan;
  const startedAtMs = Date.parse(report.startedAt);
  const tally = new Tally(config.limits.listedRejects, saver);
  const outputLine = ledgerLine(output.config.id, output.config.format.id);
  const nullCounts = tables.map(({ schema }) => new Float64Array(schema.fields.length));
  const isMany = tables.length > 1;

  meter.rowsOut = 0;
  meter.bytesOut = 0;
  meter.phase = 'reading';
  const origins = new FieldOrigins(sources);
  const reader = createReader(plan, meter, signal, tally, origins);
  const flow = createFlow({
    read: reader.read,
    onReject: (reject) => tally.reject(reject),
    onLoss: (loss) => tally.lose(loss),
  });

  const split = planSplit(config, output, tables[0]!.schema);
  const facts = nameFacts(plan, split, { jobId: report.jobId, clock: () => startedAtMs });
  const contextOf = (part: number): EncoderContext<unknown> =>
    encoderContext(plan, output, split, facts, part);
  let savedFile: Report['rejects']['file'];
  const counters = output.config.verify.duplicates
    ? tables.map(() => createDuplicateCounter(scratch))
    : [];
  const streams = tables.map((stream, table) => {
    const rows = flow.open(stream);
    return counters[table]?.watch(rows) ?? rows;
  });
  const values = isRehearsal
    ? null
    : openValueCheck(output, encodedTables(plan, split), {
        plugins,
        delivery,
        scratch,
        signal,
        meter,
      });
  const named: NamedGroups = { values: [], names: [] };
  const names = createOutputNames(output, facts, named);
  const groups = openRowGroups(streams, tables[0]!.schema, split, output, {
    scratch,
    signal,
    onRows: (batch) => {
      outputLine.in += selectedCount(batch);
    },
    onKept: (batch, table) => {
      addNullCounts(batch, nullCounts[table]!);
      values?.add(split === null ? batch : split.kept.apply(batch), table);
      for (const loss of delivery.seeRows?.(batch, table) ?? []) tally.lose(loss);
    },
    onLeftOut: (rows) => {
      outputLine.filtered += rows;
    },
    onGroups: (known) => {
      Object.assign(named, known);
      names.proveGroups();
    },
  });
  const onRowsOut = (rows: number): void => {
    outputLine.out += rows;
    meter.rowsOut = outputLine.out;
  };
  const onMerged = (rows: number): void => {
    outputLine.merged += rows;
  };
  const onLoss = (loss: Loss): void => tally.lose(loss);
  const room = { scratch, limits: config.limits, openFile, secret };
  const hooks: EncodeHooks = { onLoss, onRowsOut, onMerged, origins, room, signal };
  const written: Written = { files: [], handover: null, encodedBytes: 0, deliveredBytes: 0 };
  const context: WriteContext = {
    output,
    delivery,
    lanes,
    meter,
    signal,
    startedAtMs,
    scratch,
    names,
    head: () => headOf(output, contextOf(0)),
    ask: whoIsAsked(output, onExists, isRehearsal),
    secret,
    onLoss,
    ...(values && { values: (files) => values.check(files, tally.losses()) }),
    ...(onFile && { onFile }),
  };
  const cap = output.config.split?.bytes;
  const files =
    cap === undefined
      ? packedFiles(encodeEntries(groups, output, contextOf, lanes, hooks), context, written)
      : cappedFiles(
          groups,
          contextOf(0).schema,
          { bytes: cap, rows: output.config.split!.rows ?? Infinity },
          rowsPacker(contextOf, context, hooks),
          scratch,
          (tried) => {
            tried.losses.forEach(onLoss);
            onRowsOut(tried.rowsOut);
            onMerged(tried.merged);
            written.encodedBytes += tried.encodedBytes;
          },
        );

  try {
    await writeOutput(files, context, written);
    report.files = written.files;
    report.encodedBytes = written.encodedBytes;
    report.deliveredBytes = written.deliveredBytes;
    if (written.values) report.values = written.values;
    if (counters.length > 0) {
      report.duplicates = 0;
      for (const counter of counters) report.duplicates += await counter.count();
    }
    const saved = saver && (await saver.finish());
    savedFile = saved?.file;
    return written.handover ?? saved?.handover ?? null;
  } finally {
    await files.return(undefined).catch(() => {});
    await groups.return(undefined).catch(() => {});
    for (const counter of counters) await counter.close().catch(() => {});
    await flow.close();
    for (const { planned } of sources) planned.opened?.losses().forEach((loss) => tally.lose(loss));
    outputLine.added = Math.max(0, outputLine.out - outputLine.in);
    report.ledger = [...sources.map(({ ledger }) => ledger), ...plan.stepLines, outputLine];
    report.audit = auditOf(report.ledger, sources.length);
    report.losses = tally.losses();
    report.rejects = { ...tally.rejects(), ...(savedFile && { file: savedFile }) };
    report.columns = tables.flatMap(({ id, schema }, table) =>
      schema.fields.map((field, i) => ({
        ...(isMany && { table: id }),
        name: field.name,
        type: typeName(field.type),
        nullCount: nullCounts[table]![i]!,
      })),
    );
    report.sources = sources.map(({ id, planned, ledger }) => ({
      id,
      kind: planned.config.kind,
      name: planned.input.name,
      sizeBytes: planned.input.kind === 'bytes' ? planned.input.sizeBytes : null,
      rowsRead: ledger.in,
      bytesRead: reader.bytesRead(id),
      exhausted: reader.isExhausted(id),
      ...planned.facts(),
    }));
  }
}
