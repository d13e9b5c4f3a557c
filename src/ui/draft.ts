// The draft: the plan being made, as an ExportConfig plus the live things beside it (input, folder), and how it changes.
import type { StoreApi } from 'zustand';
import type {
  CharsetConfig,
  ColumnEdit,
  ExportConfig,
  OutputConfig,
  PartConfig,
  SourceConfig,
} from '../contract/config.ts';
import type { ColumnRef, FilterExpression } from '../contract/filter.ts';
import type { Preset } from '../contract/plugin-card.ts';
import type { StoredWatermark } from '../contract/store.ts';
import type { Catalogue } from '../contract/verbs.ts';
import type { Edit } from './column-edits.ts';
import type { Input, OpenInput } from './input.ts';
import type { OtherInputs } from './other-data.ts';
import type { FilterProblem } from './plan/read-filter.ts';
import type { ColumnChoice } from './plan/steps.ts';

/** A stored template as plans know it. */
export interface PlanTemplate {
  id: string;
  watermarks: readonly StoredWatermark[];
}

export interface Draft {
  config: ExportConfig;
  input: OpenInput;
  /** What the plan's other sources read, as far as it is open. */
  others: OtherInputs;
  folder: FileSystemDirectoryHandle | null;
  /** Values of secrets by id, in this window only. */
  secrets?: Readonly<Record<string, string>>;
  /** Another number whenever they changed, for those who must not know them. */
  secretsAt?: number;
  /** Files that options name, by their bindings, in this window only: once there they stay, so that an undo finds them. */
  files?: Readonly<Record<string, File>>;
  /** The stored template whose plan it is, and how far its last completed run has read. */
  template?: PlanTemplate | null;
  /** The preset the options started from. */
  presetId: string | null;
  /** What that preset set of the charset; another preset or format takes it back as far as nobody changed it since. */
  presetCharset?: Partial<CharsetConfig> | null;
  /** The filter as typed, which may not be readable yet. */
  filterText: string;
  filterProblem: FilterProblem | null;
}

type Options = PartConfig['options'];

/** The draft as it was, and what was done to it then. */
export interface Change {
  draft: Draft;
  action: string;
}

/** A plan with its way there and back. */
export interface Plan {
  draft: Draft | null;
  past: Change[];
  /** What was undone, the next to redo last. */
  future: Change[];
}

export interface DraftState extends Plan {
  /** All that is open, in the order it came. */
  inputs: readonly OpenInput[];
  /** Plans over the other open inputs, by the input's key. */
  shelf: ReadonlyMap<number, Plan>;

  /**
   * Opens inputs beside those there are, with the plan over the first of them, or over what it was with `isBeside`. Plans whose
   * other data were missing find those that are called so. Gives them as they are open.
   */
  openInputs(inputs: readonly Input[], catalogue: Catalogue, isBeside?: boolean): OpenInput[];
  chooseInput(key: number): void;
  closeInput(key: number): void;
  /** Takes a stored plan over for the input that is open. */
  loadConfig(config: ExportConfig, template?: PlanTemplate | null): void;
  /** Says which stored template the plan is of from here on. */
  setTemplate(template: PlanTemplate): void;
  /** A run of the template has read so far, whichever plan it was of. */
  moveWatermarks(template: PlanTemplate): void;
  /** Another address, or another way to ask it; without a secret the one before stays. */
  setAddress(address: Input): void;
  undo(): void;
  redo(): void;
  renamePlan(name: string): void;
  setTimeZone(zone: string): void;
  setSource(change: Partial<SourceConfig>): void;
  setSourceOption(id: string, value: unknown): void;
  /** What is settled about a column of the source, by the source's own name for it; empty: nothing. */
  editColumn(column: ColumnRef, edit: Edit): void;
  /** The same of several at once, as one change. */
  editColumns(edits: readonly ColumnEdit[]): void;
  /** null: as the source has them. */
  setColumns(columns: readonly ColumnChoice[] | null): void;
  /** `columns` are the names the filter may use; changes of the same `part` in a row are undone as one. */
  setFilter(text: string, columns: readonly string[], part?: string): void;
  setLimit(limit: number | null, offset: number): void;
  /** Keeps the rows of a stretch of time only; null: of any. A filter of its own beside the person's. */
  setTimeRange(range: FilterExpression | null): void;
  /** Adds a step of this kind behind the others, before the last limit and choice of columns; gives its id. */
  addStep(kind: string, options?: Options): string;
  /** Changes of one step in a row are undone as one. */
  setStep(id: string, options: Options): void;
  switchStep(id: string, isOn: boolean): void;
  /** To another 0-based place in the order of the steps. */
  moveStep(id: string, to: number): void;
  removeStep(id: string): void;
  /** Gives a step other data, by another of its options: what is open, or a table of it; `options` are the step's from then on. */
  takeOther(
    stepId: string,
    input: OpenInput,
    options: (sourceId: string) => Options,
    table?: string,
  ): void;
  /** Binds one of the plan's other sources to what is open, read as it is read there. */
  bindOther(sourceId: string, input: OpenInput): void;
  /** Changes how one of the plan's other sources is read. */
  setOther(sourceId: string, change: Partial<SourceConfig>): void;
  /** Another format, with its usual options or those of a preset. */
  setFormat(id: string, preset?: Preset): void;
  choosePreset(preset: Preset): void;
  /** Changes of the same `part` of the option in a row are undone as one. */
  setFormatOption(id: string, value: unknown, part?: string): void;
  patchOptions(path: string, options: Options): void;
  setOutput(change: Partial<OutputConfig>): void;
  /** Another format in another packing, as one choice. */
  setPacked(output: Pick<OutputConfig, 'format' | 'archive' | 'compression'>): void;
  setCharset(change: Partial<CharsetConfig>): void;
  setDelivery(id: string): void;
  setFolder(folder: FileSystemDirectoryHandle): void;
  setSecret(id: string, value: string): void;
  /** Holds a file that an option is to name; gives the binding that means it. */
  keepFile(file: File): string;
}

export type DraftStore = StoreApi<DraftState>;
