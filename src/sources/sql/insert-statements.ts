// Reads INSERT and REPLACE: the table, its columns, and row after row in brackets.
import { SyntaxFault } from './lexer.ts';
import { type Script, type ScriptEvent, STARTERS, words } from './script-state.ts';
import { readSelect } from './select-rows.ts';
import { readPairs } from './update-statements.ts';

const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const SLASH = 47;
const SEMICOLON = 59;
const CLOSE_BRACKET = 93;
/** Between INSERT and the name of its table. */
const INSERT_WORDS = words(
  'into ignore low_priority high_priority delayed overwrite table or replace rollback abort fail',
);

export function readInsert(s: Script, from: number, end: number): ScriptEvent | null {
  const { lexer } = s;
  let i = lexer.space(end);
  const first = lexer.isWord(i) ? lexer.word(i) : '';
  if (first === 'all' || first === 'first') {
    s.isAll = true;
    return s.go('all', lexer.wordEnd(i));
  }
  while (lexer.isWord(i) && INSERT_WORDS.has(lexer.word(i))) {
    const next = lexer.space(lexer.wordEnd(i));
    // A table may be called like that.
    if (!lexer.isWord(next) && !lexer.isMarked(next)) break;
    if (/^(?:values?|select|set)$/.test(lexer.word(next))) break;
    i = next;
  }
  return readHead(s, from, i);
}

/** What follows INTO: the table, its columns, and how the rows come. */
function readHead(s: Script, from: number, i: number): ScriptEvent | null {
  const { lexer } = s;
  const path = lexer.path(i);
  if (path === null) return s.go('skip', i);
  s.table = path.name;
  s.columns = null;
  s.isSkipped = !s.wishes.wants(path.name);
  let at = lexer.space(path.end);
  if (lexer.isWord(at) && lexer.word(at) === 'as') {
    const alias = lexer.name(lexer.space(lexer.wordEnd(at)));
    if (alias !== null) at = lexer.space(alias.end);
  }
  if (lexer.isWord(at) && lexer.word(at) === 'partition') {
    const open = lexer.space(lexer.wordEnd(at));
    if (lexer.peek(open) === OPEN) at = lexer.space(lexer.closing(open));
  }
  if (lexer.peek(at) === OPEN) {
    const listed = s.names(at);
    if (listed !== null) {
      s.columns = listed.names;
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
      return s.go('rows', lexer.wordEnd(start));
    case 'select':
      return readSelect(s, from, start);
    case 'set':
      return readPairs(s, from, path.name, lexer.space(lexer.wordEnd(start)), false);
    default:
      if (lexer.peek(at) < 0) throw new SyntaxFault('the statement is not ended', from);
      if (s.isSkipped) return s.go('skip', at);
      return s.tell('query', 'skip', from, at);
  }
}

/** A row in brackets. */
export function readRow(s: Script): ScriptEvent | null {
  const { lexer, value } = s;
  let i = lexer.space(s.at);
  const from = i;
  // ROW(…) of MySQL, STRUCT(…) of BigQuery.
  if (lexer.peek(i) !== OPEN && /^(?:row|struct)$/.test(lexer.word(i)))
    i = lexer.space(lexer.wordEnd(i));
  if (lexer.peek(i) !== OPEN) throw new SyntaxFault('a row in brackets should follow', i);
  const next = s.isAll ? 'all' : 'after-row';
  if (s.isSkipped) return s.go(next, s.lexer.closing(i));
  s.count = 0;
  value.scratch.length = 0;
  i++;
  for (;;) {
    const b = i < lexer.end ? lexer.bytes[i]! : lexer.peek(i);
    if (b <= 32 || b === 45 || b === SLASH || b === 35) i = lexer.space(i);
    // A row of no values.
    if (s.count === 0 && lexer.peek(i) === CLOSE) break;
    const start = i;
    i = value.read(i);
    let next = lexer.peek(i);
    if (next !== COMMA && next !== CLOSE) {
      i = value.unknown(start, false);
      next = lexer.peek(i);
      if (next !== COMMA && next !== CLOSE)
        throw new SyntaxFault('a comma or bracket should follow the value', i);
    }
    s.cell();
    if (next === CLOSE) break;
    i++;
  }
  return s.tell('row', next, from, i + 1);
}

export function readAfterRow(s: Script): null {
  const { lexer } = s;
  const i = lexer.space(s.at);
  const b = lexer.peek(i);
  if (b === COMMA) return s.go('rows', i + 1);
  if (b === SEMICOLON) return s.go('statement', i + 1);
  if (s.isMerge && (b === CLOSE || b === CLOSE_BRACKET)) return s.go('merge-tail', i);
  if (b < 0 || b === SLASH) {
    if (b < 0 && s.isMerge) throw new SyntaxFault('the statement is not ended', i);
    return s.go('statement', i);
  }
  if (b === OPEN) return s.go('rows', i);
  const word = lexer.isWord(i) ? lexer.word(i) : '';
  return s.go(STARTERS.has(word) ? 'statement' : 'skip', i);
}

/** INSERT ALL: rows of tables, each with a head of its own. */
export function readAll(s: Script): ScriptEvent | null {
  const { lexer } = s;
  const i = lexer.space(s.at);
  if (lexer.isWord(i) && lexer.word(i) === 'into')
    return readHead(s, i, lexer.space(lexer.wordEnd(i)));
  if (s.isSkipped && lexer.peek(i) === COMMA) return s.go('all', i + 1);
  return s.go('skip', i);
}
