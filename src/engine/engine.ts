// Puts the verbs together over what a door brings: plug-ins, lanes, a way to open bytes.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { parseConfig } from '../contract/config.schema.ts';
import type { SampleOrigin } from '../contract/profile.ts';
import type { Report } from '../contract/report.ts';
import type { Engine, Inspection } from '../contract/verbs.ts';
import { asExportError } from '../contract/errors.ts';
import type { ColumnProfile } from '../contract/column-profile.ts';
import type { Scratch } from '../contract/scratch.ts';
import { typeName } from '../table/data-type.ts';
import { catalogue } from './catalogue.ts';
import { check } from './check.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { countMisfits, planEditedAndOwn } from './plan-edited.ts';
import { findCard } from './plugins.ts';
import { preview } from './preview.ts';
import { profileHostRows, profileSource } from './profile-rows.ts';
import { emptyReport, NO_CONFIG } from './report.ts';
import { rehearse, run, saveRejects } from './run.ts';
import { PROFILE_TEXTS } from './texts.ts';
import { upgrade } from './upgrade.ts';

export function createEngine(parts: EngineParts): Engine {
  return {
    async catalogue() {
      return catalogue(parts.plugins);
    },
    async upgrade(input) {
      return upgrade(input);
    },
    async inspect(config, bindings, sourceId) {
      const parsed = parseConfig(config);
      const scratch = scratchOf(parts, parsed.limits);
      try {
        return await inspect(parts, parsed, bindings, sourceId, scratch);
      } finally {
        await scratch.close();
      }
    },
    async check(config, bindings) {
      try {
        return await check(parts, parseConfig(config), bindings);
      } catch (thrown) {
        const error = asExportError(thrown);
        const path = String(error.parameters['path'] ?? '');
        return {
          issues: [
            {
              severity: 'error',
              path,
              code: error.code,
              sentence: error.message,
              hint: error.hint,
            },
          ],
          columns: [],
          fileNames: [],
        };
      }
    },
    async preview(config, bindings, limits) {
      return preview(parts, parseConfig(config), bindings, limits);
    },
    async reread(config, bindings, limits, { signal } = {}) {
      const { reread } = await import('./reread.ts');
      return reread(parts, parseConfig(config), bindings, limits, signal);
    },
    async run(config, bindings, options) {
      const parsed = parsedOrReport(config, bindings);
      if ('report' in parsed) return { ...parsed, handover: null };
      return run(parts, parsed.config, bindings, options);
    },
    async rehearse(config, bindings, options) {
      const parsed = parsedOrReport(config, bindings);
      return 'report' in parsed ? parsed.report : rehearse(parts, parsed.config, bindings, options);
    },
    async saveRejects(config, bindings, rejects, options) {
      const parsed = parsedOrReport(config, bindings);
      if ('report' in parsed) return { ...parsed, handover: null };
      return saveRejects(parts, parsed.config, bindings, rejects, options);
    },
    async verify(file, expected) {
      const { verifyFile } = await import('./verify-file.ts');
      return verifyFile(parts, file, expected);
    },
    async profile(config, bindings, subject, options) {
      // Rarely asked for, and not small.
      const { profile } = await import('./profile.ts');
      return profile(parts, parseConfig(config), bindings, subject, options);
    },
    async forecast(config, bindings, subject, options) {
      const { forecast } = await import('./forecast.ts');
      return forecast(parts, parseConfig(config), bindings, subject, options);
    },
  };
}

/** The configuration of a run, or the report that it is none. */
function parsedOrReport(
  config: unknown,
  bindings: Bindings,
): { config: ExportConfig } | { report: Report } {
  try {
    return { config: parseConfig(config) };
  } catch (thrown) {
    const report = emptyReport(
      // What is not a configuration may hold anything, secrets too.
      NO_CONFIG,
      bindings.jobId ?? crypto.randomUUID(),
      bindings.clock?.() ?? Date.now(),
    );
    report.error = asExportError(thrown).toJSON();
    return { report };
  }
}

async function inspect(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  sourceId: string | undefined,
  scratch: Scratch,
): Promise<Inspection> {
  const source =
    sourceId === undefined ? config.sources[0]! : findCard(config.sources, 'source', sourceId);
  const { network, plugins, openBytes } = parts;
  const hints = { scratch, ...(network && { network }) };
  const context = [config, bindings, plugins, openBytes, hints] as const;
  const { planned, own } = await planEditedAndOwn(source, ...context);
  const { opened, schema, input } = planned;
  const rows =
    input.kind === 'batches'
      ? await profileHostRows(input)
      : planned.inspection?.columns.length === 0 && schema.fields.length > 0
        ? await profileSource(own)
        : null;
  const inspection = { evidence: [], estimatedRows: null, ...planned.inspection, ...rows! };
  const misfits = source.columns?.length
    ? await countMisfits(source, inspection.sampledRows, ...context)
    : null;
  const nthOf = createNumbering();
  const ownNthOf = createNumbering();
  const columns = schema.fields.map((field, i) => {
    const nth = nthOf(field.name);
    const ownName = own.schema.fields[i]?.name ?? field.name;
    const edited = { name: ownName, nth: ownNthOf(ownName) };
    const profile = inspection.columns[i];
    const unfit = misfits?.get(ownName);
    return {
      ...(profile ?? noProfile(rows?.sentence ?? '')),
      isProfiled: profile !== undefined,
      name: field.name,
      nth,
      type: typeName(field.type),
      ...(ownName !== field.name && { edited }),
      ...(unfit && field.origin === 'declared' && { misfits: unfit }),
    };
  });
  const { evidence, sampledRows, isWhole } = inspection;
  const fileCount = planned.files.length;
  const { sample } = PROFILE_TEXTS;
  const from = isWhole ? ('whole' as const) : ('start' as const);
  const fromStart: SampleOrigin =
    isWhole || fileCount < 2
      ? { from, places: 1, sentence: sample[from] }
      : { from: 'spread', places: fileCount, sentence: sample.files(fileCount, fileCount) };
  return {
    sourceId: source.id,
    name: input.name,
    kind: planned.config.kind,
    sizeBytes: input.kind === 'bytes' ? input.sizeBytes : null,
    charset: opened?.charset ?? 'utf-8',
    ...(opened?.charsetAlternatives?.length && {
      charsetAlternatives: opened.charsetAlternatives,
    }),
    ...(opened?.mojibake && { mojibake: opened.mojibake }),
    compression: opened?.compression ?? 'none',
    options: planned.options as Record<string, unknown>,
    evidence: opened?.charsetSentence
      ? [{ option: 'charset', sentence: opened.charsetSentence }, ...evidence]
      : evidence,
    columns,
    sampledRows,
    isWhole,
    sample: rows?.sample ?? fromStart,
    estimatedRows:
      input.kind === 'bytes' ? inspection.estimatedRows : isWhole ? sampledRows : input.rowCount,
    tables: planned.inspection?.tables ?? [],
    table: planned.inspection?.table ?? null,
    files: planned.files,
  };
}

/** Tells which of its name a column is, in order. */
function createNumbering(): (name: string) => number {
  const seen = new Map<string, number>();
  return (name) => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return nth;
  };
}

/** A column that nobody has looked at. */
function noProfile(sentence: string): ColumnProfile {
  return {
    sentence,
    nullCount: 0,
    distinctCount: 0,
    emptyCount: 0,
    longest: 0,
    examples: [],
    shape: null,
  };
}
