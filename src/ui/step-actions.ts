// What a person does to the steps of the plan.
import type { ExportConfig, StepConfig } from '../contract/config.ts';
import type { Changes } from './draft-history.ts';
import type { DraftState } from './draft.ts';
import { withoutUnused } from './other-data.ts';
import { placeOfStep, RANGE_STEP, stepOf } from './plan-parts.ts';
import { filterProblemOf } from './plan/read-filter.ts';
import { filterStep, filterTextOf, limitStep, selectStep } from './plan/steps.ts';

type StepActions = Pick<
  DraftState,
  | 'setColumns'
  | 'setFilter'
  | 'setLimit'
  | 'setTimeRange'
  | 'addStep'
  | 'setStep'
  | 'switchStep'
  | 'moveStep'
  | 'removeStep'
>;

export function stepActions({ change, changeConfig }: Changes, get: () => DraftState): StepActions {
  /** The steps in another way; the filter's text follows where its step changed. */
  const changeSteps = (action: string, apply: (steps: StepConfig[]) => StepConfig[]): void =>
    change(action, (draft) => {
      const dataset = draft.config.datasets[0]!;
      const config = {
        ...draft.config,
        datasets: [{ ...dataset, steps: apply(dataset.steps) }, ...draft.config.datasets.slice(1)],
      };
      const plan = withoutUnused({ config, others: draft.others });
      const filter = stepOf(config, 'filter')?.options;
      if (filter === stepOf(draft.config, 'filter')?.options) return plan;
      return { ...plan, filterText: filterTextOf(filter), filterProblem: null };
    });

  return {
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
        withStep(config, 'limit', limit === null && offset === 0 ? null : limitStep(limit, offset)),
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
  };
}

/** The plan with the step `id` as given, in the place it has or ought to have; null: without it. */
function withStep(
  config: ExportConfig,
  id: string,
  options: StepConfig['options'] | null,
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
