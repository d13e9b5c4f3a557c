// Lines of dashes and the like that show where columns stand: below the names, and around tables of databases' shells.
import type { LayoutColumn } from './columns.ts';

const LF = 10;
/** Lines looked at. */
const MOST_LINES = 60;

/** Runs of dashes or equal signs, between blanks, plus signs or bars. */
const RULER = /^[ +|]*(?:[-=]+[ +|]+)*[-=]+[ +|]*$/;

/** The columns that a line shows when it is a ruler; null when it is none. The last is open unless the line closes it. */
export function rulerColumns(line: string): LayoutColumn[] | null {
  if (!RULER.test(line)) return null;
  const columns = [...line.matchAll(/[-=]+/g)].map(({ index, 0: run }): LayoutColumn => ({
    name: null,
    from: index,
    to: index + run.length,
  }));
  const last = columns.at(-1)!;
  if (!/[+|]\s*$/.test(line)) last.to = Infinity;
  return columns;
}

/** Whether a line near the start shows several columns by dashes, with something above it or a second one below. */
export function hasRuler(head: Uint8Array): boolean {
  let from = 0;
  let above = 0;
  for (let n = 0; n < MOST_LINES && from < head.length; n++) {
    const feed = head.indexOf(LF, from);
    if (feed < 0) return false;
    const bytes = head.subarray(from, Math.min(feed, from + 4_000));
    from = feed + 1;
    // Only a few characters occur in a ruler, and most lines begin with another.
    const line = String.fromCharCode(...bytes).trimEnd();
    if (line === '') continue;
    const columns = rulerColumns(line);
    // Bars at the ends of a ruler are those of Markdown, whose columns need not stand at the same places.
    const isSure = !line.startsWith('|') && /[-=]{3}/.test(line);
    if (columns !== null && columns.length > 1 && isSure && above > 0) return true;
    above++;
  }
  return false;
}
