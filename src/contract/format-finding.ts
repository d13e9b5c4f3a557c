// What a format or a delivery says of the plan before the run.
/** Something `check` says about an option or a column before the run. */
export interface FormatFinding {
  severity: 'error' | 'warning' | 'loss';
  option?: string;
  column?: string;
  /** How many columns it is about, where they are several. */
  columnCount?: number;
  code: string;
  sentence: string;
  /** Option values that would settle it. */
  remedy?: { title: string; options: Record<string, unknown> };
}

/** Adds what is lost of a column; `remedy`: option values that would keep it. */
export function lossesOf(findings: FormatFinding[], column: string) {
  return (
    code: string,
    sentence: string,
    option?: string,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({
      severity: 'loss',
      column,
      code,
      sentence,
      ...(option !== undefined && { option }),
      ...(remedy && { remedy }),
    });
  };
}
