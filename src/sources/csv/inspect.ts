// Looks at the start of a file and says how it reads: dialect, header, columns and their types, each with its evidence.
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { ExportError } from '../../contract/errors.ts';
import { settleGiven } from '../../contract/given-options.ts';
import { profilesOf } from '../../contract/column-profile.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import type { Field } from '../../table/data-type.ts';
import { guessHeader, HEADER_EVIDENCE } from '../../contract/header-guess.ts';
import { joinHeaderRows } from '../../contract/header-rows.ts';
import { outerLines } from '../../contract/outer-lines.ts';
import { csvDialect, skipsEmptyLines, type CsvDialect } from './dialect.ts';
import { createGuess, type ColumnGuess } from '../../contract/column-guess.ts';
import { csvOptions, type CsvOptions } from './options.ts';
import { refuseBinary } from '../../contract/text-window.ts';
import { createSpans, isComment, readRecord, skipComment, undo, UNQUOTED } from './record.ts';
import { proposeDialect } from './sniff.ts';
import { EVIDENCE } from './texts.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

interface Sampled {
  /** Contents of the fields of the first record, or of all header rows; null = null. */
  heads: (Uint8Array | null)[][];
  /** Guesses over the records after them. */
  guesses: ColumnGuess[];
  rows: number;
  /** Bytes of the records after them. */
  bytes: number;
  /** Bytes before them. */
  headBytes: number;
  ragged: { line: number; found: number } | null;
}

/** Reads the whole records of the sample; a mistake further down than the first record ends it, reading will name it. */
function takeSample(
  context: InspectContext<CsvOptions>,
  dialect: CsvDialect,
  { header, headerRows, skipLines, skipLastLines }: CsvOptions,
): Sampled {
  const { isWhole, limits, name } = context;
  const { from, to, leftOut } = outerLines(context.sample, {
    first: skipLines,
    last: isWhole ? skipLastLines : 0,
    anyLineEnd: dialect.anyLineEnd,
  });
  const sample = context.sample.subarray(from, to);
  const headCount = header === 'absent' ? 1 : headerRows;
  const heads: (Uint8Array | null)[][] = [];
  const spans = createSpans();
  const size = sample.length;
  let scratch = new Uint8Array(1024);
  let sampled: Sampled | null = null;
  let at = 0;
  let line = 1 + leftOut.first;
  const content = (c: number): Uint8Array | null => {
    const start = spans.starts[c]!;
    const end = spans.ends[c]!;
    const spelling = spans.spellings[c]!;
    if (spelling !== UNQUOTED) {
      if (scratch.length < end - start) scratch = new Uint8Array((end - start) * 2);
      return scratch.subarray(0, undo(sample, start, end, spelling, dialect, scratch, 0));
    }
    const { nullText } = dialect;
    let isNull = end - start === nullText.length;
    for (let i = 0; isNull && i < nullText.length; i++) isNull = sample[start + i] === nullText[i];
    return isNull ? null : sample.subarray(start, end);
  };
  // Leading empty lines mean nothing before a record of several fields, and everything in a file of one column.
  let firstEmpty: { at: number; line: number; next: number; breaks: number } | null = null;

  while (at < size) {
    if (isComment(sample, at, size, dialect)) {
      const after = skipComment(sample, at, size, isWhole, dialect);
      if (after < 0) break;
      at = after;
      line++;
      continue;
    }
    const keep: number = sampled === null ? limits.columns : sampled.guesses.length;
    try {
      if (!readRecord(sample, at, size, isWhole, dialect, keep, line, spans)) break;
    } catch (error) {
      if (sampled === null) throw error;
      break;
    }
    const from = at;
    at = spans.next;
    const recordLine = line;
    line += spans.breaks;
    if (sampled === null) {
      if (spans.isEmptyLine && dialect.skipEmptyLines === 'always') continue;
      if (spans.isEmptyLine && dialect.skipEmptyLines === 'auto' && at < size) {
        firstEmpty ??= { at: from, line: recordLine, next: at, breaks: spans.breaks };
        continue;
      }
      if (spans.count > limits.columns)
        throw new ExportError('read.csv.too-many-columns', {
          found: spans.count,
          limit: limits.columns,
        });
      if (firstEmpty !== null && spans.count === 1 && heads.length === 0) {
        spans.starts[0] = spans.ends[0] = firstEmpty.at;
        spans.spellings[0] = UNQUOTED;
        at = firstEmpty.next;
        line = firstEmpty.line + firstEmpty.breaks;
      }
      // Copies: the scratch of quoted fields is used again.
      heads.push(Array.from({ length: spans.count }, (_, c) => content(c)?.slice() ?? null));
      if (heads.length < headCount) continue;
      const width = Math.max(...heads.map((head) => head.length));
      const guesses = Array.from({ length: width }, () => createGuess(context.profiles));
      sampled = { heads, guesses, rows: 0, bytes: 0, headBytes: from + at, ragged: null };
      continue;
    }
    if (spans.isEmptyLine && skipsEmptyLines(dialect, sampled.guesses.length)) continue;
    if (spans.count !== sampled.guesses.length) {
      sampled.ragged ??= { line: recordLine, found: spans.count };
      continue;
    }
    sampled.rows++;
    sampled.bytes += at - from;
    for (let c = 0; c < spans.count; c++) sampled.guesses[c]!.add(content(c));
  }
  if (sampled !== null) return sampled;
  if (isWhole && heads.length > 0)
    throw new ExportError('config.wrong-option', {
      path: 'headerRows',
      detail: HEADER_EVIDENCE.fewRecords(heads.length),
    });
  if (isWhole || context.sample.length === 0) throw new ExportError('read.empty', { name });
  throw new ExportError('read.csv.record-too-large', { line, limit: sizeText(size) });
}

/** The names of the columns, should the first records hold them. */
function namesOf({ heads, guesses }: Sampled, { nullText, headerJoin }: CsvOptions): string[] {
  const texts = heads.map((head) =>
    head.map((content) => (content === null ? null : decoder.decode(content))),
  );
  // Alone, a name may be the text of nulls.
  if (texts.length === 1) return texts[0]!.map((text) => text ?? nullText);
  return joinHeaderRows(texts, guesses.length, headerJoin);
}

/** Proposals for everything the user left open. Throws ExportError for empty or binary input and wrong options. */
export function inspectCsv(context: InspectContext<CsvOptions>): SourceInspection<CsvOptions> {
  const { sample, isWhole, sizeBytes, name } = context;
  const { given, complete } = settleGiven(csvOptions, context.given);
  if (sample.length === 0) throw new ExportError('read.empty', { name });
  if (complete.nulCharacters === 'fail') refuseBinary(sample, name);
  const { options, evidence } = proposeDialect(sample, isWhole, given, complete);
  const sampled = takeSample(context, csvDialect(options), options);
  let isPresent = options.header === 'present';
  if (options.header === 'auto') {
    const found =
      sampled.heads.length > 1
        ? { isPresent: true, sentence: HEADER_EVIDENCE.asked }
        : guessHeader(sampled.heads[0]!, sampled.guesses, sampled.rows);
    isPresent = found.isPresent;
    evidence.push({ option: 'header', sentence: found.sentence });
  }
  if (sampled.ragged)
    evidence.push({
      option: 'raggedRows',
      sentence: EVIDENCE.ragged(sampled.ragged.line, sampled.ragged.found, sampled.guesses.length),
    });
  if (!isPresent) {
    sampled.rows++;
    sampled.bytes += sampled.headBytes;
    sampled.heads[0]!.forEach((content, c) => sampled.guesses[c]!.add(content));
  }
  const labels = namesOf(sampled, options);
  const fields = sampled.guesses.map((_, c): Field => {
    return {
      name: isPresent ? labels[c]! : `column${c + 1}`,
      type: sampled.guesses[c]!.type(),
      nullable: true,
      origin: 'inferred',
    };
  });
  applyEdits(fields, context.columns);
  const columns = context.profiles
    ? profilesOf(fields, (c, type) => sampled.guesses[c]!.profile(type))
    : [];
  const rest = isPresent ? sampled.headBytes : 0;
  const estimate =
    sizeBytes === null || sampled.rows === 0
      ? null
      : Math.max(sampled.rows, Math.round((sizeBytes - rest) / (sampled.bytes / sampled.rows)));
  return {
    options: { ...options, header: isPresent ? 'present' : 'absent' },
    evidence,
    schema: { fields },
    columns,
    sampledRows: sampled.rows,
    isWhole,
    estimatedRows: isWhole ? sampled.rows : estimate,
  };
}
