// The pattern of file names: its variables, what they stand for, and what it may not say.
import { compilePattern } from '../table/date-pattern.ts';
import { PatternError } from '../table/pattern-parts.ts';
import { NAME_TEXTS } from './texts.ts';

/** `{name}`, `{date:yyyyMMdd}`, `{part:000}`. */
const VARIABLE = /\{([A-Za-z]\w*)(?::([^{}]*))?\}/g;

const PLAIN = [
  'name',
  'source',
  'template',
  'format',
  'jobId',
  'parts',
  'rows',
  'column',
  'hash8',
  'partition',
] as const;

const KNOWN = new Set<string>([...PLAIN, 'date', 'time', 'part']);

/** File systems take 255 in all: numbers, values and extensions come behind. */
const MOST_LITERAL_BYTES = 150;
/** Names that Windows keeps for devices; a file may not be called so with any extension. */
export const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Marks that turn the direction of what is shown, so that a name looks like another. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
// oxlint-disable-next-line no-control-regex -- control characters are what must go
export const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- control characters are what must be found
  /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Which variables a pattern has. */
export function variablesOf(pattern: string): Set<string> {
  return new Set([...pattern.matchAll(VARIABLE)].map(([, name]) => name!));
}

/** The pattern with its variables filled in, those of `values` too; what is no variable stays as it is. */
export function fillPattern(
  pattern: string,
  values: ReadonlyMap<string, string>,
  facts: { startedAtMs: number; part: number | null },
): string {
  return pattern.replace(VARIABLE, (whole, name: string, detail: string | undefined) => {
    if (!KNOWN.has(name)) return (detail === undefined && values.get(name)) || whole;
    const startedAt = new Date(facts.startedAtMs);
    const iso = startedAt.toISOString();
    if (name === 'date' || name === 'time') {
      if (detail !== undefined) return clockText(detail, facts.startedAtMs);
      return name === 'date' ? iso.slice(0, 10) : iso.slice(11, 19).replaceAll(':', '');
    }
    if (name !== 'part') return values.get(name) ?? '';
    if (facts.part === null) return '';
    const number = String(facts.part + 1);
    return detail === undefined
      ? `-${number.padStart(3, '0')}`
      : number.padStart(detail.length, '0');
  });
}

function clockText(pattern: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const days = Math.floor(seconds / 86_400);
  return compilePattern(pattern, 'cldr').format({
    days,
    seconds: seconds - days * 86_400,
    nanos: (atMs - seconds * 1000) * 1e6,
    offsetSeconds: 0,
  });
}

interface PatternProblem {
  isError: boolean;
  sentence: string;
}

/** What is wrong with the variables of a text, and those that there are none of; `more`: those it may have beside a name's. */
export function variableProblems(pattern: string, more: readonly string[] = []): PatternProblem[] {
  const problems: PatternProblem[] = [];
  const wrong = (sentence: string): void => {
    problems.push({ isError: true, sentence });
  };
  for (const [whole, name, detail] of pattern.matchAll(VARIABLE)) {
    if (more.includes(name!) && detail === undefined) continue;
    if (!KNOWN.has(name!)) problems.push({ isError: false, sentence: NAME_TEXTS.unknown(whole) });
    else if (detail !== undefined) {
      if (name === 'part' && !/^0+$/.test(detail)) wrong(NAME_TEXTS.partDigits(whole));
      else if (name === 'date' || name === 'time') {
        try {
          clockText(detail, 0);
        } catch (thrown) {
          if (!(thrown instanceof PatternError) && !(thrown instanceof RangeError)) throw thrown;
          wrong(NAME_TEXTS.badDate(whole, thrown.message));
        }
      } else if (name !== 'part') wrong(NAME_TEXTS.noDetail(whole));
    }
  }
  return problems;
}

/** What is wrong with a pattern of names, and variables that there are none of. */
export function patternProblems(pattern: string): PatternProblem[] {
  const problems = variableProblems(pattern);
  const wrong = (sentence: string): void => {
    problems.push({ isError: true, sentence });
  };
  const bare = pattern.replace(VARIABLE, 'x');
  if (DIRECTION.test(bare)) wrong(NAME_TEXTS.direction);
  // oxlint-disable-next-line no-control-regex -- control characters are what must go
  if (/[\u0000-\u001f\u007f-\u009f]/.test(bare)) wrong(NAME_TEXTS.control);
  const character = /[<>:"\\|?*]/.exec(bare)?.[0];
  if (character !== undefined) wrong(NAME_TEXTS.character(character));
  if (bare.startsWith('/')) wrong(NAME_TEXTS.absolute);
  else {
    const folders = bare.split('/');
    if (folders.some((each) => each === '..' || each === '.')) wrong(NAME_TEXTS.dots);
    else if (folders.includes('')) wrong(NAME_TEXTS.emptyFolder);
    else if (folders.some((each) => /[. ]$/.test(each))) wrong(NAME_TEXTS.trailing);
    if (folders.some((each) => new TextEncoder().encode(each).length > MOST_LITERAL_BYTES))
      wrong(NAME_TEXTS.tooLong);
    const device = folders.find((each) => RESERVED.test(each));
    if (device !== undefined) wrong(NAME_TEXTS.device(device));
  }
  return problems;
}
