// What a format promises: what it can hold and loses, its options, and an encoder.
import type { Schema } from '../table/data-type.ts';
import type {
  EncodedTable,
  Encoder,
  EncoderContext,
  EncoderRoom,
  LookAhead,
  StreamEncoder,
} from './encoder.ts';
import type { FileRef } from './file-ref.ts';
import type { FormatFinding } from './format-finding.ts';
import type { OptionChoice, OptionSet } from './options.ts';
import type { CardTexts, Preset } from './plugin-card.ts';
import type { ReadBack, ReadBackContext } from './read-back.ts';

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

/** What the files that options name allow, found by opening them before the run. */
export interface FilesSeen {
  findings: FormatFinding[];
  /** By option: values it can have with these files, for a form to offer. */
  choices: Readonly<Record<string, readonly OptionChoice[]>>;
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
  /** The option by which these write the time of the run, so that no two runs write the same file; null or missing = none does. */
  timeOption?(options: O): string | null;
  /** Whether these options make a further file, which a delivery of one file cannot take. */
  writesBeside?(options: O): boolean;
  /**
   * A file is a package of parts (`Segment.part`), which the archive of this id packs with the options given. `shows`: the
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
  readBack?(context: ReadBackContext<O>): ReadBack | { cannot: string };
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
