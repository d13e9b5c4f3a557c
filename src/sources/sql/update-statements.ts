// Reads UPDATE of a row by its key, and INSERT … SET: names with their values.
import { sameNames, type Script, type ScriptEvent, STARTERS } from './script-state.ts';

const COMMA = 44;
const SLASH = 47;
const SEMICOLON = 59;
const EQUALS = 61;

export function readUpdate(s: Script, from: number, end: number): ScriptEvent | null {
  const { lexer } = s;
  let i = lexer.space(end);
  while (/^(?:only|low_priority|ignore)$/.test(lexer.word(i))) i = lexer.space(lexer.wordEnd(i));
  const path = lexer.path(i);
  if (path === null) return s.go('skip', i);
  const at = lexer.space(path.end);
  if (!lexer.isWord(at) || lexer.word(at) !== 'set') {
    s.table = path.name;
    return s.tell('change', 'skip', from, at);
  }
  return readPairs(s, from, path.name, lexer.space(lexer.wordEnd(at)));
}

/** name = value, … [WHERE name = value AND name IS NULL]. */
export function readPairs(
  s: Script,
  from: number,
  table: string,
  first: number,
  isUpdate = true,
): ScriptEvent | null {
  const { lexer, value } = s;
  s.table = table;
  if (!s.wishes.wants(table)) return s.go('skip', first);
  if (isUpdate && !s.wishes.updates) return s.tell('change', 'skip', from, first);
  s.count = 0;
  value.scratch.length = 0;
  const names: string[] = [];
  let i = first;
  let isWhere = false;
  for (;;) {
    const found = lexer.name(i);
    if (found === null) return s.tell('change', 'skip', from, i);
    names.push(found.name);
    i = lexer.space(found.end);
    if (isWhere && lexer.isWord(i) && lexer.word(i) === 'is') {
      const none = lexer.space(lexer.wordEnd(i));
      if (lexer.word(none) !== 'null') return s.tell('change', 'skip', from, i);
      i = value.read(none);
    } else {
      if (lexer.peek(i) !== EQUALS) return s.tell('change', 'skip', from, i);
      i = value.read(lexer.space(i + 1));
    }
    s.cell();
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
  if (isUpdate && (!isWhere || !isEnded)) return s.tell('change', 'skip', from, i);
  s.isUpdate = isUpdate;
  if (!sameNames(s.columns, names)) s.columns = names;
  return s.tell('row', isEnded ? 'statement' : 'skip', from, i);
}
