// Cuts one text into parts: at a delimiter, a pattern, widths, or into a pattern's groups.
import { ExportError } from '../../contract/errors.ts';
import { compilePattern } from '../../expression/compile-pattern.ts';
import type { SplitOptions } from './options.ts';
import { SPLIT_SAYS } from './texts.ts';

/** The parts of a text, at most as many as there are names; null: the pattern does not match. */
export interface Parts {
  parts: (string | null)[];
  /** The last part with all that stands behind it; null: there is nothing behind. */
  withRest: string | null;
}

export type Cut = (text: string) => Parts | null;

/** Throws `config.conflict` and `filter.wrong-pattern`. */
export function createCut({ by, names, delimiter, pattern, widths }: SplitOptions): Cut {
  const most = names.length;
  if (most === 0) throw conflict(SPLIT_SAYS.noNames, SPLIT_SAYS.noNamesRemedy);
  switch (by) {
    case 'delimiter':
      return cutBetween(most, (text, from) => {
        const start = text.indexOf(delimiter, from);
        return start < 0 ? null : [start, start + delimiter.length];
      });
    case 'pattern': {
      const compiled = compilePattern(pattern);
      return (text) => {
        const matcher = compiled.matcher(text);
        // A match of nothing cuts nowhere.
        return cutBetween(most, () => {
          while (matcher.find())
            if (matcher.end() > matcher.start()) return [matcher.start(), matcher.end()];
          return null;
        })(text);
      };
    }
    case 'groups': {
      const compiled = compilePattern(pattern);
      const count = compiled.groupCount();
      if (count !== most) throw countConflict('groups', count, most);
      return (text) => {
        const matcher = compiled.matcher(text);
        if (!matcher.find()) return null;
        const parts = names.map((_, i) => matcher.group(i + 1));
        return { parts, withRest: null };
      };
    }
    default:
      if (widths.length !== most) throw countConflict('widths', widths.length, most);
      return cutAtWidths(widths);
  }
}

const conflict = (detail: string, remedy: string): ExportError =>
  new ExportError('config.conflict', { detail, remedy });

const countConflict = (what: string, found: number, names: number): ExportError =>
  conflict(SPLIT_SAYS.otherCount(what, found, names), SPLIT_SAYS.otherCountRemedy);

/** `next`: where the next separator at or behind an offset starts and ends. */
function cutBetween(
  most: number,
  next: (text: string, from: number) => [start: number, end: number] | null,
): Cut {
  return (text) => {
    const parts: string[] = [];
    let from = 0;
    for (;;) {
      const separator = next(text, from);
      if (separator === null) return { parts: [...parts, text.slice(from)], withRest: null };
      parts.push(text.slice(from, separator[0]));
      if (parts.length === most) return { parts, withRest: text.slice(from) };
      from = separator[1];
    }
  };
}

/** Widths count code points. */
function cutAtWidths(widths: readonly number[]): Cut {
  return (text) => {
    const parts: string[] = [];
    let at = 0;
    let last = 0;
    for (const width of widths) {
      if (at >= text.length && parts.length > 0) break;
      last = at;
      for (let n = 0; n < width && at < text.length; n++)
        at += text.codePointAt(at)! > 0xffff ? 2 : 1;
      parts.push(text.slice(last, at));
    }
    return { parts, withRest: at < text.length ? text.slice(last) : null };
  };
}
