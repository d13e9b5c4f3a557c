// The readers that judge csv outputs: Papa Parse, Python where nothing is quoted, and columns by their places.
import Papa from 'papaparse';
import { expect } from 'vitest';
import { askPython } from '../ask-python.suite.ts';
import type { Judge, Options } from '../judge.suite.ts';

/** The rows of a csv output: without what stands around them, each ending with a line feed. */
function rowsOfCsv(text: string, options: Options): string {
  const { lineTerminator, customLineTerminator, rowPrefix = '', rowSuffix = '' } = options;
  const lineEnds: Options = { cr: '\r', custom: customLineTerminator };
  const lineEnd = lineEnds[String(lineTerminator)];
  const countOf = (note: unknown): number =>
    (note ?? '') === '' ? 0 : String(note).split('\n').length;
  // Line ends inside of values are no line ends: only examples without such have a line end that is not their reader's own.
  let lines = typeof lineEnd === 'string' ? text.replaceAll(lineEnd, '\n') : text;
  const before = countOf(options.preamble) + Number(options.sepLine === true);
  for (let i = 0; i < before; i++) lines = lines.slice(lines.indexOf('\n') + 1);
  for (let i = 0; i < countOf(options.trailer); i++)
    lines = lines.slice(0, lines.lastIndexOf('\n', lines.length - 2) + 1);
  if (rowPrefix === '' && rowSuffix === '') return lines;
  const [head, tail] = [String(rowPrefix).length, String(rowSuffix).length];
  const inner = lines.split('\n').map((line) => line.slice(head, line.length - tail));
  return inner.join('\n');
}

/** Lines whose columns begin at the same character throughout. */
function readColumns(text: string, options: Options, names: readonly string[]): string[][] {
  const lines = text.replaceAll('\r\n', '\n').split('\n').slice(0, -1);
  const padding = String(options.padding);
  const gap = String(options.gap);
  const trim = (cell: string): string => {
    let [from, to] = [0, cell.length];
    while (from < to && cell[from] === padding) from++;
    while (to > from && cell[to - 1] === padding) to--;
    return cell.slice(from, to);
  };
  if (options.layout === 'aligned') return lines.map((line) => line.split(gap).map(trim));
  return lines.map((line) =>
    names.map((_name, i) => {
      const at = i * (Number(options.width) + gap.length);
      return trim([...line].slice(at, at + Number(options.width)).join(''));
    }),
  );
}

/** Delimited text with quotes. */
function readQuoted(text: string, newline: '\n' | '\r\n', options: Options): string[][] {
  const { data } = Papa.parse<string[]>(text.slice(0, text.length - newline.length), {
    delimiter: (options.delimiter as string | undefined) ?? ',',
    quoteChar: (options.quoteChar as string | null | undefined) ?? '"',
    escapeChar: (options.escape as string | undefined) ?? '"',
    newline,
  });
  return data;
}

/** Delimited text where an escape character takes the place of quotes, which Papa Parse cannot read. */
const readUnquoted = askPython<{ text: string; escape: string; delimiter: string }, string[][]>(`
import csv,io
def answer(q):
    escape = None if q["escape"] == '"' else q["escape"]
    lines = io.StringIO(q["text"], newline="")
    return list(csv.reader(lines, quoting=csv.QUOTE_NONE, escapechar=escape, delimiter=q["delimiter"]))
`);

export const csvJudge: Judge = {
  exact: { formulaGuard: false },
  ofCell: (cell) => cell ?? '',
  ofValue: (text) => text,
  async read(text, options, columns) {
    const newline = options.lineTerminator === 'crlf' ? '\r\n' : '\n';
    const whole = rowsOfCsv(text, options);
    expect(whole === '' || whole.endsWith(newline)).toBe(true);
    const { escape = '"', delimiter = ',' } = options;
    const isDelimited = (options.layout ?? 'delimited') === 'delimited';
    const data = !isDelimited
      ? readColumns(whole, options, columns)
      : options.quotes === 'none'
        ? await readUnquoted({ text: whole, escape: String(escape), delimiter: String(delimiter) })
        : readQuoted(whole, newline, options);
    if (options.headers === false) return { names: [], rows: data };
    const [names, ...rows] = data;
    return { names: names!, rows: options.typesRow === true ? rows.slice(1) : rows };
  },
};
