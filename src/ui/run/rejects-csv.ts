// The listed rejects as a CSV file (RFC 4180, UTF-8 with a mark so that spreadsheets read it), safe to open in one.
import type { Reject } from '../../contract/report.ts';

const COLUMNS = ['row', 'line', 'column', 'code', 'sentence', 'value'];

/** One line per reject; row and line count from 1, both empty where they are unknown. */
export function rejectsCsv(rejects: readonly Reject[]): string {
  const lines = rejects.map(({ row, line, column, code, sentence, value }) => [
    row >= 0 ? String(row + 1) : '',
    line > 0 ? String(line) : '',
    column ?? null,
    code,
    sentence,
    value ?? null,
  ]);
  return `\ufeff${[COLUMNS, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')}`;
}

/** null is nothing, empty text is `""`; what a spreadsheet would run gets an apostrophe. */
function field(text: string | null): string {
  if (text === null) return '';
  const safe = isFormula(text) ? `'${text}` : text;
  return safe === '' || /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `=`, `+`, `-`, `@`, their full-width forms, a tab, a line end or NUL at the start; a signed number is none. */
function isFormula(text: string): boolean {
  if (/^[+-](\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return false;
  // oxlint-disable-next-line no-control-regex -- NUL is on OWASP's list
  return /^[=@\t\r\n\u0000＝＋－＠]/.test(text) || /^[+-]./s.test(text);
}
