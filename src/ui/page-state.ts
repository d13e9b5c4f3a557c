// What of the page is open and shown; nothing of it belongs to the plan.
import { createStore, type StoreApi } from 'zustand';

export type StepId = 'format' | 'data' | 'options' | 'delivery';
export type RowsPart = 'first' | 'last' | 'problems';
export type PreviewTab = 'rows' | 'output' | 'schema' | 'losses';

export interface PageState {
  openSteps: readonly StepId[];
  tab: PreviewTab;
  /** Which rows the preview shows. */
  rowsPart: RowsPart;
  /** 0-based column from which on the preview asks for cells: of a wide table it holds some only. */
  firstColumn: number;
  /** Id of the step of the recipe whose editor is open. */
  recipeStep: string | null;
  /** Whether the form for how the file is read is open. */
  isSourceOpen: boolean;
  /** Which half a narrow screen shows. */
  pane: 'plan' | 'preview';
  /** As it is for a newly opened file: all closed, the first rows shown. */
  reset(): void;
  /** For another input: its first rows and columns. */
  lookAnew(): void;
  /** Opens or closes a step; others close unless `keepOthers`. */
  toggleStep(step: StepId, keepOthers: boolean): void;
  openStep(step: StepId): void;
  openRecipeStep(id: string | null): void;
  toggleSource(isOpen: boolean): void;
  showTab(tab: PreviewTab): void;
  showRows(part: RowsPart): void;
  showColumns(firstColumn: number): void;
  showPane(pane: 'plan' | 'preview'): void;
}

export type PageStore = StoreApi<PageState>;

export function createPageStore(): PageStore {
  return createStore<PageState>()((set) => ({
    openSteps: [],
    isSourceOpen: false,
    tab: 'rows',
    rowsPart: 'first',
    firstColumn: 0,
    recipeStep: null,
    pane: 'plan',
    reset: () =>
      set({
        openSteps: [],
        isSourceOpen: false,
        tab: 'rows',
        rowsPart: 'first',
        firstColumn: 0,
        recipeStep: null,
        pane: 'plan',
      }),
    lookAnew: () => set({ rowsPart: 'first', firstColumn: 0, recipeStep: null }),
    toggleStep: (step, keepOthers) =>
      set(({ openSteps }) => ({
        openSteps: openSteps.includes(step)
          ? openSteps.filter((each) => each !== step)
          : keepOthers
            ? [...openSteps, step]
            : [step],
      })),
    openStep: (step) => set({ openSteps: [step], pane: 'plan' }),
    openRecipeStep: (recipeStep) => set({ recipeStep }),
    toggleSource: (isSourceOpen) => set({ isSourceOpen }),
    showTab: (tab) => set({ tab }),
    showRows: (rowsPart) => set({ rowsPart, tab: 'rows' }),
    showColumns: (firstColumn) => set({ firstColumn }),
    showPane: (pane) => set({ pane }),
  }));
}
