// Identifiers: fitted to what the database can hold, unique in it, and delimited so that no name is ever more than a name.
import { isReserved } from './reserved.ts';

/** What names a database can hold. */
export interface NameRules {
  open: string;
  close: string;
  /** How the closing mark stands inside of a name. */
  escape(name: string): string;
  /** Longest name, in bytes of UTF-8 or in characters. */
  most: number;
  isInBytes?: true;
  /** Characters that no name may hold, beside control characters. */
  illegal?: RegExp;
  /** What the database makes of a name without marks around it. */
  folds: 'lower' | 'upper' | null;
  /** Letters that differ in their accents only are the same. */
  ignoresAccents?: true;
}

export interface NameOptions {
  quoteIdentifiers: 'always' | 'needed' | 'never';
  identifierCase: 'keep' | 'lower' | 'upper' | 'snake';
}

const encoder = new TextEncoder();

// oxlint-disable-next-line no-control-regex -- a name stands on one line, and no database takes NUL
const CONTROLS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/g;

const REGULAR = {
  lower: /^[a-z][a-z0-9_]*$/,
  upper: /^[A-Z][A-Z0-9_]*$/,
  any: /^[A-Za-z][A-Za-z0-9_]*$/,
};

function snake(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}

function inCase(name: string, identifierCase: NameOptions['identifierCase']): string {
  switch (identifierCase) {
    case 'lower':
      return name.toLowerCase();
    case 'upper':
      return name.toUpperCase();
    case 'snake':
      return snake(name);
    default:
      return name;
  }
}

/** A name that needs no marks around it. */
function regular(name: string): string {
  let plain = name.replace(/[^A-Za-z0-9_]/gu, '_');
  if (!/^[A-Za-z]/.test(plain)) plain = `c${plain.startsWith('_') ? '' : '_'}${plain}`;
  return isReserved(plain) ? `${plain}_` : plain;
}

function sizeOf(text: string, { isInBytes }: NameRules): number {
  return isInBytes ? encoder.encode(text).length : text.length;
}

/** As much of the name as fits, with `tail` behind it. */
function cut(name: string, tail: string, rules: NameRules): string {
  if (sizeOf(name + tail, rules) <= rules.most) return name + tail;
  const letters = [...name];
  let size = sizeOf(name, rules);
  const room = rules.most - sizeOf(tail, rules);
  while (size > room) size -= sizeOf(letters.pop()!, rules);
  return letters.join('') + tail;
}

/** A name as the database can hold it, before it is made unique; `fallback` stands for one without a character. */
export function fitName(
  name: string,
  fallback: string,
  rules: NameRules,
  options: NameOptions,
): string {
  const legal = (text: string): string => (rules.illegal ? text.replace(rules.illegal, '_') : text);
  let fitted = legal(inCase(name, options.identifierCase).replace(CONTROLS, '_'));
  if (fitted.trim() === '') fitted = fallback;
  if (options.quoteIdentifiers === 'never') fitted = regular(fitted);
  // What was cut may end in what no name may end in.
  return legal(cut(fitted, '', rules));
}

/** What two names have in common that a database takes for one. */
function sameness(name: string, { ignoresAccents }: NameRules): string {
  if (!ignoresAccents) return name.toLowerCase();
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 's').toUpperCase().trimEnd();
}

/** The names of columns as they stand in the database: each fits, and none is another's, whatever its case. */
export function columnNames(
  names: readonly string[],
  rules: NameRules,
  options: NameOptions,
): string[] {
  const fitted = names.map((name, i) => fitName(name, `column_${i + 1}`, rules, options));
  const wanted = new Set(fitted.map((name) => sameness(name, rules)));
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return fitted.map((name) => {
    const key = sameness(name, rules);
    let unique = name;
    let count = counts.get(key) ?? 1;
    while (used.has(sameness(unique, rules))) {
      const next = cut(name, `_${++count}`, rules);
      const nextKey = sameness(next, rules);
      if (used.has(nextKey) || !wanted.has(nextKey)) unique = next;
    }
    counts.set(key, count);
    used.add(sameness(unique, rules));
    return unique;
  });
}

/** A fitted name as it is written. */
export function written(name: string, rules: NameRules, options: NameOptions): string {
  const { quoteIdentifiers: policy } = options;
  if (policy === 'never') return name;
  const isRegular = REGULAR[rules.folds ?? 'any'].test(name) && !isReserved(name);
  if (policy === 'needed' && isRegular) return name;
  return rules.open + rules.escape(name) + rules.close;
}

/** The parts of a table's name: dots part them, quotes hold dots; null when it is no name. */
export function tableParts(table: string): string[] | null {
  const parts: string[] = [];
  const part = /\s*(?:"((?:[^"]|"")+)"|([^".]+?))\s*(\.|$)/y;
  let at = 0;
  do {
    part.lastIndex = at;
    const found = part.exec(table);
    if (found === null) return null;
    parts.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    at = part.lastIndex;
    if (found[3] === '') return parts.length <= 4 ? parts : null;
  } while (at < table.length);
  return null;
}
