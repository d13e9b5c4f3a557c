// The receipt as plain text for the clipboard, and saving a small text as a file.
import type { Report } from '../../contract/report.ts';
import { formatBytes, formatCount } from '../format-number.ts';
import { messages } from '../messages.en.ts';

export function receiptText(report: Report): string {
  const words = messages.receipt;
  const { audit } = report;
  const lines = [
    `${report.displayId}, ${report.endedAt}`,
    words.equation.line(
      formatCount(audit.rowsIn),
      formatCount(audit.rowsOut),
      formatCount(audit.filtered),
      formatCount(audit.rejected),
    ),
  ];
  for (const file of report.files) {
    lines.push(words.entrySays(file.name, formatCount(file.rows), formatBytes(file.sizeBytes)));
    if (file.checksum) lines.push(`${words.sha256} ${file.checksum.value}`);
  }
  for (const loss of report.losses) lines.push(`${formatCount(loss.count)}: ${loss.sentence}`);
  return `${lines.join('\n')}\n`;
}

export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
