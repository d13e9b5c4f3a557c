// Compiles regular expressions: RE2 syntax, linear time, the same in both doors.
import { RE2JS } from 're2js';
import { ExportError, shorten } from '../contract/errors.ts';

/** A pattern compiled once; throws `filter.wrong-pattern`. */
export function compilePattern(pattern: string, flags = 0): RE2JS {
  try {
    return RE2JS.compile(pattern, flags);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError('filter.wrong-pattern', { pattern: shorten(pattern), detail }, { cause });
  }
}
