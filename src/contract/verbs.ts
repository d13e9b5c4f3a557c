// The engine's verbs, the same through every door: what they take and give, as plain JSON.
import type { Bindings } from './bindings.ts';
import type { ExportConfig } from './config.ts';
import type { ErrorData } from './errors.ts';
import type { Forecast, ForecastOptions, ForecastSubject } from './forecast.ts';
import type { OptionChoice, OptionField } from './options.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { DeliveryHandover } from './delivery-plugin.ts';
import type { FormatFamily, FormatHolds, LossCard, NamedSo } from './format-plugin.ts';
import type { Door, Preset } from './plugin-card.ts';
import type { SourceTable } from './source-plugin.ts';
import type { Profile, ProfileSubject, SampleOrigin } from './profile.ts';
import type { Reread, RereadLimits } from './reread.ts';
import type { LedgerLine, Loss, Progress, Reject, Report, ValueCheck } from './report.ts';

/** A plug-in as the page and the command line see it. */
export interface CatalogueCard {
  id: string;
  title: string;
  purpose: string;
  options: OptionField[];
}

export interface Catalogue {
  sources: (CatalogueCard & {
    input: 'bytes' | 'batches';
    extensions: string[];
    hasTables: boolean;
    /** Its values stand as text: patterns, signs of numbers and texts for null may be said of every column. */
    isText: boolean;
  })[];
  origins: CatalogueCard[];
  transforms: CatalogueCard[];
  formats: (CatalogueCard & {
    /** Missing = listed behind all families. */
    family?: FormatFamily;
    extension: string;
    /** Other extensions, with the options that such a name asks for. */
    alsoNamed: readonly NamedSo[];
    mediaType: string;
    isText: boolean;
    /** Whether a source reads what it writes. */
    isRead: boolean;
    /** Its files are packages of parts, of which a preview shows one: sheets of a workbook. */
    isPackage: boolean;
    holds: FormatHolds;
    /** Option values under which one file holds several data sets; missing = one only. */
    takesMany?: Readonly<Record<string, unknown>>;
    presets: Preset[];
    losses: readonly LossCard[];
  })[];
  archives: (CatalogueCard & { extension: string })[];
  /** `canEncode`: outputs may be packed with it; `canDecode`: sources may be. */
  codecs: (CatalogueCard & {
    extension: string;
    canEncode: boolean;
    canDecode: boolean;
    /** Chosen as an output's `encryption`, not as its `compression`. */
    encrypts: boolean;
  })[];
  /** `canDecode`: sources may be in it; `canEncode`: outputs may. */
  charsets: { id: string; title: string; canDecode: boolean; canEncode: boolean }[];
  deliveries: (CatalogueCard & {
    doors: Door[];
    needs: 'file' | 'folder' | 'nothing';
    takesMany: boolean;
    /** Needs a host program that takes the bytes: not offered to a person. */
    hostOnly: boolean;
  })[];
}

/** One column as inspected: its proposal, the evidence, and counts over the sample. */
export interface InspectedColumn extends ColumnProfile {
  name: string;
  /** Which of the columns of this name, 0 = first. */
  nth: number;
  type: string;
  /** Whether the counts, examples and shape were taken from values; false: nothing was looked at, `sentence` says why. */
  isProfiled: boolean;
  /** How edits name it, where the user gave it another name. */
  edited?: { name: string; nth: number };
  /** Of a type that the user set: how many sampled values do not fit, and where the first of them stand (line 0: no lines). */
  misfits?: { count: number; first: { line: number; value: string }[] };
}

export interface Inspection {
  sourceId: string;
  name: string;
  kind: string;
  sizeBytes: number | null;
  /** Charset and compression that were found or chosen. */
  charset: string;
  /** Others that read the text too, the likeliest first, each with a piece of it; none where there is no doubt. */
  charsetAlternatives?: { id: string; example: string }[];
  /** The text looks as if it had been decoded wrongly once (`Ã¼`): the charset id that reads or repairs it, and a word both ways. */
  mojibake?: { charset: string; sentence: string; example: { before: string; after: string } };
  compression: string;
  options: Record<string, unknown>;
  evidence: { option: string; sentence: string }[];
  columns: InspectedColumn[];
  sampledRows: number;
  isWhole: boolean;
  /** Where the rows come from that types and counts are told by. */
  sample: SampleOrigin;
  estimatedRows: number | null;
  /** What the source holds beside each other, and which of them this is about; empty when it is one table. */
  tables: SourceTable[];
  table: string | null;
  /** Names of the files that are read as one; empty when it is one file. */
  files: string[];
}

export interface CheckIssue {
  severity: 'error' | 'warning' | 'loss';
  /** Where in the config: `outputs.0.format.options.quotes`. */
  path: string;
  code: string;
  sentence: string;
  hint: string;
  /** Of a loss: how many columns it is about. */
  columnCount?: number;
  /** Of a wrong option: what is wrong with its value, without its path. */
  detail?: string;
  /** Id of the step it is about, where it is about one. */
  step?: string;
  remedy?: { title: string; options: Record<string, unknown> };
}

export interface CheckResult {
  issues: CheckIssue[];
  /** Columns the output will have, in order; `table` where it has several data sets. */
  columns: { name: string; type: string; table?: string }[];
  /** Names of the files that would be written, as far as they are known. */
  fileNames: string[];
  /** The first two and the last name of exports with 1, 2 and 12 parts; what is known at the end only stands as ‹rows›. */
  nameExamples?: { parts: number; names: string[] }[];
  /** What options can be, as the files that others name have it, by the option's path. */
  choices?: Record<string, readonly OptionChoice[]>;
  /** Why the values of the finished files could not be compared with what was written; missing where they can. */
  valuesNotCompared?: string;
}

/** A cell as shown: null is null; longer texts are cut at 500 characters, with … behind. */
export type PreviewCell = string | null;

/** How much a preview shows. */
export interface PreviewLimits {
  /** Rows, default 100. */
  rows?: number;
  /** Bytes of `head`, and of `tail`, default 64 KiB. */
  bytes?: number;
  /** Cells of each of `rows`: so many columns, default all. `columns` names all of them; the bytes hold all too. */
  columns?: number;
  /** 0-based place of the first of those columns, default 0. */
  firstColumn?: number;
}

export interface Preview {
  columns: { name: string; type: string }[];
  rows: PreviewCell[][];
  /**
   * The last rows (at most 50) of those read for the preview, with the cells of the same columns: the end of the sample, not
   * of a longer source. They may be among `rows`.
   */
  lastRows: PreviewCell[][];
  /** First bytes of the real output before compression, made by the real encoder from the sampled rows. */
  head: Uint8Array;
  /** Of a package of parts: the part that `head` is of, a text in UTF-8; the output itself is packed. */
  part?: string;
  /** Whether `head` is the whole output. */
  isWhole: boolean;
  /**
   * The end of the output as the sample would make it: its last rows (at most 50, fewer of a table of more than 1,300 columns) and whatever the format closes with, by an
   * encoder of the same options. Not the true end of a longer source. Empty when `head` is whole.
   */
  tail: Uint8Array;
  rowsRead: number;
  /** Whether rows of a source were left unread: what a step makes of all rows together (an order, a sum) is then made of the first alone. */
  isSampled: boolean;
  /** Whether a step's columns come from values of the first rows alone (a pivot's): a run looks at all rows and may find others. */
  areColumnsSampled: boolean;
  rowsOut: number;
  /** Of the rows read: those that a step let nobody see. */
  rowsFiltered: number;
  /** Of the rows read: the first 100 that the source or a step left out as unfit. */
  rejects: Reject[];
  /** What the source, steps and columns' types changed or found in the rows read, counted as a report does; none of the format's. */
  losses: Loss[];
  /** The rows that were encoded for `head`, the first that come out, and what the format and the charset could not hold of them. */
  encoded: { rows: number; losses: Loss[] };
  /** What each step that is on did with the rows that came to it, in the plan's order; empty where the plan cannot be made. */
  steps: LedgerLine[];
  elapsedMs: number;
  error: ErrorData | null;
}

/** Raw bytes → digest check of a finished file. */
export interface VerifyResult {
  name: string;
  sizeBytes: number;
  checksum: { algorithm: 'sha256'; value: string };
  /** null when there was nothing to compare with. */
  matches: boolean | null;
  /** Against a receipt that has them: its values, read again. */
  values?: ValueCheck;
}

/** What a file is held against: its SHA-256, or the receipt of the run that wrote it. */
export type Expected = string | Report;

export interface RunOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Lines for a trace log: stage and sentence. */
  onTrace?: (line: string) => void;
  /** Of `run`: saves all rejects beside the output. */
  rejects?: RejectsFile;
  /** Of `run` where the output says `ifExists: 'ask'`: asked for each name that is taken. Missing: such a run fails. */
  onExists?: (name: string, offers: readonly ExistsAnswer[]) => Promise<ExistsAnswer>;
}

/** What is to become of a file whose name is taken; `stop` ends the run as a cancel does. */
export type ExistsAnswer = 'replace' | 'rename' | 'append' | 'skip' | 'stop';

/** A CSV file of all rows that were left out as unfit, with their whole records. */
export interface RejectsFile {
  delivery: { id: string; options: Record<string, unknown> };
  name: string;
  ifExists: 'fail' | 'replace' | 'rename';
}

export interface RunResult {
  report: Report;
  handover: DeliveryHandover | null;
}

/** The engine through any door. `run` never rejects: the report's outcome is completed, cancelled or failed. */
export interface Engine {
  catalogue(): Promise<Catalogue>;
  /** Plain JSON of any known shape (older versions, short forms) → ExportConfig v1, with notes on what was changed. */
  upgrade(input: unknown): Promise<{ config: ExportConfig; notes: string[] }>;
  inspect(config: ExportConfig, bindings: Bindings, sourceId?: string): Promise<Inspection>;
  check(config: ExportConfig, bindings: Bindings): Promise<CheckResult>;
  preview(config: ExportConfig, bindings: Bindings, limits?: PreviewLimits): Promise<Preview>;
  /**
   * Writes the first rows as a file of their own and reads it again with the source plug-in of its kind: what a receiver will
   * see. Never more than a sample; of an output in parts the first. Rejects only when cancelled.
   */
  reread(
    config: ExportConfig,
    bindings: Bindings,
    limits?: RereadLimits,
    options?: Pick<RunOptions, 'signal'>,
  ): Promise<Reread>;
  /**
   * Everything of `run` but the delivery: reads, steps, encodes, packs, counts and, if asked for, hashes the whole of it, and
   * throws the bytes away. No delivery is opened or needs a target; nothing is read back (`verified: false`, `path` empty).
   * Never rejects. Rows that can be read only once are refused (`config.not-here`): the run would find none.
   */
  rehearse(config: ExportConfig, bindings: Bindings, options?: RunOptions): Promise<Report>;
  run(config: ExportConfig, bindings: Bindings, options?: RunOptions): Promise<RunResult>;
  /** A rehearsal that saves all rejects; the handover is that of their file. */
  saveRejects(
    config: ExportConfig,
    bindings: Bindings,
    rejects: RejectsFile,
    options?: RunOptions,
  ): Promise<RunResult>;
  /**
   * Size and checksum of a file; with a receipt also its values, where the receipt has them and the file is the only one.
   * Throws `verify.no-receipt`, `verify.not-in-receipt`, `verify.values`, `verify.unreadable`; `matches` tells of the checksum.
   */
  verify(file: Blob | { path: string }, expected?: Expected): Promise<VerifyResult>;
  /**
   * Looks at the values of every column of a source or data set: of a sample, or of all rows in constant memory. Broken off, it
   * answers with what was counted until then; throws what opening and reading throw.
   */
  profile(
    config: ExportConfig,
    bindings: Bindings,
    subject?: ProfileSubject,
    options?: RunOptions,
  ): Promise<Profile>;
  /**
   * What the plan would come to, in its own format or others, in one packing or all, from a sample of rows from all over the
   * source that is really encoded and packed; a short source is taken whole, and then sizes are exact. Throws what planning
   * and reading throw, `config.not-here` for rows that can be read only once, and an AbortError when it is broken off.
   */
  forecast(
    config: ExportConfig,
    bindings: Bindings,
    subject?: ForecastSubject,
    options?: ForecastOptions,
  ): Promise<Forecast>;
}
