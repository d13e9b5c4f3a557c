// Where the reading of a script stands, and what all kinds of statements are read with.
import type { DeclaredColumn } from './create-table.ts';
import { type Lexer } from './lexer.ts';
import { KIND } from './value-kinds.ts';
import { ValueReader } from './values.ts';

/**
 * What was met. `row`: the cells of a row, of an UPDATE where `isUpdate`. `names`: of the columns of the rows before. `query`:
 * a statement that takes its rows from elsewhere. `change`: one that changes rows. `create`: a table's columns.
 */
export type ScriptEvent = 'row' | 'names' | 'query' | 'change' | 'create' | 'end';

export type State =
  | 'statement'
  | 'rows'
  | 'after-row'
  | 'all'
  | 'select'
  | 'merge-tail'
  | 'copy'
  | 'skip'
  | 'setting'
  | 'block'
  | 'delimiter';

const LF = 10;
const CR = 13;
const TAB = 9;
const CLOSE = 41;
const COMMA = 44;

/** Words in small letters. */
export const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that begin a statement, where none before it was ended. */
export const STARTERS = words(
  'insert replace merge update delete create drop alter set go begin commit copy truncate declare if exec execute print use grant rollback',
);

export interface ScriptWishes {
  /** Whether rows of this table are wanted; others are stepped over. */
  wants(table: string): boolean;
  updates: boolean;
  creates: boolean;
}

/** The state of a reading; functions for each kind of statement move it on. */
export class Script {
  readonly lexer: Lexer;
  readonly value: ValueReader;
  readonly wishes: ScriptWishes;
  /** Behind what was told last. Bytes before it are not looked at again. */
  at = 0;
  /** What is read next. */
  state: State = 'statement';
  /** Of the statement: its table, and the columns it names. */
  table = '';
  columns: readonly string[] | null = null;
  declared: readonly DeclaredColumn[] = [];
  isUpdate = false;
  /** Where the row or statement begins that was told last. */
  rowAt = 0;
  /** Where it ends. */
  rowEnd = 0;
  /** Cells of the row: kinds, offsets, and whether those are into `value.scratch`. */
  count = 0;
  kinds = new Uint8Array(64);
  starts = new Uint32Array(64);
  ends = new Uint32Array(64);
  inScratch = new Uint8Array(64);
  /** The rows of this statement are stepped over. */
  isSkipped = false;
  /** Rows of INSERT ALL, each of which names its table. */
  isAll = false;
  /** Where the rows stand in brackets of their own. */
  isMerge = false;
  /** Of BEGINs in a body. */
  depth = 0;
  #line = 1;
  #lineAt = 0;
  #nextFeed = -1;

  constructor(lexer: Lexer, wishes: ScriptWishes) {
    this.lexer = lexer;
    this.value = new ValueReader(lexer);
    this.wishes = wishes;
  }

  /** Names may follow the rows that are being told. */
  get awaitsNames(): boolean {
    return this.isMerge && this.columns === null;
  }

  /** The bytes before `by` are gone. */
  moved(by: number): void {
    this.lineOf(by);
    this.at -= by;
    this.#lineAt -= by;
    this.#nextFeed = -1;
  }

  /** The line that `position` is on. Positions are asked for in their order. */
  lineOf(position: number): number {
    const { bytes } = this.lexer;
    while (this.#lineAt < position) {
      if (this.#nextFeed < this.#lineAt) {
        const feed = bytes.indexOf(LF, this.#lineAt);
        this.#nextFeed = feed < 0 ? Infinity : feed;
      }
      if (this.#nextFeed >= position) {
        this.#lineAt = position;
        break;
      }
      this.#line++;
      this.#lineAt = this.#nextFeed + 1;
    }
    return this.#line;
  }

  /** Bytes were added behind those that are there. */
  grown(): void {
    this.#nextFeed = -1;
  }

  go(state: State, at: number): null {
    this.state = state;
    this.at = at;
    return null;
  }

  tell(event: ScriptEvent, state: State, from: number, to: number): ScriptEvent {
    this.rowAt = from;
    this.rowEnd = to;
    this.state = state;
    this.at = to;
    return event;
  }

  /** Whether a line break stands in the blanks before `i`. */
  isLineStart(i: number): boolean {
    for (let k = this.at; k < i; k++) if (this.lexer.bytes[k] === LF) return true;
    return false;
  }

  /** Whether nothing else stands on the line. */
  isAlone(i: number, size: number): boolean {
    for (let k = i + size; ; k++) {
      const b = this.lexer.peek(k);
      if (b < 0 || b === LF) return true;
      if (b !== 32 && b !== TAB && b !== CR) return false;
    }
  }

  /** The names in brackets that open at `i`; null where other things stand in them. */
  names(i: number): { names: string[]; end: number } | null {
    const { lexer } = this;
    const names: string[] = [];
    for (let at = lexer.space(i + 1); ;) {
      if (
        !lexer.isMarked(at) &&
        lexer.isWord(at) &&
        lexer.word(at) === 'select' &&
        names.length === 0
      )
        return null;
      const found = lexer.path(at);
      if (found === null) return null;
      // A column may be named with its table.
      names.push(
        lexer.isMarked(at) && !found.name.includes('.') ? found.name : lastName(lexer, at, found),
      );
      at = lexer.space(found.end);
      if (lexer.peek(at) === CLOSE) return { names, end: at + 1 };
      if (lexer.peek(at) !== COMMA) return null;
      at = lexer.space(at + 1);
    }
  }

  cell(): void {
    const n = this.count++;
    if (n === this.kinds.length) this.#widen();
    const { value } = this;
    this.kinds[n] = value.kind;
    this.starts[n] = value.start;
    this.ends[n] = value.end;
    this.inScratch[n] = value.isInScratch ? 1 : 0;
  }

  /** Takes the words DEFAULT out of a row that has so many values too many: columns that are worked out have no others. */
  dropDefaults(most: number): void {
    const { lexer } = this;
    let kept = 0;
    let excess = this.count - most;
    for (let i = 0; i < this.count; i++) {
      const isDefault =
        excess > 0 &&
        this.kinds[i] === KIND.unknown &&
        this.ends[i]! - this.starts[i]! === 7 &&
        lexer.string(this.starts[i]!, this.ends[i]!).toLowerCase() === 'default';
      if (isDefault) {
        excess--;
        continue;
      }
      this.kinds[kept] = this.kinds[i]!;
      this.starts[kept] = this.starts[i]!;
      this.ends[kept] = this.ends[i]!;
      this.inScratch[kept++] = this.inScratch[i]!;
    }
    this.count = kept;
  }

  #widen(): void {
    const wider = <T extends Uint8Array | Uint32Array>(old: T): T => {
      const grown = new (old.constructor as new (size: number) => T)(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.kinds = wider(this.kinds);
    this.starts = wider(this.starts);
    this.ends = wider(this.ends);
    this.inScratch = wider(this.inScratch);
  }
}

/** The last part of a path, which may hold dots itself. */
function lastName(lexer: Lexer, i: number, path: { name: string; end: number }): string {
  let at = i;
  for (;;) {
    const found = lexer.name(at)!;
    if (found.end >= path.end) return found.name;
    at = lexer.space(lexer.space(found.end) + 1);
  }
}

export function sameNames(a: readonly string[] | null, b: readonly string[]): boolean {
  return a !== null && a.length === b.length && a.every((name, i) => name === b[i]);
}
