// Finds the tables of a Markdown document, line by line, and names each by the heading above it.
import { createReferences } from '../../contract/character-references.ts';
import { createOwnNames } from '../../contract/own-names.ts';
import { delimiterColumns, LineCells } from './cells.ts';
import { inlineText } from './inline.ts';
import { tableName } from './texts.ts';

/** What a line is: the dashes with which a table begins, a row of it, or neither. */
export type LineKind = 'start' | 'row' | 'outside';

const MOST_NAME = 200;
/** What is looked at of a line to tell blocks. */
const HEAD_BYTES = 400;
/** Lines that begin another block: headings, quotes, lists, fences, rules, HTML. */
const BLOCK =
  /^(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|(?:[-_*]\s*){3,}$|<(?:[A-Za-z/!?]))/;
const HEADING = /^#{1,6}(?:\s+|$)(.*?)(?:\s+#+)?\s*$/;
const FENCE = /^(`{3,}|~{3,})(.*)$/;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class TableFinder {
  /** The names of the open table, as they stand in its first line. */
  names: string[] = [];
  name = '';
  readonly #resolved = createReferences();
  readonly #ownName = createOwnNames();
  readonly #cells = new LineCells();
  #tables = 0;
  #isInTable = false;
  #fence = '';
  #isInComment = false;
  #heading = '';
  /** The line before, where it may hold the names of a table. */
  #before: Uint8Array | null = null;

  /** Takes the line of bytes [from, to), without its line end. */
  take(bytes: Uint8Array, from: number, to: number): LineKind {
    let start = from;
    let indent = 0;
    while (start < to && (bytes[start] === 32 || bytes[start] === 9)) {
      indent += bytes[start] === 9 ? 4 : 1;
      start++;
    }
    const isBar = bytes[start] === 124;
    if (this.#isInTable && isBar && indent < 4) return 'row';
    const text = isBar
      ? '|'
      : decoder.decode(bytes.subarray(start, Math.min(to, start + HEAD_BYTES)));
    if (this.#isInComment) {
      this.#isInComment = !includesEnd(bytes, start, to);
      return 'outside';
    }
    if (this.#fence !== '') {
      const found = FENCE.exec(text)?.[1] ?? '';
      if (found.startsWith(this.#fence)) this.#fence = '';
      return 'outside';
    }
    if (start === to || indent >= 4) return this.#leave(null);
    if (this.#isInTable && !BLOCK.test(text)) return 'row';
    const columns = this.#before === null ? 0 : delimiterColumns(bytes, start, to);
    if (columns > 0 && this.#begins(columns)) return 'start';
    const fence = FENCE.exec(text);
    if (fence !== null && !(fence[1]!.startsWith('`') && fence[2]!.includes('`'))) {
      this.#fence = fence[1]!;
      return this.#leave(null);
    }
    if (text.startsWith('<!--')) {
      this.#isInComment = !includesEnd(bytes, start, to);
      return this.#leave(null);
    }
    const heading = HEADING.exec(text);
    if (heading !== null) {
      this.#setHeading(heading[1]!);
      return this.#leave(null);
    }
    if (this.#before !== null && /^(?:=+|-+)\s*$/.test(text)) {
      this.#setHeading(decoder.decode(this.#before));
      return this.#leave(null);
    }
    return this.#leave(bytes.slice(start, to));
  }

  #setHeading(text: string): void {
    const shown = inlineText(text, this.#resolved);
    const name = shown.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_NAME);
    if (name !== '') this.#heading = name;
  }

  #leave(before: Uint8Array | null): 'outside' {
    this.#isInTable = false;
    this.#before = before;
    return 'outside';
  }

  #begins(columns: number): boolean {
    const names = this.#before!;
    this.#cells.cut(names, 0, names.length);
    if (this.#cells.count !== columns) return false;
    this.names = Array.from({ length: columns }, (_, c) => {
      const content = names.subarray(this.#cells.starts[c], this.#cells.ends[c]);
      return inlineText(decoder.decode(content).replaceAll('\\|', '|'), this.#resolved);
    });
    this.#tables++;
    this.name = this.#ownName(this.#heading === '' ? tableName(this.#tables) : this.#heading);
    this.#isInTable = true;
    this.#before = null;
    return true;
  }
}

function includesEnd(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i + 2 < to; i++)
    if (bytes[i] === 45 && bytes[i + 1] === 45 && bytes[i + 2] === 62) return true;
  return false;
}
