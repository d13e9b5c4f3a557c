// The rows once more as an HTML table, so that pasting into a spreadsheet or a mail gives cells.
import { isFormula } from '../../contract/formula-text.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import type { DataType } from '../../table/data-type.ts';

// Without style attributes (`mso-number-format` would keep `007` as text in Excel): the browser takes what goes on the clipboard
// through the page's own policy, which forbids them.

/** Beyond these the table ends: what a person pastes by hand is smaller. */
export const MOST_ROWS = 10_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** What became of the rows of a batch. */
export interface TakenRows {
  /** Rows that the table has no room for. */
  left: number;
  /** Texts that a spreadsheet would run as formulas, written behind an apostrophe, and the first of them. */
  guarded: number;
  example: string;
}

export interface HtmlTable {
  /** Adds rows of one of the output's tables. */
  add(batch: Batch, table: number): TakenRows;
  /** A fragment; null: there were no rows. */
  html(): string | null;
}

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Text as HTML. A line break stays one, which readers show as a space: a `<br>` would begin another row in Excel. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES.get(character)!);

/** Numbers are no formulas, whatever their sign. */
function isNumber({ kind }: DataType): boolean {
  return kind === 'int' || kind === 'float' || kind === 'decimal';
}

export function createHtmlTable(isGuarded: boolean): HtmlTable {
  let parts: string[] = [];
  let size = 0;
  let rowCount = 0;
  let openTable = -1;

  const put = (text: string): void => {
    parts.push(text);
    size += text.length;
  };
  const open = (batch: Batch, table: number): void => {
    if (openTable >= 0) put('</tbody></table>');
    openTable = table;
    const names = batch.schema.fields.map(({ name }) => `<th>${escaped(name)}</th>`);
    put(`<table><thead><tr>${names.join('')}</tr></thead><tbody>`);
  };

  return {
    add(batch, table) {
      const taken: TakenRows = { left: 0, guarded: 0, example: '' };
      const count = selectedCount(batch);
      const { fields } = batch.schema;
      for (let i = 0; i < count; i++) {
        if (rowCount >= MOST_ROWS || size >= MOST_CHARACTERS) {
          taken.left = count - i;
          break;
        }
        if (openTable !== table) open(batch, table);
        const row = selectedRow(batch, i);
        const cells = fields.map(({ type }, column) => {
          const text = cellText(batch, row, column) ?? '';
          if (!isGuarded || isNumber(type) || !isFormula(text)) return `<td>${escaped(text)}</td>`;
          if (taken.guarded++ === 0) taken.example = text;
          return `<td>&#39;${escaped(text)}</td>`;
        });
        put(`<tr>${cells.join('')}</tr>`);
        rowCount++;
      }
      return taken;
    },
    html() {
      if (openTable < 0) return null;
      const text = `<meta charset="utf-8">${parts.join('')}</tbody></table>`;
      parts = [];
      return text;
    },
  };
}
