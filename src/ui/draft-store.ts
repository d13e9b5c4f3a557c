// Makes the store of the draft: all that can be done to the plan, each change kept so that it can be undone.
import { createStore } from 'zustand';
import type { ColumnEdit, SourceConfig } from '../contract/config.ts';
import { withEdit } from './column-edits.ts';
import { createHistory } from './draft-history.ts';
import type { Draft, DraftState, DraftStore, Plan } from './draft.ts';
import { baseName, FILE_BINDING, ROWS_KIND, type OpenInput } from './input.ts';
import { lastDelivery } from './last-delivery.ts';
import { draftConfig } from './new-plan.ts';
import {
  NO_OTHERS,
  inOrder,
  withBindings,
  withOther,
  withOtherChanged,
  withoutUnused,
} from './other-data.ts';
import { outputActions } from './output-actions.ts';
import { sourceOf, stepOf, withOption } from './plan-parts.ts';
import {
  asReadBy,
  candidatesOf,
  followed,
  readingOf,
  shelved,
  taken,
  withFound,
} from './plan-shelf.ts';
import { filterTextOf } from './plan/steps.ts';
import { stepActions } from './step-actions.ts';

let lastKey = 0;
let lastSecret = 0;

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
    const history = createHistory(set, () => kept);
    const { change, changeConfig } = history;
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

      undo: history.undo,
      redo: history.redo,
      ...stepActions(history, get),
      ...outputActions(history, keepsDelivery),

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
