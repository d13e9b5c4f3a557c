// What is wrong with flags.
import { ExportError } from '../../contract/errors.ts';

/** The value of a flag cannot be. */
export function wrongFlag(flag: string, detail: string): ExportError {
  return new ExportError('config.wrong-option', { path: `--${flag}`, detail });
}

/** Flags that cannot be together, or have nothing to act on. */
export function conflict(detail: string, remedy: string): ExportError {
  return new ExportError('config.conflict', { detail, remedy });
}
