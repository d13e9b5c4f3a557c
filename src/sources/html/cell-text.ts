// The text of a cell as it is put together from pieces: white space as a browser shows it, or as it stands.

const WHITE = /[ \t\n\f\r]+/g;
/** How cells without a value are often written. */
const BLANK = /^[\s\u00a0]*$/;

/** Whether nothing of the text collapses: each white space is one space between others. */
function isEven(text: string): boolean {
  let wasSpace = true;
  for (let i = 0; i < text.length; i++) {
    const isSpace = text.charCodeAt(i) <= 32;
    if (isSpace && (wasSpace || text.charCodeAt(i) !== 32)) return false;
    wasSpace = isSpace;
  }
  return !wasSpace;
}

export class CellText {
  readonly #keeps: boolean;
  #out = '';
  #hasSpace = false;
  /** Line breaks since the last character: those of <br>, and whether a block began or ended. */
  #breaks = 0;
  #isApart = false;
  #preDepth = 0;
  #isPreStart = false;

  constructor(whitespace: 'collapse' | 'keep') {
    this.#keeps = whitespace === 'keep';
  }

  get length(): number {
    return this.#out.length;
  }

  clear(): void {
    this.#out = '';
    this.#hasSpace = false;
    this.#breaks = 0;
    this.#isApart = false;
    this.#preDepth = 0;
    this.#isPreStart = false;
  }

  add(piece: string): void {
    let text = piece;
    if (this.#isPreStart) {
      this.#isPreStart = false;
      if (text.startsWith('\n')) text = text.slice(1);
    }
    if (this.#keeps || this.#preDepth > 0) {
      if (text === '') return;
      this.#put();
      this.#out += text;
      return;
    }
    if (isEven(text)) {
      this.#put();
      this.#out = this.#out === '' ? text : this.#out + text;
      return;
    }
    text = text.replace(WHITE, ' ');
    const from = text.startsWith(' ') ? 1 : 0;
    if (from === 1) this.#hasSpace = true;
    if (text.length === from) return;
    const to = text.endsWith(' ') ? text.length - 1 : text.length;
    this.#put();
    this.#out += text.slice(from, to);
    this.#hasSpace = to < text.length;
  }

  /** Writes what stands before the next character. */
  #put(): void {
    const breaks = Math.max(this.#breaks, Number(this.#isApart));
    if (this.#out !== '' || this.#keeps) {
      if (breaks > 0 && (this.#breaks > 0 || this.#out !== '')) this.#out += '\n'.repeat(breaks);
      else if (this.#hasSpace) this.#out += ' ';
    }
    this.#hasSpace = false;
    this.#breaks = 0;
    this.#isApart = false;
  }

  /** A <br>. */
  break(): void {
    this.#breaks++;
  }

  /** A block begins or ends. */
  part(): void {
    this.#isApart = true;
  }

  /** A <pre> begins or ends. */
  pre(isStart: boolean): void {
    this.part();
    this.#preDepth = Math.max(0, this.#preDepth + (isStart ? 1 : -1));
    this.#isPreStart = isStart;
  }

  /** The whole text. */
  take(): string {
    if (this.#keeps) return this.#breaks > 0 ? this.#out + '\n'.repeat(this.#breaks) : this.#out;
    const first = this.#out.charCodeAt(0);
    return (first <= 32 || first === 0xa0) && BLANK.test(this.#out) ? '' : this.#out;
  }
}
