// Tells from first bytes whether they are Markdown with a table in it.
import { delimiterColumns, LineCells } from './cells.ts';

const BAR = 124;
const LF = 10;
const CR = 13;

/** 2 for a table between bars, 1 for one without bars at its sides, as other texts have them too. */
export function looksLikeMarkdown(head: Uint8Array): 0 | 1 | 2 {
  if (head.includes(0)) return 0;
  const cells = new LineCells();
  let before: [number, number] = [0, 0];
  let isSure: 0 | 1 = 0;
  for (let from = 0; from < head.length;) {
    const feed = head.indexOf(LF, from);
    let to = feed < 0 ? head.length : feed;
    const next = to + 1;
    if (to > from && head[to - 1] === CR) to--;
    while (from < to && head[from] === 32) from++;
    const columns = delimiterColumns(head, from, to);
    if (columns > 0) {
      cells.cut(head, ...before);
      if (cells.count === columns) {
        if (head[from] === BAR && head[before[0]] === BAR) return 2;
        isSure = 1;
      }
    }
    before = [from, to];
    from = next;
  }
  return isSure;
}
