// The receipt as plain text for the clipboard, and saving something as a file of the browser's.
import type { Report } from '../../contract/report.ts';
import { formatBytes, formatCount } from '../format-number.ts';
import { studioMessages } from '../studio-messages.en.ts';

export function receiptText(report: Report): string {
  const words = studioMessages.receipt;
  const { audit } = report;
  const lines = [`${report.displayId}, ${report.endedAt}`, words.equation.line(audit, formatCount)];
  for (const file of report.files) {
    lines.push(words.entrySays(file.name, formatCount(file.rows), formatBytes(file.sizeBytes)));
    if (file.checksum) lines.push(`${words.sha256} ${file.checksum.value}`);
  }
  for (const loss of report.losses)
    lines.push(
      `${formatCount(loss.count)}: ${loss.sentence}${loss.column === undefined ? '' : ` (${loss.column})`}`,
    );
  for (const { column, from, value, line } of report.retyped)
    lines.push(words.retypedSays(column, from, value, line));
  return `${lines.join('\n')}\n`;
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
