// What cmark-gfm, the reference program of GitHub Flavored Markdown, makes of a table.
import { spawnSync } from 'node:child_process';
import type { Judge } from '../judge.suite.ts';

const EXTENSIONS = ['table', 'strikethrough', 'autolink', 'tagfilter', 'tasklist'];

/** The document as HTML. */
export function renderMarkdown(text: string): string {
  const args = ['--unsafe', ...EXTENSIONS.flatMap((name) => ['-e', name])];
  const { stdout, stderr, error } = spawnSync('cmark-gfm', args, {
    input: text,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

/** The text of a cell: line breaks and links that are their own address count as it; all else that is markup stays. */
function textOf(html: string): string {
  return html
    .replaceAll('<br>', '\n')
    .replaceAll(/<a href="[^"]*">([^<]*)<\/a>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** A parser has no U+0000. */
const held = (text: string): string => text.replaceAll('\0', '\ufffd');

export const markdownJudge: Judge = {
  exact: {},
  missing: spawnSync('cmark-gfm', ['--version']).error && 'cmark-gfm',
  ofCell: (cell) => held(cell ?? ''),
  ofValue: held,
  ofNames: (names) => names.map(held),
  read(text, options) {
    // Nothing in a cell is a line of its own, so that what stands in one can be cut out by its lines.
    const lines = renderMarkdown(text).split('\n');
    const cells = (tag: string): { line: number; text: string }[] =>
      lines.flatMap((line, at) => {
        const [, found] =
          new RegExp(`^<${tag}(?: align="\\w+")?>([^]*)</${tag}>$`).exec(line) ?? [];
        return found === undefined ? [] : [{ line: at, text: textOf(found) }];
      });
    const names = cells('th').map((cell) => cell.text);
    const rows: string[][] = [];
    for (const [at, line] of lines.entries()) if (line === '<tr>') rows[at] = [];
    const starts = Object.keys(rows).map(Number);
    for (const cell of cells('td')) rows[starts.findLast((at) => at < cell.line)!]!.push(cell.text);
    const [, ...body] = starts.map((at) => rows[at]!);
    return options.rowNumbers === true
      ? { names: names.slice(1), rows: body.map((row) => row.slice(1)) }
      : { names, rows: body };
  },
};
