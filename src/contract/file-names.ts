// Names of files that are read as one: the order they come in, and which of them a pattern means.

/**
 * Orders names as people do: runs of digits by their number (`part-9` before `part-10`), all else by code point; equal
 * numbers by their spelling.
 */
export function compareNames(a: string, b: string): number {
  const parts = (name: string): string[] => name.match(/\d+|\D+/g) ?? [];
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i]!, right[i]!];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const [m, n] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
      if (m.length !== n.length) return m.length - n.length;
      if (m !== n) return m < n ? -1 : 1;
      continue;
    }
    return x < y ? -1 : 1;
  }
  if (left.length !== right.length) return left.length - right.length;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Whether a path means more than one file. */
export function isPattern(path: string): boolean {
  return /[*?]|\[[^\]]+\]|\{[^}]*,[^}]*\}/.test(path);
}

/**
 * What a pattern matches: `*` and `?` within a folder, `**` across folders, `[a-z]`, `{csv,tsv}`. A pattern without `/` is
 * held against the last part of a name, one with `/` against all of it. Upper and lower case are told apart.
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const source = toExpression(pattern);
  const expression = new RegExp(`^${source}$`, 'u');
  if (pattern.includes('/')) return (name) => expression.test(name);
  return (name) => expression.test(name.slice(name.lastIndexOf('/') + 1));
}

/** The pattern that means this name alone. */
export function literalPattern(name: string): string {
  return name.replaceAll(/[*?[{]/g, '[$&]');
}

function toExpression(pattern: string): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!;
    const rest = pattern.slice(i);
    const set = /^\[(!?)([^\]/]+)\]/.exec(rest);
    const choice = /^\{([^{}]*)\}/.exec(rest);
    if (rest.startsWith('**/')) {
      out += '(?:[^/]+/)*';
      i += 2;
    } else if (rest.startsWith('**')) {
      out += '.*';
      i++;
    } else if (character === '*') out += '[^/]*';
    else if (character === '?') out += '[^/]';
    else if (set !== null) {
      out += `[${set[1] === '!' ? '^/' : ''}${set[2]!.replace(/[\\^[\]]/g, '\\$&').replace(/&&|--(?=-)/g, '')}]`;
      i += set[0].length - 1;
    } else if (choice !== null) {
      out += `(?:${choice[1]!.split(',').map(toExpression).join('|')})`;
      i += choice[0].length - 1;
    } else out += character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return out;
}

/** What systems leave in folders and archives that nobody means: hidden files, and those of the desktop. */
export function isLeftover(name: string): boolean {
  return name
    .split('/')
    .some((part) => part.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));
}
