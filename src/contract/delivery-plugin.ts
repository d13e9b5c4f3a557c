// What a delivery promises: files written where someone wants them, seen under their names only when all is well.
import type { Batch } from '../table/batch.ts';
import type { IfExists } from './config.ts';
import type { CountingFetch } from './counting-fetch.ts';
import type { FormatFinding } from './format-finding.ts';
import type { OptionSet } from './options.ts';
import type { CardTexts, Door } from './plugin-card.ts';
import type { Loss, Sending } from './report.ts';

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
