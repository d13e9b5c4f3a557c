// Reads COPY … FROM stdin: lines of fields with tabs between them.
import { SyntaxFault } from './lexer.ts';
import { type Script, type ScriptEvent } from './script-state.ts';
import { unescapeCopy } from './unescape.ts';
import { KIND } from './value-kinds.ts';

const LF = 10;
const CR = 13;
const TAB = 9;
const OPEN = 40;
const DOT = 46;
const SEMICOLON = 59;
const BACKSLASH = 92;

export function readCopy(s: Script, from: number, end: number): ScriptEvent | null {
  const { lexer } = s;
  const path = lexer.path(lexer.space(end));
  if (path === null) return s.go('skip', end);
  let i = lexer.space(path.end);
  s.table = path.name;
  s.columns = null;
  if (lexer.peek(i) === OPEN) {
    const listed = s.names(i);
    if (listed === null) return s.go('skip', i);
    s.columns = listed.names;
    i = lexer.space(listed.end);
  }
  if (lexer.word(i) !== 'from') return s.go('skip', i);
  i = lexer.space(lexer.wordEnd(i));
  if (lexer.word(i) !== 'stdin') return s.go('skip', i);
  i = lexer.space(lexer.wordEnd(i));
  const options = i;
  while (lexer.peek(i) !== SEMICOLON) {
    if (lexer.peek(i) < 0) throw new SyntaxFault('the statement is not ended', from);
    i = lexer.space(lexer.token(i));
  }
  s.isSkipped = !s.wishes.wants(path.name);
  const settings = lexer.string(options, i);
  if (!s.isSkipped && /\b(?:csv|delimiter|null|binary|quote|escape|header)\b/i.test(settings))
    throw new SyntaxFault(`COPY is read in its text form only, without “${settings.trim()}”`, from);
  return s.go('copy', lexer.line(i));
}

/** A line of COPY's text form. */
export function readCopyRow(s: Script): ScriptEvent | null {
  const { lexer, value } = s;
  const from = s.at;
  const { bytes } = lexer;
  const next = lexer.line(from);
  if (next === from) throw new SyntaxFault('the rows of COPY have no end (\\. on a line)', from);
  let end = next;
  if (bytes[end - 1] === LF) end--;
  if (end > from && bytes[end - 1] === CR) end--;
  if (end === from + 2 && bytes[from] === BACKSLASH && bytes[from + 1] === DOT)
    return s.go('statement', next);
  if (s.isSkipped) return s.go('copy', next);
  s.count = 0;
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
      copyCell(s, start, i, hasEscapes);
      start = i + 1;
      hasEscapes = false;
    }
  }
  return s.tell('row', 'copy', from, next);
}

function copyCell(s: Script, start: number, end: number, hasEscapes: boolean): void {
  const { value, lexer } = s;
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
  s.cell();
}
