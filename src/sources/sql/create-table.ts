// Reads the columns of a CREATE TABLE: their names, and their types as they are written.
import { type Lexer, SyntaxFault } from './lexer.ts';
import { KIND_OF_TYPE } from './value-kinds.ts';

export interface DeclaredColumn {
  name: string;
  /** In small letters, one space between words; empty where there is none. */
  type: string;
}

const OPEN = 40;
const CLOSE = 41;
const COMMA = 44;

/** Words that begin what is no column. */
const CONSTRAINTS: ReadonlySet<string> = new Set(
  'primary key unique constraint foreign check index fulltext spatial exclude period like'.split(
    ' ',
  ),
);

/** Words that end a column's type. */
const AFTER_TYPE: ReadonlySet<string> = new Set(
  (
    'not null default primary unique check references collate generated as auto_increment autoincrement identity comment on ' +
    'constraint encode codec ttl materialized alias ephemeral visible invisible options key sparse rowguidcol storage compression'
  ).split(' '),
);

/** The columns between the brackets that open at `i`; null where no columns stand there. Gives where the brackets end. */
export function readColumns(lexer: Lexer, i: number): { columns: DeclaredColumn[]; end: number } {
  const columns: DeclaredColumn[] = [];
  let at = i + 1;
  for (;;) {
    at = lexer.space(at);
    if (lexer.peek(at) === CLOSE) return { columns, end: at + 1 };
    const isMarked = lexer.isMarked(at);
    const found = lexer.name(at);
    if (found === null) throw new SyntaxFault('a column should be named', at);
    const isColumn =
      isMarked || !CONSTRAINTS.has(found.name.toLowerCase()) || isTyped(lexer, found);
    const rest = readRest(lexer, found.end);
    if (isColumn && !rest.isGenerated) columns.push({ name: found.name, type: rest.type });
    at = rest.end;
    if (lexer.peek(at) === COMMA) at++;
  }
}

/** Whether a word that begins constraints too is a column: `key text`, but not `key (a)` or `primary key`. */
function isTyped(lexer: Lexer, { name, end }: { name: string; end: number }): boolean {
  const at = lexer.space(end);
  if (!lexer.isWord(at)) return false;
  const word = lexer.word(at);
  if (/^exclude$/i.test(name)) return word !== 'using';
  return /^(?:key|index|period|check|like)$/i.test(name) && KIND_OF_TYPE.has(word);
}

/** The type, and what follows it up to the comma or bracket that ends the column. */
function readRest(lexer: Lexer, i: number): { type: string; isGenerated: boolean; end: number } {
  let type = '';
  let isInType = true;
  let isGenerated = false;
  let depth = 0;
  let last = '';
  for (let at = i; ;) {
    at = lexer.space(at);
    const b = lexer.peek(at);
    if (b < 0) throw new SyntaxFault('a bracket is not closed', i);
    if (depth === 0 && (b === COMMA || b === CLOSE))
      return { type: type.trim(), isGenerated, end: at };
    // SQL Server puts marks around its types too.
    const marked = isInType && type === '' && lexer.isMarked(at) ? lexer.name(at) : null;
    if (marked !== null) {
      type = marked.name.toLowerCase();
      at = marked.end;
      continue;
    }
    const end = lexer.token(at);
    const word = lexer.string(at, Math.min(end, at + 200)).toLowerCase();
    if (depth === 0 && AFTER_TYPE.has(word)) isInType = false;
    // GENERATED ALWAYS AS (…), AS (…): no value is written for it; AS IDENTITY has one.
    if (depth === 0 && b === OPEN && last === 'as') isGenerated = true;
    if (depth === 0 && /^(?:materialized|alias|ephemeral)$/.test(word)) isGenerated = true;
    if (isInType) {
      const isJoined =
        b === OPEN || b === CLOSE || b === COMMA || b === 91 || b === 93 || type.endsWith('(');
      type += `${isJoined || type === '' || type.endsWith('[') ? '' : ' '}${word}`;
    }
    if (b === OPEN) depth++;
    else if (b === CLOSE) depth--;
    last = word;
    at = end;
  }
}
