// Looks at the start of a file and says how it reads: where the columns stand, header, types, lines around the table.
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { createGuess } from '../../contract/column-guess.ts';
import { ExportError } from '../../contract/errors.ts';
import { settleGiven } from '../../contract/given-options.ts';
import { guessHeader, HEADER_EVIDENCE } from '../../contract/header-guess.ts';
import { joinHeaderRows } from '../../contract/header-rows.ts';
import { outerLines } from '../../contract/outer-lines.ts';
import { profilesOf } from '../../contract/column-profile.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { refuseBinary } from '../../contract/text-window.ts';
import type { Field } from '../../table/data-type.ts';
import { columnsOf, columnText } from './columns.ts';
import type { LineSpan } from './find-columns.ts';
import { proposeLayout, splitLines } from './layout.ts';
import { createLineCutter } from './lines.ts';
import { fixedWidthOptions, type FixedWidthOptions } from './options.ts';
import { EVIDENCE } from './texts.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Proposals for everything the user left open. Throws ExportError for empty or binary input and wrong options. */
export function inspectFixedWidth(
  context: InspectContext<FixedWidthOptions>,
): SourceInspection<FixedWidthOptions> {
  const { sample, isWhole, sizeBytes, name } = context;
  const { given, complete } = settleGiven(fixedWidthOptions, context.given);
  if (sample.length === 0) throw new ExportError('read.empty', { name });
  refuseBinary(sample, name);
  const { options, evidence } = proposeLayout(sample, isWhole, given, complete);
  const { from, to, leftOut } = outerLines(sample, {
    first: options.skipLines,
    last: isWhole ? options.skipLastLines : 0,
    anyLineEnd: false,
  });
  const lines = splitLines(sample, from, to, isWhole, leftOut.first + 1, options.comment);
  if (lines.length === 0) {
    if (isWhole) throw new ExportError('read.empty', { name });
    throw new ExportError('read.fixed-width.record-too-large', {
      line: leftOut.first + 1,
      limit: sizeText(sample.length),
    });
  }
  const columns = columnsOf(options.widths);
  const cutter = createLineCutter(columns, options);
  const nullText = new TextEncoder().encode(options.nullText);
  const contentsOf = ({ from: start, to: end }: LineSpan): (Uint8Array | null)[] => {
    cutter.cut(sample, start, end);
    return columns.map((_, c) => {
      const content = sample.subarray(cutter.starts[c], cutter.ends[c]);
      const isNull =
        content.length === nullText.length && content.every((b, i) => b === nullText[i]);
      return isNull ? null : content;
    });
  };
  const headRows = options.header === 'absent' ? 1 : options.headerRows;
  const heads = lines.slice(0, headRows);
  if (heads.length < headRows && isWhole)
    throw new ExportError('config.wrong-option', {
      path: 'headerRows',
      detail: HEADER_EVIDENCE.fewRecords(heads.length),
    });
  const hasRuler = options.ruler === 'present' && options.header !== 'absent';
  const body = lines.slice(headRows + (hasRuler ? 1 : 0));
  const guesses = columns.map(() => createGuess(context.profiles));
  let bytes = 0;
  for (const line of body) {
    for (const [c, content] of contentsOf(line).entries()) guesses[c]!.add(content);
    bytes += line.to - line.from + 1;
    if (
      !('raggedRows' in given) &&
      cutter.found < columns.length &&
      options.raggedRows === 'fail'
    ) {
      options.raggedRows = 'pad';
      evidence.push({ option: 'raggedRows', sentence: EVIDENCE.short(line.line) });
    }
  }
  // Cut again: what the cutter says of the first line is gone.
  const first = contentsOf(lines[0]!);
  let isPresent = options.header === 'present';
  if (options.header === 'auto') {
    const found = hasRuler
      ? { isPresent: true, sentence: EVIDENCE.headerAbove }
      : headRows > 1
        ? { isPresent: true, sentence: HEADER_EVIDENCE.asked }
        : guessHeader(first, guesses, body.length);
    isPresent = found.isPresent;
    evidence.push({ option: 'header', sentence: found.sentence });
  }
  let rows = body.length;
  if (!isPresent) {
    rows++;
    bytes += lines[0]!.to - lines[0]!.from + 1;
    first.forEach((content, c) => guesses[c]!.add(content));
  }
  const names = isPresent
    ? joinHeaderRows(
        heads.map((line) => {
          cutter.cut(sample, line.from, line.to);
          return columns.map((_, c) =>
            decoder.decode(sample.subarray(cutter.starts[c], cutter.ends[c])).trim(),
          );
        }),
        columns.length,
        options.headerJoin,
      )
    : columns.map((_, c) => `column${c + 1}`);
  const fields = columns.map((column, c): Field => ({
    name: column.name ?? names[c]!,
    type: guesses[c]!.type(),
    nullable: true,
    origin: 'inferred',
  }));
  applyEdits(fields, context.columns);
  const rest = sizeBytes === null || rows === 0 ? null : (sizeBytes - from) / (bytes / rows);
  return {
    options: {
      ...options,
      widths: columns.map((column, c) => given.widths?.[c] ?? columnText(column)),
      header: isPresent ? 'present' : 'absent',
    },
    evidence,
    schema: { fields },
    columns: context.profiles ? profilesOf(fields, (c, type) => guesses[c]!.profile(type)) : [],
    sampledRows: rows,
    isWhole,
    estimatedRows: isWhole ? rows : rest === null ? null : Math.max(rows, Math.round(rest)),
  };
}
