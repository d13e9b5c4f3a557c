// The receipt as plain text for the clipboard, and saving something as a file of the browser's.
import type { Report } from '../../contract/report.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import { messages } from '../messages.en.ts';
import { countOf, formatBytes, formatCount } from '../format-number.ts';
import { receiptWords } from './receipt-words.en.ts';
import { forecastText, forecastWords } from './forecast-words.en.ts';
import { valuesWords } from './values-words.en.ts';

export function receiptText(report: Report, catalogue: Catalogue): string {
  const words = receiptWords;
  const { audit } = report;
  const lines = [`${report.displayId}, ${report.endedAt}`, words.equation.line(audit, formatCount)];
  for (const file of report.files) {
    lines.push(words.entrySays(file.name, formatCount(file.rows), formatBytes(file.sizeBytes)));
    if (file.checksum) lines.push(`${words.sha256} ${file.checksum.value}`);
  }
  if (report.values) lines.push(`${valuesWords.title}: ${valuesText(report, catalogue)}`);
  if (report.forecast) lines.push(`${forecastWords.title}: ${forecastText(report.forecast)}`);
  for (const loss of report.losses)
    lines.push(
      `${formatCount(loss.count)}: ${loss.sentence}${loss.column === undefined ? '' : ` (${loss.column})`}`,
    );
  for (const { column, from, value, line } of report.retyped)
    lines.push(words.retypedSays(column, from, value, line));
  return `${lines.join('\n')}\n`;
}

/** What became of comparing the values of the finished files; '' where nobody asked. */
export function valuesText({ values, audit }: Report, catalogue: Catalogue): string {
  if (values === undefined) return '';
  const { outcome, reason = '', reader, level, fingerprint, byNulls = [] } = values;
  if (outcome === 'not-possible') return valuesWords.notCompared(reason);
  const title = catalogue.sources.find(({ id }) => id === reader)?.title ?? reader ?? '';
  const rows = countOf(fingerprint?.rows ?? audit.rowsOut, messages.row, messages.rows);
  return [
    valuesWords.same(rows, title, level),
    ...(byNulls.length > 0 ? [valuesWords.byNulls(byNulls.join(', '))] : []),
  ].join(' ');
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function saveText(name: string, text: string, type = 'application/json'): void {
  saveBlob(name, new Blob([text], { type }));
}
