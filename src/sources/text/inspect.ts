// Looks at the start of a text and says how it reads: by which template, which columns there are, and their types.
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { createGuess, kindOfValue, type ValueKind } from '../../contract/column-guess.ts';
import { profilesOf } from '../../contract/column-profile.ts';
import { ExportError } from '../../contract/errors.ts';
import { settleGiven } from '../../contract/given-options.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { refuseBinary } from '../../contract/text-window.ts';
import type { Field } from '../../table/data-type.ts';
import { findLogForm, LOG_OPTIONS } from './log-forms.ts';
import { NEED } from './mark.ts';
import { longestSuffix, Matcher, rowsEnd, type Cell } from './match.ts';
import { textSourceOptions, type TextSourceOptions } from './options.ts';
import { planText } from './plan.ts';
import { refusesNul } from './read.ts';
import { countLines, RowCutter } from './rows.ts';
import { EVIDENCE } from './texts.ts';

type Evidence = SourceInspection['evidence'];

/** A template for what nobody described, with one line of evidence for each proposal. */
function propose(
  sample: Uint8Array,
  isWhole: boolean,
  given: Partial<TextSourceOptions>,
  complete: TextSourceOptions,
): { options: TextSourceOptions; evidence: Evidence } {
  if ('row' in given) return { options: complete, evidence: [] };
  const isOpen = Object.keys(LOG_OPTIONS).every((option) => !(option in given));
  const found = isOpen && complete.columnNames.length === 0 ? findLogForm(sample, isWhole) : null;
  if (found === null)
    return { options: complete, evidence: [{ option: 'row', sentence: EVIDENCE.lines }] };
  const { form, lines } = found;
  return {
    options: { ...complete, ...LOG_OPTIONS, row: form.row },
    evidence: [
      { option: 'row', sentence: EVIDENCE.form(form.title, lines) },
      { option: 'nullText', sentence: EVIDENCE.nulls },
      { option: '', sentence: EVIDENCE.time },
    ],
  };
}

/** What a value is where it says so: a text in quotes is none that looks like a number. */
function kindOf({ isText, bytes, start, end }: Cell): ValueKind | undefined {
  if (!isText) return undefined;
  const found = kindOfValue(bytes.subarray(start, end));
  return found === 'date' || found === 'timestamp' ? found : 'text';
}

/** Proposals for everything the user left open. Throws ExportError for empty or binary input, wrong templates, and rows none of which fits. */
export function inspectText(
  context: InspectContext<TextSourceOptions>,
): SourceInspection<TextSourceOptions> {
  const { sample, isWhole, sizeBytes, name } = context;
  const { given, complete } = settleGiven(textSourceOptions, context.given);
  const { options, evidence } = propose(sample, isWhole, given, complete);
  const plan = planText(options);
  if (sample.length === 0) throw new ExportError('read.empty', { name });
  if (refusesNul(options)) refuseBinary(sample, name);
  const { names } = plan;
  const guesses = names.map(() => createGuess(context.profiles));
  const places = Matcher.places(plan.row, names.length);
  const rows = new RowCutter(plan, options.nullText);
  const prefix = new Matcher(plan.prefix, null, options.nullText);
  const begin = prefix.match({ bytes: sample, to: sample.length, isEnd: isWhole }, 0);
  if (begin < 0 && begin !== NEED)
    throw new ExportError('read.text.prefix', { name, detail: prefix.misfit });
  let at = Math.max(0, begin);
  let to = sample.length - longestSuffix(plan);
  if (isWhole) {
    const suffix = new Matcher(plan.suffix, null, options.nullText);
    to = rowsEnd(sample, at, sample.length, plan, suffix);
    if (to < 0) throw new ExportError('read.text.suffix', { name });
  }
  const stretch = { bytes: sample, to, isEnd: isWhole };
  let rowCount = 0;
  let misfits = 0;
  let firstMisfit: ExportError | null = null;
  while (begin >= 0) {
    const outcome = rows.cut(stretch, at);
    if (outcome === 'end' || outcome === 'need') break;
    if (outcome === 'row') {
      rowCount++;
      for (const [c, guess] of guesses.entries()) {
        const cell = rows.matcher.cell(places[c]!);
        if (cell.isNull) guess.add(null);
        else guess.add(cell.bytes.subarray(cell.start, cell.end), kindOf(cell));
      }
    } else if (outcome === 'misfit') {
      misfits++;
      const line: number = 1 + (firstMisfit === null ? countLines(sample, 0, at) : 0);
      firstMisfit ??= new ExportError('read.text.misfit', { line, detail: rows.matcher.misfit });
      // Nobody knows where the next one begins.
      if (plan.separator === null || rows.matcher.isOpen) break;
    }
    at = rows.next;
  }
  if (rowCount === 0 && firstMisfit !== null) throw firstMisfit;
  if (rowCount === 0 && !isWhole)
    throw new ExportError('read.text.record-too-large', {
      line: 1 + countLines(sample, 0, at),
      limit: sizeText(sample.length),
    });
  const fields = names.map((column, c): Field => ({
    name: column,
    type: guesses[c]!.type(),
    nullable: true,
    origin: 'inferred',
  }));
  applyEdits(fields, context.columns);
  const all = rowCount + misfits;
  const bytes = at - Math.max(0, begin);
  const estimate = sizeBytes === null || bytes === 0 ? null : (sizeBytes / bytes) * all;
  return {
    options,
    evidence,
    schema: { fields },
    columns: context.profiles ? profilesOf(fields, (c, type) => guesses[c]!.profile(type)) : [],
    sampledRows: rowCount,
    isWhole,
    estimatedRows: isWhole ? all : estimate === null ? null : Math.max(all, Math.round(estimate)),
  };
}
