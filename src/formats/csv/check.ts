// What can be said about csv options and columns before the run: conflicts, and losses known beforehand.
import type { FormatFinding } from '../../contract/plugins.ts';
import type { Schema } from '../../table/data-type.ts';
import { doublesQuotes } from './dialect.ts';
import { isFormula } from './formula.ts';
import type { CsvOptions } from './options.ts';
import { CHECK_TEXTS, LOSS_TEXTS } from './texts.ts';

const utf8 = new TextEncoder();
const LINE_BREAK = /[\r\n]/;

/** The names a header row would hold; empty when there is none. */
function headerNames(options: CsvOptions, schema: Schema): readonly string[] {
  if (options.headers === false) return [];
  return Array.isArray(options.headers) ? options.headers : schema.fields.map((f) => f.name);
}

/** Conflicts that make the output wrong whatever the rows hold (X18, X20 and characters that mean two things). */
export function optionErrors(options: CsvOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: string,
    code: string,
    sentence: string,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({ severity: 'error', option, code, sentence, ...(remedy ? { remedy } : {}) });
  };
  const { delimiter, quoteChar, escape, nullText, replacement } = options;
  const hasQuotes = options.quotes !== 'none';
  for (const option of ['delimiter', 'quoteChar', 'escape'] as const)
    if (LINE_BREAK.test(options[option]))
      error(option, 'csv.line-break-character', CHECK_TEXTS.lineBreak(option));
  if (delimiter === quoteChar && hasQuotes)
    error('delimiter', 'csv.same-characters', CHECK_TEXTS.delimiterIsQuote, {
      title: CHECK_TEXTS.useCommaAndQuote,
      options: { delimiter: ',', quoteChar: '"' },
    });
  const escapeMatters = hasQuotes ? !doublesQuotes(options) : options.onUnquotable === 'escape';
  if (escapeMatters && escape === delimiter)
    error('escape', 'csv.same-characters', CHECK_TEXTS.delimiterIsEscape, {
      title: CHECK_TEXTS.useBackslash,
      options: { escape: '\\' },
    });
  if (!hasQuotes && options.onUnquotable === 'escape' && doublesQuotes(options))
    error('escape', 'csv.escape-is-quote', CHECK_TEXTS.escapeIsQuote, {
      title: CHECK_TEXTS.useBackslash,
      options: { escape: '\\' },
    });
  const breaks = (text: string): boolean =>
    text.includes(delimiter) || text.includes(quoteChar) || LINE_BREAK.test(text);
  if (breaks(nullText))
    error('nullText', 'csv.null-text-breaks', CHECK_TEXTS.nullTextBreaks, {
      title: CHECK_TEXTS.writeNothing,
      options: { nullText: '' },
    });
  if (!hasQuotes && options.onUnquotable === 'replace' && breaks(replacement))
    error('replacement', 'csv.replacement-breaks', CHECK_TEXTS.replacementBreaks, {
      title: CHECK_TEXTS.useSpace,
      options: { replacement: ' ' },
    });
  const { headers } = options;
  if (Array.isArray(headers) && headers.length !== schema.fields.length)
    error(
      'headers',
      'csv.header-count',
      CHECK_TEXTS.headerCount(headers.length, schema.fields.length),
      { title: CHECK_TEXTS.writeNames, options: { headers: true } },
    );
  return findings;
}

/** Highest code point of the charsets that have a simple one. */
const HIGHEST = new Map([
  ['ascii', 0x7f],
  ['iso-8859-1', 0xff],
  ['windows-1252', 0xff],
]);

/** The card's `check`. */
export function checkCsv(context: {
  options: CsvOptions;
  schema: Schema;
  charset: string;
}): FormatFinding[] {
  const { options, schema, charset } = context;
  const findings = optionErrors(options, schema);
  const highest = HIGHEST.get(charset) ?? Infinity;
  for (const option of ['delimiter', 'quoteChar', 'escape'] as const)
    if (options[option].codePointAt(0)! > highest)
      findings.push({
        severity: 'error',
        option,
        code: 'csv.character-not-in-charset',
        sentence: CHECK_TEXTS.notInCharset(charset, options[option], option),
      });
  const loss = (code: string, sentence: string, option?: string, column?: string): void => {
    findings.push({
      severity: 'loss',
      code,
      sentence,
      ...(option === undefined ? {} : { option }),
      ...(column === undefined ? {} : { column }),
    });
  };
  for (const { name, type } of schema.fields)
    if (['json', 'list', 'struct', 'map'].includes(type.kind))
      loss('csv.nested-as-text', CHECK_TEXTS.nested, undefined, name);
  if (schema.fields.some((f) => f.type.kind === 'binary'))
    loss('csv.binary-as-base64', CHECK_TEXTS.binary);
  if (options.quotes === 'none') {
    if (options.nullText === '') loss('csv.empty-as-null', CHECK_TEXTS.emptyIsNull, 'quotes');
    else loss('csv.text-as-null', CHECK_TEXTS.textIsNull(options.nullText), 'nullText');
    if (options.onUnquotable === 'replace')
      loss('csv.unquotable-replaced', LOSS_TEXTS['csv.unquotable-replaced'], 'onUnquotable');
  } else if (options.nullText === '') {
    if (options.emptyText === 'bare')
      loss('csv.empty-as-null', CHECK_TEXTS.bothNothing, 'emptyText');
    if (schema.fields.length === 1) {
      if (options.quotes !== 'preserve')
        loss('csv.null-as-empty', LOSS_TEXTS['csv.null-as-empty'], 'nullText');
      else
        findings.push({
          severity: 'warning',
          option: 'nullText',
          code: 'csv.blank-lines',
          sentence: CHECK_TEXTS.blankLines,
          remedy: { title: CHECK_TEXTS.writeNull, options: { nullText: 'NULL' } },
        });
    }
  }
  if (options.formulaGuard)
    for (const name of headerNames(options, schema)) {
      const bytes = utf8.encode(name);
      if (isFormula(bytes, 0, bytes.length))
        loss('csv.formula-guarded', LOSS_TEXTS['csv.formula-guarded'], 'formulaGuard', name);
    }
  return findings;
}
