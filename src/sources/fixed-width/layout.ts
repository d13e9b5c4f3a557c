// Proposes columns, the lines around the table and the line of dashes below its header, from the start of a file.
import { kindOfValue } from '../../contract/column-guess.ts';
import { outerLines } from '../../contract/outer-lines.ts';
import {
  linesBelow,
  SURROUNDINGS_EVIDENCE,
  tableStarts,
  type LineReader,
} from '../../contract/table-surroundings.ts';
import { columnsOf, columnText, type LayoutColumn } from './columns.ts';
import { findColumns, spreadLines, type LineSpan } from './find-columns.ts';
import { createLineCutter } from './lines.ts';
import type { FixedWidthOptions } from './options.ts';
import { rulerColumns } from './ruler.ts';
import { EVIDENCE } from './texts.ts';

const CR = 13;
const LF = 10;

/** Lines near the start among which a line of dashes is looked for. */
const MOST_HEAD_LINES = 60;
/** Lines at both ends that may be none of the table, where there are enough others. */
const OUTER_LINES = 20;
/** Lines without a blank one between them that show columns by themselves. */
const LEAST_LINES = 3;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The whole lines of bytes [from, to) that are neither blank nor comments; the first of them is `line`. */
export function splitLines(
  bytes: Uint8Array,
  from: number,
  to: number,
  isWhole: boolean,
  line: number,
  comment: string | null,
): LineSpan[] {
  const marks = new TextEncoder().encode(comment ?? '');
  const lines: LineSpan[] = [];
  for (let at = from, n = line; at < to; n++) {
    const feed = bytes.indexOf(LF, at);
    const hasFeed = feed >= 0 && feed < to;
    if (!hasFeed && !isWhole) break;
    let end = hasFeed ? feed : to;
    const next = end + 1;
    if (end > at && bytes[end - 1] === CR) end--;
    const isComment = marks.length > 0 && marks.every((byte, i) => bytes[at + i] === byte);
    let first = at;
    while (first < end && (bytes[first] === 32 || bytes[first] === 9)) first++;
    if (first < end && !isComment) lines.push({ from: at, to: end, line: n });
    at = next;
  }
  return lines;
}

/** How lines are taken apart with these columns, those behind the last filled one left out. */
function lineReader(columns: readonly LayoutColumn[], options: FixedWidthOptions): LineReader {
  const cutter = createLineCutter(columns, { measure: options.measure, trim: 'both' });
  const marks = new TextEncoder().encode(options.comment ?? '');
  return {
    anyLineEnd: false,
    // Fields at the end of a row are often empty.
    knowsNotes: false,
    isComment: (bytes, from) =>
      marks.length > 0 && marks.every((byte, i) => bytes[from + i] === byte),
    fieldsOf(bytes, from, to) {
      let end = to;
      while (end > from && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end--;
      cutter.cut(bytes, from, end);
      // A line that runs through the places between the columns is none of theirs.
      if (cutter.outside(bytes) >= 0) return null;
      const fields = columns.map((_, c) => bytes.subarray(cutter.starts[c], cutter.ends[c]));
      while (fields.length > 1 && fields.at(-1)!.length === 0) fields.pop();
      return fields;
    },
    isRecordStart: () => true,
  };
}

/** The line of dashes that is the table's, and its columns. */
function findRuler(
  bytes: Uint8Array,
  lines: readonly LineSpan[],
  { headerRows, ruler, skipLines }: FixedWidthOptions,
  isSkipGiven: boolean,
): { index: number; columns: LayoutColumn[] } | null {
  if (ruler === 'absent') return null;
  for (const [index, { from, to }] of lines.slice(0, MOST_HEAD_LINES).entries()) {
    const columns = rulerColumns(decoder.decode(bytes.subarray(from, to)));
    if (columns === null || index < headerRows) continue;
    // Where the user says how many lines stand above, the names are the first ones.
    if (isSkipGiven && skipLines >= 0 && index !== headerRows) return null;
    if (columns.length > 1 || ruler === 'present') return { index, columns };
  }
  return null;
}

/** The lines in which columns are looked for: those around the table, where there may be some, are none of them. */
function bodyOf(lines: readonly LineSpan[]): readonly LineSpan[] {
  if (lines.length >= OUTER_LINES * 4) return lines.slice(OUTER_LINES, -OUTER_LINES);
  // Blank lines part the table from what stands around it.
  const breaks = lines.flatMap((each, i) =>
    i > 0 && each.line > lines[i - 1]!.line + 1 ? [i] : [],
  );
  const cuts = [0, ...breaks, lines.length];
  const parts = cuts.slice(1).map((to, i) => lines.slice(cuts[i], to));
  const longest = parts.reduce((a, b) => (b.length > a.length ? b : a), []);
  return longest.length >= LEAST_LINES ? longest : lines;
}

/** Fills what `given` leaves open about the layout, with one line of evidence for each. */
export function proposeLayout(
  whole: Uint8Array,
  isWhole: boolean,
  given: Partial<FixedWidthOptions>,
  base: FixedWidthOptions,
): { options: FixedWidthOptions; evidence: { option: string; sentence: string }[] } {
  const options = { ...base };
  const evidence: { option: string; sentence: string }[] = [];
  const hasColumns = base.widths.length > 0;
  const outer = {
    first: base.skipLines,
    last: isWhole ? base.skipLastLines : 0,
    anyLineEnd: false,
  };
  const { from, to, leftOut } = outerLines(whole, outer);
  const sample = whole.subarray(0, to);
  const lines = splitLines(sample, from, to, isWhole, leftOut.first + 1, base.comment);
  const settle = (columns: readonly LayoutColumn[], sentence: string): void => {
    if (hasColumns) return;
    options.widths = columns.map(columnText);
    evidence.push({ option: 'widths', sentence });
  };
  const isSkipGiven = 'skipLines' in given;
  const ruled = base.header === 'absent' ? null : findRuler(sample, lines, base, isSkipGiven);
  const isRulerOpen = base.ruler === 'auto' && base.header !== 'absent';
  if (isRulerOpen) {
    options.ruler = ruled === null ? 'absent' : 'present';
    const sentence =
      ruled === null ? EVIDENCE.rulerAbsent : EVIDENCE.rulerPresent(lines[ruled.index]!.line);
    evidence.push({ option: 'ruler', sentence });
  }
  let start = 0;
  if (ruled !== null) {
    settle(ruled.columns, EVIDENCE.ruler(ruled.columns.length, lines[ruled.index]!.line));
    start = ruled.index - base.headerRows;
    const above = lines[start]!.line - 1 - leftOut.first;
    if (!isSkipGiven && start > 0) {
      options.skipLines = above;
      const isBorder = start === 1 && rulerColumns(textOf(sample, lines[0]!)) !== null;
      evidence.push({ option: 'skipLines', sentence: isBorder ? EVIDENCE.border : EVIDENCE.title });
    }
  } else if (!hasColumns) {
    if (lines.length === 0) return { options, evidence };
    let body = spreadLines(bodyOf(lines));
    let columns = findColumns(sample, body, base.measure);
    const reader = lineReader(columns, base);
    const found =
      isSkipGiven || base.headerRows > 1 || base.header === 'absent'
        ? undefined
        : tableStarts(sample.subarray(from), reader, false)[0];
    if (found !== undefined) {
      start = lines.findIndex((line) => line.from >= from + found.from);
      options.skipLines = found.lines;
      const sentence = SURROUNDINGS_EVIDENCE.above(found.lines, found.example, columns.length);
      evidence.push({ option: 'skipLines', sentence });
    }
    // The names count too, now that it is known which line they are in.
    body = [...lines.slice(start, start + base.headerRows), ...body];
    const withNames = findColumns(sample, body, base.measure);
    if (withNames.length > 1) columns = withNames;
    const names = lines[start + base.headerRows - 1]!;
    if (holdsNames(sample, names, body, columns, base))
      columns = findColumns(sample, body, base.measure, names);
    settle(
      columns,
      columns.length > 1
        ? EVIDENCE.blanks(columns.length, body.length)
        : EVIDENCE.noBlanks(body.length),
    );
  }
  if (isWhole && !('skipLastLines' in given)) {
    const columns = columnsOf(options.widths);
    const below = linesBelow(sample.subarray(from), lineReader(columns, options), columns.length);
    const sums = below?.lines ?? 0;
    const { to: tableTo } = outerLines(sample, { first: 0, last: sums, anyLineEnd: false });
    const last = lines.findLast((line) => line.from < tableTo);
    const isBorder =
      ruled !== null && last !== undefined && rulerColumns(textOf(sample, last)) !== null;
    options.skipLastLines = isBorder ? linesFrom(sample, last.from) : sums;
    if (below !== null) {
      const sentence = SURROUNDINGS_EVIDENCE.below(below.lines, below.example);
      evidence.push({ option: 'skipLastLines', sentence });
    } else if (isBorder) {
      evidence.push({ option: 'skipLastLines', sentence: EVIDENCE.lastBorder });
    }
  }
  return { options, evidence };
}

/** Whether a line has nothing but texts, and stands above values that are none. */
function holdsNames(
  bytes: Uint8Array,
  names: LineSpan,
  body: readonly LineSpan[],
  columns: readonly LayoutColumn[],
  options: FixedWidthOptions,
): boolean {
  if (options.header !== 'auto') return options.header === 'present';
  const { fieldsOf } = lineReader(columns, options);
  const isText = (value: Uint8Array): boolean => kindOfValue(value) === 'text';
  if (fieldsOf(bytes, names.from, names.to)?.every(isText) !== true) return false;
  const typed = body.filter(
    (line) => fieldsOf(bytes, line.from, line.to)?.every(isText) === false,
  ).length;
  return typed * 2 > body.length;
}

function textOf(bytes: Uint8Array, { from, to }: LineSpan): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** Lines of the bytes from `from` on. */
function linesFrom(bytes: Uint8Array, from: number): number {
  let lines = bytes.at(-1) === LF ? 0 : 1;
  for (let i = from; i < bytes.length; i++) if (bytes[i] === LF) lines++;
  return lines;
}
