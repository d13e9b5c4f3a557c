// What each kind of plug-in promises: a card (data, cheap to load) and one working function (loaded when it is used).
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { ColumnMeasure } from '../table/fingerprint.ts';
import type { CharsetConfig, ColumnEdit, IfExists, Limits } from './config.ts';
import type { LooksLike } from './detect-personal.ts';
import type { FilterExpression } from './filter.ts';
import type { OptionChoice, OptionSet } from './options.ts';
import type { Loss, Reject, Sending } from './report.ts';
import type { FileFacts, SheetView } from './reread.ts';

/** Where a plug-in can work: the page (its workers) or Node. */
export type Door = 'browser' | 'node';

/** Title and one-line purpose of a plug-in, from its texts. */
export interface CardTexts {
  title: string;
  purpose: string;
}

/** A named set of option values, offered before the single options. */
export interface Preset {
  id: string;
  title: string;
  help: string;
  options: Record<string, unknown>;
  /** Title of the group that it stands in, with those next to it of the same. */
  section?: string;
  /** What the preset needs beside the plug-in's own options; whoever applies it sets these in the output too. */
  output?: { charset?: Partial<CharsetConfig> };
}

// ---------------------------------------------------------------- sources

/** Bytes of one source as the engine opened them: unpacked, in UTF-8 without byte order mark. Can be read once per `open()`. */
export interface ByteInput {
  kind: 'bytes';
  name: string;
  /** Size on disk (before unpacking); null when unknown. */
  sizeBytes: number | null;
  /** Chunks of any size > 0; each belongs to the receiver. May be called again unless `once`. */
  open(): AsyncIterable<Uint8Array>;
  /** Whether a second `open()` is impossible (stdin). */
  once: boolean;
  /** Any part at any time. Cards that read slices always get it: what cannot be sliced was put aside before. */
  slices?: ByteSlices;
  /** Another whenever the bytes are; missing where that cannot be told from outside. */
  stamp?: string;
  /** Size of the file that stands beside it under the same name with this ending, 0 where there is none; missing where nobody can look. */
  besideBytes?(ending: string): Promise<number>;
}

/** Reads any part of the bytes at any time. */
export interface ByteSlices {
  sizeBytes: number;
  /** Bytes [from, to) in a buffer of their own. Throws `read.failed`, and `read.changed` when the file is another by now. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** The same without waiting, for readers that cannot (SQLite); missing where bytes only come from afar. */
  readNow?(from: number, to: number): Uint8Array;
}

/** Records that arrive as typed batches already (host rows). */
export interface BatchInput {
  kind: 'batches';
  name: string;
  /** Known before the first batch. */
  schema: Schema;
  rowCount: number | null;
  open(): AsyncIterable<Batch>;
  once: boolean;
}

export type SourceInput = ByteInput | BatchInput;

/** What a source says about itself from a sample: proposals with evidence, and the sampled rows. */
export interface SourceInspection<O = Record<string, unknown>> {
  /** Complete options: the user's where given, proposals elsewhere. */
  options: O;
  /** One line per proposal: why this delimiter, header, type; without an option what is to be said of the whole. */
  evidence: { option: string; sentence: string }[];
  schema: Schema;
  /** Parallel to schema.fields: why this type, and counts over the sample; empty when no profile was asked for. */
  columns: ColumnProfile[];
  /** Rows in the sample, and whether the sample is the whole source. */
  sampledRows: number;
  isWhole: boolean;
  /** Estimated rows of the source; null when unknown. */
  estimatedRows: number | null;
  /** What the source holds beside each other (sheets, tables, record sets), and which of them this is about. */
  tables?: SourceTable[];
  table?: string;
  /** What the user ought to know before reading it. */
  warnings?: string[];
}

/** One of the tables, sheets or record sets of a source. */
export interface SourceTable {
  /** As `SourceConfig.table` names it. */
  name: string;
  kind: 'table' | 'view' | 'sheet' | 'range' | 'records';
  /** Null when it is not known without reading it. */
  rowCount: number | null;
  isHidden?: boolean;
}

/** Counts over the sampled values of one column. */
export interface ColumnProfile {
  sentence: string;
  nullCount: number;
  distinctCount: number;
  /** Texts without a character, which are not null; always 0 for other types. */
  emptyCount: number;
  longest: number;
  examples: string[];
  /** Where they look like personal values: a proposal to mask them. */
  looksLike?: LooksLike;
  /** How the sampled values are spread; null when there is none, or nothing to be said in short. */
  shape: ColumnShape | null;
}

/**
 * A small histogram. `range`: numbers, dates, times and timestamps in up to 16 bins of equal width from the least to the
 * greatest value, whose texts are as they stand in the source. `values`: texts and booleans, the most frequent (at most 12,
 * most frequent first, shortened), and how many values are none of them.
 */
export type ColumnShape =
  | { kind: 'range'; counts: number[]; from: string; to: string }
  | { kind: 'values'; counts: number[]; values: string[]; others: number };

export interface InspectContext<O> {
  /** Options the user set; what is missing is proposed. */
  given: Partial<O>;
  columns: ColumnEdit[];
  /** The wanted one of the source's tables; missing: the source proposes one. */
  table?: string;
  /** What will be read, for cards that read bytes or slices and look further than the sample. */
  input?: ByteInput;
  /** The first bytes of the input (`text`: in UTF-8), about 512 KiB, cut anywhere; more where the first record is longer. */
  sample: Uint8Array;
  isWhole: boolean;
  /** Whether anybody looks at the columns' counts and examples. */
  profiles: boolean;
  /** Total unpacked size if known, for the row estimate. */
  sizeBytes: number | null;
  name: string;
  limits: Limits;
  /** Of texts: the charset they were decoded from, and whether a label means it. */
  charset?: { id: string; isCalled(label: string): boolean };
}

export interface ReadContext<O> {
  input: SourceInput;
  options: O;
  /** The schema decided on (proposal plus edits plus restarts). Batches carry exactly this object. */
  schema: Schema;
  /** The user's column edits: where `onMisfit` of a declared type stands (default reject). */
  columns: ColumnEdit[];
  table?: string;
  /** Columns by position that anybody looks at; missing = all. The others may come as nulls. */
  wanted?: ReadonlySet<number>;
  /** Rows for which this is not true are left out by the step behind; a source that can tell so of many at once may skip them. */
  only?: FilterExpression;
  /** Tells of rows by some of their columns; a source may leave out those that do not pass before it reads the other columns. */
  screen?: RowScreen;
  /** So many rows were skipped because of `only` or `screen`; comes with them, and is told before the next batch. */
  skipped?(rowCount: number): void;
  limits: Limits;
  signal: AbortSignal;
  /** Rows the source leaves out by policy; the source never counts them itself. */
  reject(reject: Reject): void;
  /** Values changed while reading (padding, replacement), counted by code and column. */
  lose(loss: Loss): void;
  /** Room for what the source must hold; missing = memory alone. */
  scratch?: Scratch;
}

export interface Source<O> {
  /** Bytes sources only: proposals from a sample. `columns` may stay empty where rows are cheap: the engine reads some and counts. */
  inspect?(context: InspectContext<O>): SourceInspection<O> | Promise<SourceInspection<O>>;
  read(context: ReadContext<O>): AsyncIterable<Batch>;
  /**
   * About so many rows from so many places or fewer, spread over the whole in its order; null where rows can only be read from
   * the start. Missing: never. Text sources have {@link Source.findRecords} instead.
   */
  spread?(context: ReadContext<O>, sample: WantedSample): Promise<SpreadRows | null>;
  /** What a file says of itself, for people; asked of files that are small. Missing: nothing beyond its rows. */
  describe?(context: DescribeContext): Promise<FileDescription>;
  /** Text sources only: where whole records stand in a piece out of the middle. Missing: only reading from the start tells. */
  findRecords?(piece: Uint8Array, about: PieceOfText<O>): { from: number; to: number } | null;
}

export interface DescribeContext {
  input: ByteInput;
  limits: Limits;
  /** Of sheets as they look: so many rows of each, of so many columns; missing = none. */
  sheets?: { rows: number; columns: number };
}

export interface FileDescription {
  facts: FileFacts;
  sheets?: SheetView[];
}

/** How large a sample is to be, and how many places it is to come from. */
export interface WantedSample {
  rows: number;
  places: number;
}

/** Rows from several places of a source. */
export interface SpreadRows {
  /** How many places; 1: the source has no more, and these are its first rows. */
  places: number;
  /** Rows of the whole as far as it is known; null when it is not. */
  estimatedRows: number | null;
  batches: AsyncIterable<Batch>;
}

/**
 * A piece of a text in a charset whose ASCII bytes are themselves. `findRecords` answers with the bytes [from, to) of whole
 * records, or null where that is not sure. The found bytes of several pieces, one behind the other, are a text of these records.
 */
export interface PieceOfText<O> {
  options: O;
  columnCount: number;
  /** Their names, in order. */
  columnNames: readonly string[];
  /** The piece begins the text, or ends it. */
  isStart: boolean;
  isEnd: boolean;
}

export interface SourceCard<O = any> extends CardTexts {
  id: string;
  input: 'bytes' | 'batches';
  /** Of bytes: UTF-8 text from the start, bytes from the start, or slices anywhere. */
  reads: 'text' | 'bytes' | 'slices';
  /** Whether its slices have to be read without waiting. */
  needsNow?: true;
  /** Whether types are proposed from the bare texts of fields alone, so that more of them may propose other types. */
  guessesTypes?: true;
  /** Whether columns are found by name in each record, so that documents with other columns can be read under one schema. */
  columnsByName?(options: O): boolean;
  /** Whether the source holds tables to choose from (`SourceConfig.table`). */
  hasTables?: true;
  extensions: string[];
  /** Whether a name with one of them is believed whatever the bytes are: what is broken is told, and not read as a table of texts. */
  trustsName?: true;
  mediaTypes: string[];
  /** How sure these first bytes (unpacked; text in UTF-8) are of this kind: 0 no, 1 perhaps, 2 its form, 3 its magic number. */
  recognise?(head: Uint8Array): 0 | 1 | 2 | 3;
  options: OptionSet<O>;
  load(): Promise<Source<O>>;
}

// ---------------------------------------------------------------- origins

/** What an origin needs from its door to reach out. */
export interface OriginContext<O> {
  options: O;
  /** The value of a secret the options name; throws `config.secret-missing`. */
  secret(id: string): Promise<string>;
  /** The door's way to the network: in a page the one worker that may, which throws a `CorsError` for what a page may not read. */
  fetch: CountingFetch;
  /** Milliseconds since 1970, for waits and limits. */
  now(): number;
  /** Waits; ends early when the run is cancelled. */
  sleep(ms: number): Promise<void>;
  /** Of the jitter of waits. */
  seed: number;
  limits: Limits;
  signal: AbortSignal;
  /** A line for the trace: a retry, a wait. */
  trace(line: string): void;
}

/** A place that bytes come from over the network, one piece (page of an answer) after the other. */
export interface OriginCard<O = any> extends CardTexts {
  id: string;
  options: OptionSet<O>;
  load(): Promise<{ open(context: OriginContext<O>): OriginPieces }>;
}

/** Pieces of one source in order, each whole in itself (a document of the source's kind). */
export interface OriginPieces {
  name: string;
  /** Whether there may be more pieces than one. A single one may be packed, a zip, or read in parts. */
  isPaged: boolean;
  /** What the user ought to know of this way of reading. */
  warnings: string[];
  /** What is to be said of the last pass over the pieces, once it is over: that it stopped before the end. */
  afterwards?(): string[];
  /** The first piece is asked for again at every call. `rowsBefore`: how many rows the piece given last has held. */
  pieces(rowsBefore: () => number): AsyncIterable<OriginPiece>;
  /** Where the whole is one thing that can be read in parts (range requests). */
  slices?(): Promise<ByteSlices | null>;
}

export interface OriginPiece {
  name: string;
  sizeBytes: number | null;
  /** As it was sent, with its parameters. */
  mediaType: string | null;
  /** Another whenever the bytes are; missing where that cannot be told. */
  stamp?: string;
  bytes: AsyncIterable<Uint8Array>;
}

// ---------------------------------------------------------------- transforms

export interface TransformContext<O> {
  options: O;
  /** Id of the data set the step stands in. */
  dataset: string;
  /** Schema of the incoming batches. */
  schema: Schema;
  /** The data sets that the card's `takes` named, in that order. */
  others: readonly OtherDataset[];
  /** What the module's `survey` gave; missing where it gave none. */
  surveyed?: unknown;
  timeZone: string;
  /** The run's clock in ms since 1970: what `now` and `today` mean. */
  startedAtMs: number;
  /** Seed of everything random in this step. */
  seed: number;
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret(id: string): string;
  scratch: Scratch;
  limits: Limits;
  signal: AbortSignal;
  reject(reject: Reject): void;
  /** Values changed, counted by code and column. */
  lose(loss: Loss): void;
  /**
   * Rows taken that the step leaves out because it was asked to (a filter, a limit): told before the next batch is asked
   * for. Rows taken = rows given + filtered + rejected, or the run's audit does not balance.
   */
  filtered(rowCount: number): void;
  /** Rows taken that went into others (groups, matches), and rows given that stood nowhere before: the same equation. */
  merged(rowCount: number): void;
  added(rowCount: number): void;
}

/** Another data set a step reads beside the one it stands in. Its rows count as taken. */
export interface OtherDataset {
  id: string;
  schema: Schema;
  /** Once. */
  open(): AsyncIterable<Batch>;
}

/** Room outside of memory for what a step must hold. */
export interface Scratch {
  /** Bytes a step may hold in memory before it uses files. */
  memoryBytes: number;
  create(): Promise<ScratchFile>;
}

/** A file of the run's own, gone with it. */
export interface ScratchFile {
  readonly sizeBytes: number;
  /** Appends; the bytes may be reused once the promise is fulfilled. Throws `scratch.full`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes [from, to) of what was written, in a buffer of their own. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** The same without waiting. */
  readNow(from: number, to: number): Uint8Array;
  /** Removes it. Safe twice. */
  close(): Promise<void>;
}

/** What a step can say of rows of which only some columns were read. */
export interface RowScreen {
  /** The columns it looks at, by position. */
  columns: ReadonlySet<number>;
  /**
   * Rows of a batch without selection that may pass the step, ascending; null where only the step itself can tell. Columns
   * that are not looked at may hold anything, of any length. Throws nothing.
   */
  pick(batch: Batch): Uint32Array | null;
}

export interface Transform {
  /** Schema of the outgoing batches. */
  schema: Schema;
  /** Rows in are selected rows; a transform that only drops rows writes `selection`. Returning early ends reading. */
  apply(batches: AsyncIterable<Batch>): AsyncIterable<Batch>;
  /** Incoming columns that must be right for these outgoing ones to be; missing = all. */
  needs?(wanted: ReadonlySet<number>): ReadonlySet<number>;
  /** Every row that is not so is left out, whatever else: sources may skip such rows. Over the incoming schema. */
  only?: FilterExpression;
  /** The same, asked of rows; over the incoming schema. The step may be given batches without rows then. */
  screen?: RowScreen;
}

export interface TransformCard<O = any> extends CardTexts {
  id: string;
  options: OptionSet<O>;
  /** Ids of the data sets the step reads beside its own; missing = none. */
  takes?(options: O): string[];
  /**
   * A part of the rows tells of all: what comes of twice as many is about twice as much. Missing = it does not (a sum, a choice
   * among all rows).
   */
  scales?(options: O): boolean;
  /** The step lets rows through by their place alone: none before `offset`, then at most `limit` (null: all). */
  rowRange?(options: O): { offset: number; limit: number | null };
  load(): Promise<TransformModule<O>>;
}

export interface TransformModule<O> {
  /** Opens the step; throws ExportError for options that do not fit the schema. */
  open(context: TransformContext<O>): Transform;
  /**
   * For steps whose columns depend on values: looks through the incoming rows while the plan is made, which reads them once
   * more (the first ones alone where nothing is written). Null: these options need none.
   */
  survey?(context: SurveyContext<O>): Promise<unknown> | null;
}

export interface SurveyContext<O> {
  options: O;
  /** Schema of the incoming batches. */
  schema: Schema;
  signal: AbortSignal;
  /** The incoming rows. Once. */
  open(): AsyncIterable<Batch>;
}

// ---------------------------------------------------------------- formats

/** Bytes for the current entry, or, with `entry`, the first bytes of a further one (side file, sheet part). */
export interface Segment {
  /** Begins a new entry called base name + `suffix` (`.schema.json`). */
  entry?: { suffix: string };
  /** Formats with a `container` only: begins the next part of the package, of this name (`xl/workbook.xml`). */
  part?: string;
  bytes: Uint8Array;
}

export interface EncodedBatch {
  segments: Segment[];
  /** Rows written, when it differs from the selected rows (arrays expanded to rows). */
  rowCount?: number;
  /** Rows that went into others written before (further rows of one entity). */
  merged?: number;
  losses: Loss[];
}

/** One of the tables that an output is made of. */
export interface EncodedTable {
  /** The data set's id. */
  name: string;
  schema: Schema;
}

export interface EncoderContext<O> {
  options: O;
  /** Of the first table. */
  schema: Schema;
  /** All tables of the output, for formats that take many; missing = the one of `schema`. */
  tables?: readonly EncodedTable[];
  /** Name of the dataset, for roots and tables. */
  name: string;
  timeZone: string;
  /** What the text will be in, for documents that name it. */
  charset: Pick<CharsetConfig, 'id' | 'bom'>;
  /** The run's clock in ms since 1970, for metadata. */
  startedAtMs: number;
  /** Config facts for metadata: source name. */
  sourceName: string;
  /** 0-based part number when the output is split. */
  part: number;
}

/** A file that a format's options name (`kind: 'file'`): something handed over at run time, or a path (Node doors only). */
export type FileRef = { binding: string } | { path: string };

/** Such a file, opened. */
export interface FormatFile {
  name: string;
  slices: ByteSlices;
}

/** What the files that options name allow, found by opening them before the run. */
export interface FilesSeen {
  findings: FormatFinding[];
  /** By option: values it can have with these files, for a form to offer. */
  choices: Readonly<Record<string, readonly OptionChoice[]>>;
}

/** What an encoder that takes its batches in one place may use. */
export interface EncoderRoom {
  scratch: Scratch;
  limits: Limits;
  /** Throws `config.binding-missing`, `read.*`. */
  openFile(file: FileRef): Promise<FormatFile>;
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret(id: string): string;
}

/** Where a batch stands in its file. */
export interface BatchPlace {
  /** Selected rows of its table that were given to this file before. */
  firstRow: number;
  /** There were none. */
  isFirst: boolean;
  /** Which of the context's `tables`; missing = the first. */
  table?: number;
  /** What {@link FormatModule.lookAhead} saw of the table; missing where nobody looked. */
  ahead?: unknown;
}

/**
 * Writes one file (or part). Emits UTF-8 in whole characters per segment; the transcoder follows.
 * For `parallel: 'batch'` formats `encodeBatch` is pure: it depends on context, batch and `at` alone, so that any lane
 * may run it and the output never depends on the cuts.
 */
export interface Encoder {
  /** `ahead`: what {@link FormatModule.lookAhead} saw of the only table, where the context names no `tables`. */
  begin(ahead?: unknown): Segment[];
  /** Throws MisfitError for a text field that is not a value of its column's type. */
  encodeBatch(batch: Batch, at: BatchPlace): EncodedBatch;
  /** Around each of several tables, in their order, the empty ones too. Not called where the context names no `tables`. */
  beginTable?(table: number, ahead?: unknown): Segment[];
  endTable?(table: number, totals: { rowCount: number }): Segment[];
  end(totals: { rowCount: number }): Segment[];
}

/** Segments that are there at once, or come one after the other. */
export type Segments = Iterable<Segment> | AsyncIterable<Segment>;

/**
 * Writes one file (or part) like an {@link Encoder}, but takes its batches one after the other in one place, and may hold rows
 * back in files of its own.
 */
export interface StreamEncoder {
  begin(ahead?: unknown): Segments;
  encodeBatch(batch: Batch, at: BatchPlace): Promise<EncodedBatch>;
  beginTable?(table: number, ahead?: unknown): Segments;
  endTable?(table: number, totals: { rowCount: number }): Segments;
  end(totals: { rowCount: number }): Segments;
  /** Lets go of what it holds, at any moment. */
  close(): Promise<void>;
}

/** Most rows of a table or part that are looked at ahead: they are held until their turn comes. */
export const MOST_ROWS_AHEAD = 1_000;

/** A look at the first rows of a table, in each part anew. */
export interface LookAhead<O> {
  /** How many rows; 0 where these options need none. At most {@link MOST_ROWS_AHEAD}. */
  rows(options: O): number;
  /**
   * Plain data about the first rows of a table (fewer only where there are no more). The same wherever the batches are cut;
   * neither changes nor keeps them. Texts that do not fit their type are the encoder's to tell of.
   */
  look(context: EncoderContext<O>, table: number, heads: readonly Batch[]): unknown;
}

/** How a source plug-in reads what a format's options wrote, and how its values compare with those that were written. */
export interface ReadBack {
  kind: string;
  options: Record<string, unknown>;
  table?: string;
  /** Rows that one sheet of the file takes: more stand on further ones, all of them rows. 0: on any of them, in any order. */
  sheetRows?: number;
  /** Parallel to the schema's fields. */
  columns: ColumnMeasure[];
  /** The names come back as they are, where each is another one. */
  hasNames?: true;
  /** Parallel to the columns, where names come back otherwise spelt than they are. */
  names?: readonly string[];
  /** Nulls are left out, names and all: columns stand in the order of their first values, or nowhere. */
  omitsNulls?: true;
  /** Rows of nulls at the end do not come back: nothing tells them from what lies below a table. */
  dropsLastNulls?: true;
}

export interface FormatModule<O> {
  openEncoder(context: EncoderContext<O>): Encoder;
  /** For options that no pure encoder can serve; null: these are none. Asked before `openEncoder`. */
  openStream?(context: EncoderContext<O>, room: EncoderRoom): StreamEncoder | null;
  /** Opens the files that the card's `files` named. Throws what opening them throws; what they hold becomes findings. */
  seeFiles?(
    context: Pick<EncoderContext<O>, 'options' | 'schema' | 'tables' | 'timeZone'>,
    room: Pick<EncoderRoom, 'limits' | 'openFile'>,
  ): Promise<FilesSeen>;
  /** What stands before the rows but depends on the first of them (column widths), looked at before they are encoded. */
  lookAhead?: LookAhead<O>;
  /** How a code point that the charset lacks is written inside this format (`\u20ac`); missing = the policy `escape` is not offered. */
  escapeCodePoint?(codePoint: number): string;
}

/** Where people look for a format. */
export type FormatFamily = 'spreadsheets' | 'records' | 'databases' | 'analytics' | 'documents';

/** What a format can hold, for recommendations and for losses known before the run. */
export interface FormatHolds {
  nulls: boolean;
  /** Empty text told apart from null. */
  emptyText: boolean;
  types: boolean;
  nested: boolean;
  /** Integers and decimals of any size exactly. */
  exactNumbers: boolean;
}

/** What one of a format's losses comes to, and its way out. */
export interface LossCard {
  /** As it stands in reports (`csv.formula-guarded`). */
  code: string;
  /** lost: cannot be read back. changed: a rule brings it back. held: looks risky, is not. */
  kind: 'lost' | 'changed' | 'held';
  /** Found by looking at values, so that a full count tells whether it came at all. */
  isCounted: boolean;
  /** The option it comes from, where it comes from one. */
  option?: string;
  remedy?: { title: string; options: Record<string, unknown> };
}

/** What a file's extension says of its format. */
export interface NamedSo {
  /** `.tsv`, in small letters; no two formats share one. */
  extension: string;
  options: Readonly<Record<string, unknown>>;
}

export interface FormatCard<O = any> extends CardTexts {
  id: string;
  /** Missing = listed behind all families. */
  family?: FormatFamily;
  extension: string;
  /** Other extensions that files of it have, with the options that such a name asks for. */
  alsoNamed?: readonly NamedSo[];
  mediaType: string;
  /** Another extension, or another media type, where these options ask for them (`.jsonl`, `.geojson`). */
  fileKind?(options: O): { extension?: string; mediaType?: string };
  /** Text formats take a charset. */
  isText: boolean;
  parallel: 'batch' | 'stream';
  holds: FormatHolds;
  /** Several data sets in one file, where these options have these values; missing = one only. */
  takesMany?: Readonly<Record<string, unknown>>;
  /** Whether rows can go behind those of a file that these options wrote: nothing but rows stands behind its head. */
  appends?(options: O): boolean;
  /** Whether these options make a further file, which a delivery of one file cannot take. */
  writesBeside?(options: O): boolean;
  /**
   * A file is a package of parts ({@link Segment.part}), which the archive of this id packs with the options given. `shows`: the
   * part that a preview shows.
   */
  container?: {
    archive: string;
    shows: string;
    options(options: O): Record<string, unknown>;
  };
  options: OptionSet<O>;
  /** The option by which the format packs what it writes itself: a choice of codecs. */
  packsBy?: string;
  presets: Preset[];
  losses: readonly LossCard[];
  /** How its files are read for comparing values, or why they cannot be; missing = no source reads this format. */
  readBack?(context: { options: O; schema: Schema }): ReadBack | { cannot: string };
  /** The files that these options name, by option; missing = these options never name any. */
  files?(options: O): { option: string; file: FileRef }[];
  /** Conflicts between options and columns, and losses known beforehand. Asked of each table. */
  check?(context: {
    options: O;
    schema: Schema;
    charset: string;
    /** All of them, where there are several. */
    tables?: readonly EncodedTable[];
  }): FormatFinding[];
  load(): Promise<FormatModule<O>>;
}

/** Something `check` says about an option or a column before the run. */
export interface FormatFinding {
  severity: 'error' | 'warning' | 'loss';
  option?: string;
  column?: string;
  code: string;
  sentence: string;
  /** Option values that would settle it. */
  remedy?: { title: string; options: Record<string, unknown> };
}

// ---------------------------------------------------------------- codecs, archives

/** One deflated block: raw deflate, never final, byte-aligned, so that blocks concatenate; `03 00` ends a stream. */
export interface DeflatedBlock {
  bytes: Uint8Array;
  /** CRC-32 of the input block. */
  crc32: number;
  inputSize: number;
}

/** Deflates blocks, several at once. A block handed over belongs to the job. */
export interface DeflateJobs {
  /** How many blocks are worth having under way. */
  width: number;
  /** `block` at most 1 MiB; level 0 (stored) to 9. */
  deflate(block: Uint8Array, level: number): Promise<DeflatedBlock>;
}

export interface PackContext<O> {
  options: O;
  jobs: DeflateJobs;
  /** The run's clock in ms since 1970 (ZIP times, UTC). */
  startedAtMs: number;
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret(id: string): string;
  /** ZIP entries of unknown size are not announced as zip64, which some programs (Excel) take for damage in their own files. */
  avoidsZip64?: boolean;
  signal: AbortSignal;
}

export interface UnpackContext {
  name: string;
  limits: Limits;
}

export interface CodecCard<O = any> extends CardTexts {
  id: string;
  /** Appended to the file name: `.gz`. */
  extension: string;
  mediaType: string;
  options: OptionSet<O>;
  /** Whether these first bytes are this codec's; never, where it has no magic number. */
  matches(head: Uint8Array): boolean;
  /** Packed data begins like anything: known by the name's extension alone. */
  hasNoMagic?: true;
  /** Whether outputs can be packed with it, and sources unpacked. */
  canEncode: boolean;
  canDecode: boolean;
  /** It keeps others from reading: chosen as an output's `encryption`, around everything else. Its bytes differ each time. */
  encrypts?: true;
  /** What of the options cannot go together; null where all is well. */
  conflict?(options: O): { detail: string; remedy: string } | null;
  load(): Promise<{
    /** Bytes → packed bytes; the result never depends on the chunk sizes. There where it can encode. */
    transform?(
      input: AsyncIterable<Uint8Array>,
      context: PackContext<O>,
    ): AsyncIterable<Uint8Array>;
    /** Packed bytes → bytes. There where it can decode. */
    decode?(input: AsyncIterable<Uint8Array>, context: UnpackContext): AsyncIterable<Uint8Array>;
  }>;
}

/** A file on its way into an archive or a delivery: entries come one after the other, each read to its end. */
export interface Entry {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

export interface ArchiveCard<O = any> extends CardTexts {
  id: string;
  extension: string;
  mediaType: string;
  options: OptionSet<O>;
  load(): Promise<{
    pack(entries: AsyncIterable<Entry>, context: PackContext<O>): AsyncIterable<Uint8Array>;
  }>;
}

// ---------------------------------------------------------------- deliveries

/** A file of the page's private storage, written in another thread while this one goes on. */
export interface StorageFile {
  /** Appends; the piece is the file's to keep. Waits only while many pieces are under way; fails for an earlier one too. */
  write(bytes: Uint8Array): Promise<void>;
  /** All bytes are down; the size the storage says. */
  close(): Promise<number>;
}

export interface DeliveryContext<O> {
  options: O;
  ifExists: 'fail' | 'replace' | 'rename';
  /** What the door handed over for the delivery: a file or folder handle, a callback; undefined when it needs nothing. */
  target: unknown;
  mediaType: string;
  /** Of the job, for temporary names. */
  jobId: string;
  signal: AbortSignal;
  /** Browser only: opens a file of the private storage for writing, emptied; null: to be written in this thread. */
  openStorageFile?(handle: FileSystemFileHandle): Promise<StorageFile | null>;
  /** The door's way to other machines; missing where it has none. `sleep` ends early with the signal. */
  network?: { fetch: CountingFetch; now(): number; sleep(ms: number): Promise<void> };
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret?(id: string): string;
  /** A sentence for the report. */
  note?(sentence: string): void;
  /** A sentence on what a run that is cancelled has left where it cannot be taken back. */
  left?(sentence: string): void;
  trace?(line: string): void;
  /** How far sending is; said as often as one likes. */
  sending?(state: Sending): void;
}

/** A `fetch` that may tell how much of a body has gone. */
export type CountingFetch = (
  url: string,
  init?: RequestInit & {
    /**
     * Told of the bytes of `body` (a Blob) that have gone, as far as the door can; it may then have to send the body a second time,
     * which must do no harm. Fewer than before: it begins again.
     */
    onSent?: (bytes: number) => void;
  },
) => Promise<Response>;

/** What is known of a finished file. */
export interface DeliveredFile {
  name: string;
  rows: number;
  sizeBytes: number;
  /** Hexadecimal; null where nobody asked for it. */
  sha256: string | null;
}

/** What becomes of one file of a delivery. */
export interface FileFate {
  /** Instead of the delivery's own. */
  ifExists?: 'fail' | 'replace' | 'rename';
  /** The name is not known yet: {@link FileWriter.rename} will say it, and nothing is looked up for this one. */
  isNameless?: boolean;
}

/** One file being written. `write` takes pieces of any size; a piece may be reused once its promise is fulfilled. */
export interface FileWriter {
  /** The name it got (differs from the wanted one under `ifExists: rename`). Final, like `path`, only after `commit`. */
  name: string;
  path: string;
  write(bytes: Uint8Array): Promise<void>;
  /** All bytes are down, but the file may not be visible under its name before `commit`. */
  close(): Promise<void>;
  /** Behind `close`: gives the file its name. There where the card says `namesLate`. */
  rename?(name: string, ifExists?: FileFate['ifExists']): Promise<void>;
  /** Behind `close`: gives this file up, so that what lies under its name stays. There where the card says `seesOld`. */
  drop?(): Promise<void>;
}

/**
 * In this order: for each file openFile, write…, close; then readBack of each; then commit. `abort` may come at any moment,
 * also while another call is under way. Content is under its final name only after commit, with two exceptions of the
 * page: a picked file, and a new file in a folder, hold it from `close` on, and an abort takes them away again.
 */
export interface DeliveryWriter {
  /**
   * For a delivery that shows rows beside the bytes: told of every batch before it is encoded, of which of the output's tables.
   * What it cannot show is counted in what it returns.
   */
  seeRows?(batch: Batch, table: number): Loss[];
  /** Opens the next file; the one before is closed. `/` in a name makes folders where the card says `takesFolders`. */
  openFile(name: string, fate?: FileFate): Promise<FileWriter>;
  /** The file that lies under this name from before, null where there is none. There where the card says `seesOld`. */
  readOld?(name: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Reads a closed file back as stored, for verification; null where that is impossible (stdout, clipboard). */
  readBack(name: string): AsyncIterable<Uint8Array> | null;
  /** Makes everything visible under its final name. Returns what a door must still finish with a person's click, if anything. */
  commit(
    files?: readonly DeliveredFile[],
    /** Fills in the variables of a text that an option holds ({@link DeliveryCard.patterns}). */
    fill?: (pattern: string) => string,
  ): Promise<DeliveryHandover | null>;
  /**
   * For a delivery that sends at `commit`: a file as the place has it afterwards, null where it cannot be asked. `readBack` is
   * then of what was made ready, which proves nothing of the place.
   */
  readDelivered?(name: string): AsyncIterable<Uint8Array> | null;
  /** Leaves nothing behind. Safe at any moment, also twice. */
  abort(): Promise<void>;
}

/** The page's half of a delivery, done by client.ts after `commit`. */
export type DeliveryHandover =
  | {
      kind: 'download';
      files: { name: string; blob: Blob }[];
      /** The stored copy behind the files: the page keeps it from being cleared away until the browser has it. */
      staged?: string;
      /** A mail for the person to send: `link` opens it, a `mailto:` without the files. */
      draft?: { to: string; subject: string; text: string; link: string };
    }
  | {
      /** For the share sheet, which opens in a click only; until then these files are nowhere else. */
      kind: 'share';
      files: { name: string; blob: Blob }[];
      mediaType: string;
      title: string;
      text: string;
      /** As of a download, but kept for as long as the page is open. */
      staged?: string;
    }
  | {
      kind: 'clipboard';
      text: string;
      mediaType: string;
      /** The same rows as a fragment of HTML, where they are wanted as cells too. */
      html?: string;
    };

export interface DeliveryCard<O = any> extends CardTexts {
  id: string;
  doors: Door[];
  /** What the door must hand over as `target`: a file handle, a folder handle, or nothing. */
  needs: 'file' | 'folder' | 'nothing';
  /** Whether it takes more than one file. */
  takesMany: boolean;
  /** Names may lead into folders, which it makes. */
  takesFolders?: true;
  /** A file can get its name when it is written: with its rows, its hash, the number of parts. */
  namesLate?: true;
  /** It can tell and read what lies under a name from before: append, skip and ask need that. */
  seesOld?: true;
  /** Options that are texts with variables as names have them (`{rows}`), and `{files}`. */
  patterns?: readonly string[];
  /**
   * Where it cannot see old files but has something to say about them all the same: what of the output's rule does not hold with
   * these options, null where it does. Code `existing`.
   */
  existing?(
    rule: IfExists,
    options: O,
  ): Pick<FormatFinding, 'severity' | 'sentence' | 'remedy'> | null;
  /** Needs a host program that takes the bytes: nothing to choose in a form. */
  hostOnly?: true;
  /** Bytes are gone once written (standard output): such a run is never started again. */
  cannotUndo?: true;
  options: OptionSet<O>;
  load(): Promise<{ open(context: DeliveryContext<O>): Promise<DeliveryWriter> }>;
}
