// Steps over statements that hold no rows: to a semicolon, a line of GO or a slash, or the END of a body.
import { readQuotedCreate } from './create-statements.ts';
import { type Script, type ScriptEvent, words } from './script-state.ts';

const SLASH = 47;
const SEMICOLON = 59;
const QUOTE = 39;
/** Words that begin a statement at the start of a line, where a setting before it was not ended. */
const LINE_STARTERS = words(
  'insert replace merge update create begin commit go set copy drop alter',
);

export function skipStatement(s: Script): null {
  const { lexer } = s;
  for (;;) {
    const i = lexer.space(s.at);
    const b = lexer.peek(i);
    if (b < 0) return s.go('statement', i);
    if (b === SEMICOLON) return s.go('statement', i + 1);
    if ((b === SLASH || lexer.isWord(i)) && s.isLineStart(i)) {
      const word = b === SLASH ? '/' : lexer.word(i);
      if ((word === '/' || word === 'go') && s.isAlone(i, word.length)) return s.go('statement', i);
      if (s.state === 'setting' && LINE_STARTERS.has(word)) return s.go('statement', i);
    }
    s.at = lexer.token(i);
  }
}

/** A body between BEGIN and END. */
export function skipBlock(s: Script): ScriptEvent | null {
  const { lexer } = s;
  for (;;) {
    const i = lexer.space(s.at);
    const b = lexer.peek(i);
    if (b < 0) return s.go('statement', i);
    if (b === SEMICOLON && s.depth <= 0) return s.go('statement', i + 1);
    if (b === SLASH && s.isLineStart(i) && s.isAlone(i, 1)) return s.go('statement', i + 1);
    const word = lexer.isWord(i) ? lexer.word(i) : '';
    let end = lexer.token(i);
    if (word === 'begin' || word === 'case') s.depth++;
    else if (word === 'end') {
      const next = lexer.space(end);
      const second = lexer.peek(next) < 0 ? '' : lexer.word(next);
      if (second === 'if' || second === 'loop' || second === 'while' || second === 'repeat')
        end = lexer.wordEnd(next);
      else {
        if (second === 'case') end = lexer.wordEnd(next);
        s.depth--;
      }
    }
    s.at = end;
    if (b === QUOTE && s.wishes.creates) {
      const event = readQuotedCreate(s, i, end);
      if (event !== null) return event;
    }
  }
}

/** Between two DELIMITER commands bodies stand that hold semicolons. */
export function skipDelimited(s: Script): null {
  const { lexer } = s;
  for (;;) {
    const to = lexer.line(s.at);
    const line = lexer.string(s.at, Math.min(to, s.at + 40));
    if (to === s.at) return s.go('statement', to);
    s.at = to;
    if (/^\s*delimiter\s+;\s*$/i.test(line)) return s.go('statement', to);
  }
}

/** IF …, up to the CREATE or the like that it is about. */
export function skipCondition(s: Script, from: number): null {
  const { lexer } = s;
  for (let i = from; ;) {
    i = lexer.space(i);
    const b = lexer.peek(i);
    if (b < 0 || b === SEMICOLON) return s.go('statement', i);
    const word = lexer.isWord(i) ? lexer.word(i) : '';
    if (word === 'create' || word === 'insert' || word === 'begin' || word === 'drop')
      return s.go('statement', i);
    i = lexer.token(i);
  }
}
