// Checks plain JSON against ExportConfig v1 and fills in what may be left out.
import { z } from 'zod';
import { createZoneOffset } from '../table/zone-offset.ts';
import { COLUMN_READING_SHAPE } from './column-edit.schema.ts';
import { DEFAULT_CHARSET, DEFAULT_LIMITS, LOSS_POLICIES, type ExportConfig } from './config.ts';
import { ExportError } from './errors.ts';
import { issueWords } from './issue-words.schema.ts';

z.config({ jitless: true });

const id = z.string().min(1, 'must not be empty');

/** Option values go through as they are: the plug-in they belong to checks them. */
const options = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .default(() => ({}));

const part = z.strictObject({ id, options });
const positive = z.int().min(1);

const columnRef = z.strictObject({ name: z.string(), nth: z.int().min(0).optional() });

const columnEdit = z.strictObject({
  column: columnRef,
  name: z.string().optional(),
  ...COLUMN_READING_SHAPE,
});

const source = z.strictObject({
  id,
  kind: id,
  from: z.union(
    [
      z.strictObject({ binding: id }),
      z.strictObject({ path: id }),
      z.strictObject({ origin: id, options }),
    ],
    { error: 'must be {"binding": "…"}, {"path": "…"} or {"origin": "…", "options": {…}}' },
  ),
  table: z.string().optional(),
  charset: z
    .strictObject({
      id,
      onInvalid: z.enum(['fail', 'replace', 'latin1']).default('fail'),
    })
    .optional(),
  compression: id.optional(),
  files: z
    .strictObject({
      match: z.string().min(1).optional(),
      nameColumn: z.string().optional(),
      columns: z.enum(['same', 'union', 'first']).default('same'),
    })
    .optional(),
  watermark: z.strictObject({ column: columnRef }).optional(),
  options,
  columns: z.array(columnEdit).optional(),
});

const step = z.strictObject({ id, kind: id, enabled: z.boolean().default(true), options });

const dataset = z.strictObject({ id, from: id, steps: z.array(step).default(() => []) });

const split = z
  .strictObject({
    /** Stands in older configurations, where rows were the only way. */
    by: z.literal('rows').optional(),
    rows: positive.optional(),
    bytes: positive.optional(),
    columns: z
      .array(
        columnRef.extend({
          part: z.enum(['year', 'month', 'day', 'hour']).optional(),
          values: z.array(z.string()).optional(),
        }),
      )
      .min(1, 'must name a column')
      .optional(),
    layout: z.enum(['hive', 'folders', 'names']).optional(),
    keepColumns: z.boolean().optional(),
    mostValues: z.int().min(1).max(100_000).optional(),
  })
  .transform(({ by: _, ...ways }) => ways)
  .refine(
    ({ rows, bytes, columns }) => rows ?? bytes ?? columns,
    'must say rows, bytes or columns',
  );

const output = z.strictObject({
  id,
  datasets: z.array(id).min(1, 'must name a data set'),
  format: part,
  charset: z
    .strictObject({
      id: id.default(DEFAULT_CHARSET.id),
      bom: z.boolean().default(DEFAULT_CHARSET.bom),
      onLoss: z.enum(LOSS_POLICIES).default(DEFAULT_CHARSET.onLoss),
      replacement: z.string().default(DEFAULT_CHARSET.replacement),
    })
    .default(() => ({ ...DEFAULT_CHARSET })),
  archive: part.nullable().default(null),
  compression: part.nullable().default(null),
  encryption: part.nullable().default(null),
  split: split.nullable().default(null),
  naming: z
    .strictObject({ pattern: z.string().min(1, 'must not be empty') })
    .default(() => ({ pattern: '{name}{part}' })),
  ifExists: z.enum(['fail', 'replace', 'rename', 'append', 'skip', 'ask']).default('fail'),
  manifest: z.boolean().optional(),
  delivery: part,
  verify: z
    .strictObject({
      checksum: z.enum(['sha256', 'none']).default('sha256'),
      readBack: z.boolean().default(true),
      duplicates: z.boolean().optional(),
      values: z.enum(['sample', 'full']).optional(),
    })
    .default(() => ({ checksum: 'sha256' as const, readBack: true })),
});

const limits = z.strictObject({
  columns: positive.default(DEFAULT_LIMITS.columns),
  recordBytes: positive.default(DEFAULT_LIMITS.recordBytes),
  unpackedBytes: positive.default(DEFAULT_LIMITS.unpackedBytes),
  unpackRatio: positive.default(DEFAULT_LIMITS.unpackRatio),
  depth: positive.default(DEFAULT_LIMITS.depth),
  memoryBytes: positive.default(DEFAULT_LIMITS.memoryBytes),
  listedRejects: z.int().min(0).default(DEFAULT_LIMITS.listedRejects),
  timeoutMs: z.int().min(0).default(DEFAULT_LIMITS.timeoutMs),
});

function isTimeZone(zone: string): boolean {
  try {
    createZoneOffset(zone);
    return true;
  } catch {
    return false;
  }
}

const config = z.strictObject({
  version: z.literal(1),
  name: z.string().default('export'),
  sources: z.array(source).min(1, 'must have a source'),
  datasets: z.array(dataset).default(() => []),
  outputs: z.array(output).min(1, 'must have an output'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'is not a time zone such as Europe/Berlin')
    .default('UTC'),
  seed: z.int().min(0).default(1),
  limits: limits.default(() => ({ ...DEFAULT_LIMITS })),
});

function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function invalid(path: string, detail: string): ExportError {
  const where = path === '' ? 'the configuration' : path;
  return new ExportError('config.invalid', { path: where, detail: `${where} ${detail}` });
}

function sentenceOf(issue: z.core.$ZodIssue): { path: string; detail: string } {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `“${key}”`).join(', ');
    return { path, detail: `has no ${keys}` };
  }
  const message = issueWords(issue);
  return { path, detail: /^(?:must|is|has) /.test(message) ? message : `is wrong: ${message}` };
}

function refuseRepeatedIds(list: readonly { id: string }[], path: string, seen: Set<string>): void {
  for (const [i, { id: name }] of list.entries()) {
    if (seen.has(name)) throw invalid(`${path}.${i}.id`, `repeats “${name}”, which stands before`);
    seen.add(name);
  }
}

/**
 * Plain JSON as a whole ExportConfig v1. Left-out charset, verify, limits and the like get their defaults; options stay
 * as given. Throws `config.newer-version` for a later version and `config.invalid`, with the path, for everything else:
 * unknown keys, wrong types, repeated ids, references to what is not there.
 */
export function parseConfig(json: unknown): ExportConfig {
  const version = (json as { version?: unknown } | null | undefined)?.version;
  if (typeof version === 'number' && version > 1)
    throw new ExportError('config.newer-version', { version, known: 1 });
  const result = config.safeParse(json);
  if (!result.success) {
    const { path, detail } = sentenceOf(result.error.issues[0]!);
    throw invalid(path, detail);
  }
  const parsed: ExportConfig = result.data;
  // A data set and a source share one space of names: `from` and `datasets` may mean either.
  const names = new Set<string>();
  refuseRepeatedIds(parsed.sources, 'sources', names);
  refuseRepeatedIds(parsed.datasets, 'datasets', names);
  refuseRepeatedIds(parsed.outputs, 'outputs', new Set());
  for (const [i, { from, steps }] of parsed.datasets.entries()) {
    refuseRepeatedIds(steps, `datasets.${i}.steps`, new Set());
    if (!names.has(from))
      throw invalid(
        `datasets.${i}.from`,
        `names “${from}”, which is neither a source nor a data set`,
      );
  }
  for (const [i, { datasets }] of parsed.outputs.entries())
    for (const [k, name] of datasets.entries())
      if (!names.has(name))
        throw invalid(
          `outputs.${i}.datasets.${k}`,
          `names “${name}”, which is neither a source nor a data set`,
        );
  return parsed;
}
