// How JSON formats write dates and times: as ISO text, counted since 1970, or by a pattern; for all columns, or for one.
import type { DataType, Field, Schema, TimeUnit } from '../table/data-type.ts';
import { compilePattern, type DatePattern } from '../table/date-pattern.ts';
import type { PatternDialect } from '../table/pattern-dialects.ts';
import { PatternError } from '../table/pattern-parts.ts';
import { FRACTION_DIGITS } from '../table/value-text.ts';
import type { JsonTime } from '../table/write-json.ts';
import { createSpeltWriter } from '../table/write-spelt.ts';
import { shorten } from './errors.ts';
import type { ColumnRef } from './filter.ts';
import { JSON_VALUE_FINDINGS } from './json-value-findings.ts';
import type { FormatFinding } from './format-finding.ts';

/** The options of {@link JsonValueOptions} about dates and times. */
export interface JsonTimeOptions {
  dateFormat: 'iso' | 'unix' | 'unix-ms' | 'unix-us' | 'pattern';
  datePattern: string;
  dateTokens: PatternDialect;
  columnDates: { column: ColumnRef; format: string }[];
}

/** A form of JSON's own, a compiled pattern, or a text that is none. */
type TimeForm = { form: 'iso' | TimeUnit } | { pattern: DatePattern } | { problem: string };

const FORMS = new Map<string, 'iso' | TimeUnit>([
  ['iso', 'iso'],
  ['unix', 's'],
  ['unix-ms', 'ms'],
  ['unix-us', 'us'],
]);

function patternForm(text: string, tokens: PatternDialect): TimeForm {
  try {
    return { pattern: compilePattern(text, tokens) };
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    const { message, position } = thrown;
    return { problem: JSON_VALUE_FINDINGS.badPattern(shorten(text), message, position + 1) };
  }
}

interface ColumnForm {
  field: Field;
  option: 'dateFormat' | 'columnDates';
  time: TimeForm;
}

/** What the options say of each column, by position; missing: ISO text, or nothing to write in a form at all. */
function columnForms(options: JsonTimeOptions, { fields }: Schema): Map<number, ColumnForm> {
  const { dateFormat, datePattern, dateTokens, columnDates } = options;
  const formOf = (text: string): TimeForm => {
    const form = FORMS.get(text);
    return form === undefined ? patternForm(text, dateTokens) : { form };
  };
  const forms = new Map<number, ColumnForm>();
  if (dateFormat !== 'iso') {
    const time =
      dateFormat === 'pattern' ? patternForm(datePattern, dateTokens) : formOf(dateFormat);
    fields.forEach((field, position) => {
      if (holdsTimes(field.type)) forms.set(position, { field, option: 'dateFormat', time });
    });
  }
  for (const { column, format } of columnDates) {
    const position = findColumn(fields, column);
    // A part of a table (an entity, the records of a group) has not all of its columns.
    if (position >= 0)
      forms.set(position, {
        field: fields[position]!,
        option: 'columnDates',
        time: formOf(format),
      });
  }
  return forms;
}

function findColumn(fields: readonly Field[], { name, nth = 0 }: ColumnRef): number {
  let left = nth;
  return fields.findIndex((field) => field.name === name && left-- === 0);
}

/** Whether values of the type, or values inside of them, are dates or timestamps. */
function holdsTimes(type: DataType): boolean {
  switch (type.kind) {
    case 'date':
    case 'timestamp':
      return true;
    case 'list':
      return holdsTimes(type.item);
    case 'struct':
      return type.fields.some((field) => holdsTimes(field.type));
    case 'map':
      return holdsTimes(type.key) || holdsTimes(type.value);
    case 'dictionary':
      return holdsTimes(type.value);
    default:
      return false;
  }
}

/** How the times of each column are written; the options passed {@link checkJsonTimes}. */
export function jsonTimes(options: JsonTimeOptions, schema: Schema): JsonTime[] {
  const times = schema.fields.map((): JsonTime => 'iso');
  for (const [position, { time }] of columnForms(options, schema)) {
    if ('form' in time) times[position] = time.form;
    else if ('pattern' in time)
      times[position] = (column) => createSpeltWriter(column, { pattern: time.pattern });
  }
  return times;
}

/** The date, time or timestamp that a column holds itself; null: it holds something else. */
function timeTypeOf(
  type: DataType,
): Extract<DataType, { kind: 'date' | 'time' | 'timestamp' }> | null {
  if (type.kind === 'dictionary') return timeTypeOf(type.value);
  return type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp' ? type : null;
}

/** What is wrong with the options for any columns: patterns, and names that none of the tables has. */
export function checkTimeOptions(
  options: JsonTimeOptions,
  schemas: readonly Schema[],
): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (option: string, code: string, sentence: string): void => {
    findings.push({ severity: 'error', option, code, sentence });
  };
  for (const { column } of options.columnDates)
    if (schemas.every(({ fields }) => findColumn(fields, column) < 0))
      error('columnDates', 'json.no-column', JSON_VALUE_FINDINGS.noColumn(shorten(column.name)));
  const texts = options.columnDates.map(({ format }) => ['columnDates', format] as const);
  const all = [['datePattern', options.datePattern]] as const;
  for (const [option, text] of options.dateFormat === 'pattern' ? [...all, ...texts] : texts) {
    if (FORMS.has(text)) continue;
    const time = patternForm(text, options.dateTokens);
    if ('problem' in time) error(option, 'json.bad-pattern', time.problem);
  }
  return findings;
}

/** What is wrong with the options for these columns, and what patterns cut off. */
export function checkJsonTimes(options: JsonTimeOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (option: string, code: string, sentence: string, column: string): void => {
    findings.push({ severity: 'error', option, code, sentence, column });
  };
  for (const { field, option, time } of columnForms(options, schema).values()) {
    const { name } = field;
    const type = timeTypeOf(field.type);
    if ('problem' in time) continue;
    if (type === null) {
      if (!holdsTimes(field.type))
        error(option, 'json.no-date', JSON_VALUE_FINDINGS.noDate(shorten(name)), name);
    } else if ('form' in time) {
      if (type.kind === 'time' && time.form !== 'iso')
        error(option, 'json.no-date', JSON_VALUE_FINDINGS.timeOfDay(shorten(name)), name);
    } else if (time.pattern.hasOffset && (type.kind !== 'timestamp' || type.zone === null))
      error(
        option === 'dateFormat' ? 'datePattern' : option,
        'json.no-offset',
        JSON_VALUE_FINDINGS.noOffset(shorten(name)),
        name,
      );
    else if (cutsOff(time.pattern, field, type))
      findings.push({
        severity: 'loss',
        option,
        column: name,
        code: 'json.date-cut',
        sentence: JSON_VALUE_FINDINGS.dateCut(shorten(name)),
      });
  }
  return findings;
}

/** Whether values of the type may say more than the pattern shows. */
function cutsOff(
  pattern: DatePattern,
  { origin }: Field,
  type: Extract<DataType, { kind: 'date' | 'time' | 'timestamp' }>,
): boolean {
  if (type.kind !== 'time' && !pattern.hasDate) return true;
  if (type.kind === 'date') return false;
  if (!pattern.hasTime) return true;
  if (type.kind === 'timestamp' && type.zone !== null && !pattern.saysInstant) return true;
  // An inferred unit is only the finest that was thought of.
  return origin !== 'inferred' && FRACTION_DIGITS[type.unit] > pattern.fractionDigits;
}
