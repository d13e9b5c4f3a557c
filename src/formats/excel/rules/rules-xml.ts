// Conditional formats and data validation: rules over the cells of columns (ECMA-376 part 1 §18.3.1.18, §18.3.1.32).
import type { Schema } from '../../../table/data-type.ts';
import type { ExcelOptions } from '../options.ts';
import { cachedText } from '../part-text.ts';
import { columnLetters } from '../parts.ts';
import { formulaOfRow, parseFormula } from '../row-formulas.ts';
import type { ConditionalFormat, RuleValue, Validation } from './options.ts';
import { daySerial } from '../serial.ts';
import type { StyleBook } from '../style-book.ts';

const OPERATORS = {
  '>': 'greaterThan',
  '>=': 'greaterThanOrEqual',
  '<': 'lessThan',
  '<=': 'lessThanOrEqual',
  '=': 'equal',
  '<>': 'notEqual',
  between: 'between',
  'not between': 'notBetween',
} as const;

/** Where the values of a sheet stand. */
export interface RuleRange {
  schema: Schema;
  firstRow: number;
  lastRow: number;
}

/** A value as a formula has it: numbers and booleans as they are, days as numbers, all else as text. */
function operand(value: RuleValue, { dateSystem }: Pick<ExcelOptions, 'dateSystem'>): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value.startsWith('=')) return value.slice(1);
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (day !== null) {
    const serial = daySerial(Math.floor(Date.parse(`${value}T00:00:00Z`) / 86_400_000), dateSystem);
    if (!Number.isNaN(serial)) return String(serial);
  }
  return quoted(value);
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The columns that a rule names, all of them where it names none; those of other tables are left out. */
function lettersOf(schema: Schema, columns: ConditionalFormat['columns']): string[] {
  if (columns.length === 0) return schema.fields.map((_, position) => columnLetters(position + 1));
  return columns.flatMap(({ name, nth = 0 }) => {
    let left = nth;
    const position = schema.fields.findIndex((field) => field.name === name && left-- === 0);
    return position < 0 ? [] : [columnLetters(position + 1)];
  });
}

function sqref(letters: readonly string[], { firstRow, lastRow }: RuleRange): string {
  return letters.map((one) => `${one}${firstRow}:${one}${lastRow}`).join(' ');
}

/** Differential formats are numbered before any sheet is written, so that they depend on the options alone. */
export function styleRules(
  rules: readonly ConditionalFormat[],
  book: StyleBook,
): readonly (number | null)[] {
  return rules.map((rule) => ('style' in rule ? book.differential(rule.style) : null));
}

const formula = (text: string): string => `<formula>${cachedText(text)}</formula>`;
const ends = '<cfvo type="min"/><cfvo type="max"/>';

/** What stands inside of `<conditionalFormatting>`; `cell` is the first one the rule is about. */
function ruleXml(
  rule: ConditionalFormat,
  dxf: string,
  priority: number,
  cell: string,
  range: RuleRange,
  options: ExcelOptions,
): string {
  const head = (type: string, more = ''): string =>
    `<cfRule type="${type}"${dxf}${more} priority="${priority}"`;
  const close = (...formulas: string[]): string => `>${formulas.map(formula).join('')}</cfRule>`;
  switch (rule.kind) {
    case 'colors': {
      const stops =
        rule.colors.length === 3
          ? '<cfvo type="min"/><cfvo type="percentile" val="50"/><cfvo type="max"/>'
          : ends;
      const colors = rule.colors.map((rgb) => `<color rgb="FF${rgb}"/>`).join('');
      return `${head('colorScale')}><colorScale>${stops}${colors}</colorScale></cfRule>`;
    }
    case 'bars':
      return `${head('dataBar')}><dataBar>${ends}<color rgb="FF${rule.color}"/></dataBar></cfRule>`;
    case 'icons': {
      const count = Number(rule.icons[0]);
      const steps = Array.from(
        { length: count },
        (_, i) => `<cfvo type="percent" val="${Math.round((100 * i) / count)}"/>`,
      );
      return `${head('iconSet')}><iconSet iconSet="${rule.icons}">${steps.join('')}</iconSet></cfRule>`;
    }
    case 'cell': {
      const values = [rule.value, ...(rule.and === undefined ? [] : [rule.and])];
      return (
        head('cellIs', ` operator="${OPERATORS[rule.is]}"`) +
        close(...values.map((value) => operand(value, options)))
      );
    }
    case 'text': {
      const text = quoted(rule.value);
      const found = `SEARCH(${text},${cell})`;
      const shown = ` text="${cachedText(rule.value)}"`;
      switch (rule.is) {
        case 'contains':
          return (
            head('containsText', ` operator="containsText"${shown}`) +
            close(`NOT(ISERROR(${found}))`)
          );
        case 'not contains':
          return (
            head('notContainsText', ` operator="notContains"${shown}`) + close(`ISERROR(${found})`)
          );
        case 'begins':
          return (
            head('beginsWith', ` operator="beginsWith"${shown}`) +
            close(`LEFT(${cell},LEN(${text}))=${text}`)
          );
        default:
          return (
            head('endsWith', ` operator="endsWith"${shown}`) +
            close(`RIGHT(${cell},LEN(${text}))=${text}`)
          );
      }
    }
    case 'blank':
      return rule.is
        ? head('containsBlanks') + close(`LEN(TRIM(${cell}))=0`)
        : head('notContainsBlanks') + close(`LEN(TRIM(${cell}))>0`);
    case 'repeated':
      return `${head(rule.is ? 'duplicateValues' : 'uniqueValues')}/>`;
    case 'top':
      return `${head('top10', `${rule.percent ? ' percent="1"' : ''}${rule.bottom ? ' bottom="1"' : ''} rank="${rule.count}"`)}/>`;
    case 'average':
      return `${head('aboveAverage', rule.below ? ' aboveAverage="0"' : '')}/>`;
    case 'formula':
      return (
        `${head('expression')}>` +
        `<formula>${formulaOfRow(
          parseFormula(rule.formula, range.schema).map((piece) =>
            'letters' in piece ? { letters: `$${piece.letters}` } : piece,
          ),
          range.firstRow,
        )}</formula></cfRule>`
      );
  }
}

/** All conditional formats of a sheet with values; `band` is drawn under them. */
export function conditionalFormatsXml(
  options: ExcelOptions,
  styles: readonly (number | null)[],
  band: number | null,
  range: RuleRange,
): string {
  let priority = 0;
  const rules = options.conditionalFormats.map((rule, i) => {
    const letters = lettersOf(range.schema, rule.columns);
    if (letters.length === 0) return '';
    const style = styles[i];
    const dxf = style === null || style === undefined ? '' : ` dxfId="${style}"`;
    const inner = ruleXml(rule, dxf, ++priority, `${letters[0]}${range.firstRow}`, range, options);
    return `<conditionalFormatting sqref="${sqref(letters, range)}">${inner}</conditionalFormatting>`;
  });
  if (band === null) return rules.join('');
  const last = columnLetters(range.schema.fields.length + options.formulas.length);
  const odd = range.firstRow % 2 === 0 ? 1 : 0;
  return (
    rules.join('') +
    `<conditionalFormatting sqref="A${range.firstRow}:${last}${range.lastRow}"><cfRule type="expression" dxfId="${band}" priority="${++priority}">${formula(`MOD(ROW(),2)=${odd}`)}</cfRule></conditionalFormatting>`
  );
}

const VALIDATION_TYPES = {
  list: 'list',
  whole: 'whole',
  decimal: 'decimal',
  length: 'textLength',
  date: 'date',
  formula: 'custom',
} as const;

function validationXml(rule: Validation, range: RuleRange, options: ExcelOptions): string {
  const letters = lettersOf(range.schema, rule.columns);
  if (letters.length === 0) return '';
  const formulas =
    rule.kind === 'list'
      ? [
          typeof rule.values === 'string'
            ? rule.values.replace(/^=/, '')
            : quoted(rule.values.join(',')),
        ]
      : rule.kind === 'formula'
        ? [
            parseFormula(rule.formula, range.schema)
              .map((piece) => ('text' in piece ? piece.text : `$${piece.letters}${range.firstRow}`))
              .join(''),
          ]
        : [rule.value, ...(rule.and === undefined ? [] : [rule.and])].map((value) =>
            operand(value, options),
          );
  const attribute = (name: string, value: string): string =>
    value === '' ? '' : ` ${name}="${cachedText(value)}"`;
  return (
    `<dataValidation type="${VALIDATION_TYPES[rule.kind]}"` +
    (rule.onError === 'stop' ? '' : ` errorStyle="${rule.onError}"`) +
    ('is' in rule ? ` operator="${OPERATORS[rule.is]}"` : '') +
    `${rule.allowBlank ? ' allowBlank="1"' : ''} showInputMessage="1" showErrorMessage="1"` +
    attribute('errorTitle', rule.errorTitle) +
    attribute('error', rule.error) +
    attribute('promptTitle', rule.promptTitle) +
    attribute('prompt', rule.prompt) +
    ` sqref="${sqref(letters, range)}">` +
    formulas.map((text, i) => `<formula${i + 1}>${cachedText(text)}</formula${i + 1}>`).join('') +
    '</dataValidation>'
  );
}

/** All validations of a sheet with values. */
export function validationsXml(options: ExcelOptions, range: RuleRange): string {
  const rules = options.validations
    .map((rule) => validationXml(rule, range, options))
    .filter((xml) => xml !== '');
  return rules.length === 0
    ? ''
    : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}
