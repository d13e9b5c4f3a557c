// The verb check: what is wrong with a config, what would be lost, and what the output will look like, before a byte is written.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError, ExportError, shorten } from '../contract/errors.ts';
import type { FormatFinding } from '../contract/format-finding.ts';
import type { CheckIssue, CheckResult } from '../contract/verbs.ts';
import { typeName, type Field, type Schema } from '../table/data-type.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { exampleNames, outputFindings } from './check-output.ts';
import { openFormatFiles } from './format-files.ts';
import { encodedTables } from './encoder-context.ts';
import { readBacksOf } from './check-values.ts';
import { nameFacts } from './name-facts.ts';
import { makePlan, type Plan } from './graph.ts';
import { planSplit, type PlannedSplit } from './row-groups.ts';
import { createSurveyor, SURVEYED_ROWS } from './survey.ts';
import { CHECK_TEXTS, RUN_TEXTS } from './texts.ts';

const FORMAT_OPTIONS = 'outputs.0.format.options';

/** What a format says about its options and columns, and what the output's own settings contradict. */
export function formatFindings(
  plan: Pick<Plan, 'config' | 'output' | 'tables' | 'sources'>,
): FormatFinding[] {
  const { output } = plan;
  const { config, format } = output;
  const kept =
    plan.tables.length > 1 ? null : planSplit(plan.config, output, plan.tables[0]!.schema);
  const tables = plan.tables.map(({ id, schema }) => ({
    name: id,
    schema: kept?.kept.schema ?? schema,
  }));
  const findings = tables.flatMap(
    ({ schema }) =>
      format.check?.({
        options: output.formatOptions,
        schema,
        charset: config.charset.id.toLowerCase(),
        ...(tables.length > 1 && { tables }),
      }) ?? [],
  );
  const own: FormatFinding[] = outputFindings(plan);
  if (config.archive !== null && config.compression !== null)
    own.push({
      severity: 'error',
      code: 'output.packed-twice',
      sentence: CHECK_TEXTS.packedTwice(output.archive!.card.title, output.codec!.card.title),
      remedy: { title: CHECK_TEXTS.packedRemedy, options: {} },
    });
  if (!format.isText && config.charset.id.toLowerCase() !== 'utf-8')
    own.push({
      severity: 'warning',
      code: 'output.charset-ignored',
      sentence: CHECK_TEXTS.charsetIgnored(format.title, config.charset.id),
    });
  for (const { name } of repeatedNames(plan))
    own.push({
      severity: 'warning',
      column: name,
      code: 'output.name-repeated',
      sentence: CHECK_TEXTS.nameRepeated(shorten(name, 40)),
    });
  const columnCount = tables.reduce((sum, { schema }) => sum + schema.fields.length, 0);
  return [
    ...own,
    ...together(distinct(findings)).map((finding) => onColumns(finding, columnCount)),
  ];
}

/** A loss says how many columns it is about: those it names, or all of them. */
function onColumns(finding: FormatFinding, all: number): FormatFinding {
  if (finding.severity !== 'loss') return finding;
  const columnCount = finding.columnCount ?? (finding.column === undefined ? all : 1);
  return { ...finding, columnCount };
}

/** Columns that a finding names at most. */
const MOST_NAMED = 4;

/** A loss of several columns is said once, and says which; where the sentence names its column it stays by itself. */
function together(findings: readonly FormatFinding[]): FormatFinding[] {
  const columnsOf = new Map<string, string[]>();
  const keyOf = ({ code, option, sentence }: FormatFinding): string =>
    JSON.stringify([code, option, sentence]);
  const isNameless = ({ severity, column, sentence }: FormatFinding): boolean =>
    severity === 'loss' &&
    column !== undefined &&
    ![40, undefined].some((length) => sentence.includes(`“${shorten(column, length)}”`));
  for (const finding of findings.filter(isNameless)) {
    const columns = columnsOf.get(keyOf(finding)) ?? [];
    columns.push(finding.column!);
    columnsOf.set(keyOf(finding), columns);
  }
  return findings.flatMap((finding) => {
    if (!isNameless(finding)) return [finding];
    const columns = columnsOf.get(keyOf(finding));
    if (columns === undefined) return [];
    columnsOf.delete(keyOf(finding));
    const named = columns.slice(0, MOST_NAMED).map((column) => `“${shorten(column, 40)}”`);
    return [
      {
        ...finding,
        ...(columns.length > 1 && { column: undefined, columnCount: columns.length }),
        sentence: CHECK_TEXTS.inColumns(finding.sentence, named, columns.length - named.length),
      },
    ];
  });
}

/** Columns that share a name which no source has twice: a step gave it a second time. */
function repeatedNames({ tables, sources }: Pick<Plan, 'tables' | 'sources'>): Field[] {
  const seconds = ({ fields }: Schema): Field[] =>
    fields.filter(({ name }, at) => fields.findIndex((field) => field.name === name) < at);
  const known = new Set(
    sources.flatMap(({ planned }) => seconds(planned.schema).map(({ name }) => name)),
  );
  return tables.flatMap(({ schema }) => seconds(schema)).filter(({ name }) => !known.has(name));
}

/** What several tables have in common is said once. */
function distinct(findings: FormatFinding[]): FormatFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ sentence, code, option, column }) => {
    const key = JSON.stringify([code, option, column, sentence]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Throws the first finding that is an error; the others. */
export function refuseConflicts(plan: Parameters<typeof formatFindings>[0]): FormatFinding[] {
  const findings = formatFindings(plan);
  const error = findings.find((finding) => finding.severity === 'error');
  if (error === undefined) return findings;
  throw new ExportError('config.conflict', {
    detail: error.sentence,
    remedy: error.remedy?.title ?? RUN_TEXTS.changeOne,
  });
}

/** Where the step stands in the config; empty where the error is no step's. */
function placeOf({ datasets }: ExportConfig, stepId: string | undefined): string {
  for (const [i, { steps }] of datasets.entries()) {
    const at = steps.findIndex(({ id }) => id === stepId);
    if (at >= 0) return `datasets.${i}.steps.${at}`;
  }
  return '';
}

/** Where in the config what a finding is about stands. */
function placeOfFinding({ option, code }: FormatFinding): string {
  if (option !== undefined && code.startsWith('delivery.'))
    return `outputs.0.delivery.options.${option}`;
  if (option !== undefined) return `${FORMAT_OPTIONS}.${option}`;
  if (code.startsWith('output.split') || code === 'output.no-columns-left')
    return 'outputs.0.split';
  if (code.startsWith('output.name-') && code !== 'output.name-repeated') return 'outputs.0.naming';
  if (code === 'output.values-not-compared') return 'outputs.0.verify';
  if (
    ['output.no-append', 'output.never-same', 'output.exists-ignored', 'output.existing'].includes(
      code,
    )
  )
    return 'outputs.0.ifExists';
  return 'outputs.0';
}

/** All wrong options of the format. */
function wrongOptions({ plugins }: EngineParts, { outputs }: ExportConfig): CheckIssue[] {
  const { id, options } = outputs[0]!.format;
  const card = plugins.formats.find((format) => format.id === id);
  return (card?.options.parse(options).issues ?? []).map(({ option, sentence: detail }) => {
    const path = `${FORMAT_OPTIONS}.${option}`;
    const { code, message, hint } = new ExportError('config.wrong-option', { path, detail });
    return { severity: 'error', path, code, sentence: message, hint, detail };
  });
}

/** The columns that go out, whatever the options of the format are. */
async function checkWithout(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
): Promise<CheckResult> {
  const outputs = config.outputs.map((output) => ({
    ...output,
    format: { ...output.format, options: {} },
  }));
  const { columns } = await check(parts, { ...config, outputs }, bindings);
  return { issues: [], columns, fileNames: [] };
}

function issueOf(finding: FormatFinding): CheckIssue {
  const { severity, code, sentence, columnCount, remedy } = finding;
  return {
    severity,
    path: placeOfFinding(finding),
    ...{ code, sentence, hint: remedy?.title ?? '' },
    ...(columnCount !== undefined && { columnCount }),
    ...(remedy && { remedy }),
  };
}

/** What the files that the format's options name have to say. */
async function seeFiles(
  parts: EngineParts,
  { config, output, tables }: Plan,
  kept: Schema | undefined,
  bindings: Bindings,
): Promise<{ issues: CheckIssue[]; choices: CheckResult['choices'] | null }> {
  const { format, formatModule, formatOptions: options } = output;
  const [named] = format.files?.(options) ?? [];
  if (named === undefined || formatModule.seeFiles === undefined)
    return { issues: [], choices: null };
  const path = (option: string): string => `outputs.0.format.options.${option}`;
  try {
    const { findings, choices } = await formatModule.seeFiles(
      {
        options,
        schema: kept ?? tables[0]!.schema,
        timeZone: config.timeZone,
        ...(tables.length > 1 && {
          tables: tables.map(({ id, schema }) => ({ name: id, schema })),
        }),
      },
      { limits: config.limits, openFile: openFormatFiles(bindings, parts.openBytes) },
    );
    return {
      issues: findings.map(issueOf),
      choices: Object.fromEntries(
        Object.entries(choices).map(([option, list]) => [path(option), list]),
      ),
    };
  } catch (thrown) {
    const { code, message: sentence, hint } = asExportError(thrown);
    const issue = { severity: 'error' as const, path: path(named.option), code, sentence, hint };
    return { issues: [issue], choices: null };
  }
}

export async function check(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
): Promise<CheckResult> {
  const result: CheckResult = { issues: [], columns: [], fileNames: [] };
  let plan: Plan;
  const scratch = scratchOf(parts, config.limits);
  const abort = new AbortController();
  try {
    plan = await makePlan(config, bindings, parts.plugins, parts.openBytes, abort.signal, {
      scratch,
      survey: createSurveyor(SURVEYED_ROWS),
      ...(parts.network && { network: parts.network }),
    });
  } catch (thrown) {
    const error = asExportError(thrown);
    const path = String(error.parameters['path'] ?? placeOf(config, error.step));
    const wrong = path.startsWith(FORMAT_OPTIONS) ? wrongOptions(parts, config) : [];
    if (wrong.length > 0)
      return { ...(await checkWithout(parts, config, bindings)), issues: wrong };
    result.issues.push({
      severity: 'error',
      path,
      code: error.code,
      sentence: error.message,
      hint: error.hint,
      ...(error.step !== undefined && { step: error.step }),
    });
    return result;
  } finally {
    abort.abort();
    await scratch.close();
  }
  const { output } = plan;
  const warnings = plan.sources.flatMap(({ id, planned: { warnings = [] } }) =>
    warnings.map((sentence): CheckIssue => {
      const path = `sources.${config.sources.findIndex((source) => source.id === id)}`;
      return { severity: 'warning', path, code: 'source.warning', sentence, hint: '' };
    }),
  );
  let split: PlannedSplit | null;
  let found: FormatFinding[];
  let asked = 'outputs.0.split';
  try {
    split = plan.tables.length > 1 ? null : planSplit(config, output, plan.tables[0]!.schema);
    asked = 'outputs.0.format.options';
    found = formatFindings(plan);
  } catch (thrown) {
    const error = asExportError(thrown);
    const { code, message, hint } = error;
    result.issues.push({
      severity: 'error',
      path: asked,
      code,
      sentence: message,
      hint,
    });
    return result;
  }
  const readBack = readBacksOf(output, encodedTables(plan, split));
  if ('cannot' in readBack) {
    result.valuesNotCompared = readBack.cannot;
    if (output.config.verify.values !== undefined)
      found.push({
        severity: 'warning',
        code: 'output.values-not-compared',
        sentence: CHECK_TEXTS.valuesNotCompared(readBack.cannot),
      });
  }
  const findings = found.map(issueOf);
  const seen = await seeFiles(parts, plan, split?.kept.schema, bindings);
  result.issues = [...warnings, ...findings, ...seen.issues];
  if (seen.choices !== null) result.choices = seen.choices;
  result.columns = plan.tables.flatMap(({ id, schema }) =>
    schema.fields.map((field) => ({
      name: field.name,
      type: typeName(field.type),
      ...(plan.tables.length > 1 && { table: id }),
    })),
  );
  const facts = nameFacts(plan, split, bindings);
  result.fileNames = exampleNames(output, facts, 1);
  result.nameExamples = [1, 2, 12].map((parts) => ({
    parts,
    names: exampleNames(output, facts, parts),
  }));
  return result;
}
