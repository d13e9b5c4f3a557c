// What a format or a delivery says of the plan before the run.
/** Something `check` says about an option or a column before the run. */
export interface FormatFinding {
  severity: 'error' | 'warning' | 'loss';
  option?: string;
  column?: string;
  code: string;
  sentence: string;
  /** Option values that would settle it. */
  remedy?: { title: string; options: Record<string, unknown> };
}
