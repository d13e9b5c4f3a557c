// Proposes delimiter, quote, escape, comment and line ends by reading the start of the file with each candidate.
import { ExportError } from '../../contract/errors.ts';
import { outerLines } from '../../contract/outer-lines.ts';
import {
  linesBelow,
  SURROUNDINGS_EVIDENCE,
  tableStarts,
} from '../../contract/table-surroundings.ts';
import { csvDialect, type CsvDialect } from './dialect.ts';
import type { CsvOptions } from './options.ts';
import {
  createSpans,
  isComment,
  QUOTED,
  QUOTED_ESCAPED,
  readRecord,
  skipComment,
} from './record.ts';
import { csvLineReader } from './line-reader.ts';
import { EVIDENCE } from './texts.ts';

const HEAD_BYTES = 64 * 1024;
const MOST_RECORDS = 200;
/** Fields whose spelling a trial looks at. */
const KEPT_FIELDS = 1_000;
const DELIMITERS = [',', '\t', ';', '|'];
/** Delimiters that few files have, and that most texts do not hold: proposed where every record has as many of them. */
const RARE_DELIMITERS = [
  '\u0001',
  '\u001f',
  '\u0002',
  '||',
  ';;',
  '~|~',
  '|~|',
  '^|^',
  '#|#',
  '@@',
];
/** The same for some that stand in texts too, but seldom as often in one as in the other. */
const DOUBTFUL_DELIMITERS = ['¦', '§', '::'];
/** IPv6 addresses have one of these. */
const LEAST_FIELDS = new Map([['::', 3]]);
const CR = 13;
const LF = 10;
/** Share of records of the same length from which a file counts as a table. */
const TABLE_SHARE = 0.75;
/** The same below lines that are no part of it. */
const TABLE_BELOW_SHARE = 0.9;

interface Trial {
  options: CsvOptions;
  records: number;
  /** Most frequent field count, and the records that have it. */
  fields: number;
  fits: number;
  quotedFields: number;
  /** Whether every quote stood where it may. */
  isClean: boolean;
}

function tryOptions(head: Uint8Array, isEnd: boolean, options: CsvOptions): Trial {
  const dialect: CsvDialect = csvDialect({ ...options, quoteRules: 'standard' });
  const spans = createSpans();
  const counts = new Map<number, number>();
  const trial: Trial = { options, records: 0, fields: 0, fits: 0, quotedFields: 0, isClean: true };
  let at = 0;
  while (at < head.length && trial.records < MOST_RECORDS) {
    if (isComment(head, at, head.length, dialect)) {
      at = skipComment(head, at, head.length, isEnd, dialect);
      if (at < 0) break;
      continue;
    }
    try {
      if (!readRecord(head, at, head.length, isEnd, dialect, KEPT_FIELDS, 1, spans)) break;
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      trial.isClean = false;
      break;
    }
    at = spans.next;
    if (spans.isEmptyLine) continue;
    trial.records++;
    const kept = Math.min(spans.count, KEPT_FIELDS);
    for (let f = 0; f < kept; f++) {
      const spelling = spans.spellings[f];
      if (spelling === QUOTED || spelling === QUOTED_ESCAPED) trial.quotedFields++;
    }
    const fits = (counts.get(spans.count) ?? 0) + 1;
    counts.set(spans.count, fits);
    if (fits > trial.fits) {
      trial.fits = fits;
      trial.fields = spans.count;
    }
  }
  return trial;
}

const share = (trial: Trial): number => (trial.records === 0 ? 0 : trial.fits / trial.records);
const isTable = (trial: Trial): boolean => trial.fields > 1 && share(trial) >= TABLE_SHARE;

const isRare = ({ options: { delimiter } }: Trial): boolean => RARE_DELIMITERS.includes(delimiter);

/** Whether a delimiter that few files have stands in every record alike. */
function isStrong(trial: Trial): boolean {
  const least = LEAST_FIELDS.get(trial.options.delimiter) ?? 2;
  return trial.isClean && trial.records > 1 && share(trial) === 1 && trial.fields >= least;
}

/** Whether `b` has split the delimiters of `a` itself: || at each |. */
function isSplinter(a: Trial, b: Trial): boolean {
  const pieces = a.options.delimiter.split(b.options.delimiter).length - 1;
  return pieces > 0 && b.fields === (a.fields - 1) * pieces + 1;
}

/** Whether trial `a` explains the head better than `b`; on a tie the earlier candidate stays. */
function isBetter(a: Trial, b: Trial, hasDecimalCommas: boolean): boolean {
  if (isRare(a) || DOUBTFUL_DELIMITERS.includes(a.options.delimiter)) {
    if (!isStrong(a)) return false;
    // More of the same character than all delimiters have is a field's own.
    const isInside = a.options.delimiter.includes(b.options.delimiter);
    if (isRare(a) && a.options.delimiter !== b.options.delimiter)
      return isInside ? isSplinter(a, b) : !isRare(b) || a.fields > b.fields;
  }
  if (isTable(a) !== isTable(b)) return isTable(a);
  if (a.isClean !== b.isClean) return a.isClean;
  if (share(a) !== share(b)) return share(a) > share(b);
  // 1,5;2,5 is even for both; a decimal comma between semicolons speaks for the semicolon.
  if (hasDecimalCommas && a.options.delimiter !== b.options.delimiter) {
    if (a.options.delimiter === ';') return true;
    if (b.options.delimiter === ';') return false;
  }
  // A delimiter that leaves quotes inside unquoted fields splits what they enclose.
  if (a.quotedFields > 0 !== b.quotedFields > 0) return a.quotedFields > 0;
  return a.fields > b.fields;
}

function isSameSpelling({ options: a }: Trial, { options: b }: Trial): boolean {
  return a.quote === b.quote && a.escape === b.escape && a.comment === b.comment;
}

/** Whether an unusual quote, an escape or a comment explains what the usual spelling cannot. */
function earnsItsPlace(trial: Trial, usual: Trial): boolean {
  const { options: a } = trial;
  const { options: b } = usual;
  if (a.quote !== b.quote && (usual.quotedFields > 0 || trial.quotedFields === 0)) return false;
  if (a.escape !== b.escape && usual.isClean) return false;
  const isTidier = isTable(trial) && (!isTable(usual) || share(trial) > share(usual));
  if (a.comment !== b.comment && !isTidier) return false;
  return trial.isClean && (isTable(trial) || !isTable(usual));
}

/** Whether a free character does not clash with one that the user set. */
function isConsistent(options: CsvOptions): boolean {
  try {
    csvDialect(options);
    return true;
  } catch {
    return false;
  }
}

function candidates(given: Partial<CsvOptions>, base: CsvOptions, head: Uint8Array): CsvOptions[] {
  const free = <K extends keyof CsvOptions>(id: K, values: CsvOptions[K][]): CsvOptions[K][] =>
    id in given ? [base[id]] : values;
  const found: CsvOptions[] = [];
  const hasBackslash = head.includes(92);
  const hasSingleQuote = head.includes(39);
  const text = new TextDecoder().decode(head);
  const rare = [...RARE_DELIMITERS, ...DOUBTFUL_DELIMITERS].filter((each) => text.includes(each));
  for (const comment of free('comment', head[0] === 35 ? [null, '#'] : [null]))
    for (const quote of free('quote', hasSingleQuote ? ['"', "'"] : ['"']))
      for (const escape of free('escape', hasBackslash && quote !== null ? [null, '\\'] : [null]))
        for (const delimiter of free('delimiter', [...DELIMITERS, ...rare])) {
          const options = { ...base, comment, quote, escape, delimiter };
          if (isConsistent(options)) found.push(options);
        }
  // Nothing consistent: the user's own choices contradict each other, which reading tells.
  return found.length > 0 ? found : [base];
}

/** The best of the trials; those of one spelling stand side by side. */
function bestOf(trials: readonly Trial[], hasDecimalCommas: boolean): Trial {
  let best: Trial | null = null;
  for (let i = 0; i < trials.length;) {
    // Trials that differ in the delimiter only stand side by side.
    let winner = trials[i++]!;
    for (; i < trials.length && isSameSpelling(trials[i]!, winner); i++)
      if (isBetter(trials[i]!, winner, hasDecimalCommas)) winner = trials[i]!;
    if (best === null || earnsItsPlace(winner, best)) best = winner;
  }
  if (best === null) throw new TypeError('there is always one candidate');
  return best;
}

interface Below {
  trial: Trial;
  lines: number;
  example: string;
}

/** A table below lines that are no part of it, where that explains the head better than `best`, which takes it whole. */
function findBelow(
  head: Uint8Array,
  isEnd: boolean,
  choices: readonly CsvOptions[],
  best: Trial,
  hasDecimalCommas: boolean,
): Below | null {
  let found: Below | null = null;
  const isPerfect = isTable(best) && share(best) === 1;
  for (const options of choices) {
    const { delimiter, quote, escape, comment } = options;
    const isSame = delimiter === best.options.delimiter && quote === best.options.quote;
    if (escape !== best.options.escape || comment !== best.options.comment) continue;
    if (isPerfect && !isSame) continue;
    for (const start of tableStarts(head, csvLineReader(csvDialect(options)), isPerfect)) {
      const trial = tryOptions(head.subarray(start.from), isEnd, options);
      const isWhole = trial.records > 1 && share(trial) >= TABLE_BELOW_SHARE;
      if (!trial.isClean || trial.fields !== start.fields || !isWhole) continue;
      if (!isPerfect && isTable(best) && share(trial) <= share(best)) continue;
      if (found === null || isBetter(trial, found.trial, hasDecimalCommas))
        found = { trial, lines: start.lines, example: start.example };
      break;
    }
  }
  return found;
}

/** Fills what `given` leaves open, with one line of evidence for each. `base`: complete options, the given ones in them. */
export function proposeDialect(
  whole: Uint8Array,
  isWhole: boolean,
  given: Partial<CsvOptions>,
  base: CsvOptions,
): { options: CsvOptions; evidence: { option: string; sentence: string }[] } {
  let head = whole.subarray(0, HEAD_BYTES);
  const evidence: { option: string; sentence: string }[] = [];
  let lineEnd = base.lineEnd;
  if (lineEnd === 'auto') {
    let lineFeeds = 0;
    let loneReturns = 0;
    for (let i = 0; i < head.length; i++) {
      if (head[i] === LF) lineFeeds++;
      else if (head[i] === CR && i + 1 < head.length && head[i + 1] !== LF) loneReturns++;
    }
    lineEnd = loneReturns > lineFeeds ? 'any' : 'lf';
    const sentence = lineEnd === 'any' ? EVIDENCE.lineEndCr : EVIDENCE.lineEndLf;
    evidence.push({ option: 'lineEnd', sentence });
  }
  const { from, to } = outerLines(whole, {
    first: base.skipLines,
    last: isWhole ? base.skipLastLines : 0,
    anyLineEnd: lineEnd === 'any',
  });
  const sample = whole.subarray(from, to);
  head = sample.subarray(0, HEAD_BYTES);
  const hasDecimalCommas = /(^|;)-?\d+,\d+(;|\r|\n|$)/m.test(new TextDecoder().decode(head));
  const choices = candidates(given, { ...base, lineEnd }, head);
  const isEnd = (): boolean => isWhole && head.length === sample.length;
  const tryAll = (): Trial[] => choices.map((options) => tryOptions(head, isEnd(), options));
  let trials = tryAll();
  if (head.length < sample.length && trials.every((trial) => trial.records === 0)) {
    // A head without one whole record says nothing of where its fields end.
    head = sample;
    trials = tryAll();
  }
  let best = bestOf(trials, hasDecimalCommas);
  // Narrow lines are a part of the table where several header rows were asked for; without a header, all may be rows.
  const below =
    'skipLines' in given || base.headerRows > 1 || base.header === 'absent'
      ? null
      : findBelow(head, isEnd(), choices, best, hasDecimalCommas);
  if (below !== null) best = below.trial;
  const { options } = best;
  const say = (option: keyof CsvOptions, sentence: string): void => {
    if (!(option in given)) evidence.push({ option, sentence });
  };
  const isSplit = isTable(best) || 'delimiter' in given;
  const usual = { ...options, delimiter: base.delimiter };
  const delimiter = isSplit || !isConsistent(usual) ? options.delimiter : base.delimiter;
  say(
    'delimiter',
    isSplit
      ? EVIDENCE.delimiter(delimiter, best.fits, best.records, best.fields)
      : EVIDENCE.noDelimiter,
  );
  say(
    'quote',
    options.quote === "'"
      ? EVIDENCE.singleQuote(best.quotedFields)
      : EVIDENCE.doubleQuote(best.quotedFields),
  );
  if (options.escape !== null) say('escape', EVIDENCE.backslash);
  if (options.comment !== null) say('comment', EVIDENCE.comment);
  const settled = { ...options, delimiter, skipLines: below?.lines ?? options.skipLines };
  if (below !== null)
    say('skipLines', SURROUNDINGS_EVIDENCE.above(below.lines, below.example, best.fields));
  const sums =
    !isWhole || 'skipLastLines' in given || !isTable(best)
      ? null
      : linesBelow(sample, csvLineReader(csvDialect(settled)), best.fields);
  if (sums !== null) {
    settled.skipLastLines = sums.lines;
    say('skipLastLines', SURROUNDINGS_EVIDENCE.below(sums.lines, sums.example));
  }
  return { options: settled, evidence };
}
