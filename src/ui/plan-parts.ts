// The parts of a plan by what they are to people: its output, its own source, the steps that have a place for themselves.
import type {
  ExportConfig,
  OutputConfig,
  PartConfig,
  SourceConfig,
  StepConfig,
} from '../contract/config.ts';

/** Id of the filter step that holds the stretch of time. */
export const RANGE_STEP = 'range';

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

export function withOption(
  options: PartConfig['options'],
  id: string,
  value: unknown,
): PartConfig['options'] {
  const next = { ...options };
  if (value === undefined) delete next[id];
  else next[id] = value;
  return next;
}
