// Walks through a script statement by statement and row by row; what is no row of a wanted table is stepped over.
import { type DeclaredColumn, readColumns } from './create-table.ts';
import { Lexer, SyntaxFault } from './lexer.ts';
import { unescapeCopy, unescapeText } from './unescape.ts';
import { KIND, ValueReader } from './values.ts';
import { ByteWriter } from '../../table/byte-writer.ts';

/**
 * What was met. `row`: the cells of a row, of an UPDATE where `isUpdate`. `names`: of the columns of the rows before. `query`:
 * a statement that takes its rows from elsewhere. `change`: one that changes rows. `create`: a table's columns.
 */
export type ScriptEvent = 'row' | 'names' | 'query' | 'change' | 'create' | 'end';

type State =
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
const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const DOT = 46;
const SLASH = 47;
const SEMICOLON = 59;
const EQUALS = 61;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const BACKSLASH = 92;
const QUOTE = 39;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that begin a statement, where none before it was ended. */
const STARTERS = words(
  'insert replace merge update delete create drop alter set go begin commit copy truncate declare if exec execute print use grant rollback',
);
/** The same at the start of a line within a statement. */
const LINE_STARTERS = words(
  'insert replace merge update create begin commit go set copy drop alter',
);
/** Commands of clients, a line each. */
const LINE_COMMANDS = words(
  'prompt rem remark spool whenever define undefine host connect conn exit quit go',
);
const SETTINGS = words('set use print exec execute declare delete truncate alter drop');
/** What may have a body with semicolons of its own. */
const BODIES = words('trigger procedure function package event');
const BEGINNINGS = words('transaction tran work immediate exclusive deferred');
const ENDINGS = words('transaction tran work');
/** Between INSERT and the name of its table. */
const INSERT_WORDS = words(
  'into ignore low_priority high_priority delayed overwrite table or replace rollback abort fail',
);

export interface ScriptWishes {
  /** Whether rows of this table are wanted; others are stepped over. */
  wants(table: string): boolean;
  updates: boolean;
  creates: boolean;
}

export class ScriptReader {
  readonly lexer: Lexer;
  readonly value: ValueReader;
  readonly #wishes: ScriptWishes;
  /** Behind what was told last. Bytes before it are not looked at again. */
  at = 0;
  #state: State = 'statement';
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
  #isSkipped = false;
  #isAll = false;
  /** Where the rows stand in brackets of their own. */
  #isMerge = false;
  #depth = 0;
  #line = 1;
  #lineAt = 0;
  #nextFeed = -1;

  constructor(lexer: Lexer, wishes: ScriptWishes) {
    this.lexer = lexer;
    this.value = new ValueReader(lexer);
    this.#wishes = wishes;
  }

  /** Names may follow the rows that are being told. */
  get awaitsNames(): boolean {
    return this.#isMerge && this.columns === null;
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

  /** What comes next. Throws MORE, and goes on from the same place once there is more; SyntaxFault. */
  next(): ScriptEvent {
    for (;;) {
      const event = this.#step();
      if (event !== null) return event;
    }
  }

  #step(): ScriptEvent | null {
    switch (this.#state) {
      case 'rows':
        return this.#row();
      case 'after-row':
        return this.#afterRow();
      case 'copy':
        return this.#copyRow();
      case 'skip':
      case 'setting':
        return this.#skip();
      case 'block':
        return this.#block();
      case 'all':
        return this.#all();
      case 'select':
        return this.#selectRow();
      case 'merge-tail':
        return this.#mergeTail();
      case 'delimiter':
        return this.#delimited();
      default:
        return this.#statement();
    }
  }

  #go(state: State, at: number): null {
    this.#state = state;
    this.at = at;
    return null;
  }

  #tell(event: ScriptEvent, state: State, from: number, to: number): ScriptEvent {
    this.rowAt = from;
    this.rowEnd = to;
    this.#state = state;
    this.at = to;
    return event;
  }

  #statement(): ScriptEvent | null {
    const { lexer } = this;
    const i = lexer.space(this.at);
    this.at = i;
    this.#isAll = this.#isMerge = this.isUpdate = false;
    const b = lexer.peek(i);
    if (b < 0) return 'end';
    if (b === SEMICOLON || b === SLASH) return this.#go('statement', i + 1);
    // Commands of psql and of SQLite's shell.
    if (b === BACKSLASH || b === DOT) return this.#go('statement', lexer.line(i));
    const word = lexer.word(i);
    const end = word === '' ? i : lexer.wordEnd(i);
    if (LINE_COMMANDS.has(word)) return this.#go('statement', lexer.line(i));
    if (SETTINGS.has(word)) return this.#setting(word, i, end);
    switch (word) {
      case 'insert':
      case 'replace':
        return this.#insert(i, end);
      case 'merge':
        return this.#merge(i, end);
      case 'copy':
        return this.#copy(i, end);
      case 'update':
        return this.#update(i, end);
      case 'create':
        return this.#create(end);
      case 'begin': {
        const next = lexer.space(end);
        if (lexer.peek(next) < 0 || lexer.peek(next) === SEMICOLON)
          return this.#go('statement', next);
        if (BEGINNINGS.has(lexer.word(next))) return this.#go('statement', lexer.wordEnd(next));
        this.#depth = 0;
        return this.#go('block', i);
      }
      case 'commit':
      case 'rollback': {
        const next = lexer.space(end);
        const isWord = lexer.peek(next) >= 0 && ENDINGS.has(lexer.word(next));
        return this.#go('statement', isWord ? lexer.wordEnd(next) : end);
      }
      case 'start':
        return this.#go('setting', end);
      case 'if':
        return this.#condition(end);
      case 'delimiter': {
        const to = lexer.line(i);
        const mark = lexer.string(end, to).trim();
        return this.#go(mark === ';' ? 'statement' : 'delimiter', to);
      }
      default:
        return this.#go('skip', i);
    }
  }

  /** A statement of one table that holds no rows; ALTER TABLE … UPDATE is ClickHouse's way to change them. */
  #setting(word: string, i: number, end: number): ScriptEvent | null {
    const { lexer } = this;
    if (word === 'alter' || word === 'delete' || word === 'truncate') {
      let at = lexer.space(end);
      if (['table', 'from'].includes(lexer.word(at))) at = lexer.space(lexer.wordEnd(at));
      const path = lexer.path(at);
      if (path !== null) {
        const after = lexer.space(path.end);
        if (word === 'alter' && lexer.peek(after) >= 0 && lexer.word(after) === 'update')
          return this.#pairs(i, path.name, lexer.space(lexer.wordEnd(after)));
        if (word !== 'alter') {
          this.table = path.name;
          return this.#tell('change', 'setting', i, path.end);
        }
      }
    }
    return this.#go('setting', end);
  }

  /** IF …, up to the CREATE or the like that it is about. */
  #condition(from: number): null {
    const { lexer } = this;
    for (let i = from; ;) {
      i = lexer.space(i);
      const b = lexer.peek(i);
      if (b < 0 || b === SEMICOLON) return this.#go('statement', i);
      const word = lexer.isWord(i) ? lexer.word(i) : '';
      if (word === 'create' || word === 'insert' || word === 'begin' || word === 'drop')
        return this.#go('statement', i);
      i = lexer.token(i);
    }
  }

  // ---- statements that are stepped over

  #skip(): null {
    const { lexer } = this;
    for (;;) {
      const i = lexer.space(this.at);
      const b = lexer.peek(i);
      if (b < 0) return this.#go('statement', i);
      if (b === SEMICOLON) return this.#go('statement', i + 1);
      if ((b === SLASH || lexer.isWord(i)) && this.#isLineStart(i)) {
        const word = b === SLASH ? '/' : lexer.word(i);
        if ((word === '/' || word === 'go') && this.#isAlone(i, word.length))
          return this.#go('statement', i);
        if (this.#state === 'setting' && LINE_STARTERS.has(word)) return this.#go('statement', i);
      }
      this.at = lexer.token(i);
    }
  }

  /** Whether a line break stands in the blanks before `i`. */
  #isLineStart(i: number): boolean {
    for (let k = this.at; k < i; k++) if (this.lexer.bytes[k] === LF) return true;
    return false;
  }

  /** Whether nothing else stands on the line. */
  #isAlone(i: number, size: number): boolean {
    for (let k = i + size; ; k++) {
      const b = this.lexer.peek(k);
      if (b < 0 || b === LF) return true;
      if (b !== 32 && b !== TAB && b !== CR) return false;
    }
  }

  /** A body between BEGIN and END. */
  #block(): ScriptEvent | null {
    const { lexer } = this;
    for (;;) {
      const i = lexer.space(this.at);
      const b = lexer.peek(i);
      if (b < 0) return this.#go('statement', i);
      if (b === SEMICOLON && this.#depth <= 0) return this.#go('statement', i + 1);
      if (b === SLASH && this.#isLineStart(i) && this.#isAlone(i, 1))
        return this.#go('statement', i + 1);
      const word = lexer.isWord(i) ? lexer.word(i) : '';
      let end = lexer.token(i);
      if (word === 'begin' || word === 'case') this.#depth++;
      else if (word === 'end') {
        const next = lexer.space(end);
        const second = lexer.peek(next) < 0 ? '' : lexer.word(next);
        if (second === 'if' || second === 'loop' || second === 'while' || second === 'repeat')
          end = lexer.wordEnd(next);
        else {
          if (second === 'case') end = lexer.wordEnd(next);
          this.#depth--;
        }
      }
      this.at = end;
      if (b === QUOTE && this.#wishes.creates) {
        const event = this.#quotedCreate(i, end);
        if (event !== null) return event;
      }
    }
  }

  /** A CREATE TABLE that a block hands over as text. */
  #quotedCreate(from: number, to: number): ScriptEvent | null {
    const { lexer } = this;
    if (!/^'\s*create\s/i.test(lexer.string(from, Math.min(to, from + 40)))) return null;
    const text = new ByteWriter(to - from);
    unescapeText(lexer.bytes, from + 1, to - 1, QUOTE, lexer.dialect.escapes, text);
    const inner = new Lexer(lexer.dialect);
    inner.bytes = text.written();
    inner.end = inner.bytes.length;
    inner.isEnd = true;
    const reader = new ScriptReader(inner, this.#wishes);
    try {
      if (reader.next() !== 'create') return null;
    } catch (thrown) {
      if (thrown instanceof SyntaxFault) return null;
      throw thrown;
    }
    this.table = reader.table;
    this.declared = reader.declared;
    return 'create';
  }

  /** Between two DELIMITER commands bodies stand that hold semicolons. */
  #delimited(): null {
    const { lexer } = this;
    for (;;) {
      const to = lexer.line(this.at);
      const line = lexer.string(this.at, Math.min(to, this.at + 40));
      if (to === this.at) return this.#go('statement', to);
      this.at = to;
      if (/^\s*delimiter\s+;\s*$/i.test(line)) return this.#go('statement', to);
    }
  }

  // ---- CREATE TABLE

  #create(from: number): ScriptEvent | null {
    const { lexer } = this;
    let i = lexer.space(from);
    let word = '';
    for (;;) {
      if (lexer.peek(i) < 0 || !lexer.isWord(i)) return this.#go('skip', i);
      word = lexer.word(i);
      if (BODIES.has(word)) {
        this.#depth = 0;
        return this.#go('block', i);
      }
      if (word === 'table') break;
      if (
        !/^(?:or|replace|temp|temporary|global|local|unlogged|transient|foreign|external|volatile|hybrid|dynamic|definer|alter|private)$/.test(
          word,
        )
      )
        return this.#go('skip', i);
      i = lexer.space(lexer.wordEnd(i));
      if (word === 'definer') return this.#definer(i);
    }
    if (!this.#wishes.creates) return this.#go('skip', i);
    i = lexer.space(lexer.wordEnd(i));
    while (['if', 'not', 'exists'].includes(lexer.word(i))) i = lexer.space(lexer.wordEnd(i));
    const path = lexer.path(i);
    if (path === null) return this.#go('skip', i);
    const open = lexer.space(path.end);
    if (lexer.peek(open) !== OPEN) return this.#go('skip', open);
    const inner = lexer.space(open + 1);
    // CREATE TABLE t (SELECT …) names no columns.
    if (lexer.isWord(inner) && lexer.word(inner) === 'select') return this.#go('skip', open);
    const { columns, end } = readColumns(lexer, open);
    this.table = path.name;
    this.declared = columns;
    return this.#tell('create', 'skip', i, end);
  }

  /** CREATE DEFINER=… before a body or a view. */
  #definer(from: number): null {
    const { lexer } = this;
    for (let i = from; ;) {
      i = lexer.space(i);
      const b = lexer.peek(i);
      if (b < 0 || b === SEMICOLON) return this.#go('statement', i);
      const word = lexer.isWord(i) ? lexer.word(i) : '';
      if (BODIES.has(word)) {
        this.#depth = 0;
        return this.#go('block', i);
      }
      if (word === 'view') return this.#go('skip', i);
      i = lexer.token(i);
    }
  }

  // ---- INSERT

  #insert(from: number, end: number): ScriptEvent | null {
    const { lexer } = this;
    let i = lexer.space(end);
    const first = lexer.isWord(i) ? lexer.word(i) : '';
    if (first === 'all' || first === 'first') {
      this.#isAll = true;
      return this.#go('all', lexer.wordEnd(i));
    }
    while (lexer.isWord(i) && INSERT_WORDS.has(lexer.word(i))) i = lexer.space(lexer.wordEnd(i));
    return this.#head(from, i);
  }

  /** What follows INTO: the table, its columns, and how the rows come. */
  #head(from: number, i: number): ScriptEvent | null {
    const { lexer } = this;
    const path = lexer.path(i);
    if (path === null) return this.#go('skip', i);
    this.table = path.name;
    this.columns = null;
    this.#isSkipped = !this.#wishes.wants(path.name);
    let at = lexer.space(path.end);
    if (lexer.isWord(at) && lexer.word(at) === 'as') {
      const alias = lexer.name(lexer.space(lexer.wordEnd(at)));
      if (alias !== null) at = lexer.space(alias.end);
    }
    if (lexer.isWord(at) && lexer.word(at) === 'partition') {
      const open = lexer.space(lexer.wordEnd(at));
      if (lexer.peek(open) === OPEN) at = lexer.space(this.#closing(open));
    }
    if (lexer.peek(at) === OPEN) {
      const listed = this.#names(at);
      if (listed !== null) {
        this.columns = listed.names;
        at = lexer.space(listed.end);
      }
    }
    if (lexer.isWord(at) && lexer.word(at) === 'overriding') {
      for (let k = 0; k < 3; k++) at = lexer.space(lexer.wordEnd(at));
    }
    const isBracketed = lexer.peek(at) === OPEN;
    const start = isBracketed ? lexer.space(at + 1) : at;
    const word = lexer.isWord(start) ? lexer.word(start) : '';
    switch (word) {
      case 'values':
      case 'value':
        return this.#go('rows', lexer.wordEnd(start));
      case 'select':
        return this.#select(from, start);
      case 'set':
        return this.#pairs(from, path.name, lexer.space(lexer.wordEnd(start)), false);
      default:
        if (lexer.peek(at) < 0) throw new SyntaxFault('the statement is not ended', from);
        if (this.#isSkipped) return this.#go('skip', at);
        return this.#tell('query', 'skip', from, at);
    }
  }

  /** The names in brackets that open at `i`; null where other things stand in them. */
  #names(i: number): { names: string[]; end: number } | null {
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

  /** Behind the bracket that closes the one at `i`. */
  #closing(i: number): number {
    const { lexer } = this;
    let depth = 0;
    for (let at = i; ;) {
      at = lexer.space(at);
      const b = lexer.peek(at);
      if (b < 0) throw new SyntaxFault('a bracket is not closed', i);
      if (b === OPEN) depth++;
      else if (b === CLOSE && --depth === 0) return at + 1;
      at = lexer.token(at);
    }
  }

  #cell(): void {
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

  /** A row in brackets. */
  #row(): ScriptEvent | null {
    const { lexer, value } = this;
    let i = lexer.space(this.at);
    const from = i;
    // ROW(…) of MySQL, STRUCT(…) of BigQuery.
    if (lexer.peek(i) !== OPEN && /^(?:row|struct)$/.test(lexer.word(i)))
      i = lexer.space(lexer.wordEnd(i));
    if (lexer.peek(i) !== OPEN) throw new SyntaxFault('a row in brackets should follow', i);
    const next = this.#isAll ? 'all' : 'after-row';
    if (this.#isSkipped) return this.#go(next, this.#closing(i));
    this.count = 0;
    value.scratch.length = 0;
    i++;
    for (;;) {
      const b = i < lexer.end ? lexer.bytes[i]! : lexer.peek(i);
      if (b <= 32 || b === 45 || b === SLASH || b === 35) i = lexer.space(i);
      // A row of no values.
      if (this.count === 0 && lexer.peek(i) === CLOSE) break;
      const start = i;
      i = value.read(i);
      let next = lexer.peek(i);
      if (next !== COMMA && next !== CLOSE) {
        i = value.unknown(start, false);
        next = lexer.peek(i);
        if (next !== COMMA && next !== CLOSE)
          throw new SyntaxFault('a comma or bracket should follow the value', i);
      }
      this.#cell();
      if (next === CLOSE) break;
      i++;
    }
    return this.#tell('row', next, from, i + 1);
  }

  #afterRow(): null {
    const { lexer } = this;
    const i = lexer.space(this.at);
    const b = lexer.peek(i);
    if (b === COMMA) return this.#go('rows', i + 1);
    if (b === SEMICOLON) return this.#go('statement', i + 1);
    if (this.#isMerge && (b === CLOSE || b === CLOSE_BRACKET)) return this.#go('merge-tail', i);
    if (b < 0 || b === SLASH) {
      if (b < 0 && this.#isMerge) throw new SyntaxFault('the statement is not ended', i);
      return this.#go('statement', i);
    }
    if (b === OPEN) return this.#go('rows', i);
    const word = lexer.isWord(i) ? lexer.word(i) : '';
    return this.#go(STARTERS.has(word) ? 'statement' : 'skip', i);
  }

  /** INSERT ALL: rows of tables, each with a head of its own. */
  #all(): ScriptEvent | null {
    const { lexer } = this;
    const i = lexer.space(this.at);
    if (lexer.isWord(i) && lexer.word(i) === 'into')
      return this.#head(i, lexer.space(lexer.wordEnd(i)));
    if (this.#isSkipped && lexer.peek(i) === COMMA) return this.#go('all', i + 1);
    return this.#go('skip', i);
  }

  // ---- rows out of SELECT

  #select(from: number, i: number): ScriptEvent | null {
    const { lexer } = this;
    const values = this.#fromValues(lexer.wordEnd(i));
    if (values === null) {
      if (this.#isSkipped) return this.#go('setting', i);
      return this.#tell('query', 'setting', from, i);
    }
    if (values.at >= 0) {
      this.columns ??= values.names;
      this.#isMerge = this.#isMerge || values.isBracketed;
      return this.#go('rows', values.at);
    }
    if (this.#isSkipped && !this.#isMerge) return this.#go('setting', i);
    return this.#go('select', i);
  }

  /**
   * Where the rows begin that a SELECT takes from VALUES, column by column in their order; -1 where its values are the row.
   * Null for what is neither.
   */
  #fromValues(from: number): { at: number; names: string[] | null; isBracketed: boolean } | null {
    const { lexer } = this;
    const rowOfValues = { at: -1, names: null, isBracketed: false };
    const items: { text: string; alias: string | null }[] = [];
    let depth = 0;
    let start = lexer.space(from);
    let alias: string | null = null;
    let last = '';
    for (let i = start; ;) {
      i = lexer.space(i);
      const b = lexer.peek(i);
      if (b < 0 || b === SEMICOLON || (b === CLOSE && depth === 0)) return rowOfValues;
      const word = depth === 0 && lexer.isWord(i) && !lexer.isMarked(i) ? lexer.word(i) : '';
      if (word === 'union' || word === 'on') return rowOfValues;
      if (word === 'where') return null;
      if (word === 'from' || (b === COMMA && depth === 0)) {
        items.push({ text: lexer.string(start, i), alias });
        alias = null;
        if (word === 'from') {
          let at = lexer.space(lexer.wordEnd(i));
          const isBracketed = lexer.peek(at) === OPEN;
          if (isBracketed) at = lexer.space(at + 1);
          const source = lexer.isWord(at) ? lexer.word(at) : '';
          if (source === 'dual' || source === 'sysibm') return rowOfValues;
          if (source !== 'values') return null;
          const isInOrder = items.every(
            ({ text, alias: name }, k) =>
              new RegExp(`\\b(?:column|c|_)${k + 1}\\b`, 'i').test(text) ||
              (name !== null && text.includes(name)),
          );
          if (!isInOrder) return null;
          const names = items.map((item) => item.alias);
          return {
            at: lexer.wordEnd(at),
            names: names.every((name) => name !== null) ? (names as string[]) : null,
            isBracketed,
          };
        }
        start = i + 1;
      }
      if (b === OPEN) depth++;
      else if (b === CLOSE) depth--;
      if (depth === 0 && last === 'as') alias = lexer.name(i)?.name ?? null;
      last = word;
      i = lexer.token(i);
    }
  }

  /** SELECT value [AS name], … [FROM dual] [UNION ALL …]. */
  #selectRow(): ScriptEvent | null {
    const { lexer, value } = this;
    const from = this.at;
    let i = lexer.space(lexer.wordEnd(lexer.space(from)));
    this.count = 0;
    value.scratch.length = 0;
    const names: string[] = [];
    for (;;) {
      i = value.read(lexer.space(i));
      this.#cell();
      i = lexer.space(i);
      if (lexer.peek(i) >= 0 && lexer.isWord(i) && lexer.word(i) === 'as') {
        const found = lexer.name(lexer.space(lexer.wordEnd(i)));
        if (found === null) throw new SyntaxFault('a name should follow AS', i);
        names.push(found.name);
        i = lexer.space(found.end);
      }
      if (lexer.peek(i) !== COMMA) break;
      i++;
    }
    if (this.#isMerge && names.length === this.count && !sameNames(this.columns, names))
      this.columns = names;
    let word = lexer.peek(i) < 0 ? '' : lexer.word(i);
    if (word === 'from') {
      const path = lexer.path(lexer.space(lexer.wordEnd(i)));
      const source = path?.name.toLowerCase() ?? '';
      if (source !== 'dual' && source !== 'sysibm.sysdummy1')
        return this.#isSkipped ? this.#go('skip', i) : this.#tell('query', 'skip', from, i);
      i = lexer.space(path!.end);
      word = lexer.peek(i) < 0 ? '' : lexer.word(i);
    }
    let state: State = 'skip';
    if (word === 'union') {
      i = lexer.space(lexer.wordEnd(i));
      if (lexer.word(i) !== 'all') return this.#tell('query', 'skip', from, i);
      i = lexer.space(lexer.wordEnd(i));
      if (lexer.word(i) !== 'select') return this.#tell('query', 'skip', from, i);
      state = 'select';
    } else if (word === 'where') return this.#tell('query', 'skip', from, i);
    else if (STARTERS.has(word)) state = 'statement';
    if (this.#isSkipped) return this.#go(state, i);
    return this.#tell('row', state, from, i);
  }

  // ---- MERGE

  #merge(from: number, end: number): ScriptEvent | null {
    const { lexer } = this;
    let i = lexer.space(end);
    if (lexer.word(i) === 'into') i = lexer.space(lexer.wordEnd(i));
    const path = lexer.path(i);
    if (path === null) return this.#go('skip', i);
    this.table = path.name;
    this.columns = null;
    this.#isMerge = true;
    this.#isSkipped = !this.#wishes.wants(path.name);
    if (this.#isSkipped) return this.#go('skip', i);
    i = path.end;
    for (;;) {
      i = lexer.space(i);
      if (lexer.peek(i) < 0 || lexer.peek(i) === SEMICOLON)
        return this.#tell('query', 'skip', from, i);
      const isUsing = !lexer.isMarked(i) && lexer.isWord(i) && lexer.word(i) === 'using';
      i = lexer.token(i);
      if (isUsing) break;
    }
    i = lexer.space(i);
    if (lexer.isWord(i) && lexer.word(i) === 'unnest') return this.#unnest(from, i);
    if (lexer.peek(i) !== OPEN) return this.#tell('query', 'skip', from, i);
    const inner = lexer.space(i + 1);
    const word = lexer.isWord(inner) ? lexer.word(inner) : '';
    if (word === 'values') return this.#go('rows', lexer.wordEnd(inner));
    if (word === 'select') return this.#select(from, inner);
    return this.#tell('query', 'skip', from, i);
  }

  /** UNNEST(ARRAY<STRUCT<name type, …>>[ row, … ]) of BigQuery. */
  #unnest(from: number, i: number): ScriptEvent | null {
    const { lexer } = this;
    const open = lexer.space(lexer.wordEnd(i));
    let at = lexer.space(open + 1);
    const names: string[] = [];
    let depth = 0;
    let isName = false;
    while (lexer.peek(at) !== OPEN_BRACKET) {
      const b = lexer.peek(at);
      if (b < 0 || b === SEMICOLON) return this.#tell('query', 'skip', from, at);
      if (isName) {
        const found = lexer.name(at);
        if (found === null) return this.#tell('query', 'skip', from, at);
        names.push(found.name);
        at = lexer.space(found.end);
        isName = false;
        continue;
      }
      if (b === 60) depth++;
      else if (b === 62) depth--;
      isName = (b === 60 && depth === 2) || (b === COMMA && depth === 2);
      at = lexer.space(lexer.token(at));
    }
    this.columns = names;
    return this.#go('rows', at + 1);
  }

  /** What follows the rows of a MERGE: its names, perhaps. */
  #mergeTail(): ScriptEvent | null {
    const { lexer } = this;
    const from = this.at;
    let i = from;
    while (lexer.peek(i) === CLOSE || lexer.peek(i) === CLOSE_BRACKET) i = lexer.space(i + 1);
    if (lexer.isWord(i) && lexer.word(i) === 'as') i = lexer.space(lexer.wordEnd(i));
    const alias = lexer.name(i);
    if (alias === null) return this.#go('skip', i);
    const open = lexer.space(alias.end);
    if (lexer.peek(open) !== OPEN) return this.#go('skip', i);
    const listed = this.#names(open);
    if (listed === null) return this.#go('skip', i);
    this.columns = listed.names;
    return this.#tell('names', 'skip', from, listed.end);
  }

  // ---- UPDATE, INSERT … SET

  #update(from: number, end: number): ScriptEvent | null {
    const { lexer } = this;
    let i = lexer.space(end);
    while (/^(?:only|low_priority|ignore)$/.test(lexer.word(i))) i = lexer.space(lexer.wordEnd(i));
    const path = lexer.path(i);
    if (path === null) return this.#go('skip', i);
    const at = lexer.space(path.end);
    if (!lexer.isWord(at) || lexer.word(at) !== 'set') {
      this.table = path.name;
      return this.#tell('change', 'skip', from, at);
    }
    return this.#pairs(from, path.name, lexer.space(lexer.wordEnd(at)));
  }

  /** name = value, … [WHERE name = value AND name IS NULL]. */
  #pairs(from: number, table: string, first: number, isUpdate = true): ScriptEvent | null {
    const { lexer, value } = this;
    this.table = table;
    if (!this.#wishes.wants(table)) return this.#go('skip', first);
    if (isUpdate && !this.#wishes.updates) return this.#tell('change', 'skip', from, first);
    this.count = 0;
    value.scratch.length = 0;
    const names: string[] = [];
    let i = first;
    let isWhere = false;
    for (;;) {
      const found = lexer.name(i);
      if (found === null) return this.#tell('change', 'skip', from, i);
      names.push(found.name);
      i = lexer.space(found.end);
      if (isWhere && lexer.isWord(i) && lexer.word(i) === 'is') {
        const none = lexer.space(lexer.wordEnd(i));
        if (lexer.word(none) !== 'null') return this.#tell('change', 'skip', from, i);
        i = value.read(none);
      } else {
        if (lexer.peek(i) !== EQUALS) return this.#tell('change', 'skip', from, i);
        i = value.read(lexer.space(i + 1));
      }
      this.#cell();
      i = lexer.space(i);
      const b = lexer.peek(i);
      const word = b >= 0 && lexer.isWord(i) ? lexer.word(i) : '';
      if (b === COMMA && !isWhere) i = lexer.space(i + 1);
      else if (word === 'where' && !isWhere) {
        isWhere = true;
        i = lexer.space(lexer.wordEnd(i));
      } else if (word === 'and' && isWhere) i = lexer.space(lexer.wordEnd(i));
      else break;
    }
    // An UPDATE without keys is about all rows.
    const b = lexer.peek(i);
    const isEnded = b < 0 || b === SEMICOLON || b === SLASH || STARTERS.has(lexer.word(i));
    if (isUpdate && (!isWhere || !isEnded)) return this.#tell('change', 'skip', from, i);
    this.isUpdate = isUpdate;
    if (!sameNames(this.columns, names)) this.columns = names;
    return this.#tell('row', isEnded ? 'statement' : 'skip', from, i);
  }

  // ---- COPY

  #copy(from: number, end: number): ScriptEvent | null {
    const { lexer } = this;
    const path = lexer.path(lexer.space(end));
    if (path === null) return this.#go('skip', end);
    let i = lexer.space(path.end);
    this.table = path.name;
    this.columns = null;
    if (lexer.peek(i) === OPEN) {
      const listed = this.#names(i);
      if (listed === null) return this.#go('skip', i);
      this.columns = listed.names;
      i = lexer.space(listed.end);
    }
    if (lexer.word(i) !== 'from') return this.#go('skip', i);
    i = lexer.space(lexer.wordEnd(i));
    if (lexer.word(i) !== 'stdin') return this.#go('skip', i);
    i = lexer.space(lexer.wordEnd(i));
    const options = i;
    while (lexer.peek(i) !== SEMICOLON) {
      if (lexer.peek(i) < 0) throw new SyntaxFault('the statement is not ended', from);
      i = lexer.space(lexer.token(i));
    }
    this.#isSkipped = !this.#wishes.wants(path.name);
    const settings = lexer.string(options, i);
    if (!this.#isSkipped && /\b(?:csv|delimiter|null|binary|quote|escape|header)\b/i.test(settings))
      throw new SyntaxFault(
        `COPY is read in its text form only, without “${settings.trim()}”`,
        from,
      );
    return this.#go('copy', lexer.line(i));
  }

  /** A line of COPY's text form. */
  #copyRow(): ScriptEvent | null {
    const { lexer, value } = this;
    const from = this.at;
    const { bytes } = lexer;
    const next = lexer.line(from);
    if (next === from) throw new SyntaxFault('the rows of COPY have no end (\\. on a line)', from);
    let end = next;
    if (bytes[end - 1] === LF) end--;
    if (end > from && bytes[end - 1] === CR) end--;
    if (end === from + 2 && bytes[from] === BACKSLASH && bytes[from + 1] === DOT)
      return this.#go('statement', next);
    if (this.#isSkipped) return this.#go('copy', next);
    this.count = 0;
    value.scratch.length = 0;
    let start = from;
    let hasEscapes = false;
    for (let i = from; i <= end; i++) {
      const b = i < end ? bytes[i]! : TAB;
      if (b === BACKSLASH) {
        hasEscapes = true;
        i++;
        if (i >= end) i = end - 1;
      } else if (b === TAB) {
        this.#copyCell(start, i, hasEscapes);
        start = i + 1;
        hasEscapes = false;
      }
    }
    return this.#tell('row', 'copy', from, next);
  }

  #copyCell(start: number, end: number, hasEscapes: boolean): void {
    const { value, lexer } = this;
    value.kind = KIND.bare;
    value.start = start;
    value.end = end;
    value.isInScratch = false;
    if (hasEscapes) {
      if (end === start + 2 && lexer.bytes[start + 1] === 78) value.kind = KIND.null;
      else {
        value.start = value.scratch.length;
        unescapeCopy(lexer.bytes, start, end, value.scratch);
        value.end = value.scratch.length;
        value.isInScratch = true;
      }
    }
    this.#cell();
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

function sameNames(a: readonly string[] | null, b: readonly string[]): boolean {
  return a !== null && a.length === b.length && a.every((name, i) => name === b[i]);
}
