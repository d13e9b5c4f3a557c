// The format of the flat form and its options, in our spelling.
import type { PartConfig } from '../contract/config.ts';
import { compilePattern } from '../table/date-pattern.ts';
import { PatternError } from '../table/pattern-parts.ts';
import { invalidAt, isRecord, notHere, textAt } from './upgrade-checks.ts';

const FORMAT_IDS = new Map([
  ['jsonl', 'ndjson'],
  ['json-lines', 'ndjson'],
  ['geojson', 'json'],
  ['geojsonl', 'ndjson'],
  ['tsv', 'csv'],
  ['xlsx', 'excel'],
  ['xls', 'excel'],
]);

const LINE_ENDS = new Map<unknown, string>([
  ['\n', 'lf'],
  ['\r\n', 'crlf'],
  // How a shell or an unquoted YAML value hands the two over.
  ['\\n', 'lf'],
  ['\\r\\n', 'crlf'],
]);

function booleanAt(value: unknown, path: string): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw invalidAt(path, 'must be true or false');
}

/** `iso` or `unix`; `ISO8601` is iso. */
function dateFormatAt(value: unknown, path: string): 'iso' | 'unix' {
  const name = textAt(value, path)
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  if (name === 'iso8601' || name === 'iso') return 'iso';
  if (name === 'unix') return 'unix';
  throw notHere(
    'A date pattern',
    'CSV keeps dates as the source wrote them here.',
    'Set it to ISO8601, or choose a JSON format.',
  );
}

/** Reads `format`, `include_headers`, `date_format`, `null_values` and the options that belong to the format. */
export function readFormat(
  values: ReadonlyMap<string, unknown>,
  given: ReadonlyMap<string, unknown>,
  notes: string[],
): PartConfig {
  const name = textAt(values.get('format') ?? 'csv', 'format').toLowerCase();
  const id = FORMAT_IDS.get(name) ?? name;
  const options = new Map(given);
  if (name.startsWith('geojson') && !options.has('structure')) options.set('structure', 'geojson');
  if (name === 'tsv' && !options.has('delimiter')) options.set('delimiter', '\t');
  if (id === 'csv') readCsv(values, options);
  else if (id === 'json' || id === 'ndjson') readJson(values, options, notes);
  else {
    for (const key of ['include_headers', 'date_format', 'null_values'])
      if (values.has(key))
        notes.push(`${key} is for CSV and JSON; the ${id} format has options of its own.`);
  }
  return { id, options: Object.fromEntries(options) };
}

function readCsv(values: ReadonlyMap<string, unknown>, options: Map<string, unknown>): void {
  if (values.has('include_headers'))
    options.set('headers', booleanAt(values.get('include_headers'), 'include_headers'));
  const lineEnd = options.get('lineTerminator');
  if (LINE_ENDS.has(lineEnd)) options.set('lineTerminator', LINE_ENDS.get(lineEnd));
  if (values.has('null_values')) {
    const text = textAt(values.get('null_values'), 'null_values');
    if (text !== '') options.set('nullText', text);
  }
  const date = values.get('date_format') ?? options.get('dateFormat');
  options.delete('dateFormat');
  if (date !== undefined) setDatePattern(textAt(date, 'date_format'), options);
  const numbers = options.get('numberFormat');
  options.delete('numberFormat');
  if (numbers !== undefined) setNumberFormat(numbers, options);
}

/** `iso` stays as it is; `unix` and patterns (of moment, or of strftime where they have a percent sign) are written so. */
function setDatePattern(text: string, options: Map<string, unknown>): void {
  const isName = /^(?:iso(?:[\s_-]?8601)?|unix)$/i.test(text);
  if (isName && dateFormatAt(text, 'date_format') === 'iso') return;
  const tokens = !isName && text.includes('%') ? 'strftime' : 'moment';
  // Moment's X are the seconds since 1970.
  const pattern = isName ? 'X' : text;
  try {
    compilePattern(pattern, tokens);
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    throw invalidAt('date_format', `is no date pattern: ${thrown.message}`);
  }
  options.set('patternTokens', tokens);
  options.set('datePattern', pattern);
  options.set('timestampPattern', pattern);
}

/** `{decimals, separator, thousandsSeparator}`. */
function setNumberFormat(value: unknown, options: Map<string, unknown>): void {
  if (!isRecord(value)) throw invalidAt('numberFormat', 'must be an object');
  const { decimals, separator, thousandsSeparator, ...others } = value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw invalidAt(
      `numberFormat.${unknown}`,
      'is not known; there are decimals, separator and thousandsSeparator',
    );
  if (decimals !== undefined) options.set('decimals', decimals);
  if (separator !== undefined)
    options.set('decimalSign', textAt(separator, 'numberFormat.separator'));
  if (thousandsSeparator !== undefined)
    options.set('groupSign', textAt(thousandsSeparator, 'numberFormat.thousandsSeparator') || null);
}

/** The tokens that a date pattern is written in: each set has some that the others lack. */
function tokensOf(pattern: string): string {
  if (pattern.includes('%')) return 'strftime';
  return /Y|D/.test(pattern) ? 'moment' : 'cldr';
}

function setDateFormat(given: unknown, options: Map<string, unknown>): void {
  const text = textAt(given, 'date_format');
  const name = text.toLowerCase().replace(/[\s_-]/g, '');
  const known = new Map([
    ['iso8601', 'iso'],
    ['iso', 'iso'],
    ['unix', 'unix'],
    ['unixms', 'unix-ms'],
    ['unixus', 'unix-us'],
    ['pattern', 'pattern'],
    ['custom', 'pattern'],
  ]).get(name);
  options.set('dateFormat', known ?? 'pattern');
  if (known !== undefined) return;
  options.set('datePattern', text);
  if (tokensOf(text) !== 'cldr') options.set('dateTokens', tokensOf(text));
}

function readJson(
  values: ReadonlyMap<string, unknown>,
  options: Map<string, unknown>,
  notes: string[],
): void {
  if (values.has('include_headers') && !booleanAt(values.get('include_headers'), 'include_headers'))
    throw notHere(
      'include_headers: false for JSON',
      'records carry their column names as keys, or as a first record of names.',
      'Leave include_headers out; the option shape: arrays writes each name only once.',
    );
  const date = values.get('date_format') ?? options.get('dateFormat');
  if (date !== undefined) setDateFormat(date, options);
  if (!values.has('null_values')) return;
  const text = textAt(values.get('null_values'), 'null_values');
  if (text === '') notes.push('null_values is empty: a missing value is null in JSON.');
  else if (text.toLowerCase() !== 'null')
    throw notHere(
      'null_values for JSON',
      'JSON has a null of its own.',
      'Leave null_values out, or use the option nullHandling.',
    );
}
