// Walks through a script statement by statement and row by row; what is no row of a wanted table is stepped over.
import { readCopy, readCopyRow } from './copy-rows.ts';
import { readCreate } from './create-statements.ts';
import { readAfterRow, readAll, readInsert, readRow } from './insert-statements.ts';
import { readMerge, readMergeTail } from './merge-statements.ts';
import { Script, type ScriptEvent, words } from './script-state.ts';
import { readSelectRow } from './select-rows.ts';
import { skipBlock, skipCondition, skipDelimited, skipStatement } from './skip-statements.ts';
import { readPairs, readUpdate } from './update-statements.ts';

const DOT = 46;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;
/** Commands of clients, a line each. */
const LINE_COMMANDS = words(
  'prompt rem remark spool whenever define undefine host connect conn exit quit go',
);
const SETTINGS = words('set use print exec execute declare delete truncate alter drop');
const BEGINNINGS = words('transaction tran work immediate exclusive deferred');
const ENDINGS = words('transaction tran work');

/** A reader of a script: what comes next is in its fields. */
export class ScriptReader extends Script {
  /** What comes next. Throws MORE, and goes on from the same place once there is more; SyntaxFault. */
  next(): ScriptEvent {
    for (;;) {
      const event = step(this);
      if (event !== null) return event;
    }
  }
}

function step(s: Script): ScriptEvent | null {
  switch (s.state) {
    case 'rows':
      return readRow(s);
    case 'after-row':
      return readAfterRow(s);
    case 'copy':
      return readCopyRow(s);
    case 'skip':
    case 'setting':
      return skipStatement(s);
    case 'block':
      return skipBlock(s);
    case 'all':
      return readAll(s);
    case 'select':
      return readSelectRow(s);
    case 'merge-tail':
      return readMergeTail(s);
    case 'delimiter':
      return skipDelimited(s);
    default:
      return readStatement(s);
  }
}

function readStatement(s: Script): ScriptEvent | null {
  const { lexer } = s;
  const i = lexer.space(s.at);
  s.at = i;
  s.isAll = s.isMerge = s.isUpdate = false;
  const b = lexer.peek(i);
  if (b < 0) return 'end';
  if (b === SEMICOLON || b === SLASH) return s.go('statement', i + 1);
  // Commands of psql and of SQLite's shell.
  if (b === BACKSLASH || b === DOT) return s.go('statement', lexer.line(i));
  const word = lexer.word(i);
  const end = word === '' ? i : lexer.wordEnd(i);
  if (LINE_COMMANDS.has(word)) return s.go('statement', lexer.line(i));
  if (SETTINGS.has(word)) return readSetting(s, word, i, end);
  switch (word) {
    case 'insert':
    case 'replace':
      return readInsert(s, i, end);
    case 'merge':
      return readMerge(s, i, end);
    case 'copy':
      return readCopy(s, i, end);
    case 'update':
      return readUpdate(s, i, end);
    case 'create':
      return readCreate(s, end);
    case 'begin': {
      const next = lexer.space(end);
      if (lexer.peek(next) < 0 || lexer.peek(next) === SEMICOLON) return s.go('statement', next);
      if (BEGINNINGS.has(lexer.word(next))) return s.go('statement', lexer.wordEnd(next));
      s.depth = 0;
      return s.go('block', i);
    }
    case 'commit':
    case 'rollback': {
      const next = lexer.space(end);
      const isWord = lexer.peek(next) >= 0 && ENDINGS.has(lexer.word(next));
      return s.go('statement', isWord ? lexer.wordEnd(next) : end);
    }
    case 'start':
      return s.go('setting', end);
    case 'if':
      return skipCondition(s, end);
    case 'delimiter': {
      const to = lexer.line(i);
      const mark = lexer.string(end, to).trim();
      return s.go(mark === ';' ? 'statement' : 'delimiter', to);
    }
    default:
      return s.go('skip', i);
  }
}

/** A statement of one table that holds no rows; ALTER TABLE … UPDATE is ClickHouse's way to change them. */
function readSetting(s: Script, word: string, i: number, end: number): ScriptEvent | null {
  const { lexer } = s;
  if (word === 'alter' || word === 'delete' || word === 'truncate') {
    let at = lexer.space(end);
    if (['table', 'from'].includes(lexer.word(at))) at = lexer.space(lexer.wordEnd(at));
    const path = lexer.path(at);
    if (path !== null) {
      const after = lexer.space(path.end);
      if (word === 'alter' && lexer.peek(after) >= 0 && lexer.word(after) === 'update')
        return readPairs(s, i, path.name, lexer.space(lexer.wordEnd(after)));
      if (word !== 'alter') {
        s.table = path.name;
        return s.tell('change', 'setting', i, path.end);
      }
    }
  }
  return s.go('setting', end);
}
