// Finds lines around a table that are none of its rows: titles above the header, sums and row counts below.
import { kindOfValue } from './column-guess.ts';
import { shorten } from './errors.ts';
import { outerLines } from './outer-lines.ts';
import { count, figures } from './type-evidence.ts';

const CR = 13;
const LF = 10;

/** Lines looked at above and below. */
const MOST_ABOVE = 60;
const MOST_BELOW = 12;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** How a source takes lines apart. */
export interface LineReader {
  /** A lone CR ends a line too. */
  anyLineEnd: boolean;
  /** Contents of the fields of one line that is read as a record of its own; null where it cannot be. */
  fieldsOf(bytes: Uint8Array, from: number, to: number): Uint8Array[] | null;
  isComment(bytes: Uint8Array, from: number, to: number): boolean;
  /** Whether a line of one field among lines of several is no row of theirs. */
  knowsNotes: boolean;
  /** Whether a record begins at `place`: what looks like a line of its own may be the inside of a field. */
  isRecordStart(bytes: Uint8Array, place: number): boolean;
}

/** One line, taken for a record of its own. */
interface Line {
  from: number;
  isBlank: boolean;
  isComment: boolean;
  /** Its fields, and those of them that hold anything; -1 and 0 where it is no record. */
  fields: number;
  filled: number;
  isAllText: boolean;
  text: string;
  first: string;
}

function describeLine(bytes: Uint8Array, from: number, to: number, reader: LineReader): Line {
  const text = decoder.decode(bytes.subarray(from, Math.min(to, from + 400))).trim();
  const line: Line = {
    from,
    isBlank: text === '',
    isComment: reader.isComment(bytes, from, to),
    fields: -1,
    filled: 0,
    isAllText: true,
    text,
    first: '',
  };
  if (line.isBlank) return line;
  const fields = reader.fieldsOf(bytes, from, to);
  if (fields === null) return line;
  line.fields = fields.length;
  for (const value of fields) {
    if (value.every((byte) => byte === 32)) continue;
    line.filled++;
    if (line.first === '') line.first = decoder.decode(value.subarray(0, 200)).trim();
    if (kindOfValue(value) !== 'text') line.isAllText = false;
  }
  return line;
}

/** Where each of the first `most` lines of the bytes begins, and where the last of them ends. */
function lineStarts(bytes: Uint8Array, most: number, anyLineEnd: boolean): number[] {
  const starts = [0];
  while (starts.length <= most && starts.at(-1)! < bytes.length)
    starts.push(
      starts.at(-1)! +
        outerLines(bytes.subarray(starts.at(-1)!), { first: 1, last: 0, anyLineEnd }).from,
    );
  return starts;
}

/** Whether a line above a header of `fields` fields is a title, or a name with its value, rather than a part of the table. */
function isNarrow(line: Line, fields: number): boolean {
  if (line.isBlank || line.isComment || line.fields < 0) return true;
  return line.fields === fields ? line.filled * 3 <= fields : line.fields * 2 <= fields;
}

/** A place where a table may begin: lines above it, their first text, and the fields of its header. */
export interface TableStart {
  lines: number;
  from: number;
  fields: number;
  example: string;
}

/**
 * Lines that could be the header below lines that are no part of its table, the first ones first. `isEven`: all records have
 * the same number of fields even so, as spreadsheets write them.
 */
export function tableStarts(head: Uint8Array, reader: LineReader, isEven: boolean): TableStart[] {
  const starts = lineStarts(head, MOST_ABOVE, reader.anyLineEnd);
  const lines = starts
    .slice(0, -1)
    .map((from, i) => describeLine(head, from, starts[i + 1]!, reader));
  const found: TableStart[] = [];
  for (const [i, line] of lines.entries()) {
    const title = lines.slice(0, i).find((above) => !above.isBlank && !above.isComment);
    if (title === undefined || line.isBlank || line.isComment || line.fields < 2) continue;
    const isHeader = line.filled * 3 > line.fields * 2 && (line.isAllText || lines[i - 1]!.isBlank);
    const isAbove = (above: Line): boolean =>
      isNarrow(above, line.fields) &&
      (!isEven || above.isBlank || above.isComment || above.fields === line.fields);
    // A title has words.
    if (!isHeader || !/\p{L}{2}/u.test(title.first || title.text) || !title.isAllText) continue;
    if (!lines.slice(0, i).every(isAbove)) continue;
    if (isEven && !reader.isRecordStart(head, line.from)) continue;
    found.push({
      lines: i,
      from: line.from,
      fields: line.fields,
      example: shorten(title.first || title.text, 40),
    });
  }
  return found;
}

/** What begins a row of sums, or says how many rows there were, in the languages such files come in. */
const SUMMARY =
  /^((grand[ -]|sub[ -]?)?totals?(?!\p{L})|(gesamt|summe|insgesamt|zwischensumme|endsumme|sum|somme|totaux|totale|totales|suma|soma|totaal|итого|всего|合计|总计|合計|総計|average|durchschnitt|mean|count|anzahl|records?|rows?)[^\p{L}]*$)/iu;
const ROWS = '(rows?|records?|lines?|zeilen|datensätze|lignes|filas|righe)(?!\\p{L})';
const ROW_COUNT = new RegExp(`(^|[^\\p{L}\\d])\\d[\\d., ]*${ROWS}`, 'iu');
/** The same as a line of its own, whatever columns it runs through. */
const ROW_COUNT_LINE = new RegExp(`^\\(?\\d[\\d.,]* ${ROWS}[^,;|\\t]*$`, 'iu');

function saysSummary(line: Line): boolean {
  return (
    SUMMARY.test(line.first) ||
    ROW_COUNT_LINE.test(line.text) ||
    (line.fields <= 1 && ROW_COUNT.test(line.text))
  );
}

/**
 * How many lines at the end of a whole text with `fields` fields a row are no rows of it, and the text of the first of them.
 * A last row that was only cut off is none of them.
 */
export function linesBelow(
  bytes: Uint8Array,
  reader: LineReader,
  fields: number,
): { lines: number; example: string } | null {
  if (fields < 2) return null;
  const { anyLineEnd } = reader;
  const { to } = outerLines(bytes, { first: 0, last: MOST_BELOW, anyLineEnd });
  const end = bytes.subarray(to);
  const starts = lineStarts(end, MOST_BELOW, anyLineEnd);
  const lines = starts
    .slice(0, -1)
    .map((from, i) => describeLine(end, from, starts[i + 1]!, reader));
  const isRow = (line: Line): boolean =>
    line.isComment ||
    (!line.isBlank && line.fields === fields && line.filled === fields && !saysSummary(line));
  let from = lines.findLastIndex(isRow) + 1;
  // Sums of a table that has nothing but them would be its rows.
  if (from === 0) return null;
  // A row that was cut off may be one of a few words; a line that ends was not.
  const last = bytes.at(-1);
  const takesNotes = reader.knowsNotes && (last === LF || (anyLineEnd && last === CR));
  let isApart = false;
  let begin = -1;
  for (; from < lines.length; from++) {
    const line = lines[from]!;
    if (line.isBlank) {
      isApart = true;
      if (begin < 0) begin = from;
      continue;
    }
    const isLess = line.fields !== fields || line.filled < fields;
    const isNote =
      takesNotes && line.fields === 1 && /\p{L}/u.test(line.text) && /[ ()]/.test(line.text);
    const isBelow =
      ROW_COUNT_LINE.test(line.text) ||
      (saysSummary(line) && (isLess || isApart)) ||
      (isLess && (isApart || isNote));
    if (!isBelow) {
      begin = -1;
      isApart = false;
    } else if (begin < 0) begin = from;
  }
  const summary = begin < 0 ? undefined : lines.slice(begin).find((line) => !line.isBlank);
  if (summary === undefined) return null;
  if (!reader.isRecordStart(bytes, to + lines[begin]!.from)) return null;
  return { lines: lines.length - begin, example: shorten(summary.first || summary.text, 40) };
}

/** Sentences that say why lines are left out. */
export const SURROUNDINGS_EVIDENCE = {
  above: (lines: number, example: string, fields: number): string =>
    `${lines === 1 ? 'The first line is' : `The first ${figures(lines)} lines are`} no part of the table of ${count(fields, 'column', 'columns')} below: “${example}”.`,
  below: (lines: number, example: string): string =>
    `${lines === 1 ? 'The last line is no row' : `The last ${figures(lines)} lines are no rows`} of the table above: “${example}”.`,
} as const;
