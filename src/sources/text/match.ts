// Lays a template over the bytes: where each value stands, and where the whole ends.
import { MISFIT, NEED, OPEN, type Mark, type SkipToken, type Stretch } from './mark.ts';
import { DECODE } from './decode.ts';
import type { SourceTarget } from './options.ts';
import type { Step, TextPlan, ValueStep } from './plan.ts';
import { MISFIT_TEXTS } from './texts.ts';
import {
  endOfBlanks,
  endOfCsvQuotes,
  endOfJson,
  endOfSql,
  skipEscaped,
  skipLatex,
  skipMarkdown,
  standsAt,
} from './tokens.ts';

const LF = 10;
const QUOTE = 34;
const APOSTROPHE = 39;

const encoder = new TextEncoder();
const NULL = encoder.encode('null');

const SKIP: Partial<Record<SourceTarget, SkipToken>> = {
  markdown: skipMarkdown,
  latex: skipLatex,
  log: skipEscaped,
};

/** Values of these hold nothing that stands between rows: what is missing in a row is not looked for in the next one. */
const IN_ONE_ROW: ReadonlySet<SourceTarget> = new Set(['none', 'log']);

/** A value of the row that was matched last. */
export interface Cell {
  isNull: boolean;
  /** Its content is [start, end) of these. */
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Whether it was a text in quotes, whatever it looks like. */
  isText: boolean;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && standsAt(a, 0, b);

interface Reader {
  step: ValueStep;
  otherwise: Uint8Array | null;
  cell: Cell;
  /** As it is written. */
  from: number;
  to: number;
}

/** Matches one template; what it says holds until the next time. */
export class Matcher {
  readonly #steps: readonly Step[];
  readonly #separator: Mark | null;
  readonly #nullText: Uint8Array;
  readonly #readers: Reader[];
  /** Where the separator first stands, from `#askedFrom` on. */
  #separatorAt = -1;
  #askedFrom = -1;
  /** Whether each row is one line. */
  readonly #isLine: boolean;
  /** The line that was looked at last: [`#lineFrom`, `#lineTo`). */
  #lineFrom = 0;
  #lineTo = -1;
  /** Why it did not fit. */
  misfit = '';
  /** A value begins there that nothing closes: whatever follows is in it. */
  isOpen = false;

  constructor(steps: readonly Step[], separator: Mark | null, nullText: string) {
    this.#steps = steps;
    this.#separator = separator;
    this.#nullText = encoder.encode(nullText);
    this.#isLine =
      separator?.text.includes('\n') === true &&
      !steps.some((step) => step.kind === 'mark' && step.mark.text.includes('\n'));
    this.#readers = steps.flatMap((step): Reader[] => {
      if (step.kind === 'mark') return [];
      const otherwise = step.otherwise === null ? null : encoder.encode(step.otherwise);
      const cell = { isNull: true, bytes: NULL, start: 0, end: 0, isText: false };
      return [{ step, otherwise, cell, from: 0, to: 0 }];
    });
  }

  /** The value of the step that is the n-th value of the template. */
  cell(n: number): Cell {
    return this.#readers[n]!.cell;
  }

  /** Places of the columns among the template's values, each where it first stands. */
  static places(steps: readonly Step[], columnCount: number): number[] {
    const places = Array.from({ length: columnCount }, () => -1);
    const values = steps.filter((step) => step.kind === 'value');
    for (const [n, { column }] of values.entries())
      if (column >= 0 && places[column] === -1) places[column] = n;
    return places;
  }

  /** Where what begins at `from` ends; NEED, or MISFIT with `misfit` saying why. */
  match(stretch: Stretch, from: number): number {
    this.#askedFrom = -1;
    this.#lineTo = -1;
    this.isOpen = false;
    let at = from;
    let n = 0;
    for (let i = 0; i < this.#steps.length; i++) {
      const step = this.#steps[i]!;
      if (step.kind === 'mark') {
        const end = step.mark.endAt(stretch, at);
        if (end < 0) {
          const before = this.#steps[i - 1];
          this.misfit =
            before?.kind === 'value'
              ? MISFIT_TEXTS.behind(step.mark.text, before.name)
              : MISFIT_TEXTS.before(step.mark.text);
          return end;
        }
        at = end;
      } else {
        const reader = this.#readers[n++]!;
        const end = this.#endOf(stretch, at, step);
        if (end < 0) return end;
        if (!this.#take(stretch.bytes, at, end, reader)) return MISFIT;
        at = end;
      }
    }
    return at;
  }

  /** Where the separator first stands behind `at`, or the end of all. */
  endOfRow(stretch: Stretch, at: number): number {
    if (this.#separator === null) return stretch.isEnd ? stretch.to : NEED;
    if (this.#askedFrom >= 0 && at >= this.#askedFrom && at <= this.#separatorAt)
      return this.#separatorAt;
    const found = this.#separator.findFar(stretch, at);
    if (found === NEED) return NEED;
    this.#askedFrom = at;
    this.#separatorAt = found < 0 ? stretch.to : found;
    return this.#separatorAt;
  }

  #endOf(stretch: Stretch, at: number, step: ValueStep): number {
    const { target, next } = step;
    const { bytes } = stretch;
    if (target === 'json' || target === 'sql' || target === 'mysql') {
      const behindNull = this.#behindNullText(stretch, at);
      if (behindNull !== MISFIT) return behindNull;
      const end =
        target === 'json'
          ? this.#endOfJson(stretch, at)
          : endOfSql(stretch, at, target === 'mysql');
      if (end === MISFIT || end === OPEN) return this.#notWritten(step, end);
      if (end < 0 || target !== 'json') return end;
      const mark = next ?? this.#separator;
      return endOfBlanks(stretch, end, (place) => mark !== null && mark.endAt(stretch, place) >= 0);
    }
    if (target === 'csv') {
      if (at >= stretch.to && !stretch.isEnd) return NEED;
      if (at < stretch.to && bytes[at] === QUOTE) {
        const end = endOfCsvQuotes(stretch, at);
        return end === OPEN ? this.#notWritten(step, end) : end;
      }
    }
    const skip = SKIP[target] ?? null;
    if (next === null) {
      if (this.#separator === null) return stretch.isEnd ? stretch.to : NEED;
      if (skip === null) return this.endOfRow(stretch, at);
      const found = this.#separator.find(stretch, at, Infinity, skip);
      return found === MISFIT ? stretch.to : found;
    }
    let last = Infinity;
    if (IN_ONE_ROW.has(target) && this.#separator !== null) {
      last = this.endOfRow(stretch, at);
      if (last === NEED) return NEED;
    }
    const found = next.find(stretch, at, last, skip);
    if (found === MISFIT) this.misfit = MISFIT_TEXTS.behind(next.text, step.name);
    return found;
  }

  /** What is open at the end of a line is closed by nothing behind it, where each row is one. */
  #endOfJson(stretch: Stretch, at: number): number {
    if (!this.#isLine) return endOfJson(stretch, at);
    if (at < this.#lineFrom || at > this.#lineTo) {
      const feed = stretch.bytes.indexOf(LF, at);
      const isThere = feed >= 0 && feed < stretch.to;
      if (!isThere && !stretch.isEnd) return NEED;
      this.#lineFrom = at;
      this.#lineTo = isThere ? feed : stretch.to;
    }
    const end = endOfJson({ bytes: stretch.bytes, to: this.#lineTo, isEnd: true }, at);
    return end === OPEN ? MISFIT : end;
  }

  #notWritten(step: ValueStep, end: number): number {
    this.misfit = MISFIT_TEXTS.value(step.name, TARGET_NAMES[step.target]);
    this.isOpen = end === OPEN;
    return MISFIT;
  }

  /** Behind the text of nulls where it stands; MISFIT where it does not. */
  #behindNullText({ bytes, to, isEnd }: Stretch, at: number): number {
    const text = this.#nullText;
    if (text.length === 0) return MISFIT;
    let k = 0;
    while (k < text.length && at + k < to && bytes[at + k] === text[k]) k++;
    if (k === text.length) return at + k;
    return at + k === to && !isEnd ? NEED : MISFIT;
  }

  /** Notes the value written as [from, to); false where it cannot be one. */
  #take(bytes: Uint8Array, from: number, to: number, reader: Reader): boolean {
    const { step, otherwise, cell } = reader;
    reader.from = from;
    reader.to = to;
    if (step.like >= 0) {
      const other = this.#readers[step.like]!;
      if (!sameBytes(bytes.subarray(other.from, other.to), bytes.subarray(from, to))) {
        this.misfit = MISFIT_TEXTS.differs(step.name);
        return false;
      }
    }
    const { quote, leads } = FORMS[step.target];
    const isQuoted = quote !== 0 && bytes[from] === quote;
    cell.bytes = bytes;
    cell.start = isQuoted ? from + 1 : from;
    cell.end = isQuoted ? to - 1 : to;
    cell.isText = isQuoted && step.target !== 'csv';
    const nullText = this.#nullText;
    cell.isNull =
      (to - from === nullText.length && standsAt(bytes, from, nullText)) ||
      isNullWord(bytes, from, to, step.target);
    if (cell.isNull) return true;
    if ((isQuoted || quote === 0) && holdsLead(bytes, cell.start, cell.end, leads)) {
      const content = DECODE[step.target](bytes, cell.start, cell.end);
      if (content === null) {
        this.misfit = MISFIT_TEXTS.value(step.name, TARGET_NAMES[step.target]);
        return false;
      }
      cell.bytes = content;
      cell.start = 0;
      cell.end = content.length;
    } else if (quote === APOSTROPHE && !isQuoted && bytes[from]! >= 65) {
      // TRUE and FALSE; numbers have an E at most.
      cell.bytes = lowerCase(bytes, from, to);
      cell.start = 0;
      cell.end = to - from;
    }
    if (otherwise !== null && cell.end - cell.start === otherwise.length)
      cell.isNull = standsAt(cell.bytes, cell.start, otherwise);
    return true;
  }
}

const lowerCase = (bytes: Uint8Array, from: number, to: number): Uint8Array =>
  bytes.slice(from, to).map((byte) => byte | 32);

/** What values of a target stand in, 0 = nothing, and the signs, one or two, without which one is as it is written. */
const FORMS: Readonly<Record<SourceTarget, { quote: number; leads: string }>> = {
  none: { quote: 0, leads: '' },
  csv: { quote: QUOTE, leads: '"' },
  json: { quote: QUOTE, leads: '\\' },
  html: { quote: 0, leads: '&' },
  xml: { quote: 0, leads: '&' },
  sql: { quote: APOSTROPHE, leads: "'" },
  mysql: { quote: APOSTROPHE, leads: "'\\" },
  url: { quote: 0, leads: '%' },
  markdown: { quote: 0, leads: '\\<' },
  latex: { quote: 0, leads: '\\' },
  log: { quote: 0, leads: '\\' },
};

function holdsLead(bytes: Uint8Array, from: number, to: number, leads: string): boolean {
  if (leads === '') return false;
  const first = leads.charCodeAt(0);
  const second = leads.charCodeAt(leads.length - 1);
  for (let i = from; i < to; i++) if (bytes[i] === first || bytes[i] === second) return true;
  return false;
}

const TARGET_NAMES: Readonly<Record<SourceTarget, string>> = {
  none: 'text',
  csv: 'CSV',
  json: 'JSON',
  html: 'HTML',
  xml: 'XML',
  sql: 'SQL',
  mysql: 'SQL',
  url: 'an address',
  markdown: 'Markdown',
  latex: 'LaTeX',
  log: 'a log',
};

function isNullWord(bytes: Uint8Array, from: number, to: number, target: SourceTarget): boolean {
  if (to - from !== 4) return false;
  if (target === 'json') return standsAt(bytes, from, NULL);
  // The only word of four letters beside TRUE, in any case.
  return (target === 'sql' || target === 'mysql') && (bytes[from]! & 0xdf) === 0x4e;
}

/** The longest that a text for the whole file, such as its name, is looked for. */
const LONGEST_WORD = 4096;

/** Bytes that the suffix takes at most. */
export function longestSuffix({ suffix }: TextPlan): number {
  return suffix.reduce(
    (sum, step) => sum + (step.kind === 'mark' ? step.mark.longest : LONGEST_WORD),
    0,
  );
}

/** Where the rows of the whole text end and the suffix begins; -1 where it does not end so. */
export function rowsEnd(
  bytes: Uint8Array,
  from: number,
  filled: number,
  plan: TextPlan,
  matcher: Matcher,
): number {
  const stretch = { bytes, to: filled, isEnd: true };
  const least = Math.max(from, filled - longestSuffix(plan));
  for (let at = filled; at >= least; at--) {
    if (matcher.match(stretch, at) !== filled) continue;
    const first = plan.suffix[0];
    // A line end of two signs begins with the first of them.
    const isCut = at > least && first?.kind === 'mark' && bytes[at] === 10 && bytes[at - 1] === 13;
    return isCut && first.mark.endAt(stretch, at - 1) >= 0 ? at - 1 : at;
  }
  // A last line may end without a line break.
  const isLineEnd = plan.suffix.every(
    (step) => step.kind === 'mark' && /^[\r\n]+$/.test(step.mark.text),
  );
  return isLineEnd ? filled : -1;
}
