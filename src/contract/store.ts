// What is kept between visits: templates (configs under a name) and the history of exports, and the stores that hold them.
import type { ExportConfig } from './config.ts';
import type { ErrorData } from './errors.ts';
import type { ColumnRef } from './filter.ts';
import type { ForecastError } from './foreseen.ts';
import type { Loss, Outcome } from './report.ts';

/** How far the last completed run of a template has read a source of it. */
export interface StoredWatermark {
  sourceId: string;
  /** Whose greatest value it is: of another column it says nothing. */
  column: ColumnRef;
  /** As text. */
  value: string;
  /** When that run began, ISO 8601 with Z. */
  at: string;
}

/** A config under a name. It holds nothing live and nothing secret: only `{binding}` and `{secret}` references. */
export interface ExportTemplate {
  id: string;
  /** Unique in its store: a name that is taken becomes `name (2)`. */
  name: string;
  description: string;
  config: ExportConfig;
  /** ISO 8601 with Z. */
  createdAt: string;
  updatedAt: string;
  /** Counts saves, from 1. */
  version: number;
  /** Of sources with a watermark that were run. No part of files of templates. */
  watermarks?: StoredWatermark[];
}

/** A template whose config this program cannot read: kept as it was stored, listed with the reason. */
export interface UnreadableTemplate extends Omit<ExportTemplate, 'config'> {
  config: null;
  error: ErrorData;
}

export type ListedTemplate = (ExportTemplate & { error: null }) | UnreadableTemplate;

/** What is saved. With the id of a stored template it becomes that template's next version. */
export interface TemplateDraft {
  id?: string;
  name: string;
  description?: string;
  config: ExportConfig;
}

/** A template exactly as it is stored, for bringing it back. */
export interface StoredTemplate extends Omit<ExportTemplate, 'config'> {
  config: unknown;
}

/** What became of a file of templates. */
export interface TemplateImport {
  imported: ExportTemplate[];
  /** Those whose name was taken. */
  renamed: { from: string; to: string }[];
  /** Those that could not be read; `line` is 1-based, null where it is unknown. */
  refused: { name: string; line: number | null; error: ErrorData }[];
}

export interface TemplateStore {
  /** All, by name. `search`: words that must each occur in name, description, format, columns or filter. */
  list(filter?: { search?: string }): Promise<ListedTemplate[]>;
  /** null: there is none with this id. Rejects with the reason if its config cannot be read. */
  get(id: string): Promise<ExportTemplate | null>;
  /** Rejects with `config.invalid` and the like for what is no config, `storage.full`, `storage.failed`. */
  save(draft: TemplateDraft): Promise<ExportTemplate>;
  /** Rejects with `storage.no-template`, as `describe` and `duplicate` do. */
  rename(id: string, name: string): Promise<void>;
  describe(id: string, description: string): Promise<void>;
  duplicate(id: string): Promise<StoredTemplate>;
  /**
   * Notes how far a run has read, where it began from what is noted (`from`: missing = nothing), and gives what is noted now:
   * a run that began from something older changes nothing. No watermarks: they are forgotten. No save: the version stays.
   */
  moveWatermarks(
    id: string,
    to: readonly StoredWatermark[],
    from?: readonly StoredWatermark[],
  ): Promise<StoredWatermark[]>;
  /** What was removed, for `restore`; null: there was none. */
  remove(id: string): Promise<StoredTemplate | null>;
  /** Brings back what `remove` gave, under its own id. */
  restore(template: StoredTemplate): Promise<void>;
  /**
   * JSON or YAML: a document of templates, one template, or a config alone (named after itself, else after `fileName`).
   * Rejects with `storage.import.unreadable`, naming the line, when it is neither; one bad template among others is refused alone.
   */
  importAll(text: string, fileName?: string): Promise<TemplateImport>;
  /** One document with all templates, or those of `ids`. */
  exportAll(form: 'json' | 'yaml', ids?: readonly string[]): Promise<string>;
}

/** interrupted: the page or program went away before the export ended. */
export type HistoryOutcome = 'running' | Outcome | 'interrupted';

/** One export as it is remembered: the plan, counts and checksums, never rows. null = not known. */
export interface ExportHistoryEntry {
  /** Job id. */
  id: string;
  name: string;
  /** ISO 8601 with Z. */
  startedAt: string;
  endedAt: string | null;
  durationMs: number | null;
  outcome: HistoryOutcome;
  rowsIn: number | null;
  rowsOut: number | null;
  filtered: number | null;
  rejected: number | null;
  merged: number | null;
  added: number | null;
  /** Delivered. */
  bytes: number | null;
  /** The first 100 files; `fileCount` counts all. */
  files: {
    name: string;
    sizeBytes: number;
    rows: number;
    checksum: { algorithm: 'sha256'; value: string } | null;
    verified: boolean;
  }[];
  fileCount: number;
  /** Format id of the first output; empty when the config could not be read. */
  format: string;
  sources: string[];
  rowsPerSecond: number | null;
  /** Without examples, which are values; the first 100. */
  losses: Omit<Loss, 'example'>[];
  error: ErrorData | null;
  /** What was foreseen, and how far off that was; missing where nothing was, and in older entries. */
  forecast?: ForecastError;
  /** Secrets taken out; null when what was to run was no config. */
  config: ExportConfig | null;
  templateId: string | null;
}

/** How much history is kept. The oldest go first; exports under way always stay. */
export interface Retention {
  /** 1 to 5,000; default 200. */
  maxEntries: number;
  /** 1 to 3,650; default 90. */
  maxDays: number;
}

export const DEFAULT_RETENTION: Retention = { maxEntries: 200, maxDays: 90 };

export interface HistoryFilter {
  /** Words that must each occur in name, files, checksums, sources, format, columns, filter or error. */
  search?: string;
  outcomes?: readonly HistoryOutcome[];
  /** At most so many, newest first. */
  limit?: number;
}

export interface HistoryStore {
  /** Newest first. */
  list(filter?: HistoryFilter): Promise<ExportHistoryEntry[]>;
  get(id: string): Promise<ExportHistoryEntry | null>;
  /**
   * Writes an entry or replaces the one with its id. A `running` one belongs to this page until it is put with another
   * outcome; should the page go before, it is found `interrupted` at the next opening.
   */
  put(entry: ExportHistoryEntry): Promise<void>;
  /** What was removed, for `restore`; null: there was none. */
  remove(id: string): Promise<ExportHistoryEntry | null>;
  /** Removes all but those under way, and gives them back for `restore`. */
  clear(): Promise<ExportHistoryEntry[]>;
  /** Brings back what was removed; an entry whose id is there again stays as it is. */
  restore(entries: readonly ExportHistoryEntry[]): Promise<void>;
  retention(): Promise<Retention>;
  /** Rejects with `config.wrong-option` for what is out of range. Removes at once what is over. */
  setRetention(retention: Retention): Promise<void>;
}

/** Whether the browser promised to keep the storage when space runs short. */
export interface Persistence {
  /** ISO 8601; null: not asked yet (it is asked once, when the first template is saved). */
  askedAt: string | null;
  /** null: not asked, or the browser cannot say. */
  granted: boolean | null;
}

/** cleared: the browser threw the stored things away while the page was open. */
export type StoreChange = 'templates' | 'history' | 'settings' | 'cleared';

export interface ExportStore {
  templates: TemplateStore;
  history: HistoryStore;
  /** false: kept in memory until the page goes; `reason` says why. */
  isPersistent: boolean;
  reason: ErrorData | null;
  persistence(): Promise<Persistence>;
  /** Told of every change, those of other tabs too. Returns how to stop listening. */
  onChange(listener: (change: StoreChange) => void): () => void;
  close(): void;
}
