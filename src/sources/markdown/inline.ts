// The text that a piece of Markdown shows: without escapes, references, emphasis, code marks and the addresses of links.

const REFERENCE = /&(?:[A-Za-z][A-Za-z\d]{1,32}|#\d{1,7}|#[xX][\dA-Fa-f]{1,6});/y;
const BREAK = /<br\s*\/?>/iy;
const ADDRESS = /<([A-Za-z][A-Za-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>/y;
const TARGET =
  /\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))?\s*\)/y;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const ANY_PUNCTUATION = /[\p{P}\p{S}]/u;
/** Links and images in the texts of others. */
const MOST_NESTED = 8;

interface Mark {
  /** Where in the parts it stands. */
  part: number;
  canOpen: boolean;
  canClose: boolean;
}

/** `resolved`: takes references out of a text as HTML has it. */
export function inlineText(text: string, resolved: (text: string) => string, depth = 0): string {
  const parts: string[] = [];
  const marks: Mark[] = [];
  /** Lengths of runs of backticks that nothing closes from here on. */
  const unclosed = new Set<number>();
  let closers: Map<number, number> | null = null;
  let from = 0;
  let at = 0;
  const put = (end: number, part: string, next: number): void => {
    if (end > from) parts.push(text.slice(from, end));
    parts.push(part);
    from = at = next;
  };
  const matchAt = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    return form.exec(text);
  };
  while (at < text.length) {
    const character = text[at]!;
    switch (character) {
      case '\\': {
        const next = text[at + 1];
        if (next !== undefined && PUNCTUATION.test(next)) put(at, next, at + 2);
        else at++;
        break;
      }
      case '&': {
        const found = matchAt(REFERENCE)?.[0];
        const value = found === undefined ? null : referenceValue(found, resolved);
        if (value === null) at++;
        else put(at, value, at + found!.length);
        break;
      }
      case '<': {
        const found = matchAt(BREAK);
        const address = found === null ? matchAt(ADDRESS) : null;
        if (found !== null) put(at, '\n', at + found[0].length);
        else if (address !== null) put(at, address[1]!, at + address[0].length);
        else at++;
        break;
      }
      case '`': {
        const size = runAt(text, at);
        const end = unclosed.has(size) ? -1 : closingTicks(text, at + size, size);
        if (end < 0) {
          unclosed.add(size);
          at += size;
        } else put(at, codeText(text.slice(at + size, end)), end + size);
        break;
      }
      case '[': {
        closers ??= closingBrackets(text);
        const close = closers.get(at);
        TARGET.lastIndex = (close ?? -2) + 1;
        const target = close === undefined || depth >= MOST_NESTED ? null : TARGET.exec(text);
        if (target === null) {
          at++;
          break;
        }
        const shown = inlineText(text.slice(at + 1, close), resolved, depth + 1);
        const isImage = at > from && text[at - 1] === '!';
        put(isImage ? at - 1 : at, shown, close! + 1 + target[0].length);
        break;
      }
      case '*':
      case '_':
      case '~': {
        const size = runAt(text, at);
        const mark = markAt(text, at, size);
        const { length } = parts;
        put(at, text.slice(at, at + size), at + size);
        if (character !== '~' || size <= 2) marks.push({ ...mark, part: parts.length - 1 });
        if (length === parts.length) at++;
        break;
      }
      default:
        at++;
    }
  }
  if (from === 0) return text;
  parts.push(text.slice(from));
  dropPairs(parts, marks);
  return parts.join('');
}

/** What a reference stands for; null where it is none that is known. */
function referenceValue(found: string, resolved: (text: string) => string): string | null {
  if (found[1] === '#') {
    const isHex = found[2] === 'x' || found[2] === 'X';
    const code = Number.parseInt(found.slice(isHex ? 3 : 2, -1), isHex ? 16 : 10);
    const isNone = code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
    return String.fromCodePoint(isNone ? 0xfffd : code);
  }
  const value = resolved(found);
  // HTML takes the start of some names for references even so.
  return value.endsWith(';') && found !== '&semi;' ? null : value;
}

function runAt(text: string, at: number): number {
  let end = at + 1;
  while (text[end] === text[at]) end++;
  return end - at;
}

/** Where a run of so many backticks, and no more, begins; -1 = nowhere. */
function closingTicks(text: string, from: number, size: number): number {
  for (let at = text.indexOf('`', from); at >= 0;) {
    const found = runAt(text, at);
    if (found === size) return at;
    at = text.indexOf('`', at + found);
  }
  return -1;
}

function codeText(code: string): string {
  const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return isPadded ? code.slice(1, -1) : code;
}

/** By each opening bracket the one that closes it. */
function closingBrackets(text: string): Map<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '[') open.push(i);
    else if (character === ']' && open.length > 0) closers.set(open.pop()!, i);
  }
  return closers;
}

/** Whether a run of marks may begin or end emphasis (CommonMark §6.2). */
function markAt(text: string, at: number, size: number): Pick<Mark, 'canOpen' | 'canClose'> {
  const before = at === 0 ? ' ' : text[at - 1]!;
  const after = text[at + size] ?? ' ';
  const isSpaceBefore = /\s/.test(before);
  const isSpaceAfter = /\s/.test(after);
  const isMarkBefore = ANY_PUNCTUATION.test(before);
  const isMarkAfter = ANY_PUNCTUATION.test(after);
  const isLeft = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore);
  const isRight = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter);
  const isWord = text[at] === '_';
  return {
    canOpen: isLeft && (!isWord || !isRight || isMarkBefore),
    canClose: isRight && (!isWord || !isLeft || isMarkAfter),
  };
}

/** Shortens the parts that are marks by those that are pairs around others (CommonMark, “process emphasis”). */
function dropPairs(parts: string[], marks: readonly Mark[]): void {
  const sizes = marks.map(({ part }) => parts[part]!.length);
  const left = [...sizes];
  /** The mark before each that may still open something. */
  const before = marks.map((_, i) => i - 1);
  /** By what a closing mark is: there is no opening one for it before this. */
  const bottoms = new Map<string, number>();
  const isPair = (opener: number, closer: number): boolean => {
    const [a, b] = [marks[opener]!, marks[closer]!];
    if (!a.canOpen || left[opener] === 0 || parts[a.part]![0] !== parts[b.part]![0]) return false;
    if (parts[a.part]![0] === '~') return left[opener] === left[closer];
    const isThird = (sizes[opener]! + sizes[closer]!) % 3 === 0 && sizes[opener]! % 3 !== 0;
    return !((a.canClose || b.canOpen) && isThird);
  };
  for (const [closer, { part, canOpen, canClose }] of marks.entries()) {
    const mark = parts[part]![0]!;
    while (canClose && left[closer]! > 0) {
      const rest = mark === '~' ? left[closer]! : sizes[closer]! % 3;
      const kind = `${mark}${Number(canOpen)}${rest}`;
      const bottom = bottoms.get(kind) ?? -1;
      let opener = before[closer]!;
      while (opener > bottom && !isPair(opener, closer)) opener = before[opener]!;
      if (opener <= bottom) {
        bottoms.set(kind, before[closer]!);
        break;
      }
      const size = mark === '~' ? left[closer]! : Math.min(2, left[opener]!, left[closer]!);
      left[opener]! -= size;
      left[closer]! -= size;
      before[closer] = left[opener] === 0 ? before[opener]! : opener;
    }
  }
  for (const [i, { part }] of marks.entries()) parts[part] = parts[part]!.slice(0, left[i]);
}
