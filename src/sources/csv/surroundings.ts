// Finds lines around a table that are none of its rows: titles above the header, sums and row counts below.
import { outerLines } from '../../contract/outer-lines.ts';
import { kindOfValue } from '../../contract/column-guess.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { CsvDialect } from './dialect.ts';
import { createSpans, isComment, readRecord } from './record.ts';

/** Lines looked at above and below. */
const MOST_ABOVE = 60;
const MOST_BELOW = 12;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** One line, taken for a record of its own. */
interface Line {
  from: number;
  isBlank: boolean;
  isComment: boolean;
  /** Its fields, and those of them that hold anything; -1 and 0 where its quotes make no record. */
  fields: number;
  filled: number;
  isAllText: boolean;
  text: string;
  first: string;
}

function describeLine(
  bytes: Uint8Array,
  from: number,
  to: number,
  dialect: CsvDialect,
  keep: number,
): Line {
  const spans = createSpans();
  const text = decoder.decode(bytes.subarray(from, Math.min(to, from + 400))).trim();
  const line: Line = {
    from,
    isBlank: text === '',
    isComment: isComment(bytes, from, to, dialect),
    fields: -1,
    filled: 0,
    isAllText: true,
    text,
    first: '',
  };
  if (line.isBlank) return line;
  try {
    readRecord(bytes, from, to, true, dialect, keep, 1, spans);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    return line;
  }
  line.fields = spans.count;
  for (let c = 0; c < Math.min(spans.count, keep); c++) {
    let [start, end] = [spans.starts[c]!, spans.ends[c]!];
    if (bytes[start] === dialect.quote && start < end) [start, end] = [start + 1, end - 1];
    const value = bytes.subarray(start, end);
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
export function tableStarts(head: Uint8Array, dialect: CsvDialect, isEven: boolean): TableStart[] {
  const starts = lineStarts(head, MOST_ABOVE, dialect.anyLineEnd);
  const lines = starts
    .slice(0, -1)
    .map((from, i) => describeLine(head, from, starts[i + 1]!, dialect, 1_000));
  const found: TableStart[] = [];
  for (const [i, line] of lines.entries()) {
    const title = lines.slice(0, i).find((above) => !above.isBlank && !above.isComment);
    if (title === undefined || line.isBlank || line.isComment || line.fields < 2) continue;
    const isHeader = line.filled * 3 > line.fields * 2 && (line.isAllText || lines[i - 1]!.isBlank);
    const isAbove = (above: Line): boolean =>
      isNarrow(above, line.fields) &&
      (!isEven || above.isBlank || above.isComment || above.fields === line.fields);
    if (!isHeader || (title.fields >= 0 && title.filled === 0) || !title.isAllText) continue;
    if (!lines.slice(0, i).every(isAbove)) continue;
    if (isEven && !isRecordStart(head, line.from, dialect)) continue;
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
const ROW_COUNT =
  /(^|[^\p{L}\d])\d[\d., ]*(rows?|records?|lines?|zeilen|datensätze|lignes|filas|righe)(?!\p{L})/iu;

function saysSummary(line: Line): boolean {
  return SUMMARY.test(line.first) || (line.fields <= 1 && ROW_COUNT.test(line.text));
}

/** Whether a record begins at `place`: what looks like a line of its own may be the inside of a field. */
function isRecordStart(bytes: Uint8Array, place: number, dialect: CsvDialect): boolean {
  const spans = createSpans();
  let at = 0;
  try {
    for (; at < place; at = spans.next)
      readRecord(bytes, at, bytes.length, true, dialect, 0, 1, spans);
  } catch (error) {
    if (error instanceof ExportError) return false;
    throw error;
  }
  return at === place;
}

/**
 * How many lines at the end of a whole text with `fields` fields a row are no rows of it, and the text of the first of them.
 * A last row that was only cut off is none of them.
 */
export function linesBelow(
  bytes: Uint8Array,
  dialect: CsvDialect,
  fields: number,
): { lines: number; example: string } | null {
  if (fields < 2) return null;
  const { anyLineEnd } = dialect;
  const { to } = outerLines(bytes, { first: 0, last: MOST_BELOW, anyLineEnd });
  const end = bytes.subarray(to);
  const starts = lineStarts(end, MOST_BELOW, anyLineEnd);
  const lines = starts
    .slice(0, -1)
    .map((from, i) => describeLine(end, from, starts[i + 1]!, dialect, 1_000));
  const isRow = (line: Line): boolean =>
    line.isComment ||
    (!line.isBlank && line.fields === fields && line.filled === fields && !saysSummary(line));
  let from = lines.findLastIndex(isRow) + 1;
  // Sums of a table that has nothing but them would be its rows.
  if (from === 0) return null;
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
    const isNote = line.fields === 1 && /\p{L}/u.test(line.text) && /[ ()]/.test(line.text);
    const isBelow = (saysSummary(line) && (isLess || isApart)) || (isLess && (isApart || isNote));
    if (!isBelow) {
      begin = -1;
      isApart = false;
    } else if (begin < 0) begin = from;
  }
  const summary = begin < 0 ? undefined : lines.slice(begin).find((line) => !line.isBlank);
  if (summary === undefined) return null;
  if (!isRecordStart(bytes, to + lines[begin]!.from, dialect)) return null;
  return { lines: lines.length - begin, example: shorten(summary.first || summary.text, 40) };
}
