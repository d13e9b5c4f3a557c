// Reads rows that stand in SELECT: their values themselves, or those of VALUES column by column.
import { SyntaxFault } from './lexer.ts';
import { sameNames, type Script, type ScriptEvent, type State, STARTERS } from './script-state.ts';

const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;
const SEMICOLON = 59;

export function readSelect(s: Script, from: number, i: number): ScriptEvent | null {
  const { lexer } = s;
  const values = findValues(s, lexer.wordEnd(i));
  if (values === null) {
    if (s.isSkipped) return s.go('setting', i);
    return s.tell('query', 'setting', from, i);
  }
  if (values.at >= 0) {
    s.columns ??= values.names;
    s.isMerge = s.isMerge || values.isBracketed;
    return s.go('rows', values.at);
  }
  if (s.isSkipped && !s.isMerge) return s.go('setting', i);
  return s.go('select', i);
}

/**
 * Where the rows begin that a SELECT takes from VALUES, column by column in their order; -1 where its values are the row.
 * Null for what is neither.
 */
function findValues(
  s: Script,
  from: number,
): { at: number; names: string[] | null; isBracketed: boolean } | null {
  const { lexer } = s;
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
export function readSelectRow(s: Script): ScriptEvent | null {
  const { lexer, value } = s;
  const from = s.at;
  let i = lexer.space(lexer.wordEnd(lexer.space(from)));
  s.count = 0;
  value.scratch.length = 0;
  const names: string[] = [];
  for (;;) {
    i = value.read(lexer.space(i));
    s.cell();
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
  if (s.isMerge && names.length === s.count && !sameNames(s.columns, names)) s.columns = names;
  let word = lexer.peek(i) < 0 ? '' : lexer.word(i);
  if (word === 'from') {
    const path = lexer.path(lexer.space(lexer.wordEnd(i)));
    const source = path?.name.toLowerCase() ?? '';
    if (source !== 'dual' && source !== 'sysibm.sysdummy1')
      return s.isSkipped ? s.go('skip', i) : s.tell('query', 'skip', from, i);
    i = lexer.space(path!.end);
    word = lexer.peek(i) < 0 ? '' : lexer.word(i);
  }
  let state: State = 'skip';
  if (word === 'union') {
    i = lexer.space(lexer.wordEnd(i));
    if (lexer.word(i) !== 'all') return s.tell('query', 'skip', from, i);
    i = lexer.space(lexer.wordEnd(i));
    if (lexer.word(i) !== 'select') return s.tell('query', 'skip', from, i);
    state = 'select';
  } else if (word === 'where') return s.tell('query', 'skip', from, i);
  else if (STARTERS.has(word)) state = 'statement';
  if (s.isSkipped) return s.go(state, i);
  return s.tell('row', state, from, i);
}
