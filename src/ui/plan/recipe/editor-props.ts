// What every editor of a step gets.
import type { StepConfig } from '../../../contract/config.ts';
import type { Catalogue, CheckIssue, InspectedColumn } from '../../../contract/verbs.ts';

export interface StepEditorProps {
  step: StepConfig;
  card: Catalogue['transforms'][number];
  /** 0-based among the steps. */
  place: number;
  /** Columns that come to the step. */
  columns: readonly InspectedColumn[];
  /** Of this step alone. */
  issues: readonly CheckIssue[];
  onChange: (options: Record<string, unknown>) => void;
}

/** Where the options of a step stand in the paths of issues. */
export const STEP_OPTIONS = 'datasets.steps.options';
