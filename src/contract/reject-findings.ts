// Ends an encoder at once whose options contradict each other.
import { ExportError } from './errors.ts';
import type { FormatFinding } from './format-finding.ts';

/** Throws `config.conflict` for the first finding that is an error. */
export function rejectFindings(findings: readonly FormatFinding[]): void {
  const error = findings.find((f) => f.severity === 'error');
  if (error)
    throw new ExportError('config.conflict', {
      detail: error.sentence,
      remedy: error.remedy?.title ?? 'Change the option.',
    });
}
