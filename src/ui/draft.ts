// The draft: the plan being made, as an ExportConfig plus the live things beside it (input, folder), and how it changes.
import { createStore, type StoreApi } from 'zustand';
import type { Bindings } from '../contract/bindings.ts';
import {
  DEFAULT_CHARSET,
  createConfig,
  type CharsetConfig,
  type ColumnEdit,
  type ExportConfig,
  type OutputConfig,
  type PartConfig,
  type SourceConfig,
  type StepConfig,
} from '../contract/config.ts';
import type { ColumnRef, FilterExpression } from '../contract/filter.ts';
import type { Preset } from '../contract/plugin-card.ts';
import type { StoredWatermark } from '../contract/store.ts';
import type { Catalogue } from '../contract/verbs.ts';
import {
  filterStep,
  filterTextOf,
  limitStep,
  selectStep,
  type ColumnChoice,
} from './plan/steps.ts';
import {
  baseName,
  FILE_BINDING,
  ROWS_KIND,
  SOURCE_BINDING,
  type Input,
  type OpenInput,
} from './input.ts';
import {
  bindingsOfOthers,
  inOrder,
  NO_OTHERS,
  withBindings,
  withOther,
  withOtherChanged,
  withReadings,
  withoutUnused,
  type Candidate,
  type OtherInputs,
} from './other-data.ts';
import { keepDelivery, lastDelivery, usualDelivery } from './last-delivery.ts';
import { filterProblemOf, type FilterProblem } from './plan/read-filter.ts';

export type { Input, OpenInput } from './input.ts';

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

type Options = Record<string, unknown>;

/** What is settled about a column. */
export type Edit = Omit<ColumnEdit, 'column'>;

/** The draft as it was, and what was done to it then. */
interface Change {
  draft: Draft;
  action: string;
}

/** A plan with its way there and back. */
interface Plan {
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

/** The kind of a file that is told by its bytes. */
export const AUTO_KIND = 'auto';

/** Id of the filter step that holds the stretch of time. */
export const RANGE_STEP = 'range';

/** Actions that are whole choices: each is undone by itself. */
const CHOICES = new Set([
  ...['load', 'address', 'format', 'preset', 'remedy', 'delivery', 'folder', 'time', 'packed'],
  ...['add step', 'switch step', 'move step', 'remove step', 'other data', 'edit columns'],
]);
/** A longer pause ends a run of typing. */
const TYPING_MS = 1500;
const UNDO_DEPTH = 100;
let lastKey = 0;
let lastSecret = 0;

export type DraftStore = StoreApi<DraftState>;

/** `keepsDelivery`: whether the delivery chosen last is remembered on this machine. */
export function createDraftStore(keepsDelivery = true): DraftStore {
  return createStore<DraftState>()((set, get) => {
    /** Those of all plans, so that one that is loaded finds what another was given. */
    let kept: NonNullable<Draft['files']> = {};
    /** What was bound last by these names: a plan that is loaded again finds it again. */
    const boundBefore = new Map<string, OpenInput>();
    const remember = (): void => {
      for (const [id, input] of get().draft?.others ?? []) boundBefore.set(id, input);
    };
    // After an undo or redo typing begins anew.
    let changedAt = -Infinity;
    /** Changes the draft; the same action again and again, as in typing, is undone as one. */
    const change = (action: string, apply: (draft: Draft) => Partial<Draft>): void =>
      set(({ draft, past }) => {
        if (draft === null) return {};
        const next = { ...draft, ...apply(draft) };
        const now = performance.now();
        const isSame =
          past.at(-1)?.action === action && !CHOICES.has(action) && now - changedAt < TYPING_MS;
        changedAt = now;
        return {
          draft: next,
          past: isSame ? past : [...past, { draft, action }].slice(-UNDO_DEPTH),
          future: [],
        };
      });
    const changeConfig = (action: string, apply: (config: ExportConfig) => ExportConfig): void =>
      change(action, (draft) => ({ config: apply(draft.config) }));
    /** The steps in another way; the filter's text follows where its step changed. */
    const changeSteps = (action: string, apply: (steps: StepConfig[]) => StepConfig[]): void =>
      change(action, (draft) => {
        const dataset = draft.config.datasets[0]!;
        const config = {
          ...draft.config,
          datasets: [
            { ...dataset, steps: apply(dataset.steps) },
            ...draft.config.datasets.slice(1),
          ],
        };
        const plan = withoutUnused({ config, others: draft.others });
        const filter = stepOf(config, 'filter')?.options;
        if (filter === stepOf(draft.config, 'filter')?.options) return plan;
        return { ...plan, filterText: filterTextOf(filter), filterProblem: null };
      });
    const changeOutput = (action: string, apply: (output: OutputConfig) => OutputConfig): void =>
      changeConfig(action, (config) => ({ ...config, outputs: config.outputs.map(apply) }));
    /** The plan's own source in another way; plans that take the same input as other data follow. */
    const changeSource = (action: string, apply: (source: SourceConfig) => SourceConfig): void => {
      changeConfig(action, (config) => ({
        ...config,
        sources: config.sources.map((source, i) => (i === 0 ? apply(source) : source)),
      }));
      set(({ draft, shelf }) =>
        draft === null ? {} : { draft: asReadBy(draft, draft), shelf: followed(shelf, draft) },
      );
    };

    return {
      draft: null,
      past: [],
      future: [],
      inputs: [],
      shelf: new Map(),

      openInputs: (inputs, catalogue, isBeside = false) => {
        const opened = inputs.map((input): OpenInput => ({
          ...input,
          key: ++lastKey,
          stem: baseName(input.name, catalogue),
        }));
        set((state) => {
          const before = state.draft;
          const plans = opened.map((input): [number, Plan] => [
            input.key,
            {
              draft: {
                config: draftConfig(
                  input,
                  catalogue,
                  before?.config ?? null,
                  keepsDelivery ? lastDelivery() : undefined,
                ),
                input,
                others: NO_OTHERS,
                folder: before?.folder ?? null,
                files: kept,
                presetId: before?.presetId ?? null,
                presetCharset: before?.presetCharset ?? null,
                filterText: '',
                filterProblem: null,
              },
              past: [],
              future: [],
            },
          ]);
          if (plans.length === 0) return {};
          const all = new Map([...shelved(state), ...plans]);
          const candidates = candidatesOf(new Map(plans));
          const shelf = new Map([...all].map(([key, plan]) => [key, withFound(plan, candidates)]));
          const shown = isBeside && before !== null ? before.input : opened[0]!;
          return { inputs: [...state.inputs, ...opened], ...taken(shelf, shown.key) };
        });
        return opened;
      },

      chooseInput: (key) => set((state) => taken(shelved(state), key)),

      closeInput: (key) =>
        set((state) => {
          const inputs = state.inputs.filter((input) => input.key !== key);
          const shelf = new Map(shelved(state));
          shelf.delete(key);
          const next = state.draft?.input.key === key ? inputs.at(-1)?.key : state.draft?.input.key;
          return { inputs, ...taken(shelf, next ?? null) };
        }),

      loadConfig: (stored, template = null) =>
        change('load', (draft) => {
          const config = inOrder(stored);
          const own = sourceOf(draft.config);
          // The stored plan says how to read and what to make; what is read stands open here.
          const [source, ...others] = config.sources;
          // How bytes are read says nothing of rows, nor the other way round.
          const stays = 'rows' in draft.input.data || source!.kind === ROWS_KIND;
          const { id, watermark } = source!;
          const how = stays ? { ...own, id, ...(watermark && { watermark }) } : source!;
          // Whether it is one file or several is the input's own.
          const several = 'bytes' in draft.input.data && 'files' in draft.input.data.bytes;
          const files = several && how.files === undefined ? own.files : how.files;
          const sources = [{ ...how, ...(files && { files }), from: own.from }, ...others];
          const isOpen = (input: OpenInput) => get().inputs.some(({ key }) => key === input.key);
          const before = new Map([...boundBefore].filter(([, input]) => isOpen(input)));
          for (const [id, input] of draft.others) before.set(id, input);
          return {
            template,
            files: kept,
            ...withBindings({ ...config, sources }, before, candidatesOf(shelved(get()))),
            presetId: null,
            presetCharset: null,
            filterText: filterTextOf(stepOf(config, 'filter')?.options),
            filterProblem: null,
          };
        }),

      // None of these is a change of the plan that could be undone.
      setTemplate: (template) =>
        set(({ draft }) => (draft === null ? {} : { draft: { ...draft, template } })),

      moveWatermarks: (template) =>
        set(({ draft, shelf }) => {
          const moved = (each: Draft | null): Draft | null =>
            each?.template?.id === template.id ? { ...each, template } : each;
          return {
            draft: moved(draft),
            shelf: new Map(
              [...shelf].map(([key, plan]) => [key, { ...plan, draft: moved(plan.draft) }]),
            ),
          };
        }),

      setAddress: ({ name, data }) =>
        change('address', (draft) => {
          const before = draft.input.data;
          if (!('origin' in data) || !('origin' in before)) return {};
          const { secrets } = data;
          const input = {
            ...draft.input,
            name,
            data: { ...data, secrets: { ...before.secrets, ...secrets } },
          };
          const from = { origin: data.origin, options: data.options };
          return {
            input,
            config: {
              ...draft.config,
              sources: draft.config.sources.map((source, i) =>
                i === 0 ? { ...source, from } : source,
              ),
            },
            // The same address may let in by another secret what it refused before.
            secretsAt: ++lastSecret,
          };
        }),

      undo: () =>
        set(({ draft, past, future }) => {
          const last = past.at(-1);
          if (draft === null || last === undefined) return {};
          changedAt = -Infinity;
          return {
            draft: { ...last.draft, template: templateOf(last.draft, draft), files: kept },
            past: past.slice(0, -1),
            future: [...future, { draft, action: last.action }],
          };
        }),

      redo: () =>
        set(({ draft, past, future }) => {
          const next = future.at(-1);
          if (draft === null || next === undefined) return {};
          changedAt = -Infinity;
          return {
            draft: { ...next.draft, template: templateOf(next.draft, draft), files: kept },
            past: [...past, { draft, action: next.action }],
            future: future.slice(0, -1),
          };
        }),

      renamePlan: (name) => changeConfig('rename', (config) => ({ ...config, name })),

      setTimeZone: (timeZone) => changeConfig('zone', (config) => ({ ...config, timeZone })),

      setSource: (next) =>
        changeSource(`source ${Object.keys(next).join()}`, (source) => ({ ...source, ...next })),

      setSourceOption: (id, value) =>
        changeSource(`source ${id}`, (source) => ({
          ...source,
          options: withOption(source.options, id, value),
        })),

      editColumn: (column, edit) =>
        changeSource(`edit ${column.nth ?? 0} ${column.name}`, (source) => ({
          ...source,
          columns: withEdit(source.columns, column, edit),
        })),

      editColumns: (edits) =>
        changeSource('edit columns', (source) => ({
          ...source,
          columns: edits.reduce<ColumnEdit[]>(
            (columns, { column, ...edit }) => withEdit(columns, column, edit),
            source.columns ?? [],
          ),
        })),

      setColumns: (columns) =>
        changeConfig('columns', (config) =>
          withStep(config, 'select', columns && selectStep(columns)),
        ),

      setFilter: (text, columns, part = '') =>
        change(`filter ${part}`, (draft) => {
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
          withStep(
            config,
            'limit',
            limit === null && offset === 0 ? null : limitStep(limit, offset),
          ),
        ),

      setTimeRange: (range) =>
        changeConfig('time', (config) =>
          withStep(config, RANGE_STEP, range && { where: range }, 'filter'),
        ),

      addStep: (kind, options = {}) => {
        const steps = get().draft?.config.datasets[0]!.steps ?? [];
        let id = kind;
        for (let n = 2; steps.some((step) => step.id === id); n++) id = `${kind}-${n}`;
        changeSteps('add step', (before) => {
          const { config } = get().draft!;
          const last = [stepOf(config, 'limit'), stepOf(config, 'select')];
          let at = before.length;
          while (at > 0 && last.includes(before[at - 1])) at--;
          return before.toSpliced(at, 0, { id, kind, enabled: true, options });
        });
        return id;
      },

      setStep: (id, options) =>
        changeSteps(`step ${id}`, (steps) =>
          steps.map((step) => (step.id === id ? { ...step, options } : step)),
        ),

      switchStep: (id, isOn) =>
        changeSteps('switch step', (steps) =>
          steps.map((step) => (step.id === id ? { ...step, enabled: isOn } : step)),
        ),

      moveStep: (id, to) =>
        changeSteps('move step', (steps) => {
          const moved = steps.find((step) => step.id === id);
          return moved ? steps.filter((step) => step !== moved).toSpliced(to, 0, moved) : steps;
        }),

      removeStep: (id) =>
        changeSteps('remove step', (steps) => steps.filter((step) => step.id !== id)),

      takeOther: (stepId, input, options, table) => {
        change('other data', (draft) => {
          const source = readingOf(get(), input);
          if (source === undefined) return {};
          const { config, others, id } = withOther(draft, { input, source }, table);
          const datasets = config.datasets.map((dataset, i) => {
            if (i > 0) return dataset;
            const steps = dataset.steps.map((step) =>
              step.id === stepId ? { ...step, options: options(id) } : step,
            );
            return { ...dataset, steps };
          });
          return withoutUnused({ config: { ...config, datasets }, others });
        });
        remember();
      },

      bindOther: (sourceId, input) => {
        change('other data', (draft) => {
          const others = new Map(draft.others).set(sourceId, input);
          return withBindings(draft.config, others, candidatesOf(shelved(get())));
        });
        remember();
      },

      setOther: (sourceId, next) =>
        changeConfig(`other ${sourceId} ${Object.keys(next).join()}`, (config) =>
          withOtherChanged(config, sourceId, next),
        ),

      setFormat: (id, preset) => change('format', (draft) => withFormat(draft, id, preset)),

      choosePreset: (preset) =>
        change('preset', (draft) => withFormat(draft, outputOf(draft.config).format.id, preset)),

      setFormatOption: (id, value, part = '') =>
        changeOutput(`option ${id} ${part}`, (output) => ({
          ...output,
          format: { ...output.format, options: withOption(output.format.options, id, value) },
        })),

      patchOptions: (path, options) => {
        const [kind, at] = path.split('.');
        if (kind === 'sources')
          changeConfig('remedy', (config) => ({
            ...config,
            sources: config.sources.map((source, i) =>
              i === Number(at) ? { ...source, options: { ...source.options, ...options } } : source,
            ),
          }));
        else
          changeOutput('remedy', (output) => ({
            ...output,
            format: { ...output.format, options: { ...output.format.options, ...options } },
          }));
      },

      setOutput: (next) =>
        changeOutput(`output ${Object.keys(next).join()}`, (output) => ({ ...output, ...next })),

      setPacked: ({ format, archive, compression }) =>
        change('packed', (draft) => {
          const isOther = format.id !== outputOf(draft.config).format.id;
          const base = isOther ? withFormat(draft, format.id) : draft;
          const outputs = base.config.outputs.map((output) => ({
            ...output,
            ...{ format, archive, compression },
          }));
          return { ...base, config: { ...base.config, outputs } };
        }),

      setCharset: (next) =>
        changeOutput(`charset ${Object.keys(next).join()}`, (output) => ({
          ...output,
          charset: { ...output.charset, ...next },
        })),

      setDelivery: (id) => {
        if (keepsDelivery) keepDelivery(id);
        changeOutput('delivery', (output) => ({ ...output, delivery: { id, options: {} } }));
      },

      setFolder: (folder) => change('folder', () => ({ folder })),

      setSecret: (id, value) =>
        change(`secret ${id}`, ({ secrets }) => ({
          secrets: { ...secrets, [id]: value },
          secretsAt: ++lastSecret,
        })),

      keepFile: (file) => {
        let id = FILE_BINDING + file.name;
        // Another file of the same name must not stand for one that a plan, or its past, means.
        for (let n = 2; !isSameFile(kept[id] ?? file, file); n++)
          id = `${FILE_BINDING}${file.name}#${n}`;
        kept = { ...kept, [id]: file };
        set(({ draft }) => (draft === null ? {} : { draft: { ...draft, files: kept } }));
        return id;
      },
    };
  });
}

function isSameFile(a: File, b: File): boolean {
  return a.size === b.size && a.lastModified === b.lastModified;
}

/** What a draft of before knows of its template by now. */
function templateOf({ template = null }: Draft, now: Draft): PlanTemplate | null {
  return template?.id === now.template?.id ? (now.template ?? null) : template;
}

/** All plans by their input's key, the one that is shown too. */
function shelved({ draft, past, future, shelf }: DraftState): ReadonlyMap<number, Plan> {
  return draft === null ? shelf : new Map([...shelf, [draft.input.key, { draft, past, future }]]);
}

/** The plan of this key off the shelf. */
function taken(
  shelf: ReadonlyMap<number, Plan>,
  key: number | null,
): Plan & Pick<DraftState, 'shelf'> {
  const plan = key === null ? undefined : shelf.get(key);
  const rest = new Map(shelf);
  if (key !== null) rest.delete(key);
  return { ...(plan ?? { draft: null, past: [], future: [] }), shelf: rest };
}

/** The open inputs of these plans, and how those read them. */
function candidatesOf(plans: ReadonlyMap<number, Plan>): Candidate[] {
  return [...plans.values()].flatMap(({ draft }) =>
    draft === null ? [] : { input: draft.input, source: sourceOf(draft.config) },
  );
}

/** How this input is read by its own plan, or, closed meanwhile, by the one that is shown. */
export function readingOf(state: DraftState, { key }: OpenInput): SourceConfig | undefined {
  const own = shelved(state).get(key)?.draft;
  if (own) return sourceOf(own.config);
  return state.draft?.config.sources.find(({ id }) => state.draft!.others.get(id)?.key === key);
}

/** A plan whose other data are the other's own input, read as that reads it now. */
function asReadBy<T extends Draft>(draft: T, { input, config }: Draft): T {
  const next = withReadings(draft, input.key, sourceOf(config));
  return next === draft.config ? draft : { ...draft, config: next };
}

function followed(shelf: DraftState['shelf'], changed: Draft): DraftState['shelf'] {
  return new Map(
    [...shelf].map(([key, plan]) => [
      key,
      { ...plan, draft: plan.draft && asReadBy(plan.draft, changed) },
    ]),
  );
}

/** The plan, and all it was before, with other data that it missed and that are open now. */
function withFound({ draft, past, future }: Plan, candidates: readonly Candidate[]): Plan {
  const found = (each: Draft): Draft => {
    const isComplete = each.config.sources.slice(1).every(({ id }) => each.others.has(id));
    return isComplete ? each : { ...each, ...withBindings(each.config, each.others, candidates) };
  };
  const foundIn = (changes: Change[]) =>
    changes.map((change) => ({ ...change, draft: found(change.draft) }));
  return { draft: draft && found(draft), past: foundIn(past), future: foundIn(future) };
}

/** The live things a question about the draft needs. */
export function bindingsOf(draft: Draft): Bindings {
  const { config, template } = draft;
  const { data } = draft.input;
  const { bytes, rows, secrets } = bindingsOfOthers(draft);
  const watermarks = (template?.watermarks ?? []).filter(({ sourceId, column }) => {
    const own = config.sources.find(({ id }) => id === sourceId)?.watermark?.column;
    return own !== undefined && isSameColumn(own, column);
  });
  const all: Bindings = {
    bytes: { ...bytes, ...draft.files, ...('bytes' in data && { [SOURCE_BINDING]: data.bytes }) },
    rows: { ...rows, ...('rows' in data && { [SOURCE_BINDING]: data.rows }) },
    secrets: { ...secrets, ...('origin' in data && data.secrets), ...draft.secrets },
    watermarks: Object.fromEntries(watermarks.map(({ sourceId, value }) => [sourceId, value])),
  };
  const some = Object.entries(all).filter(([, bound]) => Object.keys(bound).length > 0);
  return { ...Object.fromEntries(some), clock: () => Date.now() };
}

/** The one output of the draft. */
export function outputOf(config: ExportConfig): OutputConfig {
  return config.outputs[0]!;
}

/** The draft's own source; others that its steps take stand behind it. */
export function sourceOf(config: ExportConfig): SourceConfig {
  return config.sources[0]!;
}

/**
 * The step of this kind that has a part of the Data step for itself, if the plan has one: the one called so, or else the first.
 * The stretch of time, a filter too, goes by `RANGE_STEP`.
 */
export function stepOf(config: ExportConfig, kind: string): StepConfig | undefined {
  const { steps } = config.datasets[0]!;
  const named = steps.find((step) => step.id === kind);
  if (named !== undefined || kind === RANGE_STEP) return named;
  return steps.find((step) => step.kind === kind && step.id !== RANGE_STEP);
}

/** The same unless it is switched off. */
export function activeStepOf(config: ExportConfig, kind: string): StepConfig | undefined {
  const step = stepOf(config, kind);
  return step?.enabled ? step : undefined;
}

/**
 * Where in the order the step of this kind stands, or would: rows are filtered under the names and values of the source; the
 * limit and select, which renames, come last.
 */
export function placeOfStep(config: ExportConfig, kind: string): number {
  const { steps } = config.datasets[0]!;
  const step = stepOf(config, kind);
  if (step !== undefined) return steps.indexOf(step);
  if (kind === RANGE_STEP) return 0;
  if (kind === 'filter') return steps.findIndex(({ id }) => id === RANGE_STEP) + 1;
  const select = stepOf(config, 'select');
  return kind === 'limit' && select !== undefined ? steps.indexOf(select) : steps.length;
}

export function isSameColumn(a: ColumnRef, b: ColumnRef): boolean {
  return a.name === b.name && (a.nth ?? 0) === (b.nth ?? 0);
}

/** The edits with this one; an empty one is left out. */
export function withEdit(
  columns: readonly ColumnEdit[] | undefined,
  column: ColumnRef,
  edit: Edit,
): ColumnEdit[] {
  const before = columns ?? [];
  const at = before.findIndex((each) => isSameColumn(each.column, column));
  const isEmpty = Object.values(edit).every((value) => value === undefined);
  const next = isEmpty ? [] : [{ column, ...edit }];
  return at < 0 ? [...before, ...next] : before.toSpliced(at, 1, ...next);
}

/** The plan with the step `id` as given, in the place it has or ought to have; null: without it. */
function withStep(
  config: ExportConfig,
  id: string,
  options: Options | null,
  kind = id,
): ExportConfig {
  const dataset = config.datasets[0]!;
  const before = stepOf(config, id);
  let steps: StepConfig[];
  if (options === null) steps = dataset.steps.filter((step) => step !== before);
  else if (before) {
    const next = { ...before, enabled: true, options };
    steps = dataset.steps.map((step) => (step === before ? next : step));
  } else {
    const next: StepConfig = { id, kind, enabled: true, options };
    steps = dataset.steps.toSpliced(placeOfStep(config, id), 0, next);
  }
  return { ...config, datasets: [{ ...dataset, steps }] };
}

/** The draft with another format or preset: its options anew, and of the charset what the last preset had set and this one sets. */
export function withFormat(
  draft: Draft,
  id: string,
  preset?: Preset,
): Pick<Draft, 'config' | 'presetId' | 'presetCharset'> {
  const added = preset?.output?.charset ?? null;
  const outputs = draft.config.outputs.map((output) => {
    const charset: CharsetConfig = { ...output.charset };
    const was = draft.presetCharset;
    const isUntouched = was?.id === charset.id && was.bom === charset.bom;
    if (isUntouched) Object.assign(charset, { id: DEFAULT_CHARSET.id, bom: DEFAULT_CHARSET.bom });
    return {
      ...output,
      charset: { ...charset, ...added },
      format: { id, options: { ...preset?.options } },
    };
  });
  return {
    config: { ...draft.config, outputs },
    presetId: preset?.id ?? null,
    presetCharset: added,
  };
}

function withOption(options: Options, id: string, value: unknown): Options {
  const next = { ...options };
  if (value === undefined) delete next[id];
  else next[id] = value;
  return next;
}

/** A plan for a newly opened input: all of it, in the format and to the place of the plan before, if there was one. */
function draftConfig(
  input: Input,
  catalogue: Catalogue,
  before: ExportConfig | null,
  lastDeliveryId: string | undefined,
): ExportConfig {
  const output = before && outputOf(before);
  return createConfig({
    name: baseName(input.name, catalogue),
    source: sourceConfig(input, catalogue),
    format: output?.format ?? firstPart(catalogue.formats, 'csv'),
    delivery: output?.delivery ?? {
      id: usualDelivery(catalogue, input.sizeBytes, lastDeliveryId) ?? 'download',
      options: {},
    },
    ...(output ? { output } : {}),
  });
}

function sourceConfig(input: Input, catalogue: Catalogue): Omit<SourceConfig, 'id' | 'options'> {
  const { data } = input;
  const from =
    'origin' in data ? { origin: data.origin, options: data.options } : { binding: SOURCE_BINDING };
  if ('rows' in data) {
    const rows = catalogue.sources.find((source) => source.input === 'batches');
    return { kind: rows?.id ?? ROWS_KIND, from };
  }
  return {
    // What is in a file its bytes tell better than its name.
    kind: AUTO_KIND,
    from,
    ...('bytes' in data && 'files' in data.bytes && { files: { columns: 'union' as const } }),
    charset: { id: 'auto', onInvalid: 'fail' },
    compression: 'auto',
  };
}

function firstPart(cards: { id: string }[], preferred: string): PartConfig {
  const card = cards.find((each) => each.id === preferred) ?? cards[0];
  return { id: card?.id ?? preferred, options: {} };
}
