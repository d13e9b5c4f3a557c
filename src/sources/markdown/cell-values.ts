// The values of cells: bytes as they stand where nothing in them is Markdown, else the text that they mean.
import { createReferences } from '../../contract/character-references.ts';
import { inlineText } from './inline.ts';
import type { MarkdownOptions } from './options.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes with which something begins that is not shown as it stands. */
const MARKS = new Uint8Array(256);
for (const character of '\\`*_~[<&') MARKS[character.charCodeAt(0)] = 1;
const BACKSLASH = 92;

export class CellValues {
  /** Of the last value: its bytes [start, end). */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  readonly #isShown: boolean;
  readonly #nullText: Uint8Array;
  readonly #resolved = createReferences();

  constructor({ inline, nullText }: Pick<MarkdownOptions, 'inline' | 'nullText'>) {
    this.#isShown = inline === 'text';
    this.#nullText = encoder.encode(nullText);
  }

  /** Takes a cell's bytes; whether it is null. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (this.#isShown ? MARKS[byte] === 0 : byte !== BACKSLASH) continue;
      const text = decoder.decode(bytes.subarray(start, end));
      const meant = this.#isShown
        ? inlineText(text.replaceAll('\\|', '|'), this.#resolved)
        : unbarred(text);
      this.bytes = encoder.encode(meant);
      this.start = 0;
      this.end = this.bytes.length;
      break;
    }
    const nullText = this.#nullText;
    if (this.end - this.start !== nullText.length) return false;
    for (let i = 0; i < nullText.length; i++)
      if (this.bytes[this.start + i] !== nullText[i]) return false;
    return true;
  }
}

/** Bars without the backslash before them; of backslashes before those, and at the end, two are one. */
function unbarred(text: string): string {
  return text.replaceAll(/(\\*)\\\||(\\+)$/g, (_, before: string | undefined, last = '') => {
    const backslashes = before ?? last;
    return '\\'.repeat(Math.ceil(backslashes.length / 2)) + (before === undefined ? '' : '|');
  });
}
