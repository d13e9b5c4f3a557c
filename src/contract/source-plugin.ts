// What a source promises: it looks at a sample, and reads rows.
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { ColumnEdit, Limits } from './config.ts';
import type { FilterExpression } from './filter.ts';
import type { OptionSet } from './options.ts';
import type { CardTexts } from './plugin-card.ts';
import type { Loss, Reject } from './report.ts';
import type { FileFacts, SheetView } from './reread.ts';
import type { RowScreen } from './row-screen.ts';
import type { Scratch } from './scratch.ts';
import type { ByteInput, SourceInput } from './source-input.ts';

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
  /** Whether such files are written for people: beside files of other kinds they tell of them, and are not the data. */
  isDocument?: true;
  mediaTypes: string[];
  /** How sure these first bytes (unpacked; text in UTF-8) are of this kind: 0 no, 1 perhaps, 2 its form, 3 its magic number. */
  recognise?(head: Uint8Array): 0 | 1 | 2 | 3;
  options: OptionSet<O>;
  load(): Promise<Source<O>>;
}
