// Reads the rows that MERGE takes: out of VALUES, SELECT, or an array of structs.
import { type Script, type ScriptEvent } from './script-state.ts';
import { readSelect } from './select-rows.ts';

const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const SEMICOLON = 59;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

export function readMerge(s: Script, from: number, end: number): ScriptEvent | null {
  const { lexer } = s;
  let i = lexer.space(end);
  if (lexer.word(i) === 'into') i = lexer.space(lexer.wordEnd(i));
  const path = lexer.path(i);
  if (path === null) return s.go('skip', i);
  s.table = path.name;
  s.columns = null;
  s.isMerge = true;
  s.isSkipped = !s.wishes.wants(path.name);
  if (s.isSkipped) return s.go('skip', i);
  i = path.end;
  for (;;) {
    i = lexer.space(i);
    if (lexer.peek(i) < 0 || lexer.peek(i) === SEMICOLON) return s.tell('query', 'skip', from, i);
    const isUsing = !lexer.isMarked(i) && lexer.isWord(i) && lexer.word(i) === 'using';
    i = lexer.token(i);
    if (isUsing) break;
  }
  i = lexer.space(i);
  if (lexer.isWord(i) && lexer.word(i) === 'unnest') return readUnnest(s, from, i);
  if (lexer.peek(i) !== OPEN) return s.tell('query', 'skip', from, i);
  const inner = lexer.space(i + 1);
  const word = lexer.isWord(inner) ? lexer.word(inner) : '';
  if (word === 'values') return s.go('rows', lexer.wordEnd(inner));
  if (word === 'select') return readSelect(s, from, inner);
  return s.tell('query', 'skip', from, i);
}

/** UNNEST(ARRAY<STRUCT<name type, …>>[ row, … ]) of BigQuery. */
function readUnnest(s: Script, from: number, i: number): ScriptEvent | null {
  const { lexer } = s;
  const open = lexer.space(lexer.wordEnd(i));
  let at = lexer.space(open + 1);
  const names: string[] = [];
  let depth = 0;
  let isName = false;
  while (lexer.peek(at) !== OPEN_BRACKET) {
    const b = lexer.peek(at);
    if (b < 0 || b === SEMICOLON) return s.tell('query', 'skip', from, at);
    if (isName) {
      const found = lexer.name(at);
      if (found === null) return s.tell('query', 'skip', from, at);
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
  s.columns = names;
  return s.go('rows', at + 1);
}

/** What follows the rows of a MERGE: its names, perhaps. */
export function readMergeTail(s: Script): ScriptEvent | null {
  const { lexer } = s;
  const from = s.at;
  let i = from;
  while (lexer.peek(i) === CLOSE || lexer.peek(i) === CLOSE_BRACKET) i = lexer.space(i + 1);
  if (lexer.isWord(i) && lexer.word(i) === 'as') i = lexer.space(lexer.wordEnd(i));
  const alias = lexer.name(i);
  if (alias === null) return s.go('skip', i);
  const open = lexer.space(alias.end);
  if (lexer.peek(open) !== OPEN) return s.go('skip', i);
  const listed = s.names(open);
  if (listed === null) return s.go('skip', i);
  s.columns = listed.names;
  return s.tell('names', 'skip', from, listed.end);
}
