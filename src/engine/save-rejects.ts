// Saves every reject of a run as a line of a CSV file: where it stands, why, and the whole record as it came.
import { isFormula } from '../contract/formula-text.ts';
import type { DeliveryHandover, DeliveryWriter, FileWriter } from '../contract/delivery-plugin.ts';
import type { Reject, Report } from '../contract/report.ts';

const COLUMNS = ['file', 'line', 'row', 'column', 'code', 'value', 'sentence', 'record'];
/** Text put together before it is written. */
const PIECE_CHARACTERS = 256 * 1024;

type SavedFile = NonNullable<Report['rejects']['file']>;

export interface RejectsSaver {
  add(reject: Reject): void;
  /** Fulfilled when what was added so far is written; throws what writing threw. */
  flush(): Promise<void>;
  /** Makes the file visible. */
  finish(): Promise<{ file: SavedFile; handover: DeliveryHandover | null }>;
  /** Leaves nothing behind. Safe after anything. */
  abort(): Promise<void>;
}

export async function openRejectsSaver(
  delivery: DeliveryWriter,
  name: string,
): Promise<RejectsSaver> {
  const file: FileWriter = await delivery.openFile(name);
  const encoder = new TextEncoder();
  // The mark tells spreadsheets that it is UTF-8.
  let text = `\ufeff${COLUMNS.join(',')}\r\n`;
  let rows = 0;
  let sizeBytes = 0;
  let isFinished = false;
  let writing: Promise<void> = Promise.resolve();
  const write = (): void => {
    const bytes = encoder.encode(text);
    text = '';
    sizeBytes += bytes.length;
    writing = writing.then(() => file.write(bytes));
    // Told by the next flush.
    writing.catch(() => {});
  };
  return {
    add({ file: source, line, row, column, code, value, sentence, record }) {
      rows++;
      const cells = [
        source ?? null,
        line > 0 ? String(line) : null,
        row >= 0 ? String(row + 1) : null,
        column ?? null,
        code,
        value ?? null,
        sentence,
        record ?? null,
      ];
      text += `${cells.map(field).join(',')}\r\n`;
      if (text.length >= PIECE_CHARACTERS) write();
    },
    flush: () => writing,
    async finish() {
      if (text !== '') write();
      await writing;
      await file.close();
      const handover = await delivery.commit();
      isFinished = true;
      return { file: { name: file.name, path: file.path, rows, sizeBytes }, handover };
    },
    async abort() {
      if (!isFinished) await delivery.abort();
    },
  };
}

/** null is nothing, empty text is `""`; what a spreadsheet would run gets an apostrophe. */
function field(text: string | null): string {
  if (text === null) return '';
  const safe = isFormula(text) ? `'${text}` : text;
  return safe === '' || /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
