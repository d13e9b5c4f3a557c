// The columns of a layout: each as its places in the line or as a width, with a name or without.

/** One column, in places from 0; `to` is exclusive, Infinity = to the end of the line. */
export interface LayoutColumn {
  /** null = the header's, or a number. */
  name: string | null;
  from: number;
  to: number;
}

/** Farthest place a column may have. */
const MOST_PLACES = 1_000_000;

const SPELLING = /^(?:([^]*)=)?\s*(?:(\d+)|(\d+)\s*-\s*(\d*))\s*$/;

/**
 * Columns as they are written: `10` (a width, behind the column before), `11-20` (first and last place, from 1), `21-` (to the
 * end of the line), each with a name before it if wanted (`id=1-10`). The number of the first wrong one instead, from 0.
 */
export function parseColumns(texts: readonly string[]): LayoutColumn[] | number {
  const columns: LayoutColumn[] = [];
  let end = 0;
  for (const [i, text] of texts.entries()) {
    const [, name, width, first, last] = SPELLING.exec(text) ?? [];
    let from: number;
    let to: number;
    if (width !== undefined) [from, to] = [end, end + Number(width)];
    else if (first !== undefined)
      [from, to] = [Number(first) - 1, last === '' ? Infinity : Number(last)];
    else return i;
    if (!(from >= 0 && to > from && from < MOST_PLACES && (to === Infinity || to <= MOST_PLACES)))
      return i;
    columns.push({ name: name === undefined ? null : name.trim(), from, to });
    end = to;
  }
  return columns;
}

/** The columns of options that were checked. */
export function columnsOf(texts: readonly string[]): LayoutColumn[] {
  const columns = parseColumns(texts);
  if (typeof columns === 'number') throw new TypeError('the columns were checked before');
  return columns;
}

/** A column as {@link parseColumns} reads it. */
export function columnText({ from, to }: LayoutColumn): string {
  return `${from + 1}-${to === Infinity ? '' : to}`;
}
