// Cuts rows off a stretch of text, one after the other: those that fit the template, those that do not, and blank ones.
import { MISFIT, NEED, type Stretch } from './mark.ts';
import { Matcher } from './match.ts';
import type { TextPlan } from './plan.ts';
import { MISFIT_TEXTS } from './texts.ts';

const LF = 10;

export type CutOutcome = 'row' | 'misfit' | 'blank' | 'need' | 'end';

export class RowCutter {
  readonly matcher: Matcher;
  readonly #plan: TextPlan;
  /** Where what was cut off last ends, and where the next one begins. */
  end = 0;
  next = 0;
  /** Whether rows follow: only what stands between two of them says so, at the very end. */
  #isOpen = true;
  #isFirst = true;

  constructor(plan: TextPlan, nullText: string) {
    this.#plan = plan;
    this.matcher = new Matcher(plan.row, plan.separator, nullText);
  }

  /** Looks at what begins at `from`, where the last one ended. */
  cut(stretch: Stretch, from: number): CutOutcome {
    const { separator } = this.#plan;
    const isAtEnd = stretch.isEnd && from === stretch.to;
    if (isAtEnd && (this.#isFirst || !this.#isOpen)) return 'end';
    if (!stretch.isEnd && from >= stretch.to) return 'need';
    const end = this.matcher.match(stretch, from);
    if (end === NEED) return 'need';
    if (end !== MISFIT) {
      if (stretch.isEnd && end === stretch.to) return this.#found('row', end, end, false);
      if (separator === null) return this.#found('row', end, end, false);
      const next = separator.endAt(stretch, end);
      if (next === NEED) return 'need';
      if (next !== MISFIT) return this.#found('row', end, next, true);
      this.matcher.misfit = MISFIT_TEXTS.more;
    }
    if (this.matcher.isOpen) return this.#found('misfit', stretch.to, stretch.to, false);
    const stop = this.matcher.endOfRow(stretch, from);
    if (stop === NEED) return 'need';
    const next = stop === stretch.to || separator === null ? stop : separator.endAt(stretch, stop);
    const outcome = isBlank(stretch.bytes, from, stop) ? 'blank' : 'misfit';
    return this.#found(outcome, stop, next, next > stop);
  }

  #found(outcome: CutOutcome, end: number, next: number, isOpen: boolean): CutOutcome {
    this.end = end;
    this.next = next;
    this.#isOpen = isOpen;
    this.#isFirst = false;
    return outcome;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte !== 32 && byte !== 9 && byte !== 13) return false;
  }
  return true;
}

/** Line breaks in [from, to). */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let i = bytes.indexOf(LF, from); i >= 0 && i < to; i = bytes.indexOf(LF, i + 1)) lines++;
  return lines;
}
