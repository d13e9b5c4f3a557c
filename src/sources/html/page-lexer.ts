// Tags and texts of a page in UTF-8 bytes, with the lines they stand on: what the walker of tables is told.
import { Tokenizer } from 'htmlparser2';
import { sizeText } from '../../contract/byte-size.ts';
import { ExportError } from '../../contract/errors.ts';
import { createReferences } from '../../contract/character-references.ts';

/** Attributes that anybody asks for. Missing ones are null. */
export interface TagAttributes {
  id: string | null;
  class: string | null;
  colspan: string | null;
  rowspan: string | null;
  hidden: string | null;
  style: string | null;
}

export interface PageEvents {
  /** Whether texts are wanted now. */
  readonly wantsText: boolean;
  /** A start tag, its name in lower case; the attributes are those of this call. */
  open(name: string, attributes: TagAttributes, isSelfClosing: boolean): void;
  close(name: string): void;
  text(text: string): void;
}

/** A piece without the end of a tag is cut all the same when it is so long. */
const PIECE = 1 << 16;
/** The longest reference to a character has 33 letters. */
const MOST_REFERENCE = 64;
const MOST_VALUE = 1_000;

const noAttributes = (): TagAttributes => ({
  id: null,
  class: null,
  colspan: null,
  rowspan: null,
  hidden: null,
  style: null,
});

const isAsked = (name: string): name is keyof TagAttributes =>
  name === 'class' ||
  name === 'style' ||
  name === 'colspan' ||
  name === 'rowspan' ||
  name === 'id' ||
  name === 'hidden';

/** Line ends are line feeds, as HTML has it. Pieces are cut behind tags, so that nothing depends on where bytes were. */
export class PageLexer {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #tokenizer: Tokenizer;
  #pending = '';
  #buffer = '';
  /** Characters of the page before the buffer. */
  #base = 0;
  #line = 1;
  #countedTo = 0;
  #tagAt = 0;
  #name = '';
  #attributes = noAttributes();
  #hasAttributes = false;
  #attribute: keyof TagAttributes | null = null;
  #value = '';

  constructor(events: PageEvents) {
    const nothing = (): void => {};
    const resolved = createReferences();
    this.#tokenizer = new Tokenizer(
      // Texts without references, which are most, are passed over faster.
      { decodeEntities: false },
      {
        ontext: (start, end) => {
          if (events.wantsText) events.text(resolved(this.#slice(start, end)));
        },
        ontextentity: nothing,
        onopentagname: (start, end) => {
          this.#name = this.#slice(start, end).toLowerCase();
          this.#tagAt = start;
          if (this.#hasAttributes) this.#attributes = noAttributes();
          this.#hasAttributes = false;
        },
        onattribname: (start, end) => {
          const name = this.#slice(start, end).toLowerCase();
          this.#attribute = isAsked(name) ? name : null;
          this.#value = '';
        },
        onattribdata: (start, end) => {
          if (this.#attribute !== null && this.#value.length < MOST_VALUE)
            this.#value += this.#slice(start, end).slice(0, MOST_VALUE);
        },
        onattribentity: nothing,
        onattribend: () => {
          // Of two of a name the first counts.
          if (this.#attribute !== null) this.#attributes[this.#attribute] ??= resolved(this.#value);
          this.#hasAttributes ||= this.#attribute !== null;
          this.#attribute = null;
        },
        onopentagend: () => events.open(this.#name, this.#attributes, false),
        onselfclosingtag: () => events.open(this.#name, this.#attributes, true),
        onclosetag: (start, end) => {
          this.#tagAt = start;
          events.close(this.#slice(start, end).toLowerCase());
        },
        oncdata: nothing,
        oncomment: nothing,
        ondeclaration: nothing,
        onprocessinginstruction: nothing,
        onend: nothing,
      },
    );
  }

  #slice(start: number, end: number): string {
    if (start < this.#base)
      throw new ExportError('read.html.record-too-large', {
        line: this.#line,
        limit: sizeText(PIECE),
      });
    return this.#buffer.slice(start - this.#base, end - this.#base);
  }

  /** Characters so far. */
  get length(): number {
    return this.#base + this.#buffer.length;
  }

  /** 1-based line of the last tag. */
  line(): number {
    this.#countTo(this.#tagAt);
    return this.#line;
  }

  #countTo(place: number): void {
    const to = place - this.#base;
    for (let at = this.#buffer.indexOf('\n', this.#countedTo - this.#base); at >= 0 && at < to;) {
      this.#line++;
      at = this.#buffer.indexOf('\n', at + 1);
    }
    this.#countedTo = Math.max(this.#countedTo, place);
  }

  write(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }), false);
  }

  /** The page is over. */
  end(): void {
    this.#take(this.#decoder.decode(), true);
    this.#tokenizer.end();
  }

  #take(text: string, isEnd: boolean): void {
    let pending = this.#pending + text;
    let held = '';
    if (pending.includes('\r')) {
      if (!isEnd && pending.endsWith('\r')) {
        held = '\r';
        pending = pending.slice(0, -1);
      }
      pending = pending.replace(/\r\n?/g, '\n');
    }
    let cut = isEnd ? pending.length : pending.lastIndexOf('>') + 1;
    if (cut === 0 && pending.length > PIECE) {
      cut = pending.length;
      const last = Math.max(pending.lastIndexOf('&'), pending.lastIndexOf('<'));
      if (last > 0 && last > cut - MOST_REFERENCE) cut = last;
    }
    this.#pending = pending.slice(cut) + held;
    if (cut === 0) return;
    this.#countTo(this.#base + this.#buffer.length);
    this.#base += this.#buffer.length;
    this.#buffer = pending.slice(0, cut);
    this.#tokenizer.write(this.#buffer);
  }
}
