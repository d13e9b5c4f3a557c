// ExportConfig v1: one export as plain JSON, the thing templates, history, command line and REST hold.
import type { ColumnRef } from './filter.ts';

/**
 * Where a source's bytes or records come from: something handed over at run time; a path, folder or glob (Node doors only);
 * or an origin plug-in with its options (`http`).
 */
export type Origin =
  { binding: string } | { path: string } | { origin: string; options: Record<string, unknown> };

/** What the user settled about one source column; absent fields keep the proposal from the sample. */
export interface ColumnEdit {
  column: ColumnRef;
  /** A type name as `typeName` writes it. A value that does not fit it goes by `onMisfit`. */
  type?: string;
  onMisfit?: 'reject' | 'null' | 'fail';
  /** What the column is called from here on. */
  name?: string;
  /** How dates, times and timestamps stand in the text, and in which tokens that is said. */
  pattern?: { text: string; tokens: 'cldr' | 'moment' | 'strftime' };
  /** How numbers stand in the text: `1.234,56` has the decimal sign `,` and the group sign `.`. */
  numbers?: { decimalSign: string; groupSign?: string };
  /** Texts of this column that mean null, beside the source's own. */
  nullTexts?: string[];
}

/** How several files (of a folder, a glob, a zip, the pages of an answer) become one source. */
export interface FilesConfig {
  /** Only names like this (`*.csv`, `2026/**`); missing: all that are of the source's kind. */
  match?: string;
  /** A further column, the first, with the name of the file a row came from. */
  nameColumn?: string;
  /**
   * `same`: each file has the columns of the first, in any order, or the run fails. `union`: columns of all files by name,
   * null where a file lacks one; types widen. `first`: what the first lacks is left out and counted.
   */
  columns: 'same' | 'union' | 'first';
}

export interface SourceConfig {
  id: string;
  /** Source plug-in id (`csv`, `rows`), or `auto`: told by the bytes, then by the name. */
  kind: string;
  from: Origin;
  /** Table, sheet or record set inside the source. */
  table?: string;
  /** Charset of the bytes; `auto` = byte order mark, else detection. Bad bytes by policy, counted. */
  charset?: { id: string; onInvalid: 'fail' | 'replace' | 'latin1' };
  /** Unpacking before reading: a codec or `zip`; `auto` = by magic bytes, then by name. */
  compression?: string;
  /** Several files as one; missing: a single file, or the only fitting one of a zip. */
  files?: FilesConfig;
  /** Only rows beyond the greatest value of this column that the last completed run of the template saw. */
  watermark?: { column: ColumnRef };
  options: Record<string, unknown>;
  columns?: ColumnEdit[];
}

export interface StepConfig {
  id: string;
  /** Transform plug-in id (`filter`, `select`, `limit`). */
  kind: string;
  enabled: boolean;
  options: Record<string, unknown>;
}

export interface DatasetConfig {
  id: string;
  /** A source id or another dataset's id. */
  from: string;
  steps: StepConfig[];
}

/** A plug-in with its options, or null for none. */
export interface PartConfig {
  id: string;
  options: Record<string, unknown>;
}

export interface OutputConfig {
  id: string;
  /** Dataset ids; sheets and normalised JSON take several. */
  datasets: string[];
  format: PartConfig;
  charset: CharsetConfig;
  archive: PartConfig | null;
  compression: PartConfig | null;
  encryption: PartConfig | null;
  split: SplitConfig | null;
  /** `/` in the pattern makes folders; `{name}`, `{part}`, `{partition}` and further variables are filled in. */
  naming: { pattern: string };
  ifExists: IfExists;
  /** A further file that lists the others with rows, bytes and SHA-256, written last; missing = none. */
  manifest?: boolean;
  delivery: PartConfig;
  /**
   * `duplicates`: rows like one before them are counted, exactly; it takes time, and room on disk for long tables. `values`: the
   * finished files are read by a source plug-in and compared with what was written, value by value or a sample of the rows.
   */
  verify: {
    checksum: 'sha256' | 'none';
    readBack: boolean;
    duplicates?: boolean;
    values?: 'sample' | 'full';
  };
}

/** What becomes of a character that a charset lacks. */
export const LOSS_POLICIES = ['fail', 'replace', 'escape', 'transliterate'] as const;

/** Charset of a text format's output; what it lacks goes by `onLoss`. Binary formats ignore it with a note. */
export interface CharsetConfig {
  /** `utf-8`, `utf-16le`, `utf-16be`, `ascii`, `iso-8859-1`, `windows-1252`. */
  id: string;
  /** Write a byte order mark (UTF charsets only). */
  bom: boolean;
  onLoss: (typeof LOSS_POLICIES)[number];
  replacement: string;
}

/**
 * When a file of the name is there already. `append`: the rows go behind those of the old file, whose columns must be the
 * same. `skip`: one that is the same byte for byte stays as it is, any other is replaced. `ask`: a person says for each file.
 */
export type IfExists = 'fail' | 'replace' | 'rename' | 'append' | 'skip' | 'ask';

/**
 * Cuts the output into parts, by one or more of the ways; each part is a whole file by itself, none is empty unless there are
 * no rows at all, and rows keep their order within a part.
 */
export interface SplitConfig {
  /** Most rows of a part. */
  rows?: number;
  /** Most bytes of a file as it is delivered, packed. With an archive each part is an archive of its own. */
  bytes?: number;
  /** Rows with other values in one of these columns go into other files. */
  columns?: SplitColumn[];
  /** How values name files: folders `column=value` as Hive writes them (default), folders by the value, or file names. */
  layout?: 'hive' | 'folders' | 'names';
  /** Whether the columns stand in the files as well. Default: under `hive` no, else yes. Columns of which a part is taken stay. */
  keepColumns?: boolean;
  /** Most combinations of values before the run fails. Default 1,000. */
  mostValues?: number;
}

/** A column that parts the rows: by its values as texts, or by a part of a date or timestamp in the config's zone. */
export interface SplitColumn extends ColumnRef {
  part?: DatePart;
  /** Only rows with these values are written; others count as filtered. Missing: all. */
  values?: string[];
}

/** `hour` is the hour of a day: 2026-03-31T18. */
export type DatePart = 'year' | 'month' | 'day' | 'hour';

/** Default of {@link SplitConfig.mostValues}. */
export const MOST_SPLIT_VALUES = 1_000;

/** Guards against hostile input; all are options with safe defaults. */
export interface Limits {
  /** Columns of a source. Default 100,000. */
  columns: number;
  /** Bytes of one record. Default 64 MiB. */
  recordBytes: number;
  /** Bytes a compressed source may unpack to. Default 1 TiB. */
  unpackedBytes: number;
  /** Unpacked bytes per packed byte. Default 1,100 (deflate cannot exceed 1,032). */
  unpackRatio: number;
  /** Levels of nesting in one record. Default 1,000. */
  depth: number;
  /** Bytes that the steps of a run may hold in memory before they use files. Default 256 MiB. */
  memoryBytes: number;
  /** Listed rejects (all are counted). Default 1,000. */
  listedRejects: number;
  /** Longest run before it fails, ms; 0 = none. */
  timeoutMs: number;
}

export interface ExportConfig {
  version: 1;
  name: string;
  sources: SourceConfig[];
  datasets: DatasetConfig[];
  outputs: OutputConfig[];
  /** IANA zone; UTC by default, never the machine's. */
  timeZone: string;
  /** Seed of everything random. */
  seed: number;
  limits: Limits;
}

export const DEFAULT_LIMITS: Limits = {
  columns: 100_000,
  recordBytes: 64 * 1024 * 1024,
  unpackedBytes: 2 ** 40,
  unpackRatio: 1_100,
  depth: 1_000,
  memoryBytes: 256 * 1024 * 1024,
  listedRejects: 1_000,
  timeoutMs: 0,
};

export const DEFAULT_CHARSET: CharsetConfig = {
  id: 'utf-8',
  bom: false,
  onLoss: 'fail',
  replacement: '?',
};

/** The smallest whole config: one source, one dataset, one output. */
export function createConfig(parts: {
  source: Pick<SourceConfig, 'kind' | 'from'> & Partial<SourceConfig>;
  format: PartConfig;
  delivery: PartConfig;
  steps?: StepConfig[];
  output?: Partial<OutputConfig>;
  name?: string;
}): ExportConfig {
  return {
    version: 1,
    name: parts.name ?? 'export',
    sources: [{ id: 'source', options: {}, ...parts.source }],
    datasets: [{ id: 'data', from: parts.source.id ?? 'source', steps: parts.steps ?? [] }],
    outputs: [
      {
        id: 'output',
        datasets: ['data'],
        format: parts.format,
        charset: { ...DEFAULT_CHARSET },
        archive: null,
        compression: null,
        encryption: null,
        split: null,
        naming: { pattern: '{name}{part}' },
        ifExists: 'fail',
        delivery: parts.delivery,
        verify: { checksum: 'sha256', readBack: true },
        ...parts.output,
      },
    ],
    timeZone: 'UTC',
    seed: 1,
    limits: { ...DEFAULT_LIMITS },
  };
}

/** A config whose output takes several sources as its tables, each under its source's id: sheets, or normalized JSON. */
export function createTablesConfig(parts: {
  sources: (Pick<SourceConfig, 'id' | 'kind' | 'from'> & Partial<SourceConfig>)[];
  format: PartConfig;
  delivery: PartConfig;
  output?: Partial<OutputConfig>;
  name?: string;
}): ExportConfig {
  const { sources, output, ...rest } = parts;
  const [source] = sources;
  if (source === undefined) throw new TypeError('a config needs a source');
  const datasets = sources.map(({ id }) => id);
  const config = createConfig({ ...rest, source, output: { datasets, ...output } });
  config.sources = sources.map((each) => ({ options: {}, ...each }));
  config.datasets = [];
  return config;
}
