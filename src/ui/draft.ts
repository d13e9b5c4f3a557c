// The draft: the plan being made, as an ExportConfig plus the live things beside it (file, folder), and how it changes.
import { create } from 'zustand';
import {
  createConfig,
  type CharsetConfig,
  type ColumnEdit,
  type ExportConfig,
  type OutputConfig,
  type PartConfig,
  type SourceConfig,
  type StepConfig,
} from '../contract/config.ts';
import type { ColumnRef } from '../contract/filter.ts';
import type { Preset } from '../contract/plugins.ts';
import type { Catalogue } from '../contract/verbs.ts';
import { filterStep, limitStep, selectStep, type ColumnChoice } from './plan/steps.ts';
import { filterProblemOf, type FilterProblem } from './plan/read-filter.ts';

export interface Draft {
  config: ExportConfig;
  file: File;
  /** Another number for another file, so that what was learnt about one never stands for the other. */
  fileKey: number;
  folder: FileSystemDirectoryHandle | null;
  /** The preset the options started from. */
  presetId: string | null;
  /** All columns in the order shown, left-out ones too; null until the first change. */
  columns: ColumnChoice[] | null;
  /** The filter as typed, which may not be readable yet. */
  filterText: string;
  filterProblem: FilterProblem | null;
}

type Options = Record<string, unknown>;

/** The draft as it was, and what was done to it then. */
interface Change {
  draft: Draft;
  action: string;
}

interface DraftState {
  draft: Draft | null;
  past: Change[];
  /** What was undone, the next to redo last. */
  future: Change[];

  openFile(file: File, catalogue: Catalogue): void;
  undo(): void;
  redo(): void;
  renamePlan(name: string): void;
  setSource(change: Partial<SourceConfig>): void;
  setSourceOption(id: string, value: unknown): void;
  setColumnType(column: ColumnRef, change: Omit<ColumnEdit, 'column'>): void;
  setColumns(columns: ColumnChoice[] | null): void;
  /** `columns` are the names the filter may use. */
  setFilter(text: string, columns: readonly string[]): void;
  setLimit(limit: number | null, offset: number): void;
  setFormat(id: string): void;
  choosePreset(preset: Preset): void;
  setFormatOption(id: string, value: unknown): void;
  patchOptions(path: string, options: Options): void;
  setOutput(change: Partial<OutputConfig>): void;
  setCharset(change: Partial<CharsetConfig>): void;
  setDelivery(id: string): void;
  setFolder(folder: FileSystemDirectoryHandle): void;
}

/** Name of the one source's bytes among the bindings. */
export const SOURCE_BINDING = 'source';

const UNDO_DEPTH = 100;
let lastFileKey = 0;

export const useDraft = create<DraftState>()((set) => {
  /** Changes the draft; one run of the same action in a row is undone as one. */
  const change = (action: string, apply: (draft: Draft) => Partial<Draft>): void =>
    set(({ draft, past }) => {
      if (draft === null) return {};
      const next = { ...draft, ...apply(draft) };
      const isSame = past.at(-1)?.action === action;
      return {
        draft: next,
        past: isSame ? past : [...past, { draft, action }].slice(-UNDO_DEPTH),
        future: [],
      };
    });
  const changeConfig = (action: string, apply: (config: ExportConfig) => ExportConfig): void =>
    change(action, (draft) => ({ config: apply(draft.config) }));
  const changeOutput = (action: string, apply: (output: OutputConfig) => OutputConfig): void =>
    changeConfig(action, (config) => ({ ...config, outputs: config.outputs.map(apply) }));
  const changeSource = (action: string, apply: (source: SourceConfig) => SourceConfig): void =>
    changeConfig(action, (config) => ({ ...config, sources: config.sources.map(apply) }));

  return {
    draft: null,
    past: [],
    future: [],

    openFile: (file, catalogue) =>
      set(({ draft }) => ({
        draft: {
          config: draftConfig(file, catalogue, draft?.config ?? null),
          file,
          fileKey: ++lastFileKey,
          folder: draft?.folder ?? null,
          presetId: draft?.presetId ?? null,
          columns: null,
          filterText: '',
          filterProblem: null,
        },
        past: [],
        future: [],
      })),

    undo: () =>
      set(({ draft, past, future }) => {
        const last = past.at(-1);
        if (draft === null || last === undefined) return {};
        return {
          draft: last.draft,
          past: past.slice(0, -1),
          future: [...future, { draft, action: last.action }],
        };
      }),

    redo: () =>
      set(({ draft, past, future }) => {
        const next = future.at(-1);
        if (draft === null || next === undefined) return {};
        return {
          draft: next.draft,
          past: [...past, { draft, action: next.action }],
          future: future.slice(0, -1),
        };
      }),

    renamePlan: (name) => changeConfig('rename', (config) => ({ ...config, name })),

    setSource: (next) =>
      changeSource(`source ${Object.keys(next).join()}`, (source) => ({ ...source, ...next })),

    setSourceOption: (id, value) =>
      changeSource(`source ${id}`, (source) => ({
        ...source,
        options: withOption(source.options, id, value),
      })),

    setColumnType: (column, edit) =>
      changeSource(`type ${column.name}`, (source) => {
        const others = (source.columns ?? []).filter((each) => !isSameColumn(each.column, column));
        const isEmpty = edit.type === undefined && edit.onMisfit === undefined;
        return { ...source, columns: isEmpty ? others : [...others, { column, ...edit }] };
      }),

    setColumns: (columns) =>
      change('columns', (draft) => ({
        columns,
        config: withStep(draft.config, 'select', columns && selectStep(columns)),
      })),

    setFilter: (text, columns) =>
      change('filter', (draft) => {
        const filterProblem = filterProblemOf(text, columns);
        if (filterProblem) return { filterText: text, filterProblem };
        const options = text.trim() === '' ? null : filterStep(text);
        return {
          filterText: text,
          filterProblem,
          config: withStep(draft.config, 'filter', options),
        };
      }),

    setLimit: (limit, offset) =>
      changeConfig('limit', (config) =>
        withStep(config, 'limit', limit === null && offset === 0 ? null : limitStep(limit, offset)),
      ),

    setFormat: (id) =>
      change('format', (draft) => ({
        presetId: null,
        config: {
          ...draft.config,
          outputs: draft.config.outputs.map((output) => ({
            ...output,
            format: { id, options: {} },
          })),
        },
      })),

    choosePreset: (preset) =>
      change('preset', (draft) => ({
        presetId: preset.id,
        config: {
          ...draft.config,
          outputs: draft.config.outputs.map((output) => ({
            ...output,
            format: { ...output.format, options: { ...preset.options } },
          })),
        },
      })),

    setFormatOption: (id, value) =>
      changeOutput(`option ${id}`, (output) => ({
        ...output,
        format: { ...output.format, options: withOption(output.format.options, id, value) },
      })),

    patchOptions: (path, options) => {
      if (path.startsWith('sources.'))
        changeSource('remedy', (source) => ({
          ...source,
          options: { ...source.options, ...options },
        }));
      else
        changeOutput('remedy', (output) => ({
          ...output,
          format: { ...output.format, options: { ...output.format.options, ...options } },
        }));
    },

    setOutput: (next) =>
      changeOutput(`output ${Object.keys(next).join()}`, (output) => ({ ...output, ...next })),

    setCharset: (next) =>
      changeOutput(`charset ${Object.keys(next).join()}`, (output) => ({
        ...output,
        charset: { ...output.charset, ...next },
      })),

    setDelivery: (id) =>
      changeOutput('delivery', (output) => ({ ...output, delivery: { id, options: {} } })),

    setFolder: (folder) => change('folder', () => ({ folder })),
  };
});

/** The one output of the draft. */
export function outputOf(config: ExportConfig): OutputConfig {
  return config.outputs[0]!;
}

/** The one source of the draft. */
export function sourceOf(config: ExportConfig): SourceConfig {
  return config.sources[0]!;
}

/** The step of this kind, if the plan has one. */
export function stepOf(config: ExportConfig, kind: string): StepConfig | undefined {
  return config.datasets[0]!.steps.find((step) => step.kind === kind);
}

export function isSameColumn(a: ColumnRef, b: ColumnRef): boolean {
  return a.name === b.name && (a.nth ?? 0) === (b.nth ?? 0);
}

/** Rows are filtered and cut under their source names, so select, which renames, comes last. */
const STEP_ORDER = ['filter', 'limit', 'select'];

function withStep(config: ExportConfig, kind: string, options: Options | null): ExportConfig {
  const dataset = config.datasets[0]!;
  const steps = dataset.steps.filter((step) => step.kind !== kind);
  if (options !== null) steps.push({ id: kind, kind, enabled: true, options });
  steps.sort((a, b) => STEP_ORDER.indexOf(a.kind) - STEP_ORDER.indexOf(b.kind));
  return { ...config, datasets: [{ ...dataset, steps }] };
}

function withOption(options: Options, id: string, value: unknown): Options {
  const next = { ...options };
  if (value === undefined) delete next[id];
  else next[id] = value;
  return next;
}

/** A plan for a newly opened file: all of it, in the format and to the place of the plan before, if there was one. */
function draftConfig(file: File, catalogue: Catalogue, before: ExportConfig | null): ExportConfig {
  const name = file.name.toLowerCase();
  const plain = name.replace(/\.(gz|gzip)$/, '');
  const byteSources = catalogue.sources.filter((source) => source.input === 'bytes');
  const source =
    byteSources.find((each) =>
      each.extensions.some((extension) => plain.endsWith(`.${extension.replace(/^\./, '')}`)),
    ) ?? byteSources[0];
  const output = before && outputOf(before);
  return createConfig({
    name: baseName(file.name),
    source: {
      kind: source?.id ?? 'csv',
      from: { binding: SOURCE_BINDING },
      charset: { id: 'auto', onInvalid: 'fail' },
      compression: 'auto',
    },
    format: output?.format ?? firstPart(catalogue.formats, 'csv'),
    delivery: output?.delivery ?? firstDelivery(catalogue),
    ...(output ? { output } : {}),
  });
}

/** File name without extensions that say how it is packed and written. */
function baseName(fileName: string): string {
  return fileName.replace(/(\.(csv|tsv|txt|tab|json|ndjson|jsonl|gz|gzip|zip))+$/i, '') || 'export';
}

function firstPart(cards: { id: string }[], preferred: string): PartConfig {
  const card = cards.find((each) => each.id === preferred) ?? cards[0];
  return { id: card?.id ?? preferred, options: {} };
}

function firstDelivery(catalogue: Catalogue): PartConfig {
  const here = catalogue.deliveries.filter(
    (card) => card.doors.includes('browser') && !card.hostOnly,
  );
  return firstPart(here, 'showSaveFilePicker' in globalThis ? 'file' : 'download');
}
