// What JSON formats share beyond their bytes: value options as the record writer takes them, losses, and findings before the run.
import type { DataType, Schema } from '../table/data-type.ts';
import type { JsonRecordForm, JsonRecordWriter } from '../table/json-records.ts';
import { createJsonRecordWriter } from '../table/json-records.ts';
import { inKeyCase, type KeyCase } from '../table/key-case.ts';
import { type JsonTime, uniqueNames } from '../table/write-json.ts';
import { ExportError, shorten } from './errors.ts';
import { checkJsonTimes, checkTimeOptions, jsonTimes, type JsonTimeOptions } from './json-times.ts';
import { JSON_VALUE_FINDINGS } from './json-value-findings.ts';
import { MisfitError } from './misfit.ts';
import type { FormatFinding } from './format-finding.ts';
import type { LossCard } from './format-plugin.ts';
import type { Loss } from './report.ts';

/** Values of the options in json-values.schema.ts. */
export interface JsonValueOptions extends JsonTimeOptions {
  shape: 'objects' | 'arrays';
  headers: boolean;
  nullHandling: 'include' | 'exclude' | 'empty';
  arrayHandling: 'keep' | 'stringify' | 'expand';
  keyCase: 'keep' | KeyCase;
  bigNumbers: 'number' | 'string';
  nonFinite: 'null' | 'string' | 'fail';
  asciiOnly: boolean;
  schemaFile: boolean;
}

const LOSS_TEXTS = {
  'json.number-beyond-double':
    'A number has more digits than a double holds: it is written exactly, but JavaScript and many other readers round it.',
  'json.number-respelled':
    'A number was written without its leading zeros or plus sign, because JSON has no such spelling.',
  'json.non-finite':
    'NaN and infinity were written as null or text, because JSON has no such numbers.',
  'json.name-changed': 'A column name was written in another letter case.',
  'json.name-repeated':
    'A repeated column name was made unique, because readers keep one value per key.',
} as const;

/** What these losses come to, for the cards of JSON formats. */
export const JSON_LOSSES: readonly LossCard[] = [
  {
    code: 'json.number-beyond-double',
    kind: 'held',
    isCounted: true,
    option: 'bigNumbers',
    remedy: { title: 'Write as text', options: { bigNumbers: 'string' } },
  },
  { code: 'json.number-respelled', kind: 'lost', isCounted: true },
  {
    code: 'json.non-finite',
    kind: 'lost',
    isCounted: true,
    option: 'nonFinite',
    remedy: { title: 'Write as text', options: { nonFinite: 'string' } },
  },
  { code: 'json.name-repeated', kind: 'changed', isCounted: false },
  { code: 'json.name-changed', kind: 'changed', isCounted: false, option: 'keyCase' },
  { code: 'json.date-cut', kind: 'lost', isCounted: false, option: 'dateFormat' },
  { code: 'json.null-as-empty', kind: 'lost', isCounted: false, option: 'nullHandling' },
];

export interface JsonRecords {
  records: JsonRecordWriter;
  /** Sets the 0-based number of the batch's first row, for errors. */
  startBatch(firstRow: number): void;
  /** Losses since the last call; with `isFirst` those of the names too. */
  takeLosses(isFirst: boolean): Loss[];
}

/** The schema with its names in the letter case of the options. */
export function caseNames(schema: Schema, { keyCase }: Pick<JsonValueOptions, 'keyCase'>): Schema {
  if (keyCase === 'keep') return schema;
  return {
    fields: schema.fields.map((field) => ({ ...field, name: inKeyCase(field.name, keyCase) })),
  };
}

/** The columns' names as they stand in the output: in objects each only once. */
export function writtenNames(
  schema: Schema,
  options: Pick<JsonValueOptions, 'keyCase' | 'shape'>,
): string[] {
  const names = caseNames(schema, options).fields.map(({ name }) => name);
  return options.shape === 'arrays' ? names : uniqueNames(names);
}

/** What is to be said of a schema that is only a part of a table's. */
export interface RecordsOfPart {
  /** It is one column, and its values are written alone. */
  isBare?: boolean;
  /** The table's forms of its columns, by the part's positions: there a name may mean another column. */
  times?: JsonTime[];
}

/** Names that are written otherwise: their column, in its letter case, and unique. */
function renamed(
  schema: Schema,
  options: JsonValueOptions,
): { column: string; cased: string; written: string }[] {
  const cased = caseNames(schema, options).fields;
  return writtenNames(schema, options)
    .map((written, i) => ({
      column: schema.fields[i]!.name,
      cased: cased[i]!.name,
      written,
    }))
    .filter(({ column, written }) => column !== written);
}

/**
 * The record writer for these options. It throws MisfitError for text fields that do not fit, and
 * `encode.json.not-a-number` where `nonFinite` says so.
 */
export function openJsonRecords(
  schema: Schema,
  options: JsonValueOptions,
  indent: JsonRecordForm['indent'],
  { isBare = false, times = jsonTimes(options, schema) }: RecordsOfPart = {},
): JsonRecords {
  let firstRow = 0;
  let losses = new Map<string, Loss>();
  const nameLosses = renamed(schema, options).map(({ column, cased, written }): Loss => {
    const code = cased === written ? 'json.name-changed' : 'json.name-repeated';
    return { code, sentence: LOSS_TEXTS[code], column, count: 1, example: written };
  });
  const count = (code: keyof typeof LOSS_TEXTS, column: number, example: string): void => {
    const key = `${code} ${column}`;
    const loss = losses.get(key);
    if (loss) loss.count++;
    else
      losses.set(key, {
        code,
        sentence: LOSS_TEXTS[code],
        column: schema.fields[column]!.name,
        count: 1,
        example: shorten(example),
      });
  };
  const form: JsonRecordForm = {
    shape: isBare ? 'values' : options.shape,
    nulls: options.nullHandling,
    arrays: options.arrayHandling,
    bigNumbersAsText: options.bigNumbers === 'string',
    times,
    indent,
  };
  return {
    records: createJsonRecordWriter(caseNames(schema, options), form, {
      misfit(column, row, text) {
        throw new MisfitError(column, row, text);
      },
      bigNumber: (column, digits) => count('json.number-beyond-double', column, digits),
      respelled: (column, text) => count('json.number-respelled', column, text),
      notFinite(column, record, name) {
        if (options.nonFinite === 'fail')
          throw new ExportError('encode.json.not-a-number', {
            value: name,
            column: schema.fields[column]!.name,
            row: firstRow + record + 1,
          });
        count('json.non-finite', column, name);
        return options.nonFinite === 'null' ? 'null' : `"${name}"`;
      },
    }),
    startBatch(row) {
      firstRow = row;
    },
    takeLosses(isFirst) {
      const taken = [...(isFirst ? nameLosses : []), ...losses.values()];
      losses = new Map();
      return taken;
    },
  };
}

/** Whether a type's values may have more digits than a double holds. */
function exceedsDouble(type: DataType): boolean {
  return (
    (type.kind === 'int' && type.bits === 64) || (type.kind === 'decimal' && type.precision > 15)
  );
}

/** Findings that all JSON formats share, about the options and the columns of all tables of an output. */
export function checkJsonValues(
  options: JsonValueOptions,
  ...schemas: readonly Schema[]
): FormatFinding[] {
  return [
    ...optionFindings(options),
    ...checkTimeOptions(options, schemas),
    ...schemas.flatMap((schema) => columnFindings(options, schema)),
  ];
}

function columnFindings(options: JsonValueOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = checkJsonTimes(options, schema);
  for (const { column, cased, written } of renamed(schema, options))
    findings.push({
      severity: 'loss',
      column,
      ...(cased === written
        ? {
            option: 'keyCase',
            code: 'json.name-changed',
            sentence: JSON_VALUE_FINDINGS.nameChanged(shorten(column), shorten(written)),
          }
        : {
            code: 'json.name-repeated',
            sentence: JSON_VALUE_FINDINGS.nameRepeated(shorten(column), shorten(written)),
          }),
    });
  if (options.bigNumbers === 'number')
    for (const { name, type, origin } of schema.fields)
      // An inferred int64 is any whole number: there the run counts the values that are too large.
      if (exceedsDouble(type) && (origin !== 'inferred' || type.kind === 'decimal'))
        findings.push({
          severity: 'loss',
          option: 'bigNumbers',
          column: name,
          code: 'json.number-beyond-double',
          sentence: JSON_VALUE_FINDINGS.beyondDouble(shorten(name)),
          remedy: { title: 'Write them as text', options: { bigNumbers: 'string' } },
        });
  return findings;
}

function optionFindings(options: JsonValueOptions): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (options.shape === 'arrays' && options.nullHandling === 'exclude')
    findings.push({
      severity: 'error',
      option: 'nullHandling',
      code: 'json.arrays-need-nulls',
      sentence: JSON_VALUE_FINDINGS.arraysNeedNulls,
      remedy: { title: 'Write nulls as null', options: { nullHandling: 'include' } },
    });
  if (options.nullHandling === 'empty')
    findings.push({
      severity: 'loss',
      option: 'nullHandling',
      code: 'json.null-as-empty',
      sentence: JSON_VALUE_FINDINGS.nullAsEmpty,
    });
  return findings;
}
