// Reads CREATE TABLE, also where a block hands it over as text; other CREATEs lead to where they end.
import { ByteWriter } from '../../table/byte-writer.ts';
import { readColumns } from './create-table.ts';
import { Lexer, SyntaxFault } from './lexer.ts';
import { Script, type ScriptEvent, words } from './script-state.ts';
import { unescapeText } from './unescape.ts';

const OPEN = 40;
const SEMICOLON = 59;
const QUOTE = 39;
/** What may have a body with semicolons of its own. */
const BODIES = words('trigger procedure function package event');

export function readCreate(s: Script, from: number): ScriptEvent | null {
  const { lexer } = s;
  let i = lexer.space(from);
  let word = '';
  for (;;) {
    if (lexer.peek(i) < 0 || !lexer.isWord(i)) return s.go('skip', i);
    word = lexer.word(i);
    if (BODIES.has(word)) {
      s.depth = 0;
      return s.go('block', i);
    }
    if (word === 'table') break;
    if (
      !/^(?:or|replace|temp|temporary|global|local|unlogged|transient|foreign|external|volatile|hybrid|dynamic|definer|alter|private)$/.test(
        word,
      )
    )
      return s.go('skip', i);
    i = lexer.space(lexer.wordEnd(i));
    if (word === 'definer') return skipDefiner(s, i);
  }
  if (!s.wishes.creates) return s.go('skip', i);
  i = lexer.space(lexer.wordEnd(i));
  while (['if', 'not', 'exists'].includes(lexer.word(i))) i = lexer.space(lexer.wordEnd(i));
  const path = lexer.path(i);
  if (path === null) return s.go('skip', i);
  const open = lexer.space(path.end);
  if (lexer.peek(open) !== OPEN) return s.go('skip', open);
  const inner = lexer.space(open + 1);
  // CREATE TABLE t (SELECT …) names no columns.
  if (lexer.isWord(inner) && lexer.word(inner) === 'select') return s.go('skip', open);
  const { columns, end } = readColumns(lexer, open);
  s.table = path.name;
  s.declared = columns;
  return s.tell('create', 'skip', i, end);
}

/** CREATE DEFINER=… before a body or a view. */
function skipDefiner(s: Script, from: number): null {
  const { lexer } = s;
  for (let i = from; ;) {
    i = lexer.space(i);
    const b = lexer.peek(i);
    if (b < 0 || b === SEMICOLON) return s.go('statement', i);
    const word = lexer.isWord(i) ? lexer.word(i) : '';
    if (BODIES.has(word)) {
      s.depth = 0;
      return s.go('block', i);
    }
    if (word === 'view') return s.go('skip', i);
    i = lexer.token(i);
  }
}

/** A CREATE TABLE that a block hands over as text. */
export function readQuotedCreate(s: Script, from: number, to: number): ScriptEvent | null {
  const { lexer } = s;
  if (!/^'\s*create\s/i.test(lexer.string(from, Math.min(to, from + 40)))) return null;
  const text = new ByteWriter(to - from);
  unescapeText(lexer.bytes, from + 1, to - 1, QUOTE, lexer.dialect.escapes, text);
  const inner = new Lexer(lexer.dialect);
  inner.bytes = text.written();
  inner.end = inner.bytes.length;
  inner.isEnd = true;
  const script = new Script(inner, s.wishes);
  try {
    const create = inner.space(0);
    if (readCreate(script, inner.wordEnd(create)) !== 'create') return null;
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) return null;
    throw thrown;
  }
  s.table = script.table;
  s.declared = script.declared;
  return 'create';
}
