// Cuts the text form of a filter or an expression into words, quoted names, texts, numbers and signs.
import { ExportError, shorten } from './errors.ts';

/** `text` is the content (quotes off, doubled quotes undone), `source` the characters as written. */
export interface Token {
  kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end';
  text: string;
  source: string;
  /** 1-based, in UTF-16 code units. */
  position: number;
}

const SPACE = /\s+/y;
// A number ends where no word goes on, so that `12abc` is a mistake and not two tokens.
const TOKEN =
  /(?<text>'[^']*(?:''[^']*)*')|(?<name>"[^"]*(?:""[^"]*)*")|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_.]))|(?<word>[\p{L}_][\p{L}\p{N}_.$]*)|(?<sign><=|>=|<>|!=|==|\|\||[=<>≤≥≠(),#+\-*/%])/uy;

/** What a text is read as, for the words of its mistakes. */
export type Language = 'filter' | 'expression';

/** The error code of a mistake in a text. */
export const SYNTAX_ERRORS = {
  filter: 'filter.syntax',
  expression: 'expression.syntax',
} as const;

/** The tokens of a text, the last of kind `end`. Throws `filter.syntax` or `expression.syntax` for an unclosed quote or a stray character. */
export function readTokens(text: string, language: Language): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    if (SPACE.test(text)) at = SPACE.lastIndex;
    if (at >= text.length) break;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw strayCharacter(text, at, language);
    const [source] = match;
    const [kind] = Object.entries(match.groups!).find(([, found]) => found !== undefined)!;
    tokens.push({
      kind: kind as Token['kind'],
      text: unquote(kind, source),
      source,
      position: at + 1,
    });
    at += source.length;
  }
  tokens.push({ kind: 'end', text: '', source: '', position: text.length + 1 });
  return tokens;
}

function unquote(kind: string, source: string): string {
  if (kind === 'text') return source.slice(1, -1).replaceAll("''", "'");
  if (kind === 'name') return source.slice(1, -1).replaceAll('""', '"');
  return source;
}

function strayCharacter(text: string, at: number, language: Language): ExportError {
  const first = String.fromCodePoint(text.codePointAt(at)!);
  const isQuote = first === "'" || first === '"';
  const isNumber = /[\d.]/.test(first);
  return new ExportError(SYNTAX_ERRORS[language], {
    position: at + 1,
    of: '',
    detail: isQuote
      ? `the quote ${first} that opens here is never closed`
      : `found ${shorten(isNumber ? text.slice(at).split(/[\s(),]/)[0]! : first)}`,
    expected: isQuote
      ? `a closing ${first} (a quote inside is doubled)`
      : isNumber
        ? 'a number, or a column name in "double quotes"'
        : "a column, a value in 'single quotes', or a sign such as = or <",
  });
}
