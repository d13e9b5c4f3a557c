// What JSON formats share beyond their bytes: value options as the record writer takes them, losses, and findings before the run.
import type { JsonRecordForm, JsonRecordWriter } from '../table/json-records.ts';
import { createJsonRecordWriter } from '../table/json-records.ts';
import type { DataType, Schema } from '../table/data-type.ts';
import { uniqueNames } from '../table/write-json.ts';
import { ExportError, shorten } from './errors.ts';
import { MisfitError } from './misfit.ts';
import type { FormatFinding, LossCard } from './plugins.ts';
import type { Loss } from './report.ts';

/** Values of the options in json-values.schema.ts. */
export interface JsonValueOptions {
  shape: 'objects' | 'arrays';
  dateFormat: 'iso' | 'unix';
  nullHandling: 'include' | 'exclude' | 'empty';
  arrayHandling: 'keep' | 'stringify' | 'expand';
  bigNumbers: 'number' | 'string';
  nonFinite: 'null' | 'string' | 'fail';
}

const LOSS_TEXTS = {
  'json.number-beyond-double':
    'A number has more digits than a double holds: it is written exactly, but JavaScript and many other readers round it.',
  'json.number-respelled':
    'A number was written without its leading zeros or plus sign, because JSON has no such spelling.',
  'json.non-finite':
    'NaN and infinity were written as null or text, because JSON has no such numbers.',
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
  { code: 'json.null-as-empty', kind: 'lost', isCounted: false, option: 'nullHandling' },
];

export interface JsonRecords {
  records: JsonRecordWriter;
  /** Sets the 0-based number of the batch's first row, for errors. */
  startBatch(firstRow: number): void;
  /** Losses since the last call; with `isFirst` those of the names too. */
  takeLosses(isFirst: boolean): Loss[];
}

/** Names that objects cannot hold as they are, with what is written instead. */
function renamed(schema: Schema, options: JsonValueOptions): [string, string][] {
  if (options.shape === 'arrays') return [];
  const names = schema.fields.map((f) => f.name);
  return uniqueNames(names).flatMap((unique, i) =>
    unique === names[i]! ? [] : [[names[i]!, unique] as [string, string]],
  );
}

/**
 * The record writer for these options. It throws MisfitError for text fields that do not fit, and
 * `encode.json.not-a-number` where `nonFinite` says so.
 */
export function openJsonRecords(
  schema: Schema,
  options: JsonValueOptions,
  indent: JsonRecordForm['indent'],
): JsonRecords {
  let firstRow = 0;
  let losses = new Map<string, Loss>();
  const nameLosses = renamed(schema, options).map(([column, example]): Loss => ({
    code: 'json.name-repeated',
    sentence: LOSS_TEXTS['json.name-repeated'],
    column,
    count: 1,
    example,
  }));
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
    shape: options.shape,
    nulls: options.nullHandling,
    arrays: options.arrayHandling,
    bigNumbersAsText: options.bigNumbers === 'string',
    unixTime: options.dateFormat === 'unix',
    indent,
  };
  return {
    records: createJsonRecordWriter(schema, form, {
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

/** Findings that all JSON formats share. */
export function checkJsonValues(options: JsonValueOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  for (const [column, unique] of renamed(schema, options))
    findings.push({
      severity: 'loss',
      column,
      code: 'json.name-repeated',
      sentence: `A second column “${shorten(column)}” is written as “${shorten(unique)}”.`,
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
          sentence: `Numbers of “${shorten(name)}” may have more digits than JavaScript and many other readers keep.`,
          remedy: { title: 'Write them as text', options: { bigNumbers: 'string' } },
        });
  if (options.shape === 'arrays' && options.nullHandling === 'exclude')
    findings.push({
      severity: 'error',
      option: 'nullHandling',
      code: 'json.arrays-need-nulls',
      sentence: 'Records that are arrays cannot leave nulls out: the values after them would move.',
      remedy: { title: 'Write nulls as null', options: { nullHandling: 'include' } },
    });
  if (options.nullHandling === 'empty')
    findings.push({
      severity: 'loss',
      option: 'nullHandling',
      code: 'json.null-as-empty',
      sentence: 'Null and empty text are both written as empty text.',
    });
  return findings;
}
