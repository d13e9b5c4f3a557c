// The listed rejects as a CSV file (RFC 4180, UTF-8 with a mark so that spreadsheets read it), safe to open in one.
import { isFormula } from '../../contract/formula-text.ts';
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
