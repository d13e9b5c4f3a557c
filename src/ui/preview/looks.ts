// The ways an output can be looked at, and which of them was chosen last for each format.
import type { Catalogue } from '../../contract/verbs.ts';

/** `sheet`: as a spreadsheet program shows it; `read`: as its reader has it; `xml`: the part with the rows; `bytes`: hex. */
export type Look = 'sheet' | 'read' | 'text' | 'xml' | 'bytes';

const KEY = 'export-studio.looks';

/** The looks of a format, the one it is shown in first at the start. */
export function looksOf(
  format: Pick<Catalogue['formats'][number], 'isText' | 'isRead' | 'isPackage'> | undefined,
): Look[] {
  const read: Look[] = format?.isRead === true ? ['read'] : [];
  if (format?.isPackage === true) return ['sheet', ...read, 'xml', 'bytes'];
  return (format?.isText ?? true) ? ['text', ...read, 'bytes'] : [...read, 'bytes'];
}

function kept(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The look that was chosen last, as far as it was kept; it may be none that the format has. */
export function keptLook(format: string): unknown {
  const known = kept();
  return Object.hasOwn(known, format) ? known[format] : undefined;
}

export function keepLook(format: string, look: Look): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [format]: look }));
  } catch {
    // Without storage it holds as long as the page.
  }
}
