// What can be said about csv options and columns before the run: conflicts, and losses known beforehand.
import type { FormatFinding } from '../../contract/format-finding.ts';
import { settleFormats } from '../../contract/value-format.ts';
import type { Schema } from '../../table/data-type.ts';
import { doublesQuotes, lineEndOf } from './dialect.ts';
import { isFormula } from './formula.ts';
import { unknownPlaceholders } from './frame.ts';
import type { CsvOptions } from './options.ts';
import { placesOf } from './padded.ts';
import { CHECK_TEXTS, LOSS_TEXTS } from './texts.ts';

const utf8 = new TextEncoder();
const LINE_BREAK = /[\r\n]/;

/** The names a header row would hold; empty when there is none. */
function headerNames(options: CsvOptions, schema: Schema): readonly string[] {
  if (options.headers === false) return [];
  return Array.isArray(options.headers) ? options.headers : schema.fields.map((f) => f.name);
}

/** Says that options contradict each other, and what would settle it. */
type Say = (
  option: string,
  code: string,
  sentence: string,
  remedy?: FormatFinding['remedy'],
) => void;

/** Whether readers would see a separator too early, or a quote, in such a text right before a separator. */
function breaks(text: string, { delimiter, quoteChar }: CsvOptions): boolean {
  const isCut = text !== '' && `${text}${delimiter}`.indexOf(delimiter) < text.length;
  return isCut || (quoteChar !== null && text.includes(quoteChar)) || LINE_BREAK.test(text);
}

/** Characters that mean two things, where values stand between delimiters. */
function characterErrors(options: CsvOptions, error: Say): void {
  const { delimiter, quoteChar, escape, nullText, replacement } = options;
  const hasQuotes = options.quotes !== 'none';
  for (const option of ['delimiter', 'quoteChar', 'escape'] as const)
    if (LINE_BREAK.test(options[option] ?? ''))
      error(option, 'csv.line-break-character', CHECK_TEXTS.lineBreak(option));
  if (hasQuotes && quoteChar === null)
    error('quoteChar', 'csv.no-quote-character', CHECK_TEXTS.noQuoteCharacter, {
      title: CHECK_TEXTS.neverQuote,
      options: { quotes: 'none' },
    });
  if (quoteChar !== null && delimiter.includes(quoteChar) && hasQuotes)
    error('delimiter', 'csv.same-characters', CHECK_TEXTS.delimiterIsQuote, {
      title: CHECK_TEXTS.useCommaAndQuote,
      options: { delimiter: ',', quoteChar: '"' },
    });
  const escapeMatters = hasQuotes ? !doublesQuotes(options) : options.onUnquotable === 'escape';
  if (escapeMatters && delimiter.includes(escape))
    error('escape', 'csv.same-characters', CHECK_TEXTS.delimiterIsEscape, {
      title: CHECK_TEXTS.useBackslash,
      options: { escape: '\\' },
    });
  if (!hasQuotes && options.onUnquotable === 'escape' && doublesQuotes(options))
    error('escape', 'csv.escape-is-quote', CHECK_TEXTS.escapeIsQuote, {
      title: CHECK_TEXTS.useBackslash,
      options: { escape: '\\' },
    });
  const lineEnd = lineEndOf(options);
  if (lineEnd.includes(delimiter) || (quoteChar !== null && lineEnd.includes(quoteChar)))
    error('customLineTerminator', 'csv.same-characters', CHECK_TEXTS.lineEndIsOther, {
      title: CHECK_TEXTS.useLineFeed,
      options: { lineTerminator: 'lf' },
    });
  if (breaks(nullText, options))
    error('nullText', 'csv.null-text-breaks', CHECK_TEXTS.nullTextBreaks, {
      title: CHECK_TEXTS.writeNothing,
      options: { nullText: '' },
    });
  if (!hasQuotes && options.onUnquotable === 'replace' && breaks(replacement, options))
    error('replacement', 'csv.replacement-breaks', CHECK_TEXTS.replacementBreaks, {
      title: CHECK_TEXTS.useSpace,
      options: { replacement: ' ' },
    });
  if (options.sepLine && [...delimiter].length > 1)
    error('sepLine', 'csv.sep-of-many', CHECK_TEXTS.sepOfMany, {
      title: CHECK_TEXTS.noSepLine,
      options: { sepLine: false },
    });
}

/** Conflicts that make the output wrong whatever the rows hold (X18, X20 and characters that mean two things). */
export function optionErrors(options: CsvOptions, schema: Schema): FormatFinding[] {
  const { formats, problems } = settleFormats(options, schema);
  const findings = [...problems];
  const error: Say = (option, code, sentence, remedy) => {
    findings.push({ severity: 'error', option, code, sentence, ...(remedy ? { remedy } : {}) });
  };
  const { headers, delimiter, layout } = options;
  if (layout === 'delimited') characterErrors(options, error);
  const signs = formats.flatMap((format, column) => {
    const own = options.columns.find(
      ({ column: { name } }) => name === schema.fields[column]!.name,
    );
    if (!format?.numbers) return [];
    return [own?.decimalSign ?? options.decimalSign, own?.groupSign ?? options.groupSign];
  });
  if (layout === 'delimited' && signs.includes(delimiter)) {
    const remedy = { title: CHECK_TEXTS.useSemicolon, options: { delimiter: ';' } };
    if (options.quotes === 'none' && options.onUnquotable !== 'escape')
      error('delimiter', 'csv.signs-break', CHECK_TEXTS.signsBreak, remedy);
    else
      findings.push({
        severity: 'warning',
        option: 'delimiter',
        code: 'csv.signs-quoted',
        sentence: CHECK_TEXTS.signsQuoted,
        remedy,
      });
  }
  for (const option of ['preamble', 'trailer'] as const)
    for (const name of unknownPlaceholders(options[option]))
      error(option, 'csv.unknown-placeholder', CHECK_TEXTS.unknownPlaceholder(name));
  if (Array.isArray(headers) && headers.length !== schema.fields.length)
    error(
      'headers',
      'csv.header-count',
      CHECK_TEXTS.headerCount(headers.length, schema.fields.length),
      { title: CHECK_TEXTS.writeNames, options: { headers: true } },
    );
  if (options.quotes === 'columns')
    for (const name of options.quotedColumns)
      if (!schema.fields.some((field) => field.name === name))
        error('quotedColumns', 'csv.unknown-column', CHECK_TEXTS.unknownColumn(name));
  if (layout === 'fixed' && options.onOverflow === 'fail') {
    const places = placesOf(options, schema);
    const wide = headerNames(options, schema).find(
      (name, column) => [...name].length > (places[column]?.width ?? Infinity),
    );
    if (wide !== undefined)
      error('width', 'csv.header-too-wide', CHECK_TEXTS.headerTooWide(wide), {
        title: CHECK_TEXTS.cutTexts,
        options: { onOverflow: 'cut' },
      });
  }
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
  const isDelimited = options.layout === 'delimited';
  for (const option of isDelimited ? (['delimiter', 'quoteChar', 'escape'] as const) : [])
    if ([...(options[option] ?? '')].some((character) => character.codePointAt(0)! > highest))
      findings.push({
        severity: 'error',
        option,
        code: 'csv.character-not-in-charset',
        sentence: CHECK_TEXTS.notInCharset(charset, options[option]!, option),
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
  for (const { name, type } of schema.fields) {
    if (['json', 'list', 'struct', 'map'].includes(type.kind))
      loss('csv.nested-as-text', CHECK_TEXTS.nested, undefined, name);
    if (type.kind === 'binary') loss('csv.binary-as-base64', CHECK_TEXTS.binary, undefined, name);
  }
  const isEscaped = options.onUnquotable === 'escape' && options.nullText.includes(options.escape);
  if (!isDelimited) {
    if (options.nullText === '') loss('csv.empty-as-null', CHECK_TEXTS.bothSpace, 'nullText');
  } else if (options.quotes === 'all') {
    loss('csv.null-quoted', LOSS_TEXTS['csv.null-quoted'], 'quotes');
  } else if (options.quotes === 'none') {
    if (options.nullText === '') loss('csv.empty-as-null', CHECK_TEXTS.emptyIsNull, 'quotes');
    else if (!isEscaped)
      loss('csv.text-as-null', CHECK_TEXTS.textIsNull(options.nullText), 'nullText');
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
