// What can be said about csv options and columns before the run: conflicts, and losses known beforehand.
import type { FormatFinding } from '../../contract/plugins.ts';
import type { Schema } from '../../table/data-type.ts';
import { doublesQuotes } from './dialect.ts';
import { isFormula } from './formula.ts';
import type { CsvOptions } from './options.ts';
import { LOSS_TEXTS } from './texts.ts';

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
      error(option, 'csv.line-break-character', `The ${option} cannot be a line break.`);
  if (delimiter === quoteChar && hasQuotes)
    error(
      'delimiter',
      'csv.same-characters',
      'The delimiter and the quote are the same character.',
      {
        title: 'Use a comma and a double quote',
        options: { delimiter: ',', quoteChar: '"' },
      },
    );
  const escapeMatters = hasQuotes ? !doublesQuotes(options) : options.onUnquotable === 'escape';
  if (escapeMatters && escape === delimiter)
    error('escape', 'csv.same-characters', 'The delimiter and the escape are the same character.', {
      title: 'Use a backslash to escape',
      options: { escape: '\\' },
    });
  if (!hasQuotes && options.onUnquotable === 'escape' && doublesQuotes(options))
    error(
      'escape',
      'csv.escape-is-quote',
      'Without quotes, a quote cannot be the escape character.',
      { title: 'Use a backslash to escape', options: { escape: '\\' } },
    );
  const breaks = (text: string): boolean =>
    text.includes(delimiter) || text.includes(quoteChar) || LINE_BREAK.test(text);
  if (breaks(nullText))
    error(
      'nullText',
      'csv.null-text-breaks',
      'The text for null has a delimiter, quote or line break in it.',
      { title: 'Write nulls as nothing', options: { nullText: '' } },
    );
  if (!hasQuotes && options.onUnquotable === 'replace' && breaks(replacement))
    error(
      'replacement',
      'csv.replacement-breaks',
      'The replacement has a delimiter, quote or line break in it.',
      { title: 'Replace by a space', options: { replacement: ' ' } },
    );
  const { headers } = options;
  if (Array.isArray(headers) && headers.length !== schema.fields.length)
    error(
      'headers',
      'csv.header-count',
      `There are ${headers.length} header texts for ${schema.fields.length} columns.`,
      { title: 'Write the column names', options: { headers: true } },
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
        sentence: `The charset ${charset} has no ${options[option]}, the ${option}.`,
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
      loss('csv.nested-as-text', 'Nested values are written as JSON text.', undefined, name);
  if (schema.fields.some((f) => f.type.kind === 'binary'))
    loss('csv.binary-as-base64', 'Bytes are written as base64 text.');
  if (options.quotes === 'none') {
    if (options.nullText === '')
      loss('csv.empty-as-null', 'Empty text and null look the same without quotes.', 'quotes');
    else
      loss(
        'csv.text-as-null',
        `Text “${options.nullText}” and null look the same without quotes.`,
        'nullText',
      );
    if (options.onUnquotable === 'replace')
      loss('csv.unquotable-replaced', LOSS_TEXTS['csv.unquotable-replaced'], 'onUnquotable');
  } else if (options.nullText === '') {
    if (options.emptyText === 'bare')
      loss('csv.empty-as-null', 'Empty text and null are both written as nothing.', 'emptyText');
    if (schema.fields.length === 1) {
      if (options.quotes !== 'preserve')
        loss('csv.null-as-empty', LOSS_TEXTS['csv.null-as-empty'], 'nullText');
      else
        findings.push({
          severity: 'warning',
          option: 'nullText',
          code: 'csv.blank-lines',
          sentence: 'A null in the only column is a blank line, which some readers skip.',
          remedy: { title: 'Write NULL for null', options: { nullText: 'NULL' } },
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
