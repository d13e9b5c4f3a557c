// The rows as text with tabs between the cells, as spreadsheets put it on the clipboard themselves.
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';

export interface TabText {
  add(batch: Batch, table: number): void;
  /** UTF-16 units so far. */
  readonly size: number;
  text(): string;
}

/** A cell with a tab, a line break or a quote at its start stands in quotes, its own quotes doubled. */
function cell(text: string): string {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join('\t')}\n`;

export function createTabText(): TabText {
  const parts: string[] = [];
  let size = 0;
  let openTable = -1;
  const put = (text: string): void => {
    parts.push(text);
    size += text.length;
  };
  return {
    add(batch, table) {
      const { fields } = batch.schema;
      if (openTable !== table) {
        if (openTable >= 0) put('\n');
        put(line(fields.map(({ name }) => name)));
      }
      openTable = table;
      for (let i = 0; i < selectedCount(batch); i++) {
        const row = selectedRow(batch, i);
        put(line(fields.map((_, column) => cellText(batch, row, column) ?? '')));
      }
    },
    get size() {
      return size;
    },
    text: () => parts.join(''),
  };
}
